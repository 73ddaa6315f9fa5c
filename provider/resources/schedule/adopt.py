"""Adopt an existing trigger with the configured times (``adopt_existing``). Only a create adopts."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

from provider.framework import Context, PlanContext, Unknown, UserError, is_known
from provider.ownership import check_adoption, predecessor, record_adopted
from provider.resources.schedule import errors, private_state
from provider.resources.schedule.listing import list_triggers
from provider.resources.schedule.schema import ScheduleState
from provider.resources.schedule.triggers import with_times

if TYPE_CHECKING:
    from provider.client.responses import Trigger, Workflow
    from provider.provider_data import ProviderData

_PATH: Final = ["adopt_existing"]


def plan(
    ctx: PlanContext[ScheduleState], data: ProviderData, planned: ScheduleState, workflow: Workflow | None
) -> ScheduleState:
    """Return the plan of a create with ``adopt_existing``: with the trigger to adopt, and a warning about it.

    ``workflow`` is None if it cannot be read now. Then the apply decides.
    """
    times = (planned["adopt_existing"], planned["cron"], planned["timezone"])
    if workflow is None or not all(map(is_known, times)):
        warn_possible(ctx)
        return {**planned, "adopted_trigger_id": Unknown}
    replaced = predecessor(ctx)
    if replaced is not None:
        return _plan_replacement(ctx, data, planned, workflow, replaced)
    try:
        trigger = find(data, planned, workflow.schedules or ())
    except UserError as error:
        ctx.report([error.finding])
        return {**planned, "adopted_trigger_id": None}
    if trigger is None:
        if workflow.schedules is None:
            _warn_hidden(ctx, workflow.slug)
        return {**planned, "adopted_trigger_id": None}
    _warn_adopted(ctx, planned, trigger)
    pinned: ScheduleState = {**planned, "adopted_trigger_id": trigger.trigger_id}
    return pinned if planned["app_version"] is not None else _state(pinned, trigger.trigger_id)


def warn_possible(ctx: PlanContext[ScheduleState]) -> None:
    """Warn that the plan does not know what the apply adopts. Terraform drops the warnings of a replacement's create.

    So the plan of the update, which comes first, must warn about a replacement.
    """
    ctx.warn(
        "The apply may adopt a trigger",
        "It is not known yet which triggers exist then. If one of them has the times of this schedule, the apply "
        "adopts it. If several have them, the apply fails.",
        _PATH,
    )


def _plan_replacement(
    ctx: PlanContext[ScheduleState], data: ProviderData, planned: ScheduleState, workflow: Workflow, replaced: str
) -> ScheduleState:
    """Report an error if a trigger besides the replaced one has the times. The apply does not know what is replaced.

    With create_before_destroy, the apply adopts the replaced trigger. Otherwise it finds none.
    """
    own = [replaced, *private_state.stale(ctx)]
    others = data.claims.unclaimed(with_times(workflow.schedules or (), planned, own))
    if others:
        ctx.report([errors.replaced_beside(workflow.slug, others).finding])
    return {**planned, "adopted_trigger_id": Unknown}


def create(ctx: Context[ScheduleState], data: ProviderData, planned: ScheduleState) -> ScheduleState:
    """Claim the trigger to adopt, and return the state of the schedule that has it.

    If ``app_version`` is set, record the trigger as replaced, because the service does not return the version to which
    it is attached. Then the state has no trigger yet. Raises UserError if the trigger cannot be adopted.
    """
    trigger_id = planned["adopted_trigger_id"]
    if trigger_id is Unknown:
        trigger = find(data, planned, list_triggers(ctx, data, planned["slug"]))
        trigger_id = None if trigger is None else trigger.trigger_id
        if trigger is not None:
            _warn_adopted(ctx, planned, trigger)
    planned = {**planned, "adopted_trigger_id": trigger_id}
    if not isinstance(trigger_id, str):
        return planned
    if not data.claims.claim(trigger_id, ctx):
        raise errors.already_used(planned["slug"], trigger_id)
    record_adopted(ctx, data.schedules, trigger_id)
    if planned["app_version"] is None:
        return _state(planned, trigger_id)
    private_state.add_stale(ctx, trigger_id)
    return planned


def find(data: ProviderData, planned: ScheduleState, triggers: Iterable[Trigger]) -> Trigger | None:
    """Return the trigger to adopt, or None. Triggers that this process has added or claimed do not count.

    Raises UserError if several triggers have the times, or if another resource manages the trigger.
    """
    found = data.claims.unclaimed(with_times(triggers, planned, ()))
    if len(found) > 1 and data.schedules.without_address([each.trigger_id for each in found]):
        raise errors.several_to_adopt(planned["slug"], found)
    if found:
        check_adoption(data.schedules, found[0].trigger_id)
    return found[0] if found else None


def _state(planned: ScheduleState, trigger_id: str) -> ScheduleState:
    return {**planned, "id": f"{planned['slug']}/{trigger_id}", "trigger_id": trigger_id}


def _warn_adopted(ctx: Context[ScheduleState], planned: ScheduleState, trigger: Trigger) -> None:
    follows = planned["app_version"] is not None
    ctx.warn(
        f"The trigger {trigger.trigger_id} of {planned['slug']} is adopted",
        "It has the times of this schedule. "
        f"{'A new trigger at app_version replaces it. ' if follows else ''}"
        "Make sure that no other configuration manages it. If Terraform reports an inconsistent final plan, the "
        "triggers of the tenant have changed since the plan: plan again.",
        _PATH,
    )


def _warn_hidden(ctx: Context[ScheduleState], slug: str) -> None:
    ctx.warn(
        f"No trigger of {slug} can be adopted",
        "This tenant does not list schedules, so adopt_existing finds none, and the apply adds a trigger. To take over "
        f"an existing trigger, import it by the id {slug}/<trigger id>.",
        _PATH,
    )
