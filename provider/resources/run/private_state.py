"""The private state of a run.

``submitted_at`` is the time of the submit in epoch seconds. ``imported`` is True until the first apply after an
import, because the configured ``triggers`` are not in state until then.
"""

from __future__ import annotations

from typing import Final

from provider.framework import Context, private_state
from provider.resources.run.schema import RunState

_SUBMITTED: Final = "submitted_at"
_IMPORTED: Final = "imported"

SHAPES: Final = {_SUBMITTED: private_state.number, _IMPORTED: private_state.boolean}


def submitted_at(ctx: Context[RunState]) -> float | None:
    """Return when the run was submitted, in epoch seconds. None if that is not known."""
    seconds: float | None = ctx.private.get(_SUBMITTED)
    return seconds


def set_submitted_at(ctx: Context[RunState], seconds: float) -> None:
    """Store when the run was submitted, in epoch seconds."""
    ctx.private[_SUBMITTED] = seconds


def is_imported(ctx: Context[RunState]) -> bool:
    """Return True if the run was imported and not applied since."""
    return ctx.private.get(_IMPORTED) is True


def set_imported(ctx: Context[RunState], *, is_imported: bool) -> None:
    """Store that the run was imported, or drop that."""
    if is_imported:
        ctx.private[_IMPORTED] = True
    else:
        ctx.private.pop(_IMPORTED, None)
