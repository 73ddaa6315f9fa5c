"""The private state of a workflow.

It contains the published version and the version that was read, and the paths of write-only inputs, without values. It
contains the inputs that an import found, the connections of the workflow, and a mark of its own credential.
``move_state`` adds the names of moved inputs.
"""

from __future__ import annotations

import functools
import zlib
from collections.abc import Iterable, Mapping
from typing import Final

from provider import __version__
from provider.framework import Context, Json, PlanContext, Value, private_state
from provider.model import connection, write_only
from provider.model.connection import ASSET_CONNECTION
from provider.resources.app.schema import SCHEMA, AppState

_VERSION: Final = "version"
_READ_VERSION: Final = "read_version"
_READ_REVISION: Final = "read_revision"
_WRITE_ONLY: Final = "write_only_paths"
_IMPORTED: Final = "imported_inputs"
_CONNECTION_LEFT: Final = "connection_left"
_OWN_CONNECTION: Final = "own_connection"
_REFERENCED: Final = "referenced_connections"
_OWN_CREDENTIAL: Final = "vaulted_credential"

SHAPES: Final = {
    _VERSION: private_state.optional(private_state.integer),
    _READ_VERSION: private_state.integer,
    _READ_REVISION: private_state.string,
    _WRITE_ONLY: private_state.list_of(private_state.STRINGS),
    _IMPORTED: private_state.STRINGS,
    _CONNECTION_LEFT: private_state.optional(private_state.string),
    _OWN_CONNECTION: private_state.optional(private_state.string),
    _REFERENCED: private_state.STRINGS,
    _OWN_CREDENTIAL: private_state.boolean,
}
"""The shape of the value of each key."""


# The version


def remember_publish(ctx: Context[AppState], version: int | None) -> None:
    """Record a publish from here."""
    ctx.private[_VERSION] = version
    forget_read(ctx)
    ctx.private.pop(_CONNECTION_LEFT, None)
    ctx.private.pop(_IMPORTED, None)
    ctx.private[_WRITE_ONLY] = write_only.leaves(ctx.config["inputs_wo"]) if ctx.config["inputs_wo"] else []


def version(ctx: Context[AppState]) -> int | None:
    """Return the version that was last published from here, or imported."""
    found: int | None = ctx.private.get(_VERSION)
    return found


def remember_read(ctx: Context[AppState], version: int) -> None:
    """Record that state contains this version as a read returned it, with its inputs."""
    ctx.private[_READ_VERSION] = version
    ctx.private[_READ_REVISION] = _revision()


def forget_read(ctx: Context[AppState]) -> None:
    """Record that state contains something that no read returned."""
    ctx.private.pop(_READ_VERSION, None)
    ctx.private.pop(_READ_REVISION, None)


def was_read(ctx: Context[AppState], version: Value) -> bool:
    """Return True if state contains this version as a read with this revision of the schema returned it."""
    found = ctx.private.get(_READ_VERSION), ctx.private.get(_READ_REVISION)
    return version is not None and found == (version, _revision())


@functools.cache
def _revision() -> str:
    """Return a text that differs for each release, and for each change of the schema between two releases."""
    schema = repr([(name, attribute.cty) for name, attribute in SCHEMA.by_name.items()])
    return f"{__version__}/{zlib.crc32(schema.encode()):08x}"


# The inputs


def remember_import(ctx: Context[AppState], version: int | None, names: Iterable[str]) -> None:
    """Record the version that an import found, and the inputs that it put into state."""
    ctx.private[_VERSION] = version
    ctx.private[_IMPORTED] = sorted(names)


def imported(ctx: Context[AppState]) -> list[str]:
    """Return the inputs that an import put into state, until something is published from here."""
    found: list[str] = ctx.private.get(_IMPORTED, [])
    return found


def expect_write_only(ctx: PlanContext[AppState]) -> None:
    """Record the paths of write-only inputs before they are published.

    A read must leave them out even if the answer to the publish is lost.
    """
    if not isinstance(ctx.config["inputs_wo"], dict):
        return
    known = write_only_paths(ctx)
    new = [path for path in write_only.leaves(ctx.config["inputs_wo"]) if path not in known]
    ctx.private[_WRITE_ONLY] = [*known, *new]
    if new:
        forget_read(ctx)  # the next read returns less than the last one


def write_only_paths(ctx: Context[AppState]) -> list[list[str]]:
    """Return the paths of the inputs that were published from ``inputs_wo``."""
    found: list[list[str]] = ctx.private.get(_WRITE_ONLY, [])
    return found


# The connection


def leave_connection(ctx: PlanContext[AppState], qualified_name: str | None) -> None:
    """Record the connection that a replacement of this workflow would not continue with."""
    ctx.private[_CONNECTION_LEFT] = qualified_name


def connection_left(ctx: Context[AppState]) -> str | None:
    """Return the connection that the plan of this delete leaves behind without a warning."""
    found: str | None = ctx.private.get(_CONNECTION_LEFT)
    return found


def expect_reference(ctx: PlanContext[AppState]) -> None:
    """Record a referenced connection before it is published, because the answer to the publish may be lost."""
    name = connection.qualified_name(ctx.config[ASSET_CONNECTION])
    if isinstance(name, str):
        ctx.private[_REFERENCED] = sorted({*referenced_connections(ctx), name})


def remember_connection(ctx: Context[AppState], published: Mapping[str, Value] | None) -> None:
    """Record the published connection: a referenced one, or the workflow's own.

    Without the attribute in the configuration, the connection of before is published. A connection in a raw input
    makes what was recorded before obsolete.
    """
    configured, name = ctx.config[ASSET_CONNECTION], published["qualified_name"] if published else None
    if not isinstance(configured, dict):
        if name is None:
            ctx.private.pop(_OWN_CONNECTION, None)
            ctx.private.pop(_REFERENCED, None)
    elif configured["qualified_name"] is not None and isinstance(name, str):
        ctx.private[_REFERENCED] = sorted({*referenced_connections(ctx), name})
    else:
        ctx.private[_OWN_CONNECTION] = name


def own_connection(ctx: Context[AppState]) -> str | None:
    """Return the connection that was last published as the workflow's own: created here, or kept from an import."""
    found: str | None = ctx.private.get(_OWN_CONNECTION)
    return found


def referenced_connections(ctx: Context[AppState]) -> list[str]:
    """Return the connections that the configuration has referenced, which belong to others as well."""
    found: list[str] = ctx.private.get(_REFERENCED, [])
    return found


# The credential


def remember_own_credential(ctx: Context[AppState]) -> None:
    """Record that the service stored a credential for the workflow.

    Source: the service keeps such a credential through every update, so the record is never removed.
    """
    ctx.private[_OWN_CREDENTIAL] = True


def has_published_secrets(private: dict[str, Json]) -> bool:
    """Return True if write-only values were published, which the service may repeat in an error."""
    return bool(private.get(_WRITE_ONLY) or private.get(_OWN_CREDENTIAL))


def has_own_credential(ctx: Context[AppState]) -> bool:
    """Return True if a credential is known to be stored for this workflow."""
    return bool(ctx.private.get(_OWN_CREDENTIAL))
