"""Attach a schedule to a workflow: add a trigger.

A trigger is the service's name for a schedule. Two triggers of one workflow may have the same times, and nothing in a
trigger says which resource it belongs to. So an existing trigger is never taken because of its times: see ``adopt``.
Only after a lost answer, the trigger that the request has added is searched.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, Final

from provider.client.errors import AtlanError, NotFound
from provider.errors import no_workflow
from provider.framework import Context, UserError
from provider.ownership import record_created
from provider.resources.schedule import errors, private_state
from provider.resources.schedule.listing import WORKFLOW_ADVICE, list_triggers
from provider.resources.schedule.schema import ScheduleState
from provider.resources.schedule.triggers import with_times

if TYPE_CHECKING:
    from provider.client.responses import Trigger
    from provider.provider_data import ProviderData

# The look-up after a lost answer has its own limit, because the timeout of the operation may be over.
_RECOVERY_SECONDS: Final = 30.0


def attach(
    ctx: Context[ScheduleState], data: ProviderData, planned: ScheduleState, before: Collection[str]
) -> ScheduleState:
    """Add a trigger, claim it, save the state and return it. ``before`` is the result of ``listed_before``.

    Raises UserError if the workflow does not exist, or if it is not known which trigger was added. Raises AtlanError if
    no trigger was added.
    """
    slug = planned["slug"]
    with data.claims.turn(slug):
        trigger = _add(ctx, data, planned, before)
        data.claims.claim(trigger.trigger_id, ctx)
        record_created(ctx, data.schedules, trigger.trigger_id)
    private_state.drop_imported_version(ctx)
    state: ScheduleState = {**planned, "id": f"{slug}/{trigger.trigger_id}", "trigger_id": trigger.trigger_id}
    ctx.save(state)
    return state


def listed_before(ctx: Context[ScheduleState], data: ProviderData, slug: str) -> list[str]:
    """Return the ids of the triggers that exist before this apply adds one: as the plan found them, or as they are now.

    Terraform plans a change again immediately before it applies the change. Raises what ``list_triggers`` raises.
    """
    listed = private_state.take_listed(ctx)
    if listed is None:
        list_triggers(ctx, data, slug)
        listed = private_state.take_listed(ctx)
    return listed or []


def _add(ctx: Context[ScheduleState], data: ProviderData, planned: ScheduleState, before: Collection[str]) -> Trigger:
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
        raise no_workflow(slug, WORKFLOW_ADVICE, str(error), ["slug"]) from error
    except AtlanError as error:
        if not error.ambiguous:
            raise
        return _find_added(ctx, data, planned, before, error)


def _find_added(
    ctx: Context[ScheduleState],
    data: ProviderData,
    planned: ScheduleState,
    before: Collection[str],
    error: AtlanError,
) -> Trigger:
    """Return the only trigger with the planned times that is new and that no other call has added, and warn.

    Raises UserError if there is not exactly one, or if the triggers cannot be listed.
    """
    slug = planned["slug"]
    listed = _list_triggers(data, slug)
    triggers = None if listed is None else data.claims.unclaimed(with_times(listed, planned, before))
    if triggers is None or len(triggers) != 1:
        raise errors.not_recovered(slug, triggers, error) from error
    ctx.warn(
        f"The trigger {triggers[0].trigger_id} of {slug} was found after a lost answer",
        "The request ended without a usable answer. This trigger has the times of the schedule and did not exist "
        f"before the request.\n\n{error}",
    )
    return triggers[0]


def _list_triggers(data: ProviderData, slug: str) -> list[Trigger] | None:
    """Return the triggers of a workflow. Return None if the tenant does not list triggers or the request fails."""
    try:
        return data.client.for_recovery(_RECOVERY_SECONDS).get_workflow(slug).schedules
    except AtlanError:
        return None
