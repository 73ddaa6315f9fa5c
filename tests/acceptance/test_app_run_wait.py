"""Waits of ``atlan_app_run`` that end before the run: timeout, interrupt, lost run, refused key."""

import re
import signal
import time

import pytest

from tests.acceptance.conftest import Start
from tests.support.runs import NOW, run, runs, sent, started, statuses
from tests.support.sandbox import Sandbox
from tests.support.terraform import Workspace
from tests.support.ui import wait_for_requests

SHORT = 'timeouts = { create = "1s" }'


def interrupted(sandbox: Sandbox, workspace: Workspace, reads: int = 2) -> str:
    """Interrupt an apply after that number of reads of its run, and return the id of the run."""
    with workspace.start("apply", "-auto-approve") as running:
        wait_for_requests(sandbox, 1, "POST", f"/api/service/v1/app/{sandbox.workflows()[0]['slug']}/submit")
        run_id: str = runs(sandbox)[0]["run_id"]
        wait_for_requests(sandbox, reads, "GET", f"/api/service/v1/app/runs/{run_id}")
        running.send(signal.SIGINT, group=True)
        asked = time.monotonic()
        result = running.wait()
    assert time.monotonic() - asked < 10
    said = result.text
    assert f"Warning: The run {run_id} of " in said
    assert "is still active: the wait was interrupted" in said
    assert "Error: The" not in said
    return run_id


def test_a_run_that_never_ends_is_an_error_at_the_time_out(start: Start) -> None:
    """The error contains the last status, the duration and the next step. The next apply cancels the run."""
    sandbox, workspace, slug = started(start, SHORT, run_seconds=0)
    sandbox.expect_run("Pending", "Running")
    result = workspace.apply()
    run_id = runs(sandbox)[0]["run_id"]
    result.failed(
        f"The run {run_id} of {slug} did not end in time",
        "The next apply cancels it and submits a new run; to wait for this one instead, run terraform untaint",
        "timeouts.create",
    )
    assert re.search(r"Its last status is Running, [01] s after it was submitted\.", result.output)
    assert (run_id, "Running") == tuple(workspace.values(NOW)[name] for name in ("run_id", "status"))
    assert [NOW] == workspace.tainted()
    workspace.apply().ok()
    assert ["Stopped", "Succeeded"] == statuses(sandbox)


def test_an_untainted_run_is_waited_for_again(start: Start) -> None:
    """No run is submitted. A run that ends in time is a success, and a second timeout does not taint."""
    sandbox, workspace, _ = started(start, SHORT)
    sandbox.expect_run("Running")
    workspace.apply().failed("did not end in time")
    workspace.run("untaint", NOW).ok()
    assert {NOW: ["update"]} == workspace.plan_changes()
    workspace.apply().failed("did not end in time", "The next apply waits for it again.")
    assert [] == workspace.tainted()
    with workspace.start("apply", "-auto-approve") as running:
        running.wait_for_output("Modifying...")
        sandbox.set_run(runs(sandbox)[0]["run_id"], "Succeeded")
        running.wait().ok()
    assert ("Succeeded", 1) == (workspace.values(NOW)["status"], sent(sandbox, "POST", "/submit"))
    assert {} == workspace.plan_changes()


@pytest.mark.parametrize("delay_ms", [0, 60_000], ids=["between two looks", "while the service does not answer"])
def test_an_interrupted_wait_is_resumed(start: Start, delay_ms: int) -> None:
    """Ctrl-C ends the wait at once with a warning. The run is in state, untainted, and the next apply waits for it."""
    sandbox, workspace, _ = started(start)
    sandbox.expect_run("Pending", "Running", "Running", "Running", "Running", "Succeeded")
    sandbox.fault("GET", "/runs/", times=1, delay_ms=delay_ms)
    run_id = interrupted(sandbox, workspace, reads=1 if delay_ms else 2)
    assert (run_id, []) == (workspace.values(NOW)["run_id"], workspace.tainted())
    assert {NOW: ["update"]} == workspace.plan_changes()
    assert 0 == sent(sandbox, "POST", "/cancel")
    workspace.apply().ok()
    assert (run_id, "Succeeded") == tuple(workspace.values(NOW)[name] for name in ("run_id", "status"))
    assert 1 == sent(sandbox, "POST", "/submit")
    assert {} == workspace.plan_changes()


