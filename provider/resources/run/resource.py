"""``atlan_app_run``: one execution of a workflow."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Iterable
from typing import TYPE_CHECKING

from provider import ownership
from provider.client.errors import NotFound
from provider.errors import error_text
from provider.framework import GONE, Context, Finding, Gone, PlanContext, deferred, timeouts
from provider.framework.polling import Waiter
from provider.resources.run import private_state, validate
from provider.resources.run.schema import SCHEMA, WAIT_SECONDS, RunState
from provider.resources.run.status import has_ended
from provider.tenant import TenantResource, check_gone

# Most launches only validate, or plan no change.
with deferred(
    *(f"provider.resources.run.{name}" for name in ("cancel", "import_state", "plan", "read", "submit", "wait"))
):
    from provider.resources.run import cancel, import_state, plan, read, submit, wait

if TYPE_CHECKING:
    from provider.provider_data import ProviderData

_log = logging.getLogger(__name__)


class AppRunResource(TenantResource[RunState]):
    """The resource ``atlan_app_run``: a run, identified by its id."""

    name = "app_run"
    schema = SCHEMA
    private_shapes = private_state.SHAPES | ownership.SHAPES
    provider_data: ProviderData

    def check_config(self, config: RunState) -> Iterable[Finding]:
        return validate.check(config)

    def create(self, ctx: Context[RunState], planned: RunState) -> RunState:
        self.provider_data.redact_remembered()
        started_at = time.monotonic()
        seconds = _wait_seconds(planned)
        # Terraform's stop must not end the look-up after a failed submit, so the waiter has an event that is never set.
        run = submit.submit(ctx, self.provider_data, Waiter(threading.Event()), planned["slug"], seconds)
        private_state.set_submitted_at(ctx, time.time())
        state: RunState = {
            **planned,
            "id": run.run_id,
            "run_id": run.run_id,
            "status": run.status,
            "started_at": run.started_at,
        }
        ctx.save(state)
        _log.info("run %s of %s: submitted, %s", run.run_id, planned["slug"], run.status or "status not known")
        if not planned["wait_for_completion"]:
            return state
        remaining = seconds - (time.monotonic() - started_at)
        return wait.wait(ctx, self.provider_data, state, remaining, is_created=True)

    def needs_refresh(self, current: RunState) -> bool:
        """Return False if the run has ended, because its values do not change any more."""
        return not has_ended(current["status"])

    def read(self, ctx: Context[RunState], current: RunState) -> RunState | Gone:
        ownership.check_read(ctx, self.provider_data.runs, read.run_id_of(current))
        if not self.needs_refresh(current):
            return current
        try:
            run = self.provider_data.client.get_run(read.run_id_of(current))
        except NotFound as error:
            check_gone(ctx, f"The run {current['run_id']} of {current['slug']}", error)
            ctx.warn(
                f"The service no longer knows the run {current['run_id']} of {current['slug']}",
                "The run was active when it was last read. It is removed from state, so the next apply submits a new "
                f"run.\n\n{error_text(ctx, error)}",
            )
            return GONE
        return read.read(run, current)

    def update(self, ctx: Context[RunState], current: RunState, planned: RunState) -> RunState:
        """Resume the wait if ``wait_for_completion`` is true and the run is active. Otherwise send nothing."""
        private_state.set_imported(ctx, is_imported=False)
        state: RunState = {
            **planned,
            "id": current["id"],
            "run_id": current["run_id"],
            "status": current["status"],
            "started_at": current["started_at"],
        }
        if not planned["wait_for_completion"] or has_ended(current["status"]):
            return state
        self.provider_data.redact_remembered()
        return wait.wait(ctx, self.provider_data, state, _wait_seconds(planned), is_created=False)

    def delete(self, ctx: Context[RunState], current: RunState) -> None:
        """Cancel the run if it is active, unless ``cancel_on_destroy`` is false."""
        if not ownership.may_remove(ctx, self.provider_data.runs, read.run_id_of(current)):
            return
        if current["cancel_on_destroy"] is not False and not has_ended(current["status"]):
            cancel.cancel(ctx, self.provider_data.client, current)

    def import_(self, ctx: Context[RunState], id: str) -> RunState:  # noqa: A002 - tf's name for it
        """Import by run id."""
        return import_state.import_(ctx, self.provider_data.client, id)

    def plan(self, ctx: PlanContext[RunState], current: RunState | None, planned: RunState | None) -> RunState | None:
        if current is not None:
            ownership.check_planned(ctx, self.provider_data.runs, read.run_id_of(current))
        return plan.plan(ctx, current, planned)


def _wait_seconds(state: RunState) -> float:
    return timeouts.seconds(state, "create") or WAIT_SECONDS
