"""The private state of a schedule.

``stale_triggers`` contains the ids of replaced triggers that are still to be removed. ``alike_triggers`` contains the
ids of the triggers that a plan found with the planned times.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from provider.framework import Context, private_state
from provider.resources.schedule.schema import ScheduleState
from provider.resources.schedule.triggers import id_of

_STALE: Final = "stale_triggers"
_FOUND: Final = "alike_triggers"

SHAPES: Final = {_STALE: private_state.STRINGS, _FOUND: private_state.STRINGS}


def stale(ctx: Context[ScheduleState]) -> list[str]:
    """Return the ids of the replaced triggers that are still to be removed."""
    return [*ctx.private.get(_STALE, [])]


def add_stale(ctx: Context[ScheduleState], trigger_id: str) -> None:
    """Remember that a replaced trigger is still to be removed."""
    ctx.private[_STALE] = [*stale(ctx), trigger_id]


def drop_stale(ctx: Context[ScheduleState], trigger_id: str) -> None:
    """Forget a replaced trigger, because it is removed or in use again."""
    rest = [each for each in stale(ctx) if each != trigger_id]
    if rest:
        ctx.private[_STALE] = rest
    else:
        ctx.private.pop(_STALE, None)


def own_triggers(ctx: Context[ScheduleState], current: ScheduleState) -> list[str]:
    """Return the ids of the schedule's own trigger and of the replaced ones."""
    return [id_of(current), *stale(ctx)]


def set_found(ctx: Context[ScheduleState], trigger_ids: Iterable[str]) -> None:
    """Store for the apply which triggers the plan found."""
    ctx.private[_FOUND] = [*trigger_ids]


def take_found(ctx: Context[ScheduleState]) -> list[str] | None:
    """Return which triggers the plan found, once. None if the plan did not look."""
    found: list[str] | None = ctx.private.pop(_FOUND, None)
    return found
