"""``data.atlan_app_run`` reads a run that was submitted elsewhere."""

import pytest

from tests.acceptance.conftest import Start
from tests.support.ui import create, submit

RUN = """
data "atlan_app_run" "it" {
  run_id = "%s"
}
"""
CHECKED = """
resource "atlan_app_run" "now" {
  slug                = "%s"
  wait_for_completion = false
}

check "run" {
  data "atlan_app_run" "now" { run_id = atlan_app_run.now.run_id }
  assert {
    condition     = data.atlan_app_run.now.is_success
    error_message = "The run is ${data.atlan_app_run.now.status}."
  }
}
"""


@pytest.mark.parametrize(
    ("status", "is_terminal", "is_success"),
    [("Paused", False, False), ("Succeeded", True, True), ("Failed", True, False)],
)
def test_a_run_shows_its_progress(start: Start, status: str, is_terminal: bool, is_success: bool) -> None:
    """The data source does not wait, and reports a failed run without an error."""
    sandbox, workspace = start()
    slug = create(sandbox, "bigquery prod")
    run_id = submit(sandbox, slug)
    sandbox.set_run(run_id, status)
    workspace.write(RUN % run_id)
    workspace.apply().ok()
    found = workspace.values("data.atlan_app_run.it")
    assert found.pop("started_at") is not None
    told = {"status": status, "is_terminal": is_terminal, "is_success": is_success}
    assert {"run_id": run_id, "slug": slug, **told} == found


def test_an_unknown_run_is_reported_on_its_attribute(start: Start) -> None:
    """The error shows the line of the configuration, and a possible cause."""
    _, workspace = start(RUN % "no-such-run")
    workspace.plan().failed("There is no run no-such-run", 'run_id = "no-such-run"', "no longer knows it")


def test_a_check_watches_a_run(start: Start) -> None:
    """A failed run is a warning in each plan until the run succeeds, and no apply fails."""
    sandbox, workspace = start()
    slug = create(sandbox, "bigquery prod")
    workspace.write(CHECKED % slug)
    assert "Check block assertion failed" in workspace.apply().ok().output
    run_id = workspace.values("atlan_app_run.now")["run_id"]
    sandbox.set_run(run_id, "Failed")
    assert "The run is Failed." in workspace.plan().ok().output
    sandbox.set_run(run_id, "Succeeded")
    assert "The run is" not in workspace.plan().ok().output
