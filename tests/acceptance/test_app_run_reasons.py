"""Why a run of ``atlan_app_run`` failed, and statuses that the provider does not know."""

import sys
from pathlib import Path

import pytest

from tests.acceptance.conftest import Start
from tests.support.attached import attached
from tests.support.configurations import schedule
from tests.support.named_credentials import app
from tests.support.runs import NOW, run, runs, sent, started, statuses
from tests.support.sandbox import Sandbox

READ = "native-status/"
MESSAGE = "access denied for the dataset analytics: the password a-secret-of-the-vault was refused"
SHOWN = "The node publish ended as Failed: access denied for the dataset *** the password *** was refused"


PROGRAM = """
import sys
from provider.resources.run import wait
from provider.__main__ import main
wait.UNKNOWN_STATUS_MINUTES = 0.01
sys.exit(main())
"""
IMPATIENT = (sys.executable, "-c", PROGRAM, "--debug")
"""A provider that waits less than a second for a status that is not known."""


def reads(sandbox: Sandbox) -> int:
    """Return the number of reads of the nodes of a run."""
    return len([each for each in sandbox.requests() if READ in each["path"]])


def test_a_failed_run_shows_its_node_and_what_cannot_be_secret(start: Start) -> None:
    """The message is read once. Values in it are hidden, because the apply does not know which of them are secret."""
    sandbox, workspace, slug = started(start, run_seconds=0, run_reasons=True)
    sandbox.expect_run("Running", "Failed")
    sandbox.expect_reason("publish", MESSAGE)
    result = workspace.apply()
    run_id = runs(sandbox)[0]["run_id"]
    result.failed(f"The run {run_id} of {slug} ended as Failed", SHOWN, "*** stands for names and values")
    assert "a-secret-of-the-vault" not in result.output
    assert 1 == reads(sandbox)


WORKFLOW = app(more='inputs_wo_version = 1\n  inputs_wo = { control_config = "swordfish" }')
RUN = run("${atlan_app.it.slug}", "triggers = { at = 1 }")
QUOTES = "the password version 1 of analytics and swordfish were refused"


def test_a_message_is_shown_whole_in_the_apply_that_sends_the_credential(start: Start) -> None:
    """Without the secrets that the apply has sent. A later apply does not know them, so it hides all values."""
    sandbox, workspace = start(WORKFLOW + RUN, run_seconds=0, run_reasons=True)
    sandbox.expect_run("Running", "Failed")
    sandbox.expect_reason("extract", QUOTES)
    result = workspace.apply()
    result.failed("The node extract ended as Failed: the password *** of analytics and *** were refused")
    assert "swordfish" not in result.output
    sandbox.expect_run("Running", "Failed")
    sandbox.expect_reason("extract", QUOTES)
    result = workspace.apply()
    result.failed("The node extract ended as Failed: the password version 1 of *** and *** were refused")
    assert "swordfish" not in result.output


@pytest.mark.parametrize(("path", "says"), [("/submit$", "bad input"), ("/schedule$", "bad input")])
def test_an_error_of_another_resource_quotes_no_secret_of_the_same_apply(start: Start, path: str, says: str) -> None:
    """The secrets stay redacted after the call that has sent them."""
    sandbox, workspace = start(WORKFLOW + RUN + schedule(app_label="it"))
    sandbox.fault("POST", path, status=400, body={"code": 400, "message": f"{says} swordfish"})
    result = workspace.apply()
    result.failed(f"{says} ***")
    assert "swordfish" not in result.output


def test_a_tenant_without_reasons_costs_one_request(start: Start) -> None:
    """The error is the same as without the request, which is not reported."""
    sandbox, workspace, _ = started(start, run_seconds=0)
    sandbox.expect_run("Running", "Failed")
    result = workspace.apply()
    result.failed(
        "ended as Failed", "The web UI shows the reason. The next apply replaces the failed run with a new run."
    )
    assert "native-status" not in result.output
    assert "node" not in result.output
    assert 1 == reads(sandbox)


@pytest.mark.parametrize("fault", [{"status": 404, "body": {"message": "no"}}, {"status": 500}, {"drop": "before"}])
def test_reasons_that_cannot_be_read_change_nothing(start: Start, fault: dict[str, object]) -> None:
    """Any failure of the read counts as a tenant without it."""
    sandbox, workspace, _ = started(start, run_seconds=0, run_reasons=True)
    sandbox.fault("GET", READ, times=10, **fault)
    sandbox.expect_run("Failed")
    result = workspace.apply()
    result.failed("ended as Failed", "The web UI shows the reason.")
    assert [NOW] == workspace.tainted()


def test_only_an_apply_that_waits_reads_reasons(start: Start) -> None:
    """No refresh, import, data source or apply that does not wait reads them."""
    sandbox, workspace, slug = started(start, "wait_for_completion = false", run_reasons=True)
    sandbox.expect_run("Pending", "Failed")
    workspace.apply().ok()
    workspace.apply("-refresh-only").ok()
    run_id = runs(sandbox)[0]["run_id"]
    workspace.write(f'{run(slug)}\ndata "atlan_app_run" "it" {{\n  run_id = "{run_id}"\n}}\n')
    workspace.plan().ok()
    workspace.run("state", "rm", NOW).ok()
    workspace.run("import", NOW, run_id).ok()
    assert (["Failed"], 0) == (statuses(sandbox), reads(sandbox))


def test_a_status_that_is_not_known_is_waited_for(start: Start) -> None:
    """A status that stays for less than ten minutes does not end the wait."""
    sandbox, workspace, _ = started(start, run_seconds=0)
    sandbox.expect_run("Queued", "Queued", "Succeeded", allow_unknown=True)
    workspace.apply().ok()
    assert "Succeeded" == workspace.values(NOW)["status"]


def test_a_status_that_stays_not_known_ends_the_wait_with_a_warning(start: Start, tmp_path: Path) -> None:
    """The run is in state and not tainted. The next apply waits for it again and submits none."""
    sandbox, workspace, slug = started(start, run_seconds=0)
    sandbox.expect_run("Archived", allow_unknown=True)
    with attached(workspace, tmp_path / "home", IMPATIENT):
        result = workspace.apply().ok()
    run_id = runs(sandbox)[0]["run_id"]
    said = result.text
    assert f"Warning: The run {run_id} of {slug} may have ended: its status is not known" in said
    assert (run_id, "Archived", []) == (
        *(workspace.values(NOW)[name] for name in ("run_id", "status")),
        workspace.tainted(),
    )
    assert {NOW: ["update"]} == workspace.plan_changes()
    sandbox.set_run(run_id, "Succeeded")
    workspace.apply().ok()
    assert ("Succeeded", 1) == (workspace.values(NOW)["status"], sent(sandbox, "POST", "/submit"))


def test_a_run_whose_status_is_not_known_can_be_destroyed(start: Start) -> None:
    """It may have ended, so the service may cancel nothing. A warning names the run."""
    sandbox, workspace, _ = started(start, "wait_for_completion = false")
    sandbox.expect_run("Archived", allow_unknown=True)
    workspace.apply().ok()
    result = workspace.destroy().ok()
    assert "may still be active" in result.output
    assert {} == workspace.resources()
