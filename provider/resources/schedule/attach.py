"""Attach a schedule to a workflow: adopt an existing trigger, or add one.

A trigger is the service's name for a schedule. An apply that was killed, or a lost answer, may leave a trigger that no
state contains. A second trigger with the same times would run the workflow twice.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, Final

from provider.client.errors import AtlanError, NotFound
from provider.errors import no_workflow
from provider.framework import Context, UserError
from provider.resources.schedule import errors, private_state
from provider.resources.schedule.schema import ScheduleState
from provider.resources.schedule.triggers import names, with_times

if TYPE_CHECKING:
    from provider.client.responses import Trigger
    from provider.provider_data import ProviderData

# The look-up after a lost answer has its own limit, because the timeout of the operation may be over.
_RECOVERY_SECONDS: Final = 30.0
_WORKFLOW_ADVICE: Final = (
    "A schedule needs an existing workflow. Set slug to the slug of its atlan_app. If the workflow is new, apply again."
)


def attach(
    ctx: Context[ScheduleState], data: ProviderData, planned: ScheduleState, own: Collection[str]
) -> ScheduleState:
    """Attach the schedule, save its state and return it. ``own`` contains the ids of the schedule's current triggers.

    If ``app_version`` is set, record an adopted trigger as replaced and add a new trigger. Raises UserError if the
    workflow does not exist, or if it is not known which trigger was added. Raises AtlanError if no trigger was added.
    """
    trigger = _adopt(ctx, data, planned, own)
    if trigger is not None and planned["app_version"] is not None:
        # The service does not return the version to which a trigger is attached, so a new trigger replaces this one.
        private_state.add_stale(ctx, trigger.trigger_id)
        trigger = None
    if trigger is None:
        trigger = _add(ctx, data, planned, own)
    data.claims.claim(trigger.trigger_id, ctx)
    state: ScheduleState = {
        **planned,
        "id": f"{planned['slug']}/{trigger.trigger_id}",
        "trigger_id": trigger.trigger_id,
    }
    ctx.save(state)
    return state


def _adopt(
    ctx: Context[ScheduleState], data: ProviderData, planned: ScheduleState, own: Collection[str]
) -> Trigger | None:
    """Claim an existing trigger that has the planned times, warn, and return the trigger.

    Return None if the plan or this search finds no such trigger, or if other resources have claimed all of them.
    """
    if private_state.take_found(ctx) == []:
        return None
    slug = planned["slug"]
    try:
        listed = data.absence.until_found(slug, lambda: data.client.get_workflow(slug), ctx.stop).schedules
    except NotFound as error:
        raise no_workflow(slug, _WORKFLOW_ADVICE, str(error), ["slug"]) from error
    triggers = with_times(listed or (), planned, own)
    claimed = next((each for each in triggers if data.claims.claim(each.trigger_id, ctx)), None)
    if claimed is None:
        return None
    others = data.claims.unclaimed(triggers)
    advice = f" {names(others)} has the same times. Remove it in the web UI if it is not in use." if others else ""
    ctx.warn(
        f"The trigger {claimed.trigger_id} of {slug} was adopted",
        "It already has these times, and a second trigger would run the workflow twice. If another resource manages "
        f"it, give this schedule other times.{advice}",
    )
    return claimed


def _add(ctx: Context[ScheduleState], data: ProviderData, planned: ScheduleState, own: Collection[str]) -> Trigger:
    """Add a trigger and return it. If the answer is lost, search for the trigger that the request created.

    Raises UserError if the workflow does not exist, if the schedule has no times, or if the search does not find
    exactly one trigger. Raises AtlanError if no trigger was added.
    """
    slug, cron, timezone = planned["slug"], planned["cron"], planned["timezone"]
    if not (isinstance(cron, str) and isinstance(timezone, str)):
        raise UserError(
            "The schedule has no times", "An apply needs a cron expression and a timezone. Plan again.", ["cron"]
        )
    try:
        return data.absence.until_found(
            slug, lambda: data.client.add_schedule(slug, cron=cron, timezone=timezone), ctx.stop
        )
    except NotFound as error:
        raise no_workflow(slug, _WORKFLOW_ADVICE, str(error), ["slug"]) from error
    except AtlanError as error:
        if not error.ambiguous:
            raise
        return _find_added(ctx, data, planned, own, error)


def _find_added(
    ctx: Context[ScheduleState],
    data: ProviderData,
    planned: ScheduleState,
    own: Collection[str],
    error: AtlanError,
) -> Trigger:
    """Return the only unclaimed trigger that has the planned times, and warn.

    Raises UserError if there is not exactly one, or if the triggers cannot be listed.
    """
    slug = planned["slug"]
    listed = _list_triggers(data, slug)
    triggers = None if listed is None else data.claims.unclaimed(with_times(listed, planned, own))
    if triggers is None or len(triggers) != 1:
        raise errors.not_recovered(slug, triggers, error) from error
    ctx.warn(
        f"The trigger {triggers[0].trigger_id} of {slug} was adopted",
        f"The request ended without a usable answer, and one trigger with these times was found.\n\n{error}",
    )
    return triggers[0]


def _list_triggers(data: ProviderData, slug: str) -> list[Trigger] | None:
    """Return the triggers of a workflow. Return None if the tenant does not list triggers or the request fails."""
    try:
        return data.client.for_recovery(_RECOVERY_SECONDS).get_workflow(slug).schedules
    except AtlanError:
        return None
