"""The connection that an apply publishes: its identity, and the stored attributes that are sent with it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from provider import errors
from provider.client.errors import AtlanError, NotFound
from provider.framework import Context, UserError
from provider.model.connection import ASSET_CONNECTION, Attributes, Connection, mint, stored_settings
from provider.resources.app import plan_connection, private_state
from provider.resources.app.schema import AppState

if TYPE_CHECKING:
    from provider.client.api import AtlanApi

_DELETED: Final = "DELETED"
_NOT_MADE_YET: Final = (
    "It may be mistyped, deleted, on another tenant, or not created yet: the first successful run of a workflow "
    "creates its connection, not its definition. Run the workflow that creates it, then apply again."
)
_REFERENCED: Final = (
    "It is referenced, so each publish must send its stored name: a run without the name would rename the connection. "
    "Nothing was published."
)


class Resolved(NamedTuple):
    """A connection with its qualified name, and the stored attributes that are sent with it."""

    connection: Connection
    stored: Attributes


def resolve(ctx: Context[AppState], client: AtlanApi, planned: Connection, carried: Attributes) -> Resolved:
    """Return the connection to publish. ``carried`` are the attributes that the workflow carries already.

    Raises UserError if a referenced connection cannot be read.
    """
    name = _identity(ctx, planned, carried)
    connection: Connection = {**planned, "qualified_name": name}
    if plan_connection.is_shared(ctx, connection):
        return Resolved(connection, _read(ctx, client, name, carried))
    return Resolved(connection, carried if carried.get("qualifiedName") == name else {})


def _identity(ctx: Context[AppState], planned: Connection, carried: Attributes) -> str:
    """Return the planned qualified name, or that of the workflow's own connection, or a new one."""
    name, held = planned["qualified_name"], carried.get("qualifiedName")
    if isinstance(name, str):
        return name
    if isinstance(held, str) and held and held not in private_state.referenced_connections(ctx):
        return held
    return mint(str(planned["connector_name"]))


def _read(ctx: Context[AppState], client: AtlanApi, name: str, carried: Attributes) -> Attributes:
    """Return the stored attributes of a referenced connection.

    The carried ones are returned if the workflow carries the connection already and no run has made it yet.
    """
    try:
        found = client.get_connection(name)
    except AtlanError as error:
        missing = isinstance(error, NotFound)
        if missing and carried.get("qualifiedName") == name:
            return _with_name(ctx, name, carried)
        why = f"{_NOT_MADE_YET} {_REFERENCED}" if missing else _REFERENCED
        text = errors.error_text(ctx, error)
        raise _unusable(f"The connection {name} could not be read", f"{why}\n\n{text}") from error
    if found.status == _DELETED:
        why = "It was deleted, but the service still returns it. Reference one that is live. Nothing was published."
        raise _unusable(f"The connection {name} is archived", why)
    return _with_name(ctx, name, stored_settings(found.attributes, carried))


def _with_name(ctx: Context[AppState], name: str, stored: Attributes) -> Attributes:
    """Return the attributes. Raises UserError if neither they nor the configuration contain a name."""
    configured = ctx.config[ASSET_CONNECTION]
    if not stored.get("name") and not (isinstance(configured, dict) and configured["name"] is not None):
        why = f"{_REFERENCED} The service does not return its name: write it as {ASSET_CONNECTION}.name."
        raise _unusable(f"The connection {name} has no stored name", why)
    return stored


def _unusable(summary: str, detail: str) -> UserError:
    return UserError(summary, detail, [ASSET_CONNECTION, "qualified_name"])
