"""Plan the connection of a workflow.

A connection is *referenced* if the configuration contains its ``qualified_name``: it exists on the tenant and may
belong to several workflows. Otherwise the connection is the workflow's *own*: a publish creates it, and the workflow
keeps it. Each connection that exists keeps its stored name and admins unless the configuration contains others.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final, Literal, NamedTuple

from provider.framework import Context, Finding, PlanContext, Unknown, UnknownType, UserError, Value, is_known, same
from provider.model.connection import (
    ADMINS,
    ASSET_CONNECTION,
    WIRE_NAMES,
    Connection,
    ConnectionValue,
    check_new,
    connector_for,
    connector_of,
    other_connector,
    qualified_name,
)
from provider.model.inputs import CONNECTION, contains
from provider.resources.app import private_state
from provider.resources.app.schema import AppState

_INPUTS_NAMES: Final[tuple[Literal["inputs", "inputs_wo"], ...]] = ("inputs", "inputs_wo")

# The advice is `terraform taint` and not -replace. Terraform plans -replace as an update first, and the error would end
# that plan. After `terraform taint`, which marks a resource for replacement, Terraform plans only a create.
RECREATE_ADVICE: Final = "run `terraform taint` on its address, then apply"


class WorkflowNames(NamedTuple):
    """The app and the name of a planned workflow, which can be Unknown. A new connection depends on them."""

    app_id: str
    name: str


def plan_create(
    ctx: PlanContext[AppState], connection: ConnectionValue, names: WorkflowNames, *, may_adopt: bool
) -> ConnectionValue:
    """Return the planned connection of a new workflow. Report what a new connection lacks.

    ``connection`` is the value that the schema plans. The connector is Unknown if neither the configured connection nor
    the app determines it yet. If the apply may adopt a workflow, the connection may be that of this workflow, so
    whatever is not configured is Unknown.
    """
    configured = ctx.config[ASSET_CONNECTION]
    if not (isinstance(configured, dict) and isinstance(connection, dict)):
        return Unknown if may_adopt and configured is None and not is_raw(ctx) else configured
    if may_adopt:
        return connection
    if configured["qualified_name"] is None:
        ctx.report(check_new(configured, names.app_id))
    return _with_names(configured, connection, names)


def new_connection(ctx: Context[AppState], connection: ConnectionValue, names: WorkflowNames) -> ConnectionValue:
    """Return the connection of a create whose plan did not know whether it adopts, and that adopts nothing.

    Raises UserError if the configuration lacks what a new connection requires.
    """
    configured = ctx.config[ASSET_CONNECTION]
    if not (isinstance(configured, dict) and isinstance(connection, dict)):
        return configured
    for finding in check_new(configured, names.app_id) if configured["qualified_name"] is None else ():
        raise UserError.of(finding)
    return _with_names(configured, connection, names)


def _with_names(configured: Connection, connection: Connection, names: WorkflowNames) -> Connection:
    """Return a connection with its connector. A new one without a name gets the name of the workflow."""
    if configured["qualified_name"] is None and configured["name"] is None:
        connection = {**connection, "name": names.name}
    return {**connection, "connector_name": _connector_or_unknown(configured, names.app_id)}


def plan_adopted(ctx: PlanContext[AppState], name: str) -> ConnectionValue:
    """Return the planned connection of an adopted workflow, whose qualified name is ``name``.

    What is not configured is Unknown, because the apply reads it from the tenant. The connection is Unknown if unknown
    inputs may contain it. Report an error if the configured connector is not the one in the qualified name.
    """
    configured = ctx.config[ASSET_CONNECTION]
    if isinstance(configured, UnknownType):
        return configured
    if configured is None and may_be_raw(ctx):
        return None if is_raw(ctx) else Unknown
    attributes: Connection = dict.fromkeys(WIRE_NAMES) if configured is None else configured
    ctx.report(_check_connector(attributes, name, ", or choose another name for the workflow"))
    stored: Connection = {"qualified_name": name, "connector_name": connector_of(name)}
    return {each: stored.get(each) or Unknown if value is None else value for each, value in attributes.items()}


def is_raw(ctx: Context[AppState]) -> bool:
    """Return True if the configured inputs certainly contain the connection."""
    return any(not isinstance(each, UnknownType | None) for each in _raw_connections(ctx))


def may_be_raw(ctx: Context[AppState]) -> bool:
    """Return True if the configured inputs contain the connection, or if unknown values may contain it."""
    return any(each is not None for each in _raw_connections(ctx))


def _raw_connections(ctx: Context[AppState]) -> list[Value]:
    """Return the connection in each of the configured inputs. It is Unknown if the inputs are not an object."""
    inputs = [ctx.config[name] for name in _INPUTS_NAMES]
    return [each.get(CONNECTION) if isinstance(each, dict) else None if each is None else Unknown for each in inputs]


def plan_raw(ctx: Context[AppState], current: ConnectionValue, inputs: Value, *, unchanged: bool) -> ConnectionValue:
    """Return the planned attribute if the planned ``inputs`` or the write-only ones contain the connection, or may.

    The attribute is null then. But if an import put the connection into the attribute (``current``) and the inputs are
    ``unchanged``, it keeps its value. The value is Unknown if unknown inputs decide.
    """
    if current is None or (is_raw(ctx) and not _depends_on_unknown(inputs)):
        return current if unchanged and contains(ctx.config["inputs"], CONNECTION) else None
    return Unknown


def _depends_on_unknown(inputs: Value) -> bool:
    """Return True if unknown values in the inputs decide whether an imported connection is unchanged."""
    return inputs is Unknown or (contains(inputs, CONNECTION) and not is_known(inputs))


def plan_update(
    ctx: PlanContext[AppState],
    current: ConnectionValue,
    used: Connection | None,
    planned: ConnectionValue,
    names: WorkflowNames,
) -> ConnectionValue:
    """Return the planned connection of an update, in the form of the configuration.

    ``current`` is the attribute in state. ``used`` is the connection that the workflow uses: ``current``, or the
    connection in the raw input ``connection``. Report an error if the configured connector is not the one in the
    planned qualified name. A plan that replaces the workflow reports no error.
    """
    configured = ctx.config[ASSET_CONNECTION]
    if not (isinstance(configured, dict) and isinstance(planned, dict)):
        return current if configured is None else planned
    planned_name = _planned_name(ctx, configured, qualified_name(used))
    if not ctx.requires_replace:
        advice = f", or create the workflow again: {RECREATE_ADVICE}"
        ctx.report(_check_connector(configured, planned_name, advice))
    if used is not None and same(used["qualified_name"], planned_name):
        return _used_connection(configured, used)
    if planned_name is Unknown and configured["qualified_name"] is None:
        ctx.report(check_new(configured, names.app_id))
        configured = {**configured, "name": names.name if configured["name"] is None else configured["name"]}
    return _other_connection(configured, planned_name, names.app_id)


def is_referenced(ctx: Context[AppState], planned: Value) -> bool:
    """Return True if the planned connection is referenced.

    Without a configured connection, return True if private state records the planned connection as referenced.
    """
    configured = ctx.config[ASSET_CONNECTION]
    if configured is None:
        return qualified_name(planned) in private_state.referenced_connection_names(ctx)
    return qualified_name(configured) is not None and isinstance(configured, dict)


def with_unknown_attributes(ctx: PlanContext[AppState], planned: ConnectionValue) -> ConnectionValue:
    """Return the planned connection. If it may exist, its name and admins are Unknown unless they are configured.

    The apply reads these attributes from the tenant. A connection that the apply creates has no qualified name yet, and
    a raw input ``connection`` contains all that is sent.
    """
    configured = ctx.config[ASSET_CONNECTION]
    if not isinstance(planned, dict) or (configured is None and is_raw(ctx)):
        return planned
    if planned["qualified_name"] is Unknown and not is_referenced(ctx, planned):
        return planned
    attributes: Mapping[str, Value] = configured if isinstance(configured, dict) else {}
    not_configured = [name for name in ("name", *ADMINS) if attributes.get(name) is None]
    return {**planned, **dict.fromkeys(not_configured, Unknown)}


def _planned_name(ctx: PlanContext[AppState], configured: Connection, used_name: Value) -> Value:
    """Return the planned qualified name, or Unknown if it is configured as unknown or the apply creates it.

    If none is configured, return the name of the workflow's own connection, or else ``used_name``: the qualified name
    of the connection that the workflow uses. A referenced connection does not become the workflow's own.
    """
    if configured["qualified_name"] is not None:
        return configured["qualified_name"]
    is_referenced_name = used_name in private_state.referenced_connection_names(ctx)
    return private_state.own_connection_name(ctx) or (None if is_referenced_name else used_name) or Unknown


def _other_connection(configured: Connection, planned_name: Value, app_id: str) -> Connection:
    """Return the planned value of a connection that the workflow does not use yet.

    Attributes that are not configured are Unknown. Only the connector has a value if it can be computed.
    """
    named = {**configured, "qualified_name": configured["qualified_name"] if planned_name is Unknown else planned_name}
    unknown: Connection = {each: Unknown for each, value in configured.items() if value is None}
    connector = _connector_or_unknown(named, app_id)
    return {**configured, **unknown, "connector_name": connector, "qualified_name": planned_name}


def _used_connection(configured: Connection, used: Connection) -> Connection:
    """Return the planned value of the connection that the workflow uses already.

    The configured attributes replace the values in ``used``.
    """
    return {name: used[name] if value is None else value for name, value in configured.items()}


def _connector_or_unknown(configured: Connection, app_id: str) -> Value:
    return connector_for(configured, app_id) or Unknown


def _check_connector(configured: Connection, planned_name: Value, advice: str) -> Iterator[Finding]:
    """Yield a finding if the configured connector is not the one in the planned qualified name."""
    connector = configured["connector_name"]
    if (
        isinstance(connector, str)
        and isinstance(planned_name, str)
        and connector_of(planned_name) not in (None, connector)
    ):
        yield other_connector(planned_name, connector, advice)
