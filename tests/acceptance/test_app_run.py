"""The life of ``atlan_app_run``: submit, wait, replace, import."""

import pytest

from tests.acceptance.conftest import Start
from tests.support.configurations import app
from tests.support.runs import NOW, run, runs, sent, started, statuses, workflow

FOLLOWING = """
resource "atlan_app_run" "now" {
  slug     = atlan_app.crawler.slug
  triggers = { version = atlan_app.crawler.version }
}
"""
FAILURES = ["Failed", "Error", "Stopped", "Terminated", "Cancelled", "Skipped"]


def test_a_run_is_submitted_and_waited_for(start: Start) -> None:
    """One submit, the final status in state, a plan without requests, and a destroy that cancels nothing."""
    sandbox, workspace, slug = started(start, run_seconds=1)
    workspace.apply().ok()
    values = workspace.values(NOW)
    assert [{"run_id": values["run_id"], "status": "Succeeded"}] == runs(sandbox)
    assert (values["run_id"], slug, "Succeeded") == (values["id"], values["slug"], values["status"])
    assert values["started_at"]
    reads = sent(sandbox, "GET", values["run_id"])
    assert {} == workspace.plan_changes()
    assert reads == sent(sandbox, "GET", values["run_id"])
    workspace.destroy().ok()
    assert ["Succeeded"] == statuses(sandbox)
    assert (1, 0) == (sent(sandbox, "POST", "/submit"), sent(sandbox, "POST", "/cancel"))


def test_a_change_of_triggers_submits_a_new_run(start: Start) -> None:
    """A change that publishes the workflow runs it again, and a plan without changes does not."""
    sandbox, workspace = start(app() + FOLLOWING, run_seconds=0)
    workspace.apply().ok()
    first = workspace.values(NOW)["run_id"]
    assert {} == workspace.plan_changes()
    workspace.write(app(hidden_datasets=True) + FOLLOWING)
    assert {"atlan_app.crawler": ["update"], NOW: ["delete", "create"]} == workspace.plan_changes()
    workspace.apply().ok()
    assert [first, workspace.values(NOW)["run_id"]] == [each["run_id"] for each in runs(sandbox)]
    assert {} == workspace.plan_changes()


@pytest.mark.parametrize("status", ["Pending", "Running", "Paused"])
def test_a_run_is_waited_for_in_every_active_status(start: Start, status: str) -> None:
    """No active status ends the wait, and with TF_LOG=INFO each change of status is one line of the log."""
    sandbox, workspace, slug = started(start)
    before = "Running" if status == "Pending" else "Pending"
    sandbox.expect_run(before, status, status, "Succeeded")
    workspace.env |= {"TF_LOG": "INFO", "TF_LOG_PATH": str(workspace.directory / "log")}
    workspace.apply().ok()
    assert "Succeeded" == workspace.values(NOW)["status"]
    named = f"run {workspace.values(NOW)['run_id']} of {slug}: "
    lines = [line.partition(named)[2] for line in (workspace.directory / "log").read_text().splitlines()]
    told = [line.partition(":")[0].partition(",")[0] for line in lines if line]
    assert ["submitted", status, "Succeeded"] == told


@pytest.mark.parametrize("status", FAILURES)
def test_a_run_that_does_not_succeed_is_an_error_and_replaced(start: Start, status: str) -> None:
    """The error names run, slug and status. The run is tainted, and the next apply submits another one."""
    sandbox, workspace, slug = started(start, run_seconds=0)
    sandbox.expect_run("Pending", "Running", status)
    result = workspace.apply()
    values = workspace.values(NOW)
    result.failed(f"The run {values['run_id']} of {slug} ended as {status}")
    assert (status, [NOW]) == (values["status"], workspace.tainted())
    workspace.apply().ok()
    assert [status, "Succeeded"] == statuses(sandbox)
    assert 0 == sent(sandbox, "POST", "/cancel")


def test_a_run_that_is_not_waited_for_is_quiet(start: Start) -> None:
    """State contains the status of the submission, then that of each refresh.

    A failed run is neither a change nor an error.
    """
    sandbox, workspace, _ = started(start, "wait_for_completion = false")
    sandbox.expect_run("Pending", "Running", "Running", "Failed")
    workspace.apply().ok()
    assert "Pending" == workspace.values(NOW)["status"]
    assert {} == workspace.plan_changes()
    workspace.apply("-refresh-only").ok()
    assert "Running" == workspace.values(NOW)["status"]
    workspace.apply().ok()
    assert "Failed" == workspace.values(NOW)["status"]
    assert {} == workspace.plan_changes()
    assert 1 == sent(sandbox, "POST", "/submit")


