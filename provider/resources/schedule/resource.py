"""``atlan_app_schedule``: a cron schedule of a workflow. The service calls it a trigger."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from provider import ownership
from provider.client.errors import NotFound, UnprovenNotFound
from provider.errors import warn_kept
from provider.framework import GONE, Context, Finding, Gone, Json, PlanContext, Unknown, deferred
from provider.refresh import UNCHANGED
from provider.resources.schedule import private_state, validate
from provider.resources.schedule.schema import SCHEMA, ScheduleState
from provider.resources.schedule.triggers import id_of
from provider.tenant import TenantResource, check_gone

# Most launches only validate, or plan no change.
with deferred(
    *(f"provider.resources.schedule.{name}" for name in ("adopt", "attach", "import_state", "plan", "read", "remove"))
):
    from provider.resources.schedule import adopt, attach, import_state, plan, read, remove

if TYPE_CHECKING:
    from provider.client.responses import Workflow
    from provider.provider_data import ProviderData


class AppScheduleResource(TenantResource[ScheduleState]):
    """The resource ``atlan_app_schedule``: a trigger, identified by the workflow's slug and the trigger's id."""

    name = "app_schedule"
    schema = SCHEMA
    private_shapes = private_state.SHAPES | ownership.SHAPES
    provider_data: ProviderData

    def check_config(self, config: ScheduleState) -> Iterable[Finding]:
        return validate.check(config)

    def create(self, ctx: Context[ScheduleState], planned: ScheduleState) -> ScheduleState:
        data, slug = self.provider_data, planned["slug"]
        data.redact_remembered()
        state = adopt.create(ctx, data, planned)
        before = attach.listed_before(ctx, data, slug)
        private_state.set_others(ctx, {*before} - {state["adopted_trigger_id"]})
        if state["trigger_id"] is Unknown:
            state = attach.attach(ctx, data, state, before)
        remove.remove_stale(ctx, data, slug)
        return state

    def read(self, ctx: Context[ScheduleState], current: ScheduleState) -> ScheduleState | Gone:
        data, slug = self.provider_data, current["slug"]
        ownership.check_read(ctx, data.schedules, id_of(current), private_state.stale(ctx))

        def get() -> Workflow:
            with data.absence.proven(slug):
                return data.client.get_workflow(slug)

        try:
            workflow = data.refresh.read(slug, get, read.row_check(ctx, data, current))
        except NotFound as error:
            check_gone(ctx, f"The trigger {id_of(current)} of {slug}", error)
            return GONE
        except UnprovenNotFound as error:
            if not error.exists:
                raise
            warn_kept(ctx, f"The schedule {id_of(current)} of {slug}", error)
            return current
        return current if workflow is UNCHANGED else read.read(ctx, data, workflow, current)

    def update(self, ctx: Context[ScheduleState], current: ScheduleState, planned: ScheduleState) -> ScheduleState:
        """Add the new trigger before the old one is removed, so that the workflow always has a schedule."""
        state: ScheduleState = {**planned, "id": current["id"], "trigger_id": current["trigger_id"]}
        self.provider_data.redact_remembered()
        if plan.replaces_trigger(current, planned):
            before = attach.listed_before(ctx, self.provider_data, planned["slug"])
            state = attach.attach(ctx, self.provider_data, planned, before)
            private_state.add_stale(ctx, id_of(current))
        remove.remove_stale(ctx, self.provider_data, planned["slug"])
        return state

    def delete(self, ctx: Context[ScheduleState], current: ScheduleState) -> None:
        data, slug = self.provider_data, current["slug"]
        remove.remove_stale(ctx, data, slug)
        remove.remove(ctx, data, slug, id_of(current))

    def import_(self, ctx: Context[ScheduleState], id: str) -> ScheduleState:  # noqa: A002 - tf's name for it
        """Import by ``slug/trigger_id``."""
        return import_state.import_(ctx, self.provider_data.client, self.provider_data.absence, id)

    def plan(
        self, ctx: PlanContext[ScheduleState], current: ScheduleState | None, planned: ScheduleState | None
    ) -> ScheduleState | None:
        return plan.plan(ctx, self.provider_data, current, planned)

    def note_stored(self, state: dict[str, Json]) -> None:
        trigger_id = state.get("trigger_id")
        if isinstance(trigger_id, str):
            self.provider_data.schedules.add_stored(trigger_id)
