"""Remove the triggers of a schedule."""

from __future__ import annotations

from typing import TYPE_CHECKING

from provider.client.errors import AtlanError, NotFound, UnprovenNotFound
from provider.errors import error_text
from provider.framework import Context, UserError
from provider.resources.schedule import private_state
from provider.resources.schedule.schema import ScheduleState
from provider.resources.schedule.triggers import find
from provider.tenant import check_gone, remember_found

if TYPE_CHECKING:
    from provider.client.responses import Trigger
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
    """Remove a trigger. Warn if another resource of this apply has claimed it. Do nothing if it does not exist.

    If the service removes nothing and lists no schedules, warn. Raises UserError if the service removes nothing and
    still lists the trigger. Raises AtlanError if a request fails, or if it is not proven that the trigger is gone.
    """
    if not data.claims.claim(trigger_id, ctx):
        ctx.warn(
            f"The trigger {trigger_id} of {slug} was left to another resource",
            "Another resource of this apply adopted or removed it, so this resource did not remove it.",
        )
        return
    try:
        until_found = data.absence.until_found
        remember_found(ctx, data.tenant, lambda: until_found(slug, lambda: data.client.get_workflow(slug), ctx.stop))
        is_removed, listed = _remove_or_list(ctx, data, slug, trigger_id)
    except NotFound as error:
        check_gone(ctx, f"The trigger {trigger_id} of {slug}", error)
        return
    if is_removed:
        return
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


def _remove_or_list(
    ctx: Context[ScheduleState], data: ProviderData, slug: str, trigger_id: str
) -> tuple[bool, list[Trigger] | None]:
    """Return True if the service removed the trigger. Otherwise return False, and the triggers if they are listed.

    Raises NotFound if the workflow or the trigger does not exist. Raises UnprovenNotFound if the trigger may exist.
    """
    unproven: UnprovenNotFound | None = None
    is_removed = False
    try:
        is_removed = data.absence.until_found(
            slug, lambda: data.client.remove_schedule(slug, trigger_id).deleted, ctx.stop, seconds=0
        )
    except UnprovenNotFound as error:
        unproven = error
    if is_removed:
        return True, None
    listed = data.absence.until_found(slug, lambda: data.client.get_workflow(slug), ctx.stop).schedules
    if unproven is None or not (listed is None or find(listed, trigger_id)):
        return False, listed
    # The workflow may have been invisible to the first request. It is visible now, so a 404 is about the trigger.
    try:
        return data.client.remove_schedule(slug, trigger_id).deleted, listed
    except UnprovenNotFound:
        raise unproven from None  # only a list of the schedules can prove that this one is gone
