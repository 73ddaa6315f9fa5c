"""Import a schedule by ``slug/trigger_id``."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from provider.client.errors import NotFound
from provider.errors import MISSING_REASON, error_text, no_workflow, wrong_import_id
from provider.framework import Context, UserError
from provider.resources.schedule import private_state
from provider.resources.schedule.read import to_state
from provider.resources.schedule.schema import ScheduleState
from provider.resources.schedule.triggers import find

if TYPE_CHECKING:
    from provider.absence import Absence
    from provider.client.api import AtlanApi

_IMPORT_ID_PATTERN: Final = r"(?P<slug>[^/\s]+)/(?P<trigger_id>[^/\s]+)"


def import_(ctx: Context[ScheduleState], client: AtlanApi, absence: Absence, import_id: str) -> ScheduleState:
    """Return the state of an existing trigger. If the tenant lists no schedules, warn: cron and timezone are None.

    Raises UserError if the id is malformed, or if the workflow or the trigger does not exist. Raises AtlanError if the
    workflow cannot be read.
    """
    parts = re.fullmatch(_IMPORT_ID_PATTERN, import_id)
    if parts is None:
        advice = "Give the workflow's slug, a slash and the trigger's id: slug/trigger_id."
        raise wrong_import_id(import_id, ctx.type_name, advice)
    slug, trigger_id = parts["slug"], parts["trigger_id"]
    try:
        workflow = absence.until_found(slug, lambda: client.get_workflow(slug), ctx.stop)
    except NotFound as error:
        raise no_workflow(slug, MISSING_REASON, error_text(ctx, error)) from error
    state: ScheduleState = {
        "id": import_id,
        "slug": slug,
        "cron": None,
        "timezone": None,
        "app_version": workflow.version,
        "adopt_existing": None,
        "trigger_id": trigger_id,
        "adopted_trigger_id": None,
    }
    if workflow.version is not None:
        private_state.set_imported_version(ctx, workflow.version)
    listed = workflow.schedules
    if listed is None:
        ctx.warn(
            f"The schedule of {slug} was imported by its id alone",
            "This tenant does not list schedules, so it is not known whether the trigger exists and which times it "
            "has. The next apply attaches the configured schedule and then removes the imported trigger.",
        )
        return state
    trigger = find(listed, trigger_id)
    if trigger is None:
        existing = ", ".join(each.trigger_id for each in listed) or "none"
        raise UserError(f"{slug} has no trigger {trigger_id}", f"Its triggers are: {existing}.")
    return to_state(trigger, state)
