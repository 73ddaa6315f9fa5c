"""Import an existing workflow by its slug, or by ``name:<name>``."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING, Final

from provider import errors, lookup
from provider.client.errors import AtlanError, NotFound
from provider.contracts.cache import Contracts
from provider.contracts.candidates import candidate_contracts
from provider.framework import Context, UserError
from provider.model import identifiers
from provider.model.connection import ASSET_CONNECTION, of_workflow
from provider.model.inputs import CONNECTION, Inputs, credential_guid, is_secret, readable, to_import
from provider.resources.app import equal_keys, private_state
from provider.resources.app.read import returned_attributes
from provider.resources.app.schema import AppState, new_state

if TYPE_CHECKING:
    from provider.absence import Absence
    from provider.client.api import AtlanApi
    from provider.client.responses import Workflow
    from provider.contracts.schema import Contract

_NAME_PREFIX: Final = "name:"


def import_(
    ctx: Context[AppState], client: AtlanApi, absence: Absence, contracts: Contracts, import_id: str
) -> AppState:
    """Return the state of the workflow with an import id: its slug, or ``name:`` and its name.

    Raises UserError if no workflow, or several, have the id, or if the workflow cannot be imported. Raises AtlanError
    if the workflow cannot be read.
    """
    return state_of(ctx, client, contracts, _find(ctx, client, absence, import_id))


def state_of(
    ctx: Context[AppState],
    client: AtlanApi,
    contracts: Contracts,
    workflow: Workflow,
    names: Collection[str] | None = None,
) -> AppState:
    """Return the state of a workflow as a person would have configured the workflow.

    The state contains the inputs in ``names``. If ``names`` is None, the state contains the inputs that differ from
    their defaults. Warn about inputs that may contain secrets, and leave them out. Record the import in private state.
    Raises UserError if the contract that marks secrets cannot be read, and AtlanError if the setup is wrong.
    """
    try:
        entrypoints = _entrypoints(client, workflow)
        candidates = _contracts(contracts, workflow, entrypoints)
    except AtlanError as error:
        if error.is_setup_error:
            raise
        raise _no_contract(workflow, errors.error_text(ctx, error)) from error
    if len(entrypoints) > 1:
        ctx.warn(
            f"The entrypoint of {workflow.slug} was not imported",
            f"{workflow.app_id} has several entrypoints ({', '.join(entrypoints)}), and the service does not say which "
            "one a workflow runs. Configure entrypoint, or the next publish changes it to the app's default.",
        )
    remote = workflow.inputs or {}
    inputs = _inputs(ctx, workflow, candidates, names)
    private_state.remember_import(ctx, workflow.version, inputs or ())
    state = new_state(workflow.slug, workflow.app_id, workflow.name)
    return {
        **state,
        **returned_attributes(workflow, state),
        "adopted": False,
        "published_version": workflow.version,
        "inputs": inputs,
        ASSET_CONNECTION: of_workflow(None, remote.get(CONNECTION)),
        "credential_guid": credential_guid(remote),
    }


def _no_contract(workflow: Workflow, text: str) -> UserError:
    return UserError(
        f"{workflow.slug} cannot be imported now",
        f"The input contract of {workflow.app_id} could not be read. It says which inputs may contain secrets and "
        f"which have their default value. Nothing was imported. Try again.\n\n{text}",
    )


def _find(ctx: Context[AppState], client: AtlanApi, absence: Absence, import_id: str) -> Workflow:
    slug = _find_slug(ctx, client, import_id)
    try:
        workflow = absence.until_found(slug, lambda: client.get_workflow(slug), ctx.stop)
    except NotFound as error:
        advice = f"{errors.MISSING_REASON} To import by name, write {_NAME_PREFIX}<name>."
        raise errors.no_workflow(slug, advice, errors.error_text(ctx, error)) from error
    if workflow.app_id is None or workflow.name is None:
        raise UserError(
            f"{slug} cannot be imported",
            "The app or the name is missing in the service's answer, so the next plan would replace the workflow.",
        )
    return workflow


def _find_slug(ctx: Context[AppState], client: AtlanApi, import_id: str) -> str:
    if import_id.startswith(_NAME_PREFIX):
        return lookup.slug_of_name(client, import_id.removeprefix(_NAME_PREFIX))
    if not identifiers.is_usable(import_id):
        advice = f"Give the workflow's slug, such as bigquery-prod-AbC123, or {_NAME_PREFIX} and its name."
        raise errors.wrong_import_id(import_id, ctx.type_name, advice)
    return import_id


def _entrypoints(client: AtlanApi, workflow: Workflow) -> Sequence[str]:
    try:
        return client.describe_app(workflow.app_id or "").entrypoints
    except NotFound:
        return []


def _contracts(contracts: Contracts, workflow: Workflow, entrypoints: Sequence[str]) -> list[Contract]:
    """Return every contract that may describe the inputs, because the service does not return the entrypoint."""
    if workflow.inputs is None:
        return []
    return candidate_contracts(contracts, workflow.app_id or "", readable(workflow.inputs), lambda: entrypoints)


def _inputs(
    ctx: Context[AppState], workflow: Workflow, contracts: Sequence[Contract], names: Collection[str] | None
) -> Inputs | None:
    if workflow.inputs is None:
        ctx.warn(
            f"The inputs of {workflow.slug} were not imported",
            "The service does not return the inputs of this workflow. The next apply publishes the configured inputs.",
        )
        return None
    equal_keys.warn(ctx, workflow, None)
    remote = readable(workflow.inputs)
    matching = (each for each in contracts if remote.keys() <= each.properties.keys())
    contract = next(matching, next(iter(contracts), None))
    inputs = to_import(workflow.inputs, contract) if names is None else remote
    inputs = {name: value for name, value in inputs.items() if names is None or name in names}
    secret_names = [
        name for name, value in inputs.items() if any(is_secret(name, value, each) for each in (None, *contracts))
    ]
    if secret_names:
        ctx.warn(
            f"Inputs of {workflow.slug} that were not imported: {', '.join(secret_names)}",
            "These inputs may contain secrets. They stay unchanged on the workflow while they are not configured. To "
            "change an input, write it in inputs_wo.",
        )
    return {name: value for name, value in inputs.items() if name not in secret_names}
