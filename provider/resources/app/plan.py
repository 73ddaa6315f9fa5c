"""The plan of an update: what means the same stays, and what a publish changes is unknown."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal, NamedTuple, TypeAlias

from provider.framework import Path, PlanContext, Unknown, UserError, Value, same
from provider.model.connection import (
    ASSET_CONNECTION,
    DEFAULT_CREDENTIAL,
    Connection,
    ConnectionValue,
    from_wire,
    of_workflow,
    qualified_name,
    same_connection,
)
from provider.model.inputs import CONNECTION, CREDENTIAL, CREDENTIAL_GUID, connection_attributes
from provider.model.json_inputs import equal
from provider.resources.app import connection_warnings, import_state, move_state, plan_connection, private_state
from provider.resources.app.schema import AppState

_Name: TypeAlias = Literal["entrypoint", "inputs_wo_version", "credential_wo_version", "credential_guid"]
_PUBLISHED: Final[tuple[_Name, ...]] = ("entrypoint", "inputs_wo_version", "credential_wo_version", "credential_guid")
"""The attributes whose change publishes a version, beside the inputs and the connection."""

_ROUTED: Final = (CONNECTION, CREDENTIAL, CREDENTIAL_GUID)
"""The inputs that decide which credential a workflow uses."""


class _Routing(NamedTuple):
    """The values that decide which credential a workflow uses, before or after an update."""

    inputs: Mapping[str, Value]
    """The inputs named in ``_ROUTED``."""
    connection: ConnectionValue
    credential_wo_version: Value


def plan_update(ctx: PlanContext[AppState], current: AppState, planned: AppState) -> AppState:
    """Return the plan of an update. Its ``version`` is Unknown if the apply publishes. Raises UserError.

    Terraform plans a replacement once more as a create, so the errors of an update are not reported for it.
    """
    if move_state.is_moved(ctx):
        move_state.check_plan(ctx, current)
    private_state.expect_write_only(ctx)
    connection_warnings.warn_replace(ctx, current["slug"], current[ASSET_CONNECTION])
    if private_state.imported(ctx):
        import_state.warn_kept(ctx, current["slug"], current["inputs"], planned["inputs"])
    if ctx.config["credential_guid"] is None:
        planned = {**planned, "credential_guid": current["credential_guid"]}
    unchanged = _same_inputs(current["inputs"], planned["inputs"], current[ASSET_CONNECTION])
    if unchanged and planned["inputs"] is not None:
        planned = {**planned, "inputs": current["inputs"]}
    routed_before, routed_after = (
        {name: each.get(name) if isinstance(each, dict) else each for name in _ROUTED}
        for each in (current["inputs"], planned["inputs"])
    )
    before = _Routing(routed_before, current[ASSET_CONNECTION], current["credential_wo_version"])
    connection = _plan_connection(ctx, before, planned[ASSET_CONNECTION], planned["app_id"], unchanged=unchanged)
    if not ctx.requires_replace:
        _check_credential(ctx, current["slug"], current["credential_guid"])
        names = qualified_name(_connection(before)), qualified_name(connection)
        connection_warnings.warn_moved(ctx, current["slug"], *names)
    planned = {**planned, ASSET_CONNECTION: connection}
    if unchanged and same(before.connection, connection) and all(same(current[n], planned[n]) for n in _PUBLISHED):
        kept = current["version"], current["owner"], current["execution_mode"]
        return {**planned, "version": kept[0], "owner": kept[1], "execution_mode": kept[2]}
    after = _Routing(routed_after, connection, planned["credential_wo_version"])
    if ctx.config["credential_guid"] is None and _moves_credential(ctx, before, after):
        planned = {**planned, "credential_guid": Unknown}
    private_state.expect_reference(ctx)
    return {**planned, ASSET_CONNECTION: plan_connection.unknown_until_read(ctx, connection), "version": Unknown}


def _same_inputs(before: Value, after: Value, connection: Value) -> bool:
    """Return True if planned inputs mean the same as those in state, which may lack an imported connection."""
    if not (isinstance(before, dict) and isinstance(after, dict)):
        return after is None and not before  # an import of a workflow without inputs puts an empty object into state
    attributes = connection_attributes(after.get(CONNECTION))
    if CONNECTION not in before and isinstance(connection, dict) and attributes:
        rest = {name: value for name, value in after.items() if name != CONNECTION}
        return same_connection(from_wire(attributes), connection) and equal(rest, before)
    return equal(after, before)


def _connection(routing: _Routing) -> Connection | None:
    """Return the connection of a workflow: that of its attribute, or that of its inputs."""
    return of_workflow(routing.connection, routing.inputs[CONNECTION])


def _plan_connection(
    ctx: PlanContext[AppState], before: _Routing, planned: ConnectionValue, app_id: str, *, unchanged: bool
) -> ConnectionValue:
    """Return the planned connection. It is null beside a raw input, unless an import put it into state."""
    in_inputs, in_inputs_wo = (
        isinstance(each, dict) and CONNECTION in each for each in (ctx.config["inputs"], ctx.config["inputs_wo"])
    )
    if in_inputs or in_inputs_wo:
        return before.connection if in_inputs and unchanged else None
    return plan_connection.plan_update(ctx, before.connection, _connection(before), planned, app_id)


# The credential


def _moves_credential(ctx: PlanContext[AppState], before: _Routing, after: _Routing) -> bool:
    """Return True if the workflow may use another credential after the update.

    Only another credential_wo changes the workflow's own one. Every publish may change the one of a connection.
    """
    if not same(before.credential_wo_version, after.credential_wo_version):
        return True
    changed = {name for name in _ROUTED if _changes(name, before.inputs[name], after.inputs[name])}
    if CREDENTIAL in changed:
        return True
    if private_state.has_own_credential(ctx):
        return False
    if plan_connection.is_shared(ctx, after.connection):
        return True
    inputs_wo = ctx.config["inputs_wo"]
    written = isinstance(inputs_wo, dict) and not {CONNECTION, CREDENTIAL_GUID}.isdisjoint(inputs_wo)
    return bool(changed) or written or not same(*map(qualified_name, (before.connection, after.connection)))


def _changes(name: str, before: Value, after: Value) -> bool:
    """Return True if an input that routes the credential differs, or may. Names and admins of a connection do not."""
    if after is Unknown:
        return True
    if name == CONNECTION:
        before, after = _identity(before), _identity(after)
    return not equal(before, after)


def _identity(connection: Value) -> list[Value]:
    attributes = connection_attributes(connection)
    return [attributes.get("qualifiedName"), attributes.get(DEFAULT_CREDENTIAL)]


def _check_credential(ctx: PlanContext[AppState], slug: str, credential_guid: Value) -> None:
    """Raise UserError for a shared credential beside one of the workflow's own, because the service ignores it."""
    if not private_state.has_own_credential(ctx):
        return
    configured: list[tuple[Path, Value]] = [(["credential_guid"], ctx.config["credential_guid"])]
    if isinstance(ctx.config["inputs"], dict):
        configured.append((["inputs", (CREDENTIAL_GUID,)], ctx.config["inputs"].get(CREDENTIAL_GUID) or None))
    for path, guid in configured:
        if isinstance(guid, str) and guid != credential_guid:
            raise UserError(
                f"{slug} keeps its own credential",
                "The service keeps the credential that it stored for a workflow through every update, so the "
                "workflow would not use the configured one. Keep credential_wo, or create the workflow again: "
                f"{plan_connection.RECREATE}.",
                path,
            )
