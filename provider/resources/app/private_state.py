"""The private state of a workflow.

Private state contains:

- the version that was last published or imported, and the version of the last read while state still equals that read
- the times of the create and of the last publish
- the names of imported inputs, and the paths of write-only inputs without their values
- the names of inputs that the next publish leaves out, because the contract forbids them
- the qualified names of connections, and whether the service stores a credential for the workflow
- hashes of the configured names under which credentials of the workflow were stored

Three modules store more keys: ``move_state`` the names of moved inputs, ``private_extra`` the keys of ``extra``, and
``pending_publish`` the version before a publish.
"""

from __future__ import annotations

import functools
import zlib
from collections.abc import Iterable
from typing import Final

from provider import __version__
from provider.framework import Context, Json, PlanContext, Value
from provider.framework import private_state as shape
from provider.model import connection, write_only
from provider.model.connection import ASSET_CONNECTION, Connection
from provider.resources.app import pending_publish
from provider.resources.app.schema import SCHEMA, AppState

_VERSION_KEY: Final = "version"
_READ_VERSION_KEY: Final = "read_version"
_READ_REVISION_KEY: Final = "read_revision"
_WRITE_ONLY_KEY: Final = "write_only_paths"
_IMPORTED_KEY: Final = "imported_inputs"
_LEFT_OUT_KEY: Final = "left_out_inputs"
_REMAINING_CONNECTION_KEY: Final = "connection_left"
_OWN_CONNECTION_KEY: Final = "own_connection"
_REFERENCED_KEY: Final = "referenced_connections"
_OWN_CREDENTIAL_KEY: Final = "vaulted_credential"
_CREDENTIAL_NAMES_KEY: Final = "credential_names"
_PUBLISHED_AT_KEY: Final = "published_at"
_CREATED_AT_KEY: Final = "created_at"

SHAPES: Final = {
    _VERSION_KEY: shape.optional(shape.integer),
    _READ_VERSION_KEY: shape.integer,
    _READ_REVISION_KEY: shape.string,
    _WRITE_ONLY_KEY: shape.list_of(shape.STRINGS),
    _IMPORTED_KEY: shape.STRINGS,
    _LEFT_OUT_KEY: shape.STRINGS,
    _REMAINING_CONNECTION_KEY: shape.optional(shape.string),
    _OWN_CONNECTION_KEY: shape.optional(shape.string),
    _REFERENCED_KEY: shape.STRINGS,
    _OWN_CREDENTIAL_KEY: shape.boolean,
    _CREDENTIAL_NAMES_KEY: shape.STRINGS,
    _PUBLISHED_AT_KEY: shape.number,
    _CREATED_AT_KEY: shape.number,
}
"""The shape of the value of each key."""


# The version


def remember_publish(ctx: Context[AppState], version: int | None) -> None:
    """Record a published version and the paths of its write-only inputs.

    Remove the records of the last read, of an import, of a pending publish, and of the connection that remains after a
    replacement.
    """
    ctx.private[_VERSION_KEY] = version
    pending_publish.forget(ctx)
    forget_read(ctx)
    ctx.private.pop(_REMAINING_CONNECTION_KEY, None)
    ctx.private.pop(_IMPORTED_KEY, None)
    forget_left_out(ctx)
    ctx.private[_WRITE_ONLY_KEY] = configured_write_only_paths(ctx)


def remember_publish_time(ctx: Context[AppState], published_at: float, *, is_created: bool) -> None:
    """Record the time of a publish in epoch seconds. ``is_created``: this publish has created the workflow."""
    ctx.private[_PUBLISHED_AT_KEY] = published_at
    if is_created:
        ctx.private[_CREATED_AT_KEY] = published_at


def published_at(ctx: Context[AppState]) -> float | None:
    """Return the time of the last publish in epoch seconds by the clock of the machine that published, or None."""
    seconds: float | None = ctx.private.get(_PUBLISHED_AT_KEY)
    return seconds


