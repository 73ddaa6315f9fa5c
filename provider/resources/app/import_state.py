"""Import an existing workflow by its slug, or by ``name:<name>``."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING, Final

from provider import errors, lookup
from provider.client.errors import AtlanError, NotFound
from provider.contracts.cache import Contracts
from provider.contracts.candidates import candidate_contracts
from provider.contracts.schema import Contract
from provider.framework import Context, PlanContext, UserError, Value
from provider.model import identifiers
from provider.model.connection import ASSET_CONNECTION, of_workflow
from provider.model.inputs import CONNECTION, Inputs, credential_guid, is_secret, readable, to_import
from provider.resources.app import private_state
from provider.resources.app.read import returned
from provider.resources.app.schema import AppState, new_state

if TYPE_CHECKING:
    from provider.client.api import AtlanApi
    from provider.client.responses import Workflow

_BY_NAME: Final = "name:"


def import_(ctx: Context[AppState], client: AtlanApi, contracts: Contracts, import_id: str) -> AppState:
    """Return the state of the workflow with an import id. Raises UserError."""
    return state_of(ctx, client, contracts, _find(ctx, client, import_id))


def state_of(
    ctx: Context[AppState],
    client: AtlanApi,
    contracts: Contracts,
    workflow: Workflow,
    names: Collection[str] | None = None,
) -> AppState:
    """Return the state of a workflow as a person would have configured it.

    Its inputs are those in ``names``, or all that differ from their defaults. Raises UserError if a contract cannot be
    read, because the contract says which inputs are secret.
    """
    try:
        entrypoints = _entrypoints(client, workflow)
        candidates = _contracts(contracts, workflow, entrypoints)
    except AtlanError as error:
        raise UserError(
            f"{workflow.slug} cannot be imported now",
            f"The input contract of {workflow.app_id} could not be read. It says which inputs may contain secrets and "
            f"which have their default value. Nothing was imported. Try again.\n\n{errors.error_text(ctx, error)}",
        ) from error
    if len(entrypoints) > 1:
        ctx.warn(
            f"The entrypoint of {workflow.slug} was not imported",
            f"{workflow.app_id} has several, and the service does not return which one a workflow runs: "
            f"{', '.join(entrypoints)}. If it is not the app's default, write it as entrypoint. Otherwise the next "
            "publish changes it to the default.",
        )
    remote = workflow.inputs or {}
    inputs = _inputs(ctx, workflow, candidates, names)
    private_state.remember_import(ctx, workflow.version, inputs or ())
    state = new_state(workflow.slug, workflow.app_id, workflow.name)
    connection = of_workflow(None, remote.get(CONNECTION))
    return {
        **state,
        **returned(workflow, state),
        "inputs": inputs,
        ASSET_CONNECTION: connection,
        "credential_guid": credential_guid(remote),
    }


def warn_kept(ctx: PlanContext[AppState], slug: str, before: Value, planned: Value) -> None:
    """Warn in a plan that leaves out inputs which only an import put into state."""
    if not (isinstance(before, dict) and isinstance(planned, dict | None)):
        return
    kept = [name for name in private_state.imported(ctx) if name in before and name not in (planned or {})]
    if kept:
        ctx.warn(
            f"Kept as imported: {', '.join(kept)}",
            f"{slug} had it before the import, and the configuration does not contain it. It stays unchanged on the "
            "workflow and is not managed. To change it, configure it.",
            ["inputs"],
        )


def _find(ctx: Context[AppState], client: AtlanApi, import_id: str) -> Workflow:
    slug = _slug(client, import_id)
    try:
        workflow = client.get_workflow(slug)
    except NotFound as error:
        raise UserError(
            f"There is no workflow with the slug {slug}",
            f"It may be archived, mistyped or on another tenant. To import by name, write {_BY_NAME}<name>."
            f"\n\n{errors.error_text(ctx, error)}",
        ) from error
    if workflow.app_id is None or workflow.name is None:
        raise UserError(
            f"{slug} cannot be imported",
            "The service does not return its app or its name. Without them the next plan would replace it.",
        )
    return workflow


def _slug(client: AtlanApi, import_id: str) -> str:
    if import_id.startswith(_BY_NAME):
        return lookup.slug_of_name(client, import_id.removeprefix(_BY_NAME))
    if not identifiers.is_usable(import_id):
        raise UserError(
            f'"{import_id}" is not an import id of atlan_app',
            f"Give the workflow's slug, such as bigquery-prod-AbC123, or {_BY_NAME} and its name.",
        )
    return import_id


def _entrypoints(client: AtlanApi, workflow: Workflow) -> Sequence[str]:
    try:
        return client.describe_app(workflow.app_id or "").entrypoints
    except NotFound:
        return []


def _contracts(contracts: Contracts, workflow: Workflow, entrypoints: Sequence[str]) -> list[Contract]:
    """Return the contracts that may describe the inputs: the service does not return the entrypoint of a workflow."""
    if workflow.inputs is None:
        return []
    return candidate_contracts(contracts, workflow.app_id or "", readable(workflow.inputs), lambda: entrypoints)


def _inputs(
    ctx: Context[AppState], workflow: Workflow, contracts: Sequence[Contract], names: Collection[str] | None
) -> Inputs | None:
    if workflow.inputs is None:
        ctx.warn(
            f"The inputs of {workflow.slug} were not imported",
            "The service does not return them. The next apply publishes the configured inputs.",
        )
        return None
    given = readable(workflow.inputs)
    likely = next((each for each in contracts if given.keys() <= each.properties.keys()), next(iter(contracts), None))
    found = to_import(workflow.inputs, likely) if names is None else given
    found = {name: value for name, value in found.items() if names is None or name in names}
    secret = [name for name, value in found.items() if any(is_secret(name, value, each) for each in (None, *contracts))]
    if secret:
        ctx.warn(
            f"Not imported from {workflow.slug}: {', '.join(secret)}",
            "It may contain secrets. It stays unchanged on the workflow while it is not configured. To change it, "
            "write it in inputs_wo.",
        )
    return {name: value for name, value in found.items() if name not in secret}
