"""Read a schedule into state."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import TYPE_CHECKING

from provider.framework import GONE, Context, Gone
from provider.resources.schedule import private_state
from provider.resources.schedule.schema import ScheduleState
from provider.resources.schedule.triggers import find, is_same_cron

if TYPE_CHECKING:
    from provider.client.responses import Trigger, Workflow
    from provider.refresh import Row


def read(ctx: Context[ScheduleState], workflow: Workflow, current: ScheduleState) -> ScheduleState | Gone:
    """Return the state of the schedule, or GONE. The state is unchanged if the tenant does not list schedules."""
    if workflow.schedules is None:
        return current
    trigger = find(workflow.schedules, current["trigger_id"]) or _stale_trigger(ctx, workflow.schedules)
    return GONE if trigger is None else to_state(trigger, current)


def row_matches(current: ScheduleState) -> Callable[[Row], bool]:
    """Return a check of a list row. It returns True if the row contains this trigger with the times in state."""
    return functools.partial(_is_in_row, current)


def to_state(trigger: Trigger, known: ScheduleState) -> ScheduleState:
    """Return the state of a trigger. A cron expression with the same meaning keeps the spelling in state."""
    cron = trigger.cron or known["cron"]
    return {
        **known,
        "id": f"{known['slug']}/{trigger.trigger_id}",
        "trigger_id": trigger.trigger_id,
        "cron": known["cron"] if is_same_cron(known["cron"], cron) else cron,
        "timezone": trigger.timezone or known["timezone"],
    }


def _is_in_row(current: ScheduleState, row: Row) -> bool:
    for trigger_id, cron, timezone in row.triggers or ():
        if trigger_id == current["trigger_id"]:
            return timezone == current["timezone"] and is_same_cron(current["cron"], cron)
    return False


def _stale_trigger(ctx: Context[ScheduleState], triggers: list[Trigger]) -> Trigger | None:
    """Return a replaced trigger that still exists, and drop it from the replaced ones.

    It becomes the schedule's trigger again, because the new trigger does not exist.
    """
    stale = private_state.stale(ctx)
    trigger = next((each for each in triggers if each.trigger_id in stale), None)
    if trigger is not None:
        private_state.drop_stale(ctx, trigger.trigger_id)
    return trigger
