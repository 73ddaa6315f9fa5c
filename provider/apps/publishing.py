"""What is sent to publish a workflow: the configured inputs, with the connection and the credential in place."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from tf.types import Unknown

from provider import connections, credentials, inputs
from provider.apps import planning, private
from provider.client.errors import AtlanError
from provider.contracts import Contract
from provider.plugin.resource import Context, Problem, State

if TYPE_CHECKING:
    from provider.client.api import AtlanApi
    from provider.client.models import App


def for_create(ctx: Context, api: AtlanApi, planned: State, contract: Contract | None) -> inputs.Inputs:
    """The inputs of a new workflow. Raises Problem where a referenced connection cannot be read."""
    return inputs.to_create(_sent(ctx, api, planned, {}, with_credential=True), contract)


def for_update(
    ctx: Context, api: AtlanApi, current: State, planned: State, remote: App, contract: Contract | None
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
    sent = _sent(ctx, api, planned, stored, with_credential=planning.rotates(current, planned))
    left_write_only = dict.fromkeys(path[0] for path in private.write_only_paths(ctx) if path)
    return inputs.to_update(sent, {**left_write_only, **(current["inputs"] or {})}, shown, contract)


def connection_of(planned: State, payload: inputs.Inputs) -> connections.Connection | None:
    """The attribute ``connection`` after that payload was published."""
    connection = planned["connection"]
    if not isinstance(connection, dict):
        return None
    return connections.from_wire(inputs.connection_attributes(payload.get(inputs.CONNECTION)), connection)


def _sent(
    ctx: Context, api: AtlanApi, planned: State, stored: connections.Attributes, *, with_credential: bool
) -> inputs.Inputs:
    """``stored`` are the attributes of the connection that the workflow carries already."""
    sent: inputs.Inputs = inputs.merged(planned["inputs"] or {}, ctx.config["inputs_wo"] or {})
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


def _connection(ctx: Context, api: AtlanApi, planned: State, stored: connections.Attributes) -> dict[str, Any] | None:
    connection = planned["connection"]
    if not isinstance(connection, dict):
        return None
    qualified_name = connection["qualified_name"]
    if qualified_name is None or qualified_name is Unknown:
        connection = {**connection, "qualified_name": connections.mint(connection["connector_name"])}
    elif stored.get("qualifiedName") != qualified_name and planning.references(ctx.config):
        stored = _stored_connection(api, qualified_name)
    return connections.to_wire(connection, stored)


def _stored_connection(api: AtlanApi, qualified_name: str) -> connections.Attributes:
    """What the tenant has stored of a referenced connection. Not knowing it stops the apply."""
    try:
        found = api.get_connection(qualified_name)
    except AtlanError as error:
        raise Problem(
            f"The connection {qualified_name} could not be read",
            "It is referenced, and its stored name has to go along: a run without it would rename the connection. "
            f"Nothing was published.\n\n{error}",
            ["connection", "qualified_name"],
        ) from error
    return connections.stored_settings(found.attributes)


def _credential(ctx: Context, sent: inputs.Inputs) -> dict[str, Any]:
    """The body of the credential, named as the service's own clients name one."""
    body = credentials.body(ctx.config["credential_wo"])
    attributes = inputs.connection_attributes(sent.get(inputs.CONNECTION))
    return {"name": f"default-{attributes.get('connectorName', 'app')}-{int(time.time())}-0", **body}
