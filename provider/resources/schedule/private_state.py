"""The private state of a schedule.

``stale_triggers`` contains the ids of replaced triggers that were not removed yet. ``alike_triggers`` contains the ids
of the triggers that a plan found with the planned times.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from provider.framework import Context
from provider.framework import private_state as shape
from provider.resources.schedule.schema import ScheduleState
from provider.resources.schedule.triggers import id_of

_STALE_KEY: Final = "stale_triggers"
_FOUND_KEY: Final = "alike_triggers"

SHAPES: Final = {_STALE_KEY: shape.STRINGS, _FOUND_KEY: shape.STRINGS}


def stale(ctx: Context[ScheduleState]) -> list[str]:
    """Return the ids of the replaced triggers that were not removed yet."""
    return [*ctx.private.get(_STALE_KEY, [])]


def add_stale(ctx: Context[ScheduleState], trigger_id: str) -> None:
    """Store the id of a replaced trigger that must be removed."""
    ctx.private[_STALE_KEY] = [*stale(ctx), trigger_id]


def drop_stale(ctx: Context[ScheduleState], trigger_id: str) -> None:
    """Delete the id of a replaced trigger that was removed or is in use again."""
    others = [each for each in stale(ctx) if each != trigger_id]
    if others:
        ctx.private[_STALE_KEY] = others
    else:
        ctx.private.pop(_STALE_KEY, None)


def own_trigger_ids(ctx: Context[ScheduleState], current: ScheduleState) -> list[str]:
    """Return the ids of the schedule's own trigger and of the replaced ones."""
    return [id_of(current), *stale(ctx)]


def set_found(ctx: Context[ScheduleState], trigger_ids: Iterable[str]) -> None:
    """Store for the apply the ids of the triggers that the plan found."""
    ctx.private[_FOUND_KEY] = [*trigger_ids]


def take_found(ctx: Context[ScheduleState]) -> list[str] | None:
    """Return the ids of the triggers that the plan found, and delete them. Return None if the plan did not search."""
    found: list[str] | None = ctx.private.pop(_FOUND_KEY, None)
    return found
