"""Plan a schedule."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from provider.framework import PlanContext, Unknown, UnknownType, is_known
from provider.ownership import SIBLING_SECONDS, check_planned
from provider.resources.schedule import adopt, private_state
from provider.resources.schedule.listing import read_planned
from provider.resources.schedule.schema import ScheduleState
from provider.resources.schedule.triggers import id_of, is_same_cron, names, with_times

if TYPE_CHECKING:
    from provider.client.responses import Workflow
    from provider.provider_data import ProviderData


def plan(
    ctx: PlanContext[ScheduleState], data: ProviderData, current: ScheduleState | None, planned: ScheduleState | None
) -> ScheduleState | None:
    """Return the planned state.

    A cron expression with the same meaning keeps its spelling in state. If a replaced trigger was not removed yet, the
    plan is an update, so that the apply removes the trigger.
    """
    private_state.take_listed(ctx)
    if current is not None:
        check_planned(ctx, data.schedules, id_of(current), private_state.stale(ctx))
    if planned is None:
        return None
    if current is None:
        return _plan_create(ctx, data, planned)
    return _plan_update(ctx, data, current, planned)


def replaces_trigger(current: ScheduleState, planned: ScheduleState) -> bool:
    """Return True if the change needs a new trigger. If ``app_version`` is null, the version is not compared."""
    version = planned["app_version"]
    if version is not None and version != current["app_version"]:
        return True
    return not _same_times(current, planned)


def _same_times(current: ScheduleState, planned: ScheduleState) -> bool:
    return (current["cron"], current["timezone"]) == (planned["cron"], planned["timezone"])


def _may_keep_version(current: ScheduleState, planned: ScheduleState) -> bool:
    """Return True if the version in state stays if unknown times turn out to be unchanged."""
    times = [(current["cron"], planned["cron"]), (current["timezone"], planned["timezone"])]
    return current["app_version"] is not None and all(after in (before, Unknown) for before, after in times)


def _plan_create(ctx: PlanContext[ScheduleState], data: ProviderData, planned: ScheduleState) -> ScheduleState:
    if ctx.config["app_version"] is None:
        planned = {**planned, "app_version": None}
    workflow = read_planned(ctx, data, planned)
    if planned["adopt_existing"]:
        return adopt.plan(ctx, data, planned, workflow)
    if workflow is not None:
        # In an apply, a create that replaces a schedule looks like any other one, and does not see what it replaces.
        take_over = (
            f"take it over: set adopt_existing = true, or import it by the id {workflow.slug}/<trigger id>. If this "
            "schedule replaces another one, that may be its trigger, and this apply removes it afterwards"
        )
        _warn_existing(ctx, data, planned, workflow, take_over)
    return {**planned, "adopted_trigger_id": None}


def _plan_update(
    ctx: PlanContext[ScheduleState], data: ProviderData, current: ScheduleState, planned: ScheduleState
) -> ScheduleState:
    planned = {**planned, "adopted_trigger_id": current["adopted_trigger_id"]}
    if ctx.config["app_version"] is None or _was_imported_at(ctx, planned["app_version"]):
        planned["app_version"] = current["app_version"]
    if is_same_cron(current["cron"], planned["cron"]):
        planned["cron"] = current["cron"]
    if planned["adopt_existing"] and not is_known(planned["slug"]):
        adopt.warn_possible(ctx)
    if replaces_trigger(current, planned):
        if ctx.config["app_version"] is None:
            planned["app_version"] = Unknown if _may_keep_version(current, planned) else None
        workflow = read_planned(ctx, data, planned)
        if workflow is not None and not _same_times(current, planned):
            _warn_existing(ctx, data, planned, workflow, "remove it in the web UI", private_state.stale(ctx))
        return {**planned, "id": Unknown, "trigger_id": Unknown}
    stale = private_state.stale(ctx)
    if not stale:
        return {**planned, "id": current["id"], "trigger_id": current["trigger_id"]}
    ctx.warn(
        f"A replaced trigger of {current['slug']} was not removed yet",
        "Its removal failed when the schedule was changed, so the workflow runs twice. This apply removes "
        f"{' and '.join(stale)} and adds no trigger.",
    )
    return {**planned, "id": current["id"], "trigger_id": Unknown}


def _was_imported_at(ctx: PlanContext[ScheduleState], version: float | UnknownType | None) -> bool:
    """Return True if the imported trigger was attached to this version of the workflow or to a later one."""
    imported = private_state.imported_version(ctx)
    return imported is not None and isinstance(version, int | float) and version <= imported


def _warn_existing(
    ctx: PlanContext[ScheduleState],
    data: ProviderData,
    planned: ScheduleState,
    workflow: Workflow,
    advice: str,
    own: Collection[str] = (),
) -> None:
    """Warn about triggers that already have the planned times, unless another state contains them."""
    triggers = data.claims.unclaimed(with_times(workflow.schedules or (), planned, own))
    unmanaged = data.schedules.without_address([each.trigger_id for each in triggers], SIBLING_SECONDS)
    triggers = [each for each in triggers if each.trigger_id in unmanaged]
    if not triggers:
        return
    ids = names(triggers)
    ctx.warn(
        f"{workflow.slug} already has a trigger with these times: {ids}",
        "This apply adds another trigger, so the workflow is started twice at these times. If another resource "
        f"manages {ids}, this may be what you want. If it was left by an apply that was killed, or added in the web "
        f"UI, {advice}.",
    )
