"""What is sent to publish a workflow: the configured inputs, with the connection and the credential in place."""

from __future__ import annotations

import time
from collections.abc import Collection
from typing import TYPE_CHECKING, Any, Final

from provider.client.errors import AtlanError, NotFound
from provider.contracts.schema import Contract
from provider.framework import Context, State, Unknown, UserError
from provider.model import connection as connections
from provider.model import credential, inputs
from provider.resources.app import plan, plan_connection, private_state

if TYPE_CHECKING:
    from provider.client.api import AtlanApi
    from provider.client.responses import Workflow

_DELETED: Final = "DELETED"
_NOT_MADE_YET: Final = (
    "It may be mistyped, deleted or on another tenant, or not made yet: a workflow's own connection exists from its "
    "first succeeded run on, not from its definition. Run the workflow that makes it, then apply again."
)
_REFERENCED: Final = (
    "It is referenced, and its stored name has to go along: a run without it would rename the connection. Nothing was "
    "published."
)


def for_create(ctx: Context[State], api: AtlanApi, planned: State, contract: Contract | None) -> inputs.Inputs:
    """The inputs of a new workflow. Raises UserError where a referenced connection cannot be read."""
    return _noted(ctx, planned, inputs.to_create(_sent(ctx, api, planned, {}, with_credential=True), contract))


def for_update(
    ctx: Context[State], api: AtlanApi, current: State, planned: State, remote: Workflow, contract: Contract | None
) -> inputs.Inputs:
    """The inputs of a new version in full, with those that somebody else set and nobody here manages."""
    if remote.inputs is None:
        ctx.warn(
            f"The service does not show the inputs of {remote.slug}",
            "What is configured is published alone: inputs that somebody set in the web UI and that are not in "
            "the configuration would be missing from the new version.",
        )
    shown = remote.inputs or {}
    stored = inputs.connection_attributes(shown.get(inputs.CONNECTION))
    sent = _sent(ctx, api, planned, stored, with_credential=plan.rotates(current, planned))
    left_write_only = dict.fromkeys(path[0] for path in private_state.write_only_paths(ctx) if path)
    before = {**left_write_only, **_managed(ctx, current)}
    return _noted(ctx, planned, inputs.to_update(sent, before, shown, contract))


def _noted(ctx: Context[State], planned: State, payload: inputs.Inputs) -> inputs.Inputs:
    """The payload, remembered with what it publishes; where that fails, private state stays as it was planned."""
    connection = connection_of(planned, payload)
    private_state.remember_connection(ctx, connection["qualified_name"] if connection else None)
    private_state.note_credential(ctx, payload)
    return payload


def _managed(ctx: Context[State], current: State) -> inputs.Inputs:
    """The inputs in state that were ever configured here; those that an import alone brought stay on the workflow."""
    imported = private_state.imported(ctx)
    return {name: value for name, value in _object(current, "inputs").items() if name not in imported}


def _object(values: State, name: str) -> inputs.Inputs:
    """The inputs in that attribute. Raises UserError for what is none, which may be known only now."""
    found = values[name]
    if found is not None and not isinstance(found, dict):
        raise UserError(f"{name} is not an object", "Write it as an object of the inputs that the app takes.", [name])
    return found or {}


def kept(ctx: Context[State], current: State, remote: Workflow) -> Collection[str]:
    """The names of the inputs that an update leaves as they are, for they were never configured here."""
    return inputs.to_update({}, _managed(ctx, current), remote.inputs or {}, None).keys()


def connection_of(planned: State, payload: inputs.Inputs) -> connections.Connection | None:
    """The attribute ``connection`` after that payload was published."""
    connection = planned["connection"]
    if not isinstance(connection, dict):
        return None
    return connections.from_wire(inputs.connection_attributes(payload.get(inputs.CONNECTION)), connection)


def _sent(
    ctx: Context[State], api: AtlanApi, planned: State, stored: connections.Attributes, *, with_credential: bool
) -> inputs.Inputs:
    """``stored`` are the attributes of the connection that the workflow carries already."""
    sent: inputs.Inputs = inputs.merged(_object(planned, "inputs"), _object(ctx.config, "inputs_wo"))
    wire = _connection(ctx, api, planned, stored)
    if wire is not None:
        sent = {**sent, inputs.CONNECTION: wire}
        if sent.get("extraction_method") != "agent":
            sent = {inputs.CREDENTIAL_GUID: "", **sent}
    if ctx.config["credential_guid"] is not None:
        sent = {**sent, inputs.CREDENTIAL_GUID: planned["credential_guid"]}
    if with_credential and ctx.config["credential_wo"] is not None:
        sent = {**sent, inputs.CREDENTIAL: _credential(ctx, sent)}
    return sent


def _connection(
    ctx: Context[State], api: AtlanApi, planned: State, stored: connections.Attributes
) -> dict[str, Any] | None:
    connection = planned["connection"]
    if not isinstance(connection, dict):
        return None
    connection = {**connection, "qualified_name": _identity(ctx, connection, stored)}
    if plan_connection.follows_stored(ctx, planned):
        stored = _stored_connection(ctx, api, connection["qualified_name"], stored)
    elif stored.get("qualifiedName") != connection["qualified_name"]:
        stored = {}
    return connections.to_wire(connection, stored)


def _identity(ctx: Context[State], connection: connections.Connection, stored: connections.Attributes) -> Any:
    """The planned qualified name; else that of the workflow's own connection; else a new one."""
    if connection["qualified_name"] not in (None, Unknown):
        return connection["qualified_name"]
    held = stored.get("qualifiedName")
    if held and held not in private_state.referenced_connections(ctx):
        return held
    return connections.mint(connection["connector_name"])


def _stored_connection(
    ctx: Context[State], api: AtlanApi, qualified_name: str, carried: connections.Attributes
) -> connections.Attributes:
    """What the tenant has stored of a referenced connection. Not knowing it stops the apply.

    One that the workflow carries already, and that no run has made yet, is sent as it is carried.
    """
    try:
        found = api.get_connection(qualified_name)
    except AtlanError as error:
        missing = isinstance(error, NotFound)
        if missing and carried.get("qualifiedName") == qualified_name:
            return _named(ctx, qualified_name, carried)
        why = f"{_NOT_MADE_YET} {_REFERENCED}" if missing else _REFERENCED
        raise _unusable(f"The connection {qualified_name} could not be read", f"{why}\n\n{error}") from error
    if found.status == _DELETED:
        why = "It was deleted, but is still shown. Reference one that is live. Nothing was published."
        raise _unusable(f"The connection {qualified_name} is archived", why)
    return _named(ctx, qualified_name, connections.stored_settings(found.attributes, carried))


def _named(ctx: Context[State], qualified_name: str, stored: connections.Attributes) -> connections.Attributes:
    if not stored.get("name") and (ctx.config["connection"] or {}).get("name") is None:
        why = f"{_REFERENCED} The service does not tell its name: write it as connection.name."
        raise _unusable(f"The connection {qualified_name} has no stored name", why)
    return stored


def _unusable(summary: str, detail: str) -> UserError:
    return UserError(summary, detail, ["connection", "qualified_name"])


def _credential(ctx: Context[State], sent: inputs.Inputs) -> dict[str, Any]:
    """The body of the credential, named as the service's own clients name one."""
    body = credential.body(ctx.config["credential_wo"])
    attributes = inputs.connection_attributes(sent.get(inputs.CONNECTION))
    return {"name": f"default-{attributes.get('connectorName', 'app')}-{int(time.time())}-0", **body}
