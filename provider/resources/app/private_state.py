"""The private state of a workflow.

It contains the version that was published last, the version that was read last, and the names of imported inputs. It
contains the paths of write-only inputs, but not their values. It also contains the qualified names of connections, and
a mark that the service stored a credential. ``move_state`` adds the names of moved inputs.
"""

from __future__ import annotations

import functools
import zlib
from collections.abc import Iterable
from typing import Final

from provider import __version__
from provider.framework import Context, Json, PlanContext, Value, private_state
from provider.model import connection, write_only
from provider.model.connection import ASSET_CONNECTION, Connection
from provider.resources.app.schema import SCHEMA, AppState

_VERSION_KEY: Final = "version"
_READ_VERSION_KEY: Final = "read_version"
_READ_REVISION_KEY: Final = "read_revision"
_WRITE_ONLY_KEY: Final = "write_only_paths"
_IMPORTED_KEY: Final = "imported_inputs"
_CONNECTION_LEFT_KEY: Final = "connection_left"
_OWN_CONNECTION_KEY: Final = "own_connection"
_REFERENCED_KEY: Final = "referenced_connections"
_VAULTED_KEY: Final = "vaulted_credential"

SHAPES: Final = {
    _VERSION_KEY: private_state.optional(private_state.integer),
    _READ_VERSION_KEY: private_state.integer,
    _READ_REVISION_KEY: private_state.string,
    _WRITE_ONLY_KEY: private_state.list_of(private_state.STRINGS),
    _IMPORTED_KEY: private_state.STRINGS,
    _CONNECTION_LEFT_KEY: private_state.optional(private_state.string),
    _OWN_CONNECTION_KEY: private_state.optional(private_state.string),
    _REFERENCED_KEY: private_state.STRINGS,
    _VAULTED_KEY: private_state.boolean,
}
"""The shape of the value of each key."""


# The version


def remember_publish(ctx: Context[AppState], version: int | None) -> None:
    """Record that this resource published a version, and clear the records that the publish makes obsolete."""
    ctx.private[_VERSION_KEY] = version
    forget_read(ctx)
    ctx.private.pop(_CONNECTION_LEFT_KEY, None)
    ctx.private.pop(_IMPORTED_KEY, None)
    ctx.private[_WRITE_ONLY_KEY] = write_only.leaves(ctx.config["inputs_wo"]) if ctx.config["inputs_wo"] else []


def version(ctx: Context[AppState]) -> int | None:
    """Return the version that this resource last published or imported, or None if the version is not known."""
    last_version: int | None = ctx.private.get(_VERSION_KEY)
    return last_version


def remember_read(ctx: Context[AppState], version: int) -> None:
    """Record that state contains this version as a read returned it, with its inputs."""
    ctx.private[_READ_VERSION_KEY] = version
    ctx.private[_READ_REVISION_KEY] = _revision()


def forget_read(ctx: Context[AppState]) -> None:
    """Record that state may contain values that no read returned."""
    ctx.private.pop(_READ_VERSION_KEY, None)
    ctx.private.pop(_READ_REVISION_KEY, None)


def was_read(ctx: Context[AppState], version: Value) -> bool:
    """Return True if state contains this version as a read returned it, with the same revision of the schema."""
    last_read = ctx.private.get(_READ_VERSION_KEY), ctx.private.get(_READ_REVISION_KEY)
    return version is not None and last_read == (version, _revision())


@functools.cache
def _revision() -> str:
    """Return a text that differs for each release, and for each change of the schema between two releases."""
    schema = repr([(name, attribute.cty) for name, attribute in SCHEMA.by_name.items()])
    return f"{__version__}/{zlib.crc32(schema.encode()):08x}"


# The inputs


def remember_import(ctx: Context[AppState], version: int | None, names: Iterable[str]) -> None:
    """Record the imported version, and the names of the inputs that the import put into state."""
    ctx.private[_VERSION_KEY] = version
    ctx.private[_IMPORTED_KEY] = sorted(names)


