"""Remove the triggers of a schedule."""

from __future__ import annotations

from typing import TYPE_CHECKING

from provider.client.errors import AtlanError, NotFound, UnprovenNotFound
from provider.errors import error_text
from provider.framework import Context, UserError
from provider.resources.schedule import private_state
from provider.resources.schedule.schema import ScheduleState
from provider.resources.schedule.triggers import find

if TYPE_CHECKING:
    from provider.provider_data import ProviderData


def remove_stale(ctx: Context[ScheduleState], data: ProviderData, slug: str) -> None:
    """Remove the replaced triggers. Raises UserError if a removal fails. The next apply tries it again."""
    for trigger_id in private_state.stale(ctx):
        try:
            remove(ctx, data, slug, trigger_id)
        except AtlanError as error:
            raise UserError(
                f"The replaced trigger {trigger_id} of {slug} could not be removed",
                "The new trigger is attached and in state. The workflow runs twice until the next apply removes the "
                f"replaced trigger.\n\n{error_text(ctx, error)}",
            ) from error
        private_state.drop_stale(ctx, trigger_id)


def remove(ctx: Context[ScheduleState], data: ProviderData, slug: str, trigger_id: str) -> None:
    """Remove a trigger. Do nothing if another resource of this apply has claimed it, or if it does not exist.

    If the service removes nothing and lists no schedules, warn. Raises UserError if the service removes nothing and
    still lists the trigger. Raises AtlanError if a request fails, or if it is not proven that the trigger is gone.
    """
    if not data.claims.claim(trigger_id, ctx):
        return
    try:
        result = _request_removal(data, slug, trigger_id)
        if result is True:
            return
        with data.absence.proven(slug):
            listed = data.client.get_workflow(slug).schedules
    except NotFound:
        return
    if isinstance(result, UnprovenNotFound) and (listed is None or find(listed, trigger_id)):
        raise result  # only a list of the schedules can prove that this one is gone
    if listed is None:
        ctx.warn(
            f"The trigger {trigger_id} of {slug} was not found",
            "The service answered that it removed nothing, and this tenant lists no schedules, so the trigger probably "
            "no longer exists. If the workflow still runs on a schedule, remove the schedule in the web UI.",
        )
    elif find(listed, trigger_id):
        raise UserError(
            f"The trigger {trigger_id} of {slug} was not removed",
            "The service answered that it removed nothing, and it still lists the trigger. Apply again. If that does "
            "not help, remove the schedule in the web UI.",
        )


def _request_removal(data: ProviderData, slug: str, trigger_id: str) -> bool | UnprovenNotFound:
    """Return True if the service removed the trigger, and False if it says that it removed nothing.

    Return the error if the service did not find the workflow or the trigger and does not prove it. Raises AtlanError.
    """
    try:
        with data.absence.proven(slug):
            return data.client.remove_schedule(slug, trigger_id).deleted
    except UnprovenNotFound as error:
        return error
