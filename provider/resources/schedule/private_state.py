"""The private state of a schedule.

- ``stale_triggers``: the ids of replaced triggers that were not removed yet
- ``listed_triggers``: the ids of the workflow's triggers that a plan found, for the apply
- ``other_triggers``: the ids of the workflow's other triggers when the schedule was created or last read
- ``imported_version``: the version of the workflow at the import, until a new trigger is attached
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Final

from provider.framework import Context
from provider.framework import private_state as shape
from provider.resources.schedule.schema import ScheduleState
from provider.resources.schedule.triggers import id_of

_STALE_KEY: Final = "stale_triggers"
_LISTED_KEY: Final = "listed_triggers"
_OTHERS_KEY: Final = "other_triggers"
_IMPORTED_KEY: Final = "imported_version"

SHAPES: Final = {
    _STALE_KEY: shape.STRINGS,
    _LISTED_KEY: shape.STRINGS,
    _OTHERS_KEY: shape.STRINGS,
    _IMPORTED_KEY: shape.number,
}


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


def set_listed(ctx: Context[ScheduleState], trigger_ids: Iterable[str]) -> None:
    """Store for the apply the ids of the triggers that exist before it adds one."""
    ctx.private[_LISTED_KEY] = [*trigger_ids]


def take_listed(ctx: Context[ScheduleState]) -> list[str] | None:
    """Return the ids of the triggers that were listed, and delete them. Return None if they were not listed."""
    listed: list[str] | None = ctx.private.pop(_LISTED_KEY, None)
    return listed


def set_others(ctx: Context[ScheduleState], trigger_ids: Collection[str]) -> None:
    """Store the ids of the workflow's other triggers."""
    ctx.private[_OTHERS_KEY] = sorted(trigger_ids)


def others(ctx: Context[ScheduleState]) -> set[str] | None:
    """Return the ids of the workflow's other triggers, or None if they were never listed."""
    found = ctx.private.get(_OTHERS_KEY)
    return None if found is None else set(found)


def set_imported_version(ctx: Context[ScheduleState], version: int) -> None:
    """Store the version of the workflow at the import."""
    ctx.private[_IMPORTED_KEY] = version


def imported_version(ctx: Context[ScheduleState]) -> float | None:
    """Return the version of the workflow at the import. Return None if a trigger was attached since."""
    version: float | None = ctx.private.get(_IMPORTED_KEY)
    return version


def drop_imported_version(ctx: Context[ScheduleState]) -> None:
    """Delete the version of the import, because a new trigger is attached."""
    ctx.private.pop(_IMPORTED_KEY, None)
