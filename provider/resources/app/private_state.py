"""What private state remembers of a workflow: the version published from here, the version whose inputs state holds as
they were read, write-only paths (no values), the inputs that an import found, the connections that it had, whether a
credential was vaulted for it, and the connection that a replacement leaves behind."""

from __future__ import annotations

import functools
import zlib
from collections.abc import Iterable
from typing import Any, Final

from provider import __version__
from provider.framework import Context, PlanContext, State, private_state
from provider.model import inputs
from provider.resources.app.schema import SCHEMA

_VERSION: Final = "version"
_READ_VERSION: Final = "read_version"
_READ_REVISION: Final = "read_revision"
_WRITE_ONLY: Final = "write_only_paths"
_IMPORTED: Final = "imported_inputs"
_CONNECTION_LEFT: Final = "connection_left"
_OWN_CONNECTION: Final = "own_connection"
_REFERENCED: Final = "referenced_connections"
_VAULTED: Final = "vaulted_credential"

SHAPES: Final = {
    _VERSION: private_state.optional(private_state.whole),
    _READ_VERSION: private_state.whole,
    _READ_REVISION: private_state.text,
    _WRITE_ONLY: private_state.list_of(private_state.TEXTS),
    _IMPORTED: private_state.TEXTS,
    _CONNECTION_LEFT: private_state.optional(private_state.text),
    _OWN_CONNECTION: private_state.optional(private_state.text),
    _REFERENCED: private_state.TEXTS,
    _VAULTED: private_state.flag,
}
"""What each key holds."""


def remember(ctx: Context[State], version: int | None) -> None:
    """Note what was published from here."""
    ctx.private[_VERSION] = version
    forget_read(ctx)
    ctx.private.pop(_CONNECTION_LEFT, None)
    ctx.private.pop(_IMPORTED, None)
    ctx.private[_WRITE_ONLY] = inputs.leaves(ctx.config["inputs_wo"]) if ctx.config["inputs_wo"] else []


def remember_import(ctx: Context[State], version: int | None, names: Iterable[str]) -> None:
    """Note the version that an import found, and the inputs that it took into state."""
    ctx.private[_VERSION] = version
    ctx.private[_IMPORTED] = sorted(names)


def imported(ctx: Context[State]) -> list[str]:
    """The inputs that stand in state by an import, until something is published from here."""
    found: list[str] = ctx.private.get(_IMPORTED, [])
    return found


def expect_write_only(ctx: PlanContext[State]) -> None:
    """Note the paths that a publish may leave behind, even one whose answer is lost: a read must strip them."""
    if not isinstance(ctx.config["inputs_wo"], dict):
        return
    known = write_only_paths(ctx)
    new = [path for path in inputs.leaves(ctx.config["inputs_wo"]) if path not in known]
    ctx.private[_WRITE_ONLY] = [*known, *new]
    if new:
        forget_read(ctx)  # a read from now on shows less than the one before


def version(ctx: Context[State]) -> Any:
    """The version that was last published from here, or imported; None where there is none."""
    return ctx.private.get(_VERSION)


def remember_read(ctx: Context[State], version: int) -> None:
    """Note that state is what a read of this version tells, its inputs included."""
    ctx.private[_READ_VERSION] = version
    ctx.private[_READ_REVISION] = _revision()


def forget_read(ctx: Context[State]) -> None:
    """State holds something else than what was read."""
    ctx.private.pop(_READ_VERSION, None)
    ctx.private.pop(_READ_REVISION, None)


def was_read(ctx: Context[State], version: Any) -> bool:
    """Whether state is what a read of this version told, as this revision of the schema reads."""
    found = ctx.private.get(_READ_VERSION), ctx.private.get(_READ_REVISION)
    return version is not None and found == (version, _revision())


@functools.cache
def _revision() -> str:
    """Another one with each release, and with each change of the schema between two."""
    schema = repr([(name, attribute.cty) for name, attribute in SCHEMA.by_name.items()])
    return f"{__version__}/{zlib.crc32(schema.encode()):08x}"


def write_only_paths(ctx: Context[State]) -> list[list[str]]:
    """The paths of the inputs that were published from ``inputs_wo``."""
    found: list[list[str]] = ctx.private.get(_WRITE_ONLY, [])
    return found


def leave_connection(ctx: PlanContext[State], qualified_name: str | None) -> None:
    """Note the connection that a workflow made in the place of this one would not go on with."""
    ctx.private[_CONNECTION_LEFT] = qualified_name


def connection_left(ctx: Context[State]) -> Any:
    """The connection that the plan of this delete leaves behind without having said so."""
    return ctx.private.get(_CONNECTION_LEFT)


def expect_reference(ctx: PlanContext[State]) -> None:
    """Note a connection that is configured by its name before it is published: the answer to that may be lost."""
    name = _configured_name(ctx)
    if isinstance(name, str):
        ctx.private[_REFERENCED] = sorted({*referenced_connections(ctx), name})


def remember_connection(ctx: Context[State], qualified_name: Any) -> None:
    """Note the connection that is published: by reference, or as the workflow's own.

    A configuration that says nothing of one publishes what there was. A raw input says where it leads by itself, so
    what was noted before counts no more.
    """
    if not isinstance(ctx.config["connection"], dict):
        if qualified_name is None:
            ctx.private.pop(_OWN_CONNECTION, None)
            ctx.private.pop(_REFERENCED, None)
    elif _configured_name(ctx) is not None:
        ctx.private[_REFERENCED] = sorted({*referenced_connections(ctx), qualified_name})
    else:
        ctx.private[_OWN_CONNECTION] = qualified_name


def own_connection(ctx: Context[State]) -> str | None:
    """The connection that was last published as the workflow's own: minted here, or kept from an import."""
    found: str | None = ctx.private.get(_OWN_CONNECTION)
    return found


def referenced_connections(ctx: Context[State]) -> list[str]:
    """The connections that the configuration led to by their names, which belong to others as well."""
    found: list[str] = ctx.private.get(_REFERENCED, [])
    return found


def may_be_repeated(private: State) -> bool:
    """Return True if write-only values were published, which the service may repeat in an error."""
    return bool(private.get(_WRITE_ONLY) or private.get(_VAULTED))


def note_credential(ctx: Context[State], inputs_with_it: inputs.Inputs) -> None:
    """Note that the service vaulted a credential for the workflow, where inputs, sent or shown, say so.

    The service keeps such a one through every update (its fact), so the note is never taken back.
    """
    if inputs.CREDENTIAL in inputs_with_it or inputs_with_it.get(inputs.CREDENTIAL_GUID):
        ctx.private[_VAULTED] = True


def has_own_credential(ctx: Context[State]) -> bool:
    """Whether a credential was vaulted for this workflow, as far as anybody said so."""
    return bool(ctx.private.get(_VAULTED))


def _configured_name(ctx: Context[State]) -> Any:
    connection = ctx.config["connection"]
    return connection["qualified_name"] if isinstance(connection, dict) else None
