"""List the triggers of a workflow before a create or update adds one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from provider.client.errors import AtlanError, NotFound
from provider.errors import no_workflow
from provider.framework import Context, PlanContext, is_known
from provider.resources.schedule import private_state
from provider.resources.schedule.schema import ScheduleState

if TYPE_CHECKING:
    from provider.client.responses import Trigger, Workflow
    from provider.provider_data import ProviderData

WORKFLOW_ADVICE: Final = (
    "A schedule needs an existing workflow. Set slug to the slug of its atlan_app. If the workflow is new, apply again."
)


def read_planned(ctx: PlanContext[ScheduleState], data: ProviderData, planned: ScheduleState) -> Workflow | None:
    """Return the workflow, and record the ids of its triggers for the apply.

    Return None if the workflow cannot be read now. Then the apply lists the triggers and reports the error.
    """
    slug = planned["slug"]
    if not data.is_known or not is_known(slug):
        return None
    try:
        with data.claims.turn(slug):
            workflow = data.client.get_workflow(slug)
    except AtlanError as error:
        data.setup_errors.raise_once(error)
        return None
    private_state.set_listed(ctx, (each.trigger_id for each in workflow.schedules or ()))
    return workflow


def list_triggers(ctx: Context[ScheduleState], data: ProviderData, slug: str) -> list[Trigger]:
    """Return the triggers in an apply, and record their ids. The list is empty if the tenant lists none.

    Raises UserError if the workflow does not exist, AtlanError if it cannot be read.
    """
    try:
        with data.claims.turn(slug):
            listed = data.absence.until_found(slug, lambda: data.client.get_workflow(slug), ctx.stop).schedules
    except NotFound as error:
        raise no_workflow(slug, WORKFLOW_ADVICE, str(error), ["slug"]) from error
    private_state.set_listed(ctx, (each.trigger_id for each in listed or ()))
    return listed or []
