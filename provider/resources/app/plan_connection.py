"""Plan the connection of a workflow.

The workflow's own connection is created once and kept. A referenced connection keeps its stored name unless the
configuration contains a name.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from provider.framework import Context, Finding, PlanContext, Unknown, Value, same
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

# Terraform plans -replace as an update first, and an error would end that plan. After `terraform taint`, which marks
# a resource for replacement, Terraform plans only a create.
RECREATE_ADVICE: Final = "run `terraform taint` on its address, then apply"


def plan_create(configured: ConnectionValue, planned: ConnectionValue, app_id: str) -> ConnectionValue:
    """Return the connection of a new workflow. Its connector is Unknown if it cannot be found yet."""
    if not (isinstance(configured, dict) and isinstance(planned, dict)):
        return configured
    return {**planned, **_known_connector(configured, app_id)}


def plan_update(
    ctx: PlanContext[AppState], before: ConnectionValue, used: Connection | None, planned: ConnectionValue, app_id: str
) -> ConnectionValue:
    """Return the connection of an update. A connection whose meaning is unchanged keeps its value.

    ``before`` is the attribute in state. ``used`` is the connection that the workflow uses, from the attribute or
    from a raw input. Raises UserError if the configured connector is not the one in the qualified name.
    """
    configured = ctx.config[ASSET_CONNECTION]
    if not (isinstance(configured, dict) and isinstance(planned, dict)):
        return before if configured is None else planned
    name = _qualified_name(ctx, configured, qualified_name(used))
    if not ctx.requires_replace:
        ctx.report(_check_connector(configured, name))
    if used is not None and same(used["qualified_name"], name):
        return _keep_connection(configured, used)
    return _replace_connection(configured, name, app_id)


def is_shared(ctx: Context[AppState], planned: Value) -> bool:
    """Return True if the connection is referenced, so each publish sends its stored attributes."""
    configured = ctx.config[ASSET_CONNECTION]
    if configured is None:
        return qualified_name(planned) in private_state.referenced_connections(ctx)
    return qualified_name(configured) is not None and isinstance(configured, dict)


def mark_stored_unknown(ctx: PlanContext[AppState], planned: ConnectionValue) -> ConnectionValue:
    """Return a connection whose attributes are Unknown where the apply reads them from the tenant."""
    configured = ctx.config[ASSET_CONNECTION]
    if not (isinstance(planned, dict) and is_shared(ctx, planned)):
        return planned
    attributes: Mapping[str, Value] = configured if isinstance(configured, dict) else {}
    stored = [name for name in ("name", *ADMINS) if attributes.get(name) is None]
    return {**planned, **dict.fromkeys(stored, Unknown)}


def _qualified_name(ctx: PlanContext[AppState], configured: Connection, before: Value) -> Value:
    """Return the qualified name to publish, or Unknown if the apply creates the connection.

    A connection that the workflow only referenced does not become the workflow's own.
    """
    if configured["qualified_name"] is not None:
        return configured["qualified_name"]
    shared = before in private_state.referenced_connections(ctx)
    return private_state.own_connection(ctx) or (None if shared else before) or Unknown


def _replace_connection(configured: Connection, name: Value, app_id: str) -> Connection:
    """Return a connection that the workflow does not use yet. ``name`` is Unknown if the apply creates it."""
    known = {**configured, "qualified_name": configured["qualified_name"] if name is Unknown else name}
    unknown: Connection = {each: Unknown for each, value in configured.items() if value is None}
    return {**configured, **unknown, **_known_connector(known, app_id), "qualified_name": name}


def _keep_connection(configured: Connection, before: Connection) -> Connection:
    """Return the connection with the configured attributes, or unchanged if they do not change its meaning."""
    after = {name: before[name] if value is None else value for name, value in configured.items()}
    return before if Unknown not in after.values() and same_connection(after, before) else after


def _known_connector(configured: Connection, app_id: str) -> Connection:
    return {"connector_name": connector_for(configured, app_id) or Unknown}


def _check_connector(configured: Connection, name: Value) -> Iterator[Finding]:
    """Yield a finding if the connector is not the one in the qualified name."""
    connector = configured["connector_name"]
    if isinstance(connector, str) and isinstance(name, str) and connector_of(name) not in (None, connector):
        yield other_connector(name, connector, f", or create the workflow again: {RECREATE_ADVICE}")