def test_an_interrupted_run_that_failed_meanwhile_is_replaced(start: Start) -> None:
    """The plan replaces the run, and the apply submits another one."""
    sandbox, workspace, _ = started(start)
    sandbox.expect_run("Running")
    sandbox.set_run(interrupted(sandbox, workspace), "Failed")
    assert {NOW: ["delete", "create"]} == workspace.plan_changes()
    sandbox.expect_run("Pending", "Succeeded")
    workspace.apply().ok()
    assert ["Failed", "Succeeded"] == statuses(sandbox)


def test_a_failed_run_after_a_resumed_wait_is_an_error_and_planned_again(start: Start) -> None:
    """A failed update does not taint, but the status in state makes the next plan replace the run."""
    sandbox, workspace, _ = started(start)
    sandbox.expect_run("Running")
    run_id = interrupted(sandbox, workspace)
    with workspace.start("apply", "-auto-approve") as running:
        running.wait_for_output("Modifying...")
        sandbox.set_run(run_id, "Terminated")
        running.wait().failed(f"The run {run_id} of ", "ended as Terminated")
    assert ([], "Terminated") == (workspace.tainted(), workspace.values(NOW)["status"])
    assert {NOW: ["delete", "create"]} == workspace.plan_changes()


def test_a_run_that_the_service_loses_is_an_error_while_it_is_waited_for(start: Start) -> None:
    """The error names the run, the run is tainted, and the next apply submits another one."""
    sandbox, workspace, slug = started(start, run_seconds=0)
    sandbox.expect_run("Running")
    with workspace.start("apply", "-auto-approve") as running:
        wait_for_requests(sandbox, 1, "POST", f"/api/service/v1/app/{slug}/submit")
        run_id = runs(sandbox)[0]["run_id"]
        sandbox.lose_run(run_id)
        running.wait().failed(f"The service no longer knows the run {run_id} of {slug}")
    assert [NOW] == workspace.tainted()
    workspace.apply().ok()
    assert ["Succeeded"] == statuses(sandbox)


@pytest.mark.parametrize(("status", "expected"), [("Succeeded", {}), ("Running", {NOW: ["create"]})])
def test_a_lost_run_is_kept_once_it_has_ended(start: Start, status: str, expected: dict[str, list[str]]) -> None:
    """An ended run stays in state unchanged.

    A run that had not ended leaves state with a warning, and is planned again.
    """
    sandbox, workspace, _ = started(start, "wait_for_completion = false")
    sandbox.expect_run(status)
    workspace.apply().ok()
    sandbox.lose_run(workspace.values(NOW)["run_id"])
    assert expected == workspace.plan_changes()
    assert bool(expected) == ("The service no longer knows the run" in workspace.plan().ok().output)


@pytest.mark.parametrize(
    "fault",
    [{"status": 404, "body": "<html>no such route</html>"}, {"status": 500}, {"drop": "before"}],
    ids=["a gateway's 404", "a 500", "no answer"],
)
def test_a_tenant_that_is_away_for_a_moment_does_not_end_the_wait(start: Start, fault: dict[str, object]) -> None:
    """A read that fails does not end the wait, and does not remove the run."""
    sandbox, workspace, _ = started(start, run_seconds=1)
    sandbox.fault("GET", "/runs/", times=2, **fault)
    workspace.apply().ok()
    assert "Succeeded" == workspace.values(NOW)["status"]


