"""The private state of a run.

``submitted_at`` is the time of the submit in epoch seconds. ``imported`` is True until the first apply after an
import, because the configured ``triggers`` are not in state until then.
"""

from __future__ import annotations

from typing import Final

from provider.framework import Context
from provider.framework import private_state as shape
from provider.resources.run.schema import RunState

_SUBMITTED_AT_KEY: Final = "submitted_at"
_IMPORTED_KEY: Final = "imported"

SHAPES: Final = {_SUBMITTED_AT_KEY: shape.number, _IMPORTED_KEY: shape.boolean}


def submitted_at(ctx: Context[RunState]) -> float | None:
    """Return the time of the submit in epoch seconds. Return None if the time is not known."""
    seconds: float | None = ctx.private.get(_SUBMITTED_AT_KEY)
    return seconds


def set_submitted_at(ctx: Context[RunState], seconds: float) -> None:
    """Store the time of the submit in epoch seconds."""
    ctx.private[_SUBMITTED_AT_KEY] = seconds


def is_imported(ctx: Context[RunState]) -> bool:
    """Return True if the run was imported and not applied since."""
    return ctx.private.get(_IMPORTED_KEY) is True


def set_imported(ctx: Context[RunState], *, is_imported: bool) -> None:
    """Store a mark that the run was imported, or remove the mark."""
    if is_imported:
        ctx.private[_IMPORTED_KEY] = True
    else:
        ctx.private.pop(_IMPORTED_KEY, None)