def created_at(ctx: Context[AppState]) -> float | None:
    """Return the time of the create in epoch seconds by the clock of the machine that created, or None."""
    seconds: float | None = ctx.private.get(_CREATED_AT_KEY)
    return seconds


def recorded_version(ctx: Context[AppState]) -> int | None:
    """Return the last recorded version: of a publish or an import. Return None if the service did not return it."""
    last_version: int | None = ctx.private.get(_VERSION_KEY)
    return last_version


def remember_read(ctx: Context[AppState], version: int) -> None:
    """Record that state equals the answer to a read of this version, and that the answer contained the inputs."""
    ctx.private[_READ_VERSION_KEY] = version
    ctx.private[_READ_REVISION_KEY] = _release_and_schema()


def forget_read(ctx: Context[AppState]) -> None:
    """Remove the record of the last read, because state may contain values that this read did not return."""
    ctx.private.pop(_READ_VERSION_KEY, None)
    ctx.private.pop(_READ_REVISION_KEY, None)


def was_read(ctx: Context[AppState], version: Value) -> bool:
    """Return True if state equals a read of this version, by the same release and schema of the provider."""
    last_read = ctx.private.get(_READ_VERSION_KEY), ctx.private.get(_READ_REVISION_KEY)
    return version is not None and last_read == (version, _release_and_schema())


@functools.cache
def _release_and_schema() -> str:
    """Return a text that changes with the release, and with the names and types of the schema's attributes."""
    names_and_types = repr([(name, attribute.cty) for name, attribute in SCHEMA.by_name.items()])
    return f"{__version__}/{zlib.crc32(names_and_types.encode()):08x}"


# The inputs


def remember_import(ctx: Context[AppState], version: int | None, names: Iterable[str]) -> None:
    """Record the imported version, and the names of the inputs that the import put into state."""
    ctx.private[_VERSION_KEY] = version
    ctx.private[_IMPORTED_KEY] = sorted(names)


def imported_names(ctx: Context[AppState]) -> list[str]:
    """Return the names of the inputs that an import put into state. A publish removes this record."""
    names: list[str] = ctx.private.get(_IMPORTED_KEY, [])
    return names


def remember_left_out(ctx: PlanContext[AppState], names: list[str]) -> None:
    """Record the inputs of the workflow that the apply leaves out, as the plan says."""
    ctx.private[_LEFT_OUT_KEY] = names


def forget_left_out(ctx: Context[AppState]) -> None:
    """Remove the record of inputs that an earlier plan left out."""
    ctx.private.pop(_LEFT_OUT_KEY, None)


def left_out_names(ctx: Context[AppState]) -> list[str]:
    """Return the names of the inputs that the apply leaves out."""
    names: list[str] = ctx.private.get(_LEFT_OUT_KEY, [])
    return names


def remember_write_only_paths(ctx: PlanContext[AppState]) -> None:
    """Add the configured paths of ``inputs_wo`` to the recorded paths, before a publish sends the values.

    Even if the answer to the publish is lost, the next read must leave out these values.
    """
    if not isinstance(ctx.config["inputs_wo"], dict):
        return
    recorded = write_only_paths(ctx)
    new = [path for path in configured_write_only_paths(ctx) if path not in recorded]
    ctx.private[_WRITE_ONLY_KEY] = [*recorded, *new]
    if new:
        # State may contain values at the new paths. A read removes them, so the next read must not be skipped.
        forget_read(ctx)


def configured_write_only_paths(ctx: Context[AppState]) -> list[list[str]]:
    """Return the paths of the values that a publish takes from the configured ``inputs_wo``."""
    if ctx.config["inputs_wo"] is None:
        return []
    return write_only.leaf_paths(ctx.config["inputs_wo"], ctx.config["inputs"] or {})