def test_a_key_that_is_refused_ends_the_wait(start: Start) -> None:
    """The run stays in state, and the error names the next step."""
    sandbox, workspace, slug = started(start)
    sandbox.fault("GET", "/runs/", times=1, status=401)
    workspace.apply().failed(f"of {slug} cannot be read any more", "terraform untaint")
    assert runs(sandbox)[0]["run_id"] == workspace.values(NOW)["run_id"]
    assert [NOW] == workspace.tainted()


# Destroy


def running(start: Start, more: str, *statuses_: str) -> tuple[Sandbox, Workspace, str]:
    """Return a sandbox, a workspace and a slug after an apply that submitted a run and did not wait."""
    sandbox, workspace, slug = started(start, f"wait_for_completion = false\n{more}")
    sandbox.expect_run(*statuses_)
    workspace.apply().ok()
    return sandbox, workspace, slug


@pytest.mark.parametrize(("more", "expected"), [("", "Stopped"), ("cancel_on_destroy = false", "Running")])
def test_a_destroy_during_a_run_cancels_it_unless_it_is_to_go_on(start: Start, more: str, expected: str) -> None:
    """The run is cancelled by default, and continues with cancel_on_destroy = false. Both remove the run from state."""
    sandbox, workspace, _ = running(start, more, "Running")
    workspace.destroy().ok()
    assert ([expected], {}) == (statuses(sandbox), workspace.resources())


def test_a_replacement_during_a_run_cancels_it_first(start: Start) -> None:
    """The service refuses a second run of the workflow while one is active."""
    sandbox, workspace, slug = running(start, "", "Running")
    workspace.write(run(slug, 'wait_for_completion = false\ntriggers = { version = "2" }'))
    workspace.apply().ok()
    assert ["Stopped", "Pending"] == statuses(sandbox)


@pytest.mark.parametrize(
    "script",
    [("Running", "Succeeded"), ("Running", "Running", "Succeeded")],
    ids=["before it is cancelled", "while it is"],
)
def test_a_run_that_ended_meanwhile_is_just_forgotten(start: Start, script: tuple[str, ...]) -> None:
    """The destroy succeeds, even if the service refuses to cancel a run that has ended."""
    sandbox, workspace, _ = running(start, "", *script)
    sandbox.fault("POST", "/cancel$", times=1, status=400, body={"code": 400, "message": "it has ended"})
    workspace.destroy("-refresh=false").ok()
    assert (["Succeeded"], {}) == (statuses(sandbox), workspace.resources())


def test_a_run_that_was_lost_is_just_forgotten(start: Start) -> None:
    """The destroy succeeds, because there is no run to cancel."""
    sandbox, workspace, _ = running(start, "", "Running")
    sandbox.lose_run(workspace.values(NOW)["run_id"])
    workspace.destroy("-refresh=false").ok()
    assert {} == workspace.resources()


def test_a_run_that_takes_its_time_to_stop_is_waited_for(start: Start) -> None:
    """The destroy returns after the cancelled run has ended."""
    sandbox, workspace, _ = running(start, "", "Running", "Running", "Running", "Stopped")
    run_id = workspace.values(NOW)["run_id"]
    sandbox.fault("POST", "/cancel$", status=200, body={"run_id": run_id, "cancelled": True, "status": "Running"})
    workspace.destroy("-refresh=false").ok()
    assert ["Stopped"] == statuses(sandbox)


def test_a_run_that_is_not_cancelled_stays_in_state(start: Start) -> None:
    """The destroy fails if the service did not cancel the run and the run is active."""
    sandbox, workspace, slug = running(start, "", "Running")
    run_id = workspace.values(NOW)["run_id"]
    sandbox.fault("POST", "/cancel$", status=200, body={"run_id": run_id, "cancelled": False, "status": "Running"})
    workspace.destroy().failed(f"The run {run_id} of {slug} was not cancelled", "cancel_on_destroy")
    assert run_id == workspace.values(NOW)["run_id"]