def test_a_run_that_is_waited_for_later(start: Start) -> None:
    """A change to wait_for_completion = true waits for the active run and submits none."""
    sandbox, workspace, slug = started(start, "wait_for_completion = false")
    sandbox.expect_run("Pending", "Pending", "Running", "Succeeded")
    workspace.apply().ok()
    workspace.write(run(slug))
    workspace.apply().ok()
    assert ("Succeeded", 1) == (workspace.values(NOW)["status"], sent(sandbox, "POST", "/submit"))
    assert {} == workspace.plan_changes()


def test_a_failed_run_is_replaced_once_it_is_to_be_waited_for(start: Start) -> None:
    """A failed run is replaced when wait_for_completion becomes true."""
    sandbox, workspace, slug = started(start, "wait_for_completion = false", run_seconds=0)
    sandbox.expect_run("Failed")
    workspace.apply().ok()
    workspace.write(run(slug))
    assert {NOW: ["delete", "create"]} == workspace.plan_changes()
    workspace.apply().ok()
    assert ["Failed", "Succeeded"] == statuses(sandbox)


def test_runs_of_two_workflows_go_on_at_once(start: Start) -> None:
    """Each resource waits for its own run."""
    sandbox, workspace = start(run_seconds=1)
    slugs = [workflow(sandbox, f"bigquery {number}") for number in range(2)]
    workspace.write("".join(run(slug, label=f"run_{number}") for number, slug in enumerate(slugs)))
    workspace.apply().ok()
    assert ["Succeeded", "Succeeded"] == statuses(sandbox)


def test_a_run_is_imported_with_the_triggers_that_are_configured(start: Start) -> None:
    """An ended run plans no changes. Triggers that are added later are stored without a new run."""
    sandbox, workspace, slug = started(start, run_seconds=0)
    workspace.apply().ok()
    before = workspace.values(NOW)
    workspace.state("rm", NOW).ok()
    workspace.import_(NOW, before["run_id"]).ok()
    assert before == workspace.values(NOW)
    assert {} == workspace.plan_changes()
    workspace.write(run(slug, 'triggers = { version = "1" }'))
    assert {NOW: ["update"]} == workspace.plan_changes()
    workspace.apply().ok()
    assert {} == workspace.plan_changes()
    workspace.write(run(slug, 'triggers = { version = "2" }'))
    assert {NOW: ["delete", "create"]} == workspace.plan_changes()
    assert 1 == sent(sandbox, "POST", "/submit")


def test_an_import_block_writes_a_configuration_that_changes_nothing(start: Start) -> None:
    """The generated configuration is applied, and a plan has no changes."""
    sandbox, workspace, slug = started(start, run_seconds=0)
    answer = sandbox.call("POST", f"/api/service/v1/app/{slug}/submit")
    workspace.write(f'import {{\n  to = {NOW}\n  id = "{answer.json["run_id"]}"\n}}\n')
    workspace.plan("-generate-config-out=imported.tf").ok()
    workspace.apply().ok()
    assert {} == workspace.plan_changes()
    assert 1 == sent(sandbox, "POST", "/submit")


def test_an_import_of_a_failed_run_says_what_follows(start: Start) -> None:
    """The warning names the status. Without waiting, the next plan does not replace the run."""
    sandbox, workspace, slug = started(start)
    sandbox.expect_run("Failed")
    answer = sandbox.call("POST", f"/api/service/v1/app/{slug}/submit")
    result = workspace.import_(NOW, answer.json["run_id"]).ok()
    assert "ended as Failed" in result.text
    workspace.write(run(slug, "wait_for_completion = false"))
    assert {NOW: ["update"]} == workspace.plan_changes()


@pytest.mark.parametrize(
    ("import_id", "expected"),
    [
        ("not an id", '"not an id" is not an import id of atlan_app_run'),
        ("slug/run", '"slug/run" is not an import id of atlan_app_run'),
        ("no-such-run", "There is no run no-such-run"),
    ],
)
def test_an_import_id_without_an_object_is_an_error(start: Start, import_id: str, expected: str) -> None:
    """The error names the expected form of an id, or the run that does not exist."""
    _, workspace, _ = started(start)
    workspace.import_(NOW, import_id).failed(expected)


@pytest.mark.parametrize(
    ("slug", "more", "expected"),
    [
        ("", "", '"" is not usable as slug'),
        ("a/b", "", '"a/b" is not usable as slug'),
        ("a", 'timeouts = { create = "soon" }', "timeouts.create is not valid"),
    ],
)
def test_a_configuration_that_cannot_work_is_refused_at_once(start: Start, slug: str, more: str, expected: str) -> None:
    """Validate reports the error and sends no request."""
    sandbox, workspace = start(run(slug, more))
    workspace.validate().failed(expected)
    assert [] == sandbox.requests()


def test_a_workflow_that_is_not_there_cannot_be_run(start: Start) -> None:
    """The error shows the line of the slug, and state stays empty."""
    _, workspace = start(run("no-such-workflow"))
    workspace.apply().failed("There is no workflow with the slug no-such-workflow", "slug = ")
    assert {} == workspace.resources()
