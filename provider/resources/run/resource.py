"""``atlan_app_run``: one execution of a workflow."""

from __future__ import annotations

import contextlib
import logging
import re
import threading
import time
from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

from provider.client.errors import AtlanError, NotFound
from provider.framework import (
    GONE,
    Context,
    Finding,
    Gone,
    PlanContext,
    Resource,
    State,
    Unknown,
    UserError,
    private_state,
    timeouts,
)
from provider.framework.polling import End, Waiter
from provider.model import identifiers
from provider.resources.run import submit
from provider.resources.run.schema import SCHEMA, WAIT_SECONDS
from provider.resources.run.wait import Watch, ended_badly, has_ended, told_by

if TYPE_CHECKING:
    from provider.client.responses import CancelledRun
    from provider.provider_data import ProviderData

_log = logging.getLogger(__name__)

_OF_THE_RUN: Final = ("id", "run_id", "status", "started_at")
_SUBMITTED: Final = "submitted_at"
_IMPORTED: Final = "imported"
_IMPORT_ID: Final = re.compile(r"[^/\s]+")
# How long a run that was asked to stop may take to end.
_CANCEL_SECONDS: Final = 60.0
_SHAPES: Final = {_SUBMITTED: private_state.number, _IMPORTED: private_state.flag}


class AppRunResource(Resource[State]):
    """A run. Private state holds when it was submitted (epoch seconds), and whether its triggers are still to come."""

    name = "app_run"
    schema = SCHEMA
    private_shapes = _SHAPES
    provider_data: ProviderData

    def check_config(self, config: State) -> Iterable[Finding]:
        yield from identifiers.check(config, "slug", "bigquery-prod-AbC123")
        yield from timeouts.check(config)

    def plan(self, ctx: PlanContext[State], current: State | None, planned: State | None) -> State | None:
        """Resume the wait for a waited run that is active; replace one that ended without success."""
        if current is None or planned is None:
            return planned
        if ctx.private.get(_IMPORTED) and ["triggers"] in ctx.requires_replace:
            # nobody can tell what an imported run followed, so what is configured is taken over
            ctx.requires_replace.remove(["triggers"])
        if ctx.requires_replace:
            return planned
        if planned["wait_for_completion"] is True and ended_badly(current["status"]):
            ctx.requires_replace.append(["status"])
            return {**planned, **dict.fromkeys(_OF_THE_RUN, Unknown)}
        if planned["wait_for_completion"] is not False and not has_ended(current["status"]):
            return {**planned, "status": Unknown, "started_at": Unknown}
        return {**planned, "status": current["status"], "started_at": current["started_at"]}

    def create(self, ctx: Context[State], planned: State) -> State:
        begun = time.monotonic()
        seconds = _wait_seconds(planned)
        run = submit.submit(self.provider_data.client, Waiter(threading.Event()), planned["slug"], seconds)
        ctx.private[_SUBMITTED] = time.time()
        identity = {"id": run.run_id, "run_id": run.run_id}
        state = {**planned, **identity, "status": run.status, "started_at": run.started_at}
        ctx.save(state)
        _log.info("run %s of %s: submitted, %s", run.run_id, planned["slug"], run.status or "its status is not told")
        if not planned["wait_for_completion"]:
            return state
        return self._wait(ctx, state, seconds - (time.monotonic() - begun), created=True)

    def read(self, ctx: Context[State], current: State) -> State | Gone:
        if has_ended(current["status"]):
            return current
        try:
            run = self.provider_data.client.get_run(current["run_id"])
        except NotFound as error:
            ctx.warn(
                f"The service no longer knows the run {current['run_id']} of {current['slug']}",
                f"It had not ended when it was last seen. It leaves the state, so that the next apply submits a new "
                f"run.\n\n{error}",
            )
            return GONE
        return {**current, **told_by(run, current)}

    def update(self, ctx: Context[State], current: State, planned: State) -> State:
        """Resume the wait, if the run is waited for; nothing else of a run can be changed."""
        ctx.private.pop(_IMPORTED, None)
        state = {**planned, **{name: current[name] for name in _OF_THE_RUN}}
        if not planned["wait_for_completion"] or has_ended(current["status"]):
            return state
        return self._wait(ctx, state, _wait_seconds(planned), created=False)

    def _wait(self, ctx: Context[State], state: State, seconds: float, *, created: bool) -> State:
        """The state at the run's end, or with a warning where the wait was interrupted; TaintingProblem otherwise."""
        watch = Watch(self.provider_data.client, state, created=created, submitted_at=ctx.private.get(_SUBMITTED))
        try:
            end = Waiter(ctx.stop).until(watch.look, seconds)
        except AtlanError as error:
            problem: UserError | None = watch.unwatchable(error)
        else:
            problem = watch.problem(end)
            if end is End.STOPPED:
                ctx.warn(*watch.interrupted())
        ctx.save(watch.state)
        if problem is not None:
            raise problem
        return watch.state

    def delete(self, ctx: Context[State], current: State) -> None:
        """Cancel a run that is active, unless it is to go on; one that has ended is just forgotten."""
        if current["cancel_on_destroy"] is False or has_ended(current["status"]) or self._is_over(current["run_id"]):
            return
        what = f"The run {current['run_id']} of {current['slug']}"
        cancelled = self._cancel(current["run_id"])
        if cancelled is None or has_ended(cancelled.status):
            return
        if not cancelled.cancelled:
            raise UserError(
                f"{what} was not cancelled",
                "The service took the request and answered that it cancelled nothing. Apply again; if it stays so, "
                "cancel it in the web UI, or set cancel_on_destroy to false and let it go on.",
            )
        if Waiter(ctx.stop).until(lambda: self._is_over(current["run_id"]), _CANCEL_SECONDS) is not End.DONE:
            ctx.warn(
                f"{what} has not ended yet",
                "The service took the request to cancel it. A new run cannot be submitted before it has ended.",
            )

    def _cancel(self, run_id: str) -> CancelledRun | None:
        """The answer to a cancellation; None where that failed because the run has ended meanwhile."""
        try:
            return self.provider_data.client.cancel_run(run_id)
        except AtlanError:
            with contextlib.suppress(AtlanError):
                if self._is_over(run_id):
                    return None
            raise

    def _is_over(self, run_id: str) -> bool:
        try:
            return self.provider_data.client.get_run(run_id).finished
        except NotFound:
            return True

    def import_(self, ctx: Context[State], id: str) -> State:  # noqa: A002 - tf's name for it
        """Import by run id."""
        if not _IMPORT_ID.fullmatch(id):
            raise UserError(f'"{id}" is not an import id of {ctx.type_name}', "Give the run's id.")
        try:
            run = self.provider_data.client.get_run(id)
        except NotFound as error:
            raise UserError(f"There is no run {id}", f"It may be mistyped or on another tenant.\n\n{error}") from error
        if run.slug is None:
            raise UserError(f"The run {id} cannot be imported", "The service does not tell which workflow it is of.")
        if ended_badly(run.status):
            ctx.warn(
                f"The run {id} of {run.slug} ended as {run.status}",
                "The next apply submits a new run in its place, unless wait_for_completion is set to false.",
            )
        ctx.private[_IMPORTED] = True
        state: State = {**dict.fromkeys(SCHEMA.by_name), "id": id, "slug": run.slug, "run_id": id}
        return {**state, "wait_for_completion": True, "cancel_on_destroy": True, **told_by(run, state)}


def _wait_seconds(state: State) -> float:
    return timeouts.seconds(state, "create") or WAIT_SECONDS
