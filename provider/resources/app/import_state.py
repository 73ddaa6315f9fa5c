"""How a workflow that exists is taken into state: by its slug, or by ``name:<name>``."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING, Final

from provider import lookup
from provider.client.errors import AtlanError, NotFound
from provider.contracts.cache import Contracts
from provider.contracts.candidates import candidate_contracts
from provider.contracts.schema import Contract
from provider.framework import Context, PlanContext, State, UserError
from provider.model import connection, identifiers, inputs
from provider.resources.app import private_state, read
from provider.resources.app.schema import SCHEMA

if TYPE_CHECKING:
    from provider.client.api import AtlanApi
    from provider.client.responses import Workflow

_BY_NAME: Final = "name:"


def find(api: AtlanApi, import_id: str) -> Workflow:
    """The workflow that an import id names. Raises UserError where there is none, or no telling which."""
    slug = _slug_of(api, import_id)
    try:
        app = api.get_workflow(slug)
    except NotFound as error:
        raise UserError(
            f"There is no workflow with the slug {slug}",
            f"It may be archived, mistyped or on another tenant. To import by name, write {_BY_NAME}<name>.\n\n{error}",
        ) from error
    if app.app_id is None or app.name is None:
        raise UserError(
            f"{slug} cannot be imported",
            "The service does not tell its app or its name, and without them the next plan would replace it.",
        )
    return app


def import_(ctx: Context[State], api: AtlanApi, contracts: Contracts, import_id: str) -> State:
    """The state of the workflow that an import id names. Raises UserError."""
    return of_app(ctx, api, contracts, find(api, import_id))


def of_app(
    ctx: Context[State], api: AtlanApi, contracts: Contracts, app: Workflow, names: Collection[str] | None = None
) -> State:
    """The state of a workflow as a person would have configured it: of its inputs those names, or what is set.

    A get does not tell the entrypoint (the service's fact), so contracts of several may speak of the inputs. One that
    cannot be read stops the import, for it says which of them are secret: Problem.
    """
    try:
        entrypoints = _entrypoints(api, app)
        found = _contracts(contracts, app, entrypoints)
    except AtlanError as error:
        raise UserError(
            f"{app.slug} cannot be imported now",
            f"The input contract of {app.app_id} could not be read, and it says which inputs may hold secrets and "
            f"which are at their defaults. Nothing was imported. Try again.\n\n{error}",
        ) from error
    if len(entrypoints) > 1:
        ctx.warn(
            f"The entrypoint of {app.slug} was not imported",
            f"{app.app_id} has several, and the service does not tell which one a workflow runs: "
            f"{', '.join(entrypoints)}. Unless it is the app's default, write it as entrypoint, or the next publish "
            "leaves it.",
        )
    state: State = dict.fromkeys(SCHEMA.by_name)
    state |= {"id": app.slug, "slug": app.slug, "app_id": app.app_id, "name": app.name}
    state |= {**read.told_by(app, state), "inputs": _inputs(ctx, app, found, names)}
    attributes = inputs.connection_attributes((app.inputs or {}).get(inputs.CONNECTION))
    if attributes:
        state |= {"connection": connection.from_wire(attributes)}
    state |= {"credential_guid": inputs.credential_guid(app.inputs or {})}
    private_state.remember_import(ctx, app.version, state["inputs"] or ())
    return state


def warn_kept(ctx: PlanContext[State], current: State, planned: State) -> None:
    """A plan that leaves out inputs which an import alone brought into state."""
    configured = planned["inputs"]
    if not isinstance(configured, dict | None):
        return
    kept = [
        name
        for name in private_state.imported(ctx)
        if name in (current["inputs"] or {}) and name not in (configured or {})
    ]
    if kept:
        ctx.warn(
            f"Kept as imported: {', '.join(kept)}",
            f"{current['slug']} had it before it was imported, and it is not in the configuration, so it stays on the "
            "workflow as it is and is not managed. To change it, configure it.",
            ["inputs"],
        )


def _slug_of(api: AtlanApi, import_id: str) -> str:
    if import_id.startswith(_BY_NAME):
        return lookup.slug_of_name(api, import_id.removeprefix(_BY_NAME))
    if not identifiers.is_usable(import_id):
        raise UserError(
            f'"{import_id}" is not an import id of atlan_app',
            f"Give the workflow's slug, such as bigquery-prod-AbC123, or {_BY_NAME} and its name.",
        )
    return import_id


def _entrypoints(api: AtlanApi, app: Workflow) -> Sequence[str]:
    try:
        return api.describe_app(app.app_id or "").entrypoints
    except NotFound:
        return []


def _contracts(contracts: Contracts, app: Workflow, entrypoints: Sequence[str]) -> list[Contract]:
    if app.inputs is None:
        return []
    return candidate_contracts(contracts, app.app_id or "", inputs.readable(app.inputs), lambda: entrypoints)


def _knows(contract: Contract, app: Workflow) -> bool:
    return inputs.readable(app.inputs or {}).keys() <= contract.properties.keys()


def _inputs(
    ctx: Context[State], app: Workflow, contracts: Sequence[Contract], names: Collection[str] | None
) -> inputs.Inputs | None:
    if app.inputs is None:
        ctx.warn(
            f"The inputs of {app.slug} were not imported",
            "The service does not show them. The next apply publishes what is configured.",
        )
        return None
    likely = next((each for each in contracts if _knows(each, app)), contracts[0] if contracts else None)
    imported = inputs.to_import(app.inputs, likely if names is None else None)
    imported = {name: value for name, value in imported.items() if names is None or name in names}
    left_out = [
        name
        for name, value in imported.items()
        if any(inputs.is_secret(name, value, each) for each in (None, *contracts))
    ]
    if left_out:
        ctx.warn(
            f"Not imported from {app.slug}: {', '.join(left_out)}",
            "It may hold secrets. The workflow keeps it as it is while it is not configured; to change it, write it "
            "in inputs_wo.",
        )
    return {name: value for name, value in imported.items() if name not in left_out}
