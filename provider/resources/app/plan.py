"""Plan an update: keep the values whose meaning is unchanged, and mark as unknown what a publish changes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final, Literal, NamedTuple, TypeAlias

from provider.framework import Finding, Path, PlanContext, Unknown, Value, is_known, same
from provider.model.connection import (
    ASSET_CONNECTION,
    Connection,
    ConnectionValue,
    of_workflow,
    qualified_name,
    same_connection,
)
from provider.model.inputs import (
    CONNECTION,
    CREDENTIAL,
    CREDENTIAL_GUID,
    as_object,
    connection_attributes,
    connection_qualified_name,
    contains,
    default_credential_guid,
)
from provider.model.json_inputs import equal
from provider.resources.app import connection_warnings, move_state, pending_publish, plan_connection, private_state
from provider.resources.app.plan_connection import WorkflowNames
from provider.resources.app.schema import AppState

_PublishedName: TypeAlias = Literal["entrypoint", "inputs_wo_version", "credential_wo_version", "credential_guid"]
_PUBLISHED_NAMES: Final[tuple[_PublishedName, ...]] = (
    "entrypoint",
    "inputs_wo_version",
    "credential_wo_version",
    "credential_guid",
)
"""The attributes whose change publishes a version, besides the inputs and the connection."""

_ROUTING_NAMES: Final = (CONNECTION, CREDENTIAL, CREDENTIAL_GUID)
"""The inputs that decide which credential a workflow uses."""


_FORM_NAMES: Final = frozenset({"inputs", ASSET_CONNECTION})
"""The attributes with values that can be written in several forms."""


class _Routing(NamedTuple):
    """The values that decide which credential a workflow uses, before or after an update."""

    inputs: Mapping[str, Value]
    """The inputs named in ``_ROUTING_NAMES``."""
    connection: ConnectionValue
    credential_wo_version: Value


def plan_update(ctx: PlanContext[AppState], current: AppState, planned: AppState, *, was_read: bool) -> AppState:
    """Return the planned state of an update. ``version`` is Unknown if the apply publishes.

    Values have their form in the configuration. If ``was_read`` is True and only the form of values differs, return the
    current state. Terraform does not plan such a state again in an apply, which knows more values.
    Also report findings, and record in private state what the apply will publish. Terraform plans a replacement again
    as a create, so a plan that requires a replacement skips the checks that concern only updates. Raises UserError if
    the workflow was moved and its app or name is not known yet.
    """
    if move_state.is_moved(ctx):
        move_state.check_plan(ctx, current)
    connection_warnings.warn_replace(ctx, current["slug"], current[ASSET_CONNECTION])
    if ctx.config["credential_guid"] is None:
        planned = {**planned, "credential_guid": current["credential_guid"]}
    unchanged = _same_inputs(current["inputs"], planned["inputs"], current[ASSET_CONNECTION])
    inputs_before, inputs_after = (
        {name: each.get(name) if isinstance(each, dict) else each for name in _ROUTING_NAMES}
        for each in (current["inputs"], planned["inputs"])
    )
    before = _Routing(inputs_before, current[ASSET_CONNECTION], current["credential_wo_version"])
    same_attributes = all(same(current[name], planned[name]) for name in _PUBLISHED_NAMES)
    if _may_be_raw(ctx, publishes=not (unchanged and same_attributes)):
        connection = plan_connection.plan_raw(ctx, before.connection, planned["inputs"], unchanged=unchanged)
        connection = Unknown if _depends_on_publish(ctx, current, planned, unchanged=unchanged) else connection
    else:
        connection = _plan_attribute(ctx, before, planned[ASSET_CONNECTION], planned["app_id"], planned["name"])
    if not ctx.requires_replace:
        ctx.report(_check_credential(ctx, current["slug"], current["credential_guid"]))
        _warn_other_connection(ctx, current["slug"], before, connection)
    if unchanged and same_attributes and _is_same_connection(before.connection, connection):
        planned = {**planned, ASSET_CONNECTION: connection, "version": current["version"]}
        only_form = ctx.changed <= _FORM_NAMES and None not in (current["inputs"], planned["inputs"])
        only_form = only_form and not pending_publish.may_have_published(ctx, current["version"])
        return current if was_read and only_form else planned
    after = _Routing(inputs_after, connection, planned["credential_wo_version"])
    if ctx.config["credential_guid"] is None and _may_change_credential(ctx, before, after):
        planned = {**planned, "credential_guid": Unknown}
    private_state.remember_reference(ctx)
    private_state.forget_left_out(ctx)
    return {**planned, ASSET_CONNECTION: plan_connection.with_unknown_attributes(ctx, connection), "version": Unknown}


def _same_inputs(before: Value, after: Value, connection: Value) -> bool:
    """Return True if planned inputs have the same meaning as the inputs in state.

    No inputs, an empty object and one with only nulls have the same meaning. ``connection`` is the attribute in state.
    An import puts the connection there and not into the inputs.
    """
    before, after = ({} if each is None else each for each in (before, after))
    if not (isinstance(before, dict) and isinstance(after, dict)):
        return False
    raw = of_workflow(None, after.get(CONNECTION))
    if CONNECTION not in before and isinstance(connection, dict) and raw is not None:
        rest = {name: value for name, value in after.items() if name != CONNECTION}
        return same_connection(raw, connection) and equal(rest, before)
    return equal(after, before)


def _is_same_connection(before: ConnectionValue, after: ConnectionValue) -> bool:
    """Return True if the connections have the same meaning. Admins can be in another order."""
    if isinstance(before, dict) and isinstance(after, dict) and Unknown not in after.values():
        return same_connection(after, before)
    return same(before, after)


def _connection_of(routing: _Routing) -> Connection | None:
    """Return the connection of a workflow: the value of its attribute, or else the connection in its inputs."""
    return of_workflow(routing.connection, routing.inputs[CONNECTION])


def _may_be_raw(ctx: PlanContext[AppState], *, publishes: bool) -> bool:
    """Return True if the inputs that the apply publishes contain the connection, or may contain it.

    A connection in ``inputs_wo`` counts only if something else ``publishes``, because Terraform cannot see its change.
    Next to a configured attribute, no inputs contain the connection: that is an error.
    """
    if ctx.config[ASSET_CONNECTION] is not None or not plan_connection.may_be_raw(ctx):
        return False
    return publishes or contains(ctx.config["inputs"], CONNECTION)


def _depends_on_publish(ctx: PlanContext[AppState], current: AppState, planned: AppState, *, unchanged: bool) -> bool:
    """Return True if unknown values decide whether the apply publishes a connection that only ``inputs_wo`` contains.

    The attribute in state has a value. ``unchanged`` is True if the inputs in state and the planned ones are equal.
    """
    if current[ASSET_CONNECTION] is None or contains(ctx.config["inputs"], CONNECTION):
        return False
    changed = [planned[name] for name in _PUBLISHED_NAMES if not same(current[name], planned[name])]
    changed += [] if unchanged else [planned["inputs"]]
    return not any(map(is_known, changed))


def _plan_attribute(
    ctx: PlanContext[AppState], before: _Routing, planned: ConnectionValue, app_id: str, name: str
) -> ConnectionValue:
    """Return the planned connection if the inputs do not contain it."""
    names = WorkflowNames(app_id, name)
    return plan_connection.plan_update(ctx, before.connection, _connection_of(before), planned, names)


def _warn_other_connection(ctx: PlanContext[AppState], slug: str, before: _Routing, planned: ConnectionValue) -> None:
    """Warn if the planned attribute has another connection. It may have none."""
    names = qualified_name(_connection_of(before)), None if planned is Unknown else qualified_name(planned)
    is_raw = not isinstance(before.connection, dict)
    connection_warnings.warn_other_connection(ctx, slug, *names, is_in_inputs=is_raw)


# The credential


def _may_change_credential(ctx: PlanContext[AppState], before: _Routing, after: _Routing) -> bool:
    """Return True if the workflow may use another credential after the update.

    The workflow's own stored credential changes only with ``credential_wo`` or the raw input ``credential``. The
    credential of a referenced connection may change with every publish.
    """
    if not same(before.credential_wo_version, after.credential_wo_version):
        return True
    changed = {name for name in _ROUTING_NAMES if _may_differ(name, before.inputs[name], after.inputs[name])}
    if CREDENTIAL in changed:
        return True
    if private_state.has_own_credential(ctx):
        return False
    if plan_connection.is_referenced(ctx, after.connection):
        return True
    inputs_wo = ctx.config["inputs_wo"]
    is_write_only = inputs_wo is Unknown or not {CONNECTION, CREDENTIAL_GUID}.isdisjoint(as_object(inputs_wo))
    return bool(changed) or is_write_only or not same(*map(qualified_name, (before.connection, after.connection)))


def _may_differ(name: str, before: Value, after: Value) -> bool:
    """Return True if an input that decides the credential differs or is unknown.

    Of a connection, only the qualified name and the credential are compared.
    """
    if after is Unknown:
        return True
    if name == CONNECTION:
        before, after = _identity(before), _identity(after)
    return not equal(before, after)


def _identity(connection: Value) -> list[Value]:
    return [connection_qualified_name(connection_attributes(connection)), default_credential_guid(connection)]


def _check_credential(ctx: PlanContext[AppState], slug: str, credential_guid: Value) -> Iterator[Finding]:
    """Yield a finding for each configured guid that is not the guid of the workflow's own credential.

    The service ignores such a guid.
    """
    if not private_state.has_own_credential(ctx):
        return
    configured: list[tuple[Path, Value]] = [(["credential_guid"], ctx.config["credential_guid"])]
    if isinstance(ctx.config["inputs"], dict):
        configured.append((["inputs", (CREDENTIAL_GUID,)], ctx.config["inputs"].get(CREDENTIAL_GUID) or None))
    for path, guid in configured:
        if isinstance(guid, str) and guid != credential_guid:
            yield Finding(
                f"{slug} keeps its own credential",
                "The service keeps the credential that it stored for a workflow through every update, so the "
                "workflow would not use the configured credential. Keep credential_wo, or create the workflow again: "
                f"{plan_connection.RECREATE_ADVICE}.",
                path,
            )
