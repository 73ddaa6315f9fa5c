"""What private state remembers of a workflow: the version published from here, write-only paths (no values), and the
connection that a replacement leaves behind."""

from __future__ import annotations

from typing import Any, Final

from provider import inputs
from provider.plugin.resource import Context, PlanContext

_VERSION: Final = "version"
_WRITE_ONLY: Final = "write_only_paths"
_CONNECTION_LEFT: Final = "connection_left"


def remember(ctx: Context, version: int | None) -> None:
    """Note what was published from here."""
    ctx.private[_VERSION] = version
    ctx.private.pop(_CONNECTION_LEFT, None)
    ctx.private[_WRITE_ONLY] = inputs.leaves(ctx.config["inputs_wo"]) if ctx.config["inputs_wo"] else []


def remember_version(ctx: Context, version: int | None) -> None:
    """Note the version that an import found."""
    ctx.private[_VERSION] = version


def expect_write_only(ctx: PlanContext) -> None:
    """Note the paths that a publish may leave behind, even one whose answer is lost: a read must strip them."""
    if not isinstance(ctx.config["inputs_wo"], dict):
        return
    known = write_only_paths(ctx)
    new = [path for path in inputs.leaves(ctx.config["inputs_wo"]) if path not in known]
    ctx.private[_WRITE_ONLY] = [*known, *new]


def version(ctx: Context) -> Any:
    """The version that was last published from here, or imported; None where there is none."""
    return ctx.private.get(_VERSION)


def write_only_paths(ctx: Context) -> list[list[str]]:
    """The paths of the inputs that were published from ``inputs_wo``."""
    found: list[list[str]] = ctx.private.get(_WRITE_ONLY, [])
    return found


def leave_connection(ctx: PlanContext, qualified_name: str | None) -> None:
    """Note the connection that a workflow made in the place of this one would not go on with."""
    ctx.private[_CONNECTION_LEFT] = qualified_name


def connection_left(ctx: Context) -> Any:
    """The connection that the plan of this delete leaves behind without having said so."""
    return ctx.private.get(_CONNECTION_LEFT)
