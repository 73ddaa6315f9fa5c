"""The connection in a plan. The workflow's own is created once and kept, a referenced one keeps its stored name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from provider.framework import Context, PlanContext, Unknown, UserError, Value, same
from provider.model.connection import (
    ADMINS,
    ASSET_CONNECTION,
    Connection,
    ConnectionValue,
    connector_for,
    connector_of,
    other_connector,
    qualified_name,
    same_connection,
)
from provider.resources.app import private_state
from provider.resources.app.schema import AppState

# An error would end -replace, which is planned as an update first. A tainted workflow is planned as a new one only.
RECREATE: Final = "run `terraform taint` on its address, then apply"


def plan_create(configured: ConnectionValue, planned: ConnectionValue, app_id: str) -> ConnectionValue:
    """Return the connection of a new workflow, with its connector if it is known."""
    if not (isinstance(configured, dict) and isinstance(planned, dict)):
        return configured
    return {**planned, **_known_connector(configured, app_id)}


def plan_update(
    ctx: PlanContext[AppState], before: ConnectionValue, held: Connection | None, planned: ConnectionValue, app_id: str
) -> ConnectionValue:
    """Return the connection of an update. One that means the same stays as it was.

    ``before`` is the attribute in state. ``held`` is the connection of the workflow, which may be in a raw input.
    """
    configured = ctx.config[ASSET_CONNECTION]
    if not (isinstance(configured, dict) and isinstance(planned, dict)):
        return before if configured is None else planned
    name = _qualified_name(ctx, configured, qualified_name(held))
    if not ctx.requires_replace:
        _check_connector(configured, name)
    if held is not None and same(held["qualified_name"], name):
        return _kept(configured, held)
    return _another(configured, name, app_id)


def is_shared(ctx: Context[AppState], planned: Value) -> bool:
    """Return True if the connection is referenced, so that each publish sends its stored attributes."""
    configured = ctx.config[ASSET_CONNECTION]
    if configured is None:
        return qualified_name(planned) in private_state.referenced_connections(ctx)
    return qualified_name(configured) is not None and isinstance(configured, dict)


def unknown_until_read(ctx: PlanContext[AppState], planned: ConnectionValue) -> ConnectionValue:
    """Return the connection with Unknown for the attributes that the publish takes from the tenant's stored one."""
    configured = ctx.config[ASSET_CONNECTION]
    if not (isinstance(planned, dict) and is_shared(ctx, planned)):
        return planned
    given: Mapping[str, Value] = configured if isinstance(configured, dict) else {}
    stored = [name for name in ("name", *ADMINS) if given.get(name) is None]
    return {**planned, **dict.fromkeys(stored, Unknown)}


def _qualified_name(ctx: PlanContext[AppState], configured: Connection, before: Value) -> Value:
    """Return the qualified name that is published. A connection that was only referenced is not the workflow's own."""
    if configured["qualified_name"] is not None:
        return configured["qualified_name"]
    shared = before in private_state.referenced_connections(ctx)
    return private_state.own_connection(ctx) or (None if shared else before) or Unknown


def _another(configured: Connection, name: Value, app_id: str) -> Connection:
    """Return a connection that the workflow did not have. ``name`` is Unknown if the apply creates it."""
    known = {**configured, "qualified_name": configured["qualified_name"] if name is Unknown else name}
    unknown: Connection = {each: Unknown for each, value in configured.items() if value is None}
    return {**configured, **unknown, **_known_connector(known, app_id), "qualified_name": name}


def _kept(configured: Connection, before: Connection) -> Connection:
    """Return the connection of before with the configured attributes, or unchanged if it means the same."""
    after = {name: before[name] if value is None else value for name, value in configured.items()}
    return before if Unknown not in after.values() and same_connection(after, before) else after


def _known_connector(configured: Connection, app_id: str) -> Connection:
    return {"connector_name": connector_for(configured, app_id) or Unknown}


def _check_connector(configured: Connection, name: Value) -> None:
    """Raise UserError if the connector is not the one in the qualified name."""
    named = configured["connector_name"]
    if isinstance(named, str) and isinstance(name, str) and connector_of(name) not in (None, named):
        raise UserError.of(other_connector(name, named, f", or create the workflow again: {RECREATE}"))
