"""The record in private state of a publish whose answer is not known.

A plan writes it, because an apply that fails keeps the private state of its plan. A publish that succeeds removes it.
So a later plan knows that a publish may have succeeded although its answer was lost.
"""

from __future__ import annotations

from typing import Final

from provider.framework import Context, PlanContext, Value
from provider.framework import private_state as shape
from provider.resources.app.schema import AppState

_VERSION_KEY: Final = "pending_publish_from"
SHAPES: Final = {_VERSION_KEY: shape.integer}


def remember(ctx: PlanContext[AppState], version: Value) -> None:
    """Record in the plan the version that the apply replaces."""
    if isinstance(version, int):
        ctx.private[_VERSION_KEY] = version


def forget(ctx: Context[AppState]) -> None:
    """Remove the record."""
    ctx.private.pop(_VERSION_KEY, None)


def may_have_published(ctx: Context[AppState], version: Value) -> bool:
    """Return True if this version may be that of the recorded publish."""
    before = ctx.private.get(_VERSION_KEY)
    return before is not None and version is not None and version != before


def note_read(ctx: Context[AppState], version: Value) -> None:
    """Remove the record if a read returns the version from before the publish: nothing was published."""
    if not may_have_published(ctx, version):
        forget(ctx)