def write_only_paths(ctx: Context[AppState]) -> list[list[str]]:
    """Return the paths of the inputs that were published from ``inputs_wo``, or that a plan may publish from it."""
    paths: list[list[str]] = ctx.private.get(_WRITE_ONLY_KEY, [])
    return paths


# The connection


def remember_remaining_connection(ctx: PlanContext[AppState], qualified_name: str | None) -> None:
    """Record the connection about which the delete must warn, because it remains without a workflow.

    None means that the delete must not warn.
    """
    ctx.private[_REMAINING_CONNECTION_KEY] = qualified_name


def remaining_connection_name(ctx: Context[AppState]) -> str | None:
    """Return the qualified name of the connection about which the delete must warn, or None."""
    name: str | None = ctx.private.get(_REMAINING_CONNECTION_KEY)
    return name


def remember_reference(ctx: PlanContext[AppState]) -> None:
    """Record a referenced connection before the publish, because the answer to the publish may be lost."""
    name = connection.qualified_name(ctx.config[ASSET_CONNECTION])
    if isinstance(name, str):
        ctx.private[_REFERENCED_KEY] = sorted({*referenced_connection_names(ctx), name})


def remember_connection(ctx: Context[AppState], published: Connection | None) -> None:
    """Record the qualified name of the connection to publish: a referenced one, or the workflow's own.

    ``published`` is None if the attribute is null in the plan, for example because a raw input contains the connection.
    Then the records are removed. If only the configuration of the attribute is null, the records stay, because the
    publish sends the connection in state.
    """
    configured, name = ctx.config[ASSET_CONNECTION], connection.qualified_name(published)
    if not isinstance(configured, dict):
        if name is None:
            ctx.private.pop(_OWN_CONNECTION_KEY, None)
            ctx.private.pop(_REFERENCED_KEY, None)
    elif configured["qualified_name"] is not None and isinstance(name, str):
        ctx.private[_REFERENCED_KEY] = sorted({*referenced_connection_names(ctx), name})
    else:
        ctx.private[_OWN_CONNECTION_KEY] = name


def own_connection_name(ctx: Context[AppState]) -> str | None:
    """Return the qualified name that was last published as the workflow's own connection, or None."""
    name: str | None = ctx.private.get(_OWN_CONNECTION_KEY)
    return name


def referenced_connection_names(ctx: Context[AppState]) -> list[str]:
    """Return the qualified names of all connections that the configuration has referenced.

    Such a connection may belong to another workflow, so it never becomes this workflow's own.
    """
    names: list[str] = ctx.private.get(_REFERENCED_KEY, [])
    return names


# The credential


def remember_own_credential(ctx: Context[AppState]) -> None:
    """Record that the service stores a credential for the workflow, or will store it with this publish.

    The record is never removed. Source: the service keeps such a credential through every update.
    """
    ctx.private[_OWN_CREDENTIAL_KEY] = True


def remember_credential_name(ctx: Context[AppState], digest: str) -> None:
    """Record the hash of a configured name after a publish with it. A credential that is stored again gets a suffix."""
    ctx.private[_CREDENTIAL_NAMES_KEY] = sorted({*credential_names(ctx), digest})


def credential_names(ctx: Context[AppState]) -> list[str]:
    """Return the hashes of the configured names under which credentials of the workflow were stored."""
    names: list[str] = ctx.private.get(_CREDENTIAL_NAMES_KEY, [])
    return names


def has_published_secrets(private: dict[str, Json]) -> bool:
    """Return True if write-only inputs or a credential may be published.

    Then a message leaves out the service's text, because the service may repeat these values in an error.
    """
    return bool(private.get(_WRITE_ONLY_KEY) or private.get(_OWN_CREDENTIAL_KEY))


def has_own_credential(ctx: Context[AppState]) -> bool:
    """Return True if private state records that the service stores a credential for this workflow."""
    return bool(ctx.private.get(_OWN_CREDENTIAL_KEY))
