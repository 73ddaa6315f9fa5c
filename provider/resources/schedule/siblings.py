"""Find the triggers of a workflow that are new and that no state contains."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING, TypeAlias

from provider.framework import Context
from provider.ownership import SIBLING_SECONDS
from provider.resources.schedule import private_state
from provider.resources.schedule.schema import ScheduleState
from provider.resources.schedule.triggers import id_of, is_same_cron

if TYPE_CHECKING:
    from provider.client.responses import Trigger
    from provider.provider_data import ProviderData

Times: TypeAlias = Mapping[str, tuple[str | None, str | None]]
"""The cron expression and the timezone of each trigger of a workflow, by the trigger's id."""


def new_triggers(
    ctx: Context[ScheduleState], data: ProviderData, current: ScheduleState, times: Times, seconds: float = 0
) -> set[str]:
    """Return the ids of the workflow's triggers that are new since the last read and that no other state contains.

    A sibling that was attached again has a new trigger instead of its old one, and may be read later. So return none
    unless the workflow has more triggers than at the last read. Wait at most ``seconds`` for the siblings that are read
    at the same time.

    If the last read is not known, return the triggers with the times of this schedule. Terraform drops private state if
    the provider is killed in an apply.
    """
    before, now = private_state.others(ctx), _others(ctx, current, times)
    if before is None:
        own_times = current["cron"], current["timezone"]
        new = {each for each in now if is_same_cron(own_times[0], times[each][0]) and times[each][1] == own_times[1]}
    else:
        new = now - before if len(now - before) > len(before - now) else set()
    return data.schedules.without_address(new, seconds)


def remember_others(ctx: Context[ScheduleState], current: ScheduleState, times: Times) -> None:
    """Record the workflow's other triggers for the next read."""
    private_state.set_others(ctx, _others(ctx, current, times))


def warn_new(
    ctx: Context[ScheduleState],
    data: ProviderData,
    current: ScheduleState,
    triggers: Collection[Trigger],
    *,
    exists: bool,
) -> None:
    """Warn about each new trigger that no other state contains, and record the workflow's other triggers.

    ``exists`` is False if the schedule's own trigger is gone.
    """
    times = {each.trigger_id: (each.cron, each.timezone) for each in triggers}
    new, slug = new_triggers(ctx, data, current, times, SIBLING_SECONDS), current["slug"]
    remember_others(ctx, current, times)
    for each in sorted(new):
        if data.schedules.is_first_report(each):
            ctx.warn(f"{slug} has another trigger: {each}", _detail(current, each, times[each], exists=exists))


def _detail(current: ScheduleState, new: str, new_times: tuple[str | None, str | None], *, exists: bool) -> str:
    """Return the text about a new trigger beside the one of the schedule, or in its place."""
    own, slug, (cron, timezone) = id_of(current), current["slug"], new_times
    starts = f"It starts the workflow at {cron or 'unknown times'} ({timezone or 'unknown timezone'})"
    if exists:
        return (
            f"{starts}, beside the trigger {own} of this schedule. An edit of a schedule in the web UI adds a trigger, "
            "and an apply that was killed may leave one. If another resource or configuration manages the new trigger, "
            "nothing must be done. Otherwise set cron and timezone here to the times that you want, and remove "
            f"{new} in the web UI. To manage it, import it by the id {slug}/{new}."
        )
    return (
        f"{starts}. The trigger {own} of this schedule does not exist any more, so an apply adds another one, and both "
        "start the workflow. If another resource or configuration manages the new trigger, nothing must be done. "
        "Otherwise remove it in the web UI. Or keep it: set adopt_existing = true here, and cron and timezone to its "
        "times."
    )


def _others(ctx: Context[ScheduleState], current: ScheduleState, times: Times) -> set[str]:
    return times.keys() - set(private_state.own_trigger_ids(ctx, current))
