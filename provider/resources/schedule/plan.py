"""Plan a schedule."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from provider.client.errors import AtlanError
from provider.framework import PlanContext, Unknown, is_known
from provider.resources.schedule import private_state
from provider.resources.schedule.schema import ScheduleState
from provider.resources.schedule.triggers import is_same_cron, with_times

if TYPE_CHECKING:
    from provider.provider_data import ProviderData


def plan(
    ctx: PlanContext[ScheduleState], data: ProviderData, current: ScheduleState | None, planned: ScheduleState | None
) -> ScheduleState | None:
    """Return the planned state.

    A cron expression with the same meaning keeps its spelling in state. If a replaced trigger was not removed yet, the
    plan is an update, so that the apply removes the trigger.
    """
    if planned is None:
        return None
    if current is None:
        _remember_existing(ctx, data, planned, [])
        return planned
    if is_same_cron(current["cron"], planned["cron"]):
        planned = {**planned, "cron": current["cron"]}
    if replaces_trigger(current, planned):
        _remember_existing(ctx, data, planned, private_state.own_trigger_ids(ctx, current))
        return planned
    stale = private_state.stale(ctx)
    if not stale:
        return {**planned, "id": current["id"], "trigger_id": current["trigger_id"]}
    ctx.warn(
        f"A replaced trigger of {current['slug']} was not removed yet",
        "Its removal failed when the schedule was changed, so the workflow runs twice. This apply removes "
        f"{' and '.join(stale)} and adds no trigger.",
    )
    return {**planned, "id": current["id"], "trigger_id": Unknown}


def replaces_trigger(current: ScheduleState, planned: ScheduleState) -> bool:
    """Return True if the change needs a new trigger. If ``app_version`` is null, the version is not compared."""
    version = planned["app_version"]
    if version is not None and version != current["app_version"]:
        return True
    return (current["cron"], current["timezone"]) != (planned["cron"], planned["timezone"])


def _remember_existing(
    ctx: PlanContext[ScheduleState], data: ProviderData, planned: ScheduleState, own: Collection[str]
) -> None:
    """Record the ids of the triggers that already have the planned times. Warn if the apply will adopt one.

    If the triggers cannot be read now, record nothing, so that the apply searches.
    """
    private_state.take_found(ctx)
    slug = planned["slug"]
    if not data.is_known or not is_known(slug):
        return
    try:
        triggers = with_times(data.client.get_workflow(slug).schedules or (), planned, own)
    except AtlanError as error:
        data.setup_errors.raise_once(error)
        return  # The apply searches again and reports the error.
    private_state.set_found(ctx, (each.trigger_id for each in triggers))
    unclaimed = data.claims.unclaimed(triggers)
    if unclaimed:
        ctx.warn(
            f"{slug} already has a trigger with these times",
            f"An apply that was killed may have left {unclaimed[0].trigger_id}. This apply adopts the trigger "
            "instead of adding a second one, which would run the workflow twice. Make sure that no other resource "
            "manages it.",
        )
