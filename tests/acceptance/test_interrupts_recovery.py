"""Ctrl-C and a lost response: the provider searches for the created object, with time for the search alone."""

import signal

import pytest

from tests.acceptance.conftest import Start
from tests.support.configurations import ENTRYPOINT, app, schedule
from tests.support.runs import run, runs, workflow
from tests.support.sandbox import Sandbox
from tests.support.terraform import Result, Workspace
from tests.support.ui import live, wait_for_requests

APP = "/api/service/v1/app"
SHORT = f'{ENTRYPOINT}\n  timeouts = {{ create = "6s" }}'
LATER = {"status": 503, "times": 1}


def stopped(workspace: Workspace, sandbox: Sandbox, path: str) -> Result:
    """Interrupt an apply with Ctrl-C in a terminal after its write arrived, and return its result."""
    with workspace.start("apply", "-auto-approve") as running:
        wait_for_requests(sandbox, 1, "POST", path)
        running.send(signal.SIGINT, group=True)
        return running.wait()


def test_a_create_is_found_after_a_stop_though_its_own_time_is_over(start: Start) -> None:
    """The search continues after timeouts.create and a temporary failure, and the workflow is in state, untainted."""
    sandbox, workspace = start(app(more=SHORT))
    sandbox.fault("POST", "/v1/app$", delay_ms=4000, status=504, made=True)
    sandbox.fault("GET", "/v1/app$", delay_ms=3000, **LATER)
    result = stopped(workspace, sandbox, APP)
    assert "was found after a lost answer" in result.output
    assert [workspace.values("atlan_app.crawler")["slug"]] == [each["slug"] for each in live(sandbox)]
    assert [] == workspace.tainted()
    assert {} == workspace.plan_changes()


def test_a_schedule_is_found_after_a_stop(start: Start) -> None:
    """If the service lists schedules, the one trigger is in state."""
    sandbox, workspace = start(app(), surface_schedules=True)
    workspace.apply().ok()
    slug = workspace.values("atlan_app.crawler")["slug"]
    workspace.write(app() + schedule())
    sandbox.fault("POST", "/schedule$", delay_ms=1500, status=504, made=True)
    # the fault starts after the plan, so that only the search fails
    with workspace.start("apply", "-auto-approve") as running:
        wait_for_requests(sandbox, 1, "POST", f"{APP}/{slug}/schedule")
        sandbox.fault("GET", f"/v1/app/{slug}$", **LATER)
        running.send(signal.SIGINT, group=True)
        result = running.wait()
    assert "was found after a lost answer" in result.output
    (trigger,) = live(sandbox)[0]["schedules"]
    assert trigger["trigger_id"] == workspace.values("atlan_app_schedule.daily")["trigger_id"]
    assert {} == workspace.plan_changes()


@pytest.mark.parametrize("latency_ms", [0, 300])
def test_a_run_is_named_after_a_stop(start: Start, latency_ms: int) -> None:
    """The error contains the import block of the active run. After the import, no run is submitted."""
    sandbox, workspace = start(latency_ms=latency_ms, run_seconds=3600)
    slug = workflow(sandbox)
    workspace.write(run(slug))
    sandbox.fault("POST", "/submit$", delay_ms=1500, status=504, made=True)
    result = stopped(workspace, sandbox, f"{APP}/{slug}/submit")
    (active,) = runs(sandbox)
    result.failed("is active, and this apply may have started it", f'id = "{active["run_id"]}"')
    workspace.write(f'import {{\n  to = atlan_app_run.now\n  id = "{active["run_id"]}"\n}}\n', "import.tf")
    sandbox.set_run(active["run_id"], "Succeeded")
    workspace.apply().ok()
    assert [active["run_id"]] == [each["run_id"] for each in runs(sandbox)]