def imported(ctx: Context[AppState]) -> list[str]:
    """Return the names of the inputs that an import put into state. A publish clears the list."""
    names: list[str] = ctx.private.get(_IMPORTED_KEY, [])
    return names


def expect_write_only(ctx: PlanContext[AppState]) -> None:
    """Record the paths of write-only inputs before they are published.

    A read must leave them out even if the answer to the publish is lost.
    """
    if not isinstance(ctx.config["inputs_wo"], dict):
        return
    known = write_only_paths(ctx)
    new = [path for path in write_only.leaves(ctx.config["inputs_wo"]) if path not in known]
    ctx.private[_WRITE_ONLY_KEY] = [*known, *new]
    if new:
        forget_read(ctx)  # The next read leaves out the new paths.


def write_only_paths(ctx: Context[AppState]) -> list[list[str]]:
    """Return the paths of the inputs that were published from ``inputs_wo``."""
    paths: list[list[str]] = ctx.private.get(_WRITE_ONLY_KEY, [])
    return paths


# The connection


def remember_left_connection(ctx: PlanContext[AppState], qualified_name: str | None) -> None:
    """Record the connection that stays without a workflow if this workflow is replaced. None removes the record."""
    ctx.private[_CONNECTION_LEFT_KEY] = qualified_name


def left_connection(ctx: Context[AppState]) -> str | None:
    """Return the connection that stays after this delete, if no plan warned about it."""
    name: str | None = ctx.private.get(_CONNECTION_LEFT_KEY)
    return name


def expect_reference(ctx: PlanContext[AppState]) -> None:
    """Record a referenced connection before it is published, because the answer to the publish may be lost."""
    name = connection.qualified_name(ctx.config[ASSET_CONNECTION])
    if isinstance(name, str):
        ctx.private[_REFERENCED_KEY] = sorted({*referenced_connections(ctx), name})


def remember_connection(ctx: Context[AppState], published: Connection | None) -> None:
    """Record the published connection: a referenced one, or the workflow's own.

    If the attribute is not configured, the publish sends the connection of the last publish, so the records stay. If
    a raw input contains the connection, the records are removed.
    """
    configured, name = ctx.config[ASSET_CONNECTION], connection.qualified_name(published)
    if not isinstance(configured, dict):
        if name is None:
            ctx.private.pop(_OWN_CONNECTION_KEY, None)
            ctx.private.pop(_REFERENCED_KEY, None)
    elif configured["qualified_name"] is not None and isinstance(name, str):
        ctx.private[_REFERENCED_KEY] = sorted({*referenced_connections(ctx), name})
    else:
        ctx.private[_OWN_CONNECTION_KEY] = name


def own_connection(ctx: Context[AppState]) -> str | None:
    """Return the connection that was last published as the workflow's own, or None if there is no such connection."""
    name: str | None = ctx.private.get(_OWN_CONNECTION_KEY)
    return name


def referenced_connections(ctx: Context[AppState]) -> list[str]:
    """Return the connections that the configuration has referenced. Other workflows may own them."""
    names: list[str] = ctx.private.get(_REFERENCED_KEY, [])
    return names


# The credential


def remember_own_credential(ctx: Context[AppState]) -> None:
    """Record that the service stored a credential for the workflow.

    Source: the service keeps such a credential through every update, so the record is never removed.
    """
    ctx.private[_VAULTED_KEY] = True


def has_published_secrets(private: dict[str, Json]) -> bool:
    """Return True if write-only values were published, because the service may repeat such values in an error."""
    return bool(private.get(_WRITE_ONLY_KEY) or private.get(_VAULTED_KEY))


def has_own_credential(ctx: Context[AppState]) -> bool:
    """Return True if a credential is known to be stored for this workflow."""
    return bool(ctx.private.get(_VAULTED_KEY))
