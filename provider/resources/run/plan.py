"""The plan of a run."""

from __future__ import annotations

from provider.framework import Finding, PlanContext, Unknown
from provider.resources.run import private_state
from provider.resources.run.schema import RunState
from provider.resources.run.status import has_ended, has_failed


def plan(ctx: PlanContext[RunState], current: RunState | None, planned: RunState | None) -> RunState | None:
    """Return the planned state.

    If ``wait_for_completion`` is true, replace a run that has ended without success, and resume the wait for an active
    run. The configured ``triggers`` of an imported run do not replace it.
    """
    if current is None or planned is None:
        return planned
    if private_state.is_imported(ctx) and ["triggers"] in ctx.requires_replace:
        # The service does not store triggers, so the configured triggers of an imported run are not a change.
        ctx.requires_replace.remove(["triggers"])
    if ctx.requires_replace:
        return planned
    if planned["wait_for_completion"] is Unknown and has_failed(current["status"]):
        ctx.report([_unknown_wait(current)])
        return planned
    if planned["wait_for_completion"] is True and has_failed(current["status"]):
        ctx.requires_replace.append(["status"])
        return {**planned, "id": Unknown, "run_id": Unknown, "status": Unknown, "started_at": Unknown}
    if planned["wait_for_completion"] is not False and not has_ended(current["status"]):
        return {**planned, "status": Unknown, "started_at": Unknown}
    return {**planned, "status": current["status"], "started_at": current["started_at"]}


def _unknown_wait(current: RunState) -> Finding:
    """Return the error about a failed run, which an unknown value decides to replace or to keep."""
    return Finding(
        "wait_for_completion is not known yet, and the run has failed",
        f"The run {current['run_id']} of {current['slug']} has ended with the status {current['status']}. If "
        "wait_for_completion is true, a new run replaces it, and the plan must show that. Set wait_for_completion to "
        "true or false, or first apply what it depends on, with -target.",
        ["wait_for_completion"],
    )
