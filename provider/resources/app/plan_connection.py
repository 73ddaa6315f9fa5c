"""How a workflow's connection is planned: its own is minted once and kept, another's is followed and never renamed."""

from __future__ import annotations

from typing import Any, Final

from provider.framework import Context, PlanContext, State, Unknown, UserError, same
from provider.model import connection as connections
from provider.model import inputs
from provider.model.connection import Connection
from provider.resources.app import private_state

# An error stops -replace, which is planned as an update first; a tainted workflow is planned as a new one alone.
ANEW: Final = "run `terraform taint` on its address, then apply"


def plan_create(config: State, planned: State) -> State:
    """The plan of a new workflow: no connection unless one is configured, and its connector as far as it is known."""
    connection = config["connection"]
    if not isinstance(connection, dict):
        return {**planned, "connection": connection}
    return {**planned, "connection": {**planned["connection"], **_known_connector(connection, planned)}}


def plan_update(ctx: PlanContext[State], current: State, planned: State, *, same_inputs: bool) -> State:
    """Keep a connection that means the same; learn another one's attributes anew; none beside a raw input."""
    configured, after = ctx.config["connection"], planned["connection"]
    if inputs.CONNECTION in {*_object(ctx.config["inputs"]), *_object(ctx.config["inputs_wo"])}:
        told = same_inputs and inputs.CONNECTION in _object(ctx.config["inputs"])
        return {**planned, "connection": current["connection"] if told else None}
    if not (isinstance(configured, dict) and isinstance(after, dict)):
        return {**planned, "connection": current["connection"] if configured is None else after}
    before = _connection(current)
    name = _identity(ctx, configured, before)
    if not ctx.requires_replace:
        _check_connector(configured, name)
    if before is None or not same(before["qualified_name"], name):
        return {**planned, "connection": _another(configured, name, planned)}
    return {**planned, "connection": _kept(configured, before)}


def references(config: State) -> bool:
    """Whether the configured connection is an existing one."""
    return isinstance(config["connection"], dict) and config["connection"]["qualified_name"] is not None


def follows_stored(ctx: Context[State], planned: State) -> bool:
    """Whether the connection is somebody else's too, so that each publish sends it as the tenant has it stored."""
    if ctx.config["connection"] is None:
        return qualified_name(planned) in private_state.referenced_connections(ctx)
    return references(ctx.config)


def with_stored(ctx: PlanContext[State], planned: State) -> State:
    """The plan of a publish: what is not configured of a connection that is somebody else's too is learnt anew."""
    connection, configured = planned["connection"], _object(ctx.config["connection"])
    if not (isinstance(connection, dict) and follows_stored(ctx, planned)):
        return planned
    stored = [name for name in ("name", *connections.ADMINS) if configured.get(name) is None]
    return {**planned, "connection": {**connection, **dict.fromkeys(stored, Unknown)}}


def warn_moved(ctx: PlanContext[State], current: State, planned: State) -> None:
    """An update that leads the workflow into another connection."""
    before, name = _connection(current), qualified_name(planned)
    held = before["qualified_name"] if before else None
    if held is None or name is None or same(held, name) or _may_be_the_same(ctx.config):
        return
    ctx.warn(
        f"{current['slug']} will crawl into another connection",
        f"Its assets go to {'a new connection of its own' if name is Unknown else name} from its next run on. {held} "
        "and the assets in it stay on the tenant as they are.",
        ["connection"],
    )


def qualified_name(state: State) -> Any:
    """The identity of the attribute ``connection``: None where there is none, Unknown where nothing is known of it."""
    connection = state["connection"]
    return connection["qualified_name"] if isinstance(connection, dict) else connection


def _connection(state: State) -> Connection | None:
    """The connection in state, that of a raw input included."""
    found = state["connection"]
    if isinstance(found, dict):
        return found
    attributes = inputs.connection_attributes(_object(state["inputs"]).get(inputs.CONNECTION))
    return connections.from_wire(attributes) if attributes else None


def _identity(ctx: PlanContext[State], configured: Connection, before: Connection | None) -> Any:
    """The qualified name that is published. A connection that was only referenced is nobody's to rename."""
    if configured["qualified_name"] is not None:
        return configured["qualified_name"]
    held = before["qualified_name"] if before else None
    shared = held in private_state.referenced_connections(ctx)
    return private_state.own_connection(ctx) or (None if shared else held) or Unknown


def _another(configured: Connection, name: Any, planned: State) -> Connection:
    """Another connection than before: ``name`` is Unknown where it is not configured yet, or minted by the apply."""
    known = {**configured, "qualified_name": configured["qualified_name"] if name is Unknown else name}
    unknown = {each: Unknown for each, value in configured.items() if value is None}
    return {**configured, **unknown, **_known_connector(known, planned), "qualified_name": name}


def _kept(configured: Connection, before: Connection) -> Connection:
    """The connection of before with what is configured; what only looks different stays as it was."""
    after = {name: before[name] if value is None else value for name, value in configured.items()}
    return before if Unknown not in after.values() and connections.same(after, before) else after


def _known_connector(configured: Connection, planned: State) -> State:
    return {"connector_name": connections.connector_for(configured, planned["app_id"]) or Unknown}


def _check_connector(configured: Connection, name: Any) -> None:
    named, told = configured["connector_name"], connections.connector_of(name)
    if isinstance(named, str) and told not in (None, named):
        raise UserError.of(connections.other_connector(name, named, f", or make the workflow anew: {ANEW}"))


def _may_be_the_same(config: State) -> bool:
    return config["connection"] is Unknown or _object(config["connection"]).get("qualified_name") is Unknown


def _object(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}
