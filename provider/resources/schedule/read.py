"""Read a schedule into state."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import TYPE_CHECKING

from provider.framework import GONE, Context, Gone
from provider.resources.schedule import private_state, siblings
from provider.resources.schedule.schema import ScheduleState
from provider.resources.schedule.triggers import find, id_of, is_same_cron

if TYPE_CHECKING:
    from provider.client.responses import Trigger, Workflow
    from provider.provider_data import ProviderData
    from provider.refresh import Row


def read(
    ctx: Context[ScheduleState], data: ProviderData, workflow: Workflow, current: ScheduleState
) -> ScheduleState | Gone:
    """Return the state of the schedule. Return GONE if neither its trigger nor a replaced one exists.

    The state is unchanged if the answer does not contain the schedules. Warn about a new trigger beside this one, or in
    its place.
    """
    if workflow.schedules is None:
        return current
    trigger = find(workflow.schedules, current["trigger_id"]) or _restore_replaced_trigger(ctx, workflow.schedules)
    found: ScheduleState = current if trigger is None else {**current, "trigger_id": trigger.trigger_id}
    siblings.warn_new(ctx, data, found, workflow.schedules, exists=trigger is not None)
    return GONE if trigger is None else to_state(trigger, current)


def row_check(ctx: Context[ScheduleState], data: ProviderData, current: ScheduleState) -> Callable[[Row], bool]:
    """Return a function that returns True if a row contains this trigger with the cron and timezone in state.

    It returns False if the row contains a new trigger that no other state contains, so that a read reports it.
    """
    return functools.partial(_is_in_row, ctx, data, current)


def to_state(trigger: Trigger, current: ScheduleState) -> ScheduleState:
    """Return the state of a trigger. A cron expression with the same meaning keeps the spelling in state."""
    cron = trigger.cron or current["cron"]
    return {
        **current,
        "id": f"{current['slug']}/{trigger.trigger_id}",
        "trigger_id": trigger.trigger_id,
        "cron": current["cron"] if is_same_cron(current["cron"], cron) else cron,
        "timezone": trigger.timezone or current["timezone"],
    }


def _is_in_row(ctx: Context[ScheduleState], data: ProviderData, current: ScheduleState, row: Row) -> bool:
    times = {trigger_id: (cron, timezone) for trigger_id, cron, timezone in row.triggers or ()}
    cron, timezone = times.get(id_of(current), (None, None))
    if timezone != current["timezone"] or not is_same_cron(current["cron"], cron):
        return False
    if siblings.new_triggers(ctx, data, current, times):
        return False
    siblings.remember_others(ctx, current, times)
    return True


def _restore_replaced_trigger(ctx: Context[ScheduleState], triggers: list[Trigger]) -> Trigger | None:
    """Return a replaced trigger that still exists, or None. Remove its id from the replaced triggers in private state.

    The trigger becomes the schedule's trigger again. Call this function only if the trigger in state does not exist.
    """
    stale = private_state.stale(ctx)
    trigger = next((each for each in triggers if each.trigger_id in stale), None)
    if trigger is not None:
        private_state.drop_stale(ctx, trigger.trigger_id)
    return trigger
