"""The connection that an apply publishes: its qualified name, and its stored attributes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from provider import errors
from provider.client.errors import AtlanError, NotFound
from provider.framework import Context, Path, UserError, Value
from provider.model.connection import (
    ASSET_CONNECTION,
    Attributes,
    Connection,
    new_qualified_name,
    qualified_name,
    stored_settings,
)
from provider.model.inputs import (
    CONNECTION,
    DEFAULT_CREDENTIAL,
    as_object,
    connection_attributes,
    connection_qualified_name,
)
from provider.model.json_inputs import as_json
from provider.resources.app import plan_connection, private_state
from provider.resources.app.schema import AppState

if TYPE_CHECKING:
    from provider.client.api import AtlanApi
    from provider.client.responses import Workflow

_QUALIFIED_NAME_PATH: Final[Path] = [ASSET_CONNECTION, "qualified_name"]
_NOT_FOUND_REASON: Final = (
    "The qualified name may be mistyped. Or the connection is deleted, on another tenant, or not created yet: the "
    "first successful run of a workflow creates its connection. Run the workflow that creates it, then apply again."
)
_NAME_REASON: Final = (
    "Each publish must send the stored name: a run without the name would rename the connection. Nothing was published."
)


class Resolved(NamedTuple):
    """A connection with its qualified name, and the stored attributes that the publish sends."""

    connection: Connection
    stored: Attributes


def resolve(ctx: Context[AppState], client: AtlanApi, planned: Connection, published: Attributes) -> Resolved:
    """Return the connection to publish. ``published`` are the attributes in the workflow's last published inputs.

    A connection that exists is sent with the attributes that the tenant stores. A workflow's own connection exists
    after the first run. Before, it is sent with the published ones. Raises UserError if the connection cannot be read,
    or if a referenced connection is archived or has no name.
    """
    name = _name_to_publish(ctx, planned, published)
    connection: Connection = {**planned, "qualified_name": name}
    published_name = connection_qualified_name(published)
    if plan_connection.is_referenced(ctx, connection):
        return Resolved(connection, _read_referenced(ctx, client, name, published))
    published = published if published_name == name else {}
    is_new = name not in (qualified_name(planned), published_name)
    if is_new or plan_connection.is_raw(ctx):  # A raw input contains all that is sent.
        return Resolved(connection, published)
    return Resolved(connection, _read_own(ctx, client, name, published))


def with_tenant_attributes(ctx: Context[AppState], client: AtlanApi, workflow: Workflow) -> Workflow:
    """Return the workflow to adopt. Next to a raw connection, its own has the attributes that the tenant stores.

    A raw input ``connection`` need not contain all attributes, and the last published ones may be older than the
    tenant's. Raises UserError if the connection cannot be read.
    """
    connection: Value = (workflow.inputs or {}).get(CONNECTION)
    published = connection_attributes(connection)
    name = connection_qualified_name(published)
    if not (plan_connection.is_raw(ctx) and isinstance(name, str) and name):
        return workflow
    connection = {**as_object(as_json(connection)), "attributes": _read_own(ctx, client, name, published)}
    return workflow.model_copy(update={"inputs": {**(workflow.inputs or {}), CONNECTION: connection}})


def _name_to_publish(ctx: Context[AppState], planned: Connection, published: Attributes) -> str:
    """Return the planned qualified name, or else that of the workflow's own connection, or else a new one."""
    name, last_name = qualified_name(planned), connection_qualified_name(published)
    if isinstance(name, str):
        return name
    if isinstance(last_name, str) and last_name and last_name not in private_state.referenced_connection_names(ctx):
        return last_name
    return new_qualified_name(str(planned["connector_name"]))


def _read_referenced(ctx: Context[AppState], client: AtlanApi, name: str, published: Attributes) -> Attributes:
    """Return the stored attributes of a referenced connection.

    If no run has created the connection yet, return the attributes that the workflow last published for the connection.
    Raises UserError if the connection cannot be read, is archived or has no name.
    """
    try:
        stored = client.get_connection(name)
    except AtlanError as error:
        missing = isinstance(error, NotFound)
        if missing and connection_qualified_name(published) == name:
            return _require_name(ctx, name, published)
        reason = f"{_NOT_FOUND_REASON} {_NAME_REASON}" if missing else _NAME_REASON
        raise _not_read(ctx, name, reason, error) from error
    if stored.is_archived:
        raise errors.archived_connection(name, _QUALIFIED_NAME_PATH, " Nothing was published.")
    return _require_name(ctx, name, stored_settings(stored.attributes, published))


def _read_own(ctx: Context[AppState], client: AtlanApi, name: str, published: Attributes) -> Attributes:
    """Return the stored attributes of a workflow's own connection, and the published ones that the tenant lacks.

    The published credential stays, because a run that stores it on the connection may not have happened yet. Raises
    UserError if the connection cannot be read.
    """
    try:
        stored = client.get_connection(name)
    except NotFound:
        return published
    except AtlanError as error:
        raise _not_read(ctx, name, _NAME_REASON, error) from error
    if stored.is_archived:
        return published
    settings = stored_settings(stored.attributes, published)
    settings.pop(DEFAULT_CREDENTIAL, None)
    return {**published, **settings}


def _require_name(ctx: Context[AppState], name: str, stored: Attributes) -> Attributes:
    """Return the attributes. Raises UserError if neither they nor the configuration contain a name."""
    configured = ctx.config[ASSET_CONNECTION]
    if not stored.get("name") and not (isinstance(configured, dict) and configured["name"] is not None):
        why = f"{_NAME_REASON} The service does not return the name. Configure it as {ASSET_CONNECTION}.name."
        raise _connection_error(f"The connection {name} has no stored name", why)
    return stored


def _not_read(ctx: Context[AppState], name: str, reason: str, error: AtlanError) -> UserError:
    text = errors.error_text(ctx, error)
    return _connection_error(f"The connection {name} could not be read", f"{reason}\n\n{text}")


def _connection_error(summary: str, detail: str) -> UserError:
    return UserError(summary, detail, _QUALIFIED_NAME_PATH)
