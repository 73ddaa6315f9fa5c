"""How a workflow that exists is taken into state: by its slug, or by ``name:<name>``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from provider import connections, identifiers, inputs, workflows
from provider.apps import private, reading
from provider.apps.schema import SCHEMA
from provider.client.errors import NotFound
from provider.contracts import Contract
from provider.plugin.resource import Context, Problem, State

if TYPE_CHECKING:
    from provider.client.api import AtlanApi
    from provider.client.models import App

_BY_NAME: Final = "name:"


def find(api: AtlanApi, import_id: str) -> App:
    """The workflow that an import id names. Raises Problem where there is none, or no telling which."""
    slug = _slug_of(api, import_id)
    try:
        app = api.get_app(slug)
    except NotFound as error:
        raise Problem(
            f"There is no workflow with the slug {slug}",
            f"It may be archived, mistyped or on another tenant. To import by name, write {_BY_NAME}<name>.\n\n{error}",
        ) from error
    if app.app_id is None or app.name is None:
        raise Problem(
            f"{slug} cannot be imported",
            "The service does not tell its app or its name, and without them the next plan would replace it.",
        )
    return app


def to_state(ctx: Context, app: App, contract: Contract | None) -> State:
    """The state of a workflow as a person would have configured it."""
    state: State = dict.fromkeys(SCHEMA.by_name)
    state |= {"id": app.slug, "slug": app.slug, "app_id": app.app_id, "name": app.name}
    state |= {**reading.told_by(app, state), "inputs": _inputs(ctx, app, contract)}
    attributes = inputs.connection_attributes((app.inputs or {}).get(inputs.CONNECTION))
    if attributes:
        state |= {"connection": connections.from_wire(attributes)}
    state |= {"credential_guid": inputs.credential_guid(app.inputs or {})}
    private.remember_version(ctx, app.version)
    return state


def _slug_of(api: AtlanApi, import_id: str) -> str:
    if import_id.startswith(_BY_NAME):
        return workflows.slug_of_name(api, import_id.removeprefix(_BY_NAME))
    if not identifiers.is_usable(import_id):
        raise Problem(
            f'"{import_id}" is not an import id of atlan_app',
            f"Give the workflow's slug, such as bigquery-prod-AbC123, or {_BY_NAME} and its name.",
        )
    return import_id


def _inputs(ctx: Context, app: App, contract: Contract | None) -> inputs.Inputs | None:
    if app.inputs is None:
        ctx.warn(
            f"The inputs of {app.slug} were not imported",
            "The service does not show them. The next apply publishes what is configured.",
        )
        return None
    imported = inputs.to_import(app.inputs, contract)
    left_out = [name for name in imported if inputs.is_secret(name)]
    if left_out:
        ctx.warn(
            f"Not imported from {app.slug}: {', '.join(left_out)}",
            "It may hold secrets. The workflow keeps it as it is while it is not configured.",
        )
    return {name: value for name, value in imported.items() if name not in left_out}
