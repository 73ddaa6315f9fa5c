"""``atlan_app_run`` when the submit fails: refused, or without a usable response."""

import pytest

from tests.acceptance.conftest import Start
from tests.support.runs import NOW, run, runs, sent, started, statuses, workflow


@pytest.mark.parametrize("lag", [0, 2], ids=["index up to date", "index 2 s behind"])
def test_a_second_run_beside_an_active_one_is_refused_by_its_name(start: Start, lag: float) -> None:
    """Two resources run one workflow: one waits for its run, and the error of the other one names that run."""
    sandbox, workspace = start(run_seconds=6, index_lag_seconds=lag)
    slug = workflow(sandbox)
    workspace.write(run(slug) + run(slug, label="too"))
    result = workspace.apply()
    (only,) = runs(sandbox)
    result.failed(f"A run of {slug} is active already: {only['run_id']} (", "Apply again once it has ended", "import {")
    assert ["Succeeded"] == [each["values"]["status"] for each in workspace.resources().values()]
    assert [] == workspace.tainted()
    assert 2 == sent(sandbox, "POST", "/submit")
    workspace.apply().ok()
    assert ["Succeeded", "Succeeded"] == statuses(sandbox)


@pytest.mark.parametrize(
    "fault", [{"drop": "after"}, {"status": 502}, {"status": 200, "body": {}}], ids=["none", "502", "unusable"]
)
def test_a_submit_without_a_usable_answer_is_not_repeated(start: Start, fault: dict[str, object]) -> None:
    """The error names the active run with its import block, and the imported run is waited for."""
    sandbox, workspace, slug = started(start, run_seconds=600)
    if "drop" not in fault:
        sandbox.call("POST", f"/api/service/v1/app/{slug}/submit")
    sandbox.fault("POST", "/submit$", times=1, **fault)
    before = sent(sandbox, "POST", "/submit")
    result = workspace.apply()
    (only,) = runs(sandbox)
    result.failed(
        f"A run of {slug} is active, and this apply may have started it: {only['run_id']} (",
        "nothing was submitted again",
        f'id = "{only["run_id"]}"',
    )
    assert ({}, before + 1) == (workspace.resources(), sent(sandbox, "POST", "/submit"))
    workspace.write(f'import {{\n  to = {NOW}\n  id = "{only["run_id"]}"\n}}\n', "import.tf")
    sandbox.set_run(only["run_id"], "Succeeded")
    workspace.apply().ok()
    assert ("Succeeded", before + 1) == (workspace.values(NOW)["status"], sent(sandbox, "POST", "/submit"))


@pytest.mark.parametrize(
    ("fault", "expected"),
    [
        ({"drop": "before"}, "It is not known whether a run of {slug} was started"),
        ({"status": 500}, "The service failed to start a run of {slug}"),
    ],
)
def test_a_submit_without_a_visible_run_is_reported_as_uncertain(
    start: Start, fault: dict[str, object], expected: str
) -> None:
    """The index shows no run but may be late, so the error says that the outcome is unknown. No submit is repeated."""
    sandbox, workspace, slug = started(start, run_seconds=0)
    sandbox.fault("POST", "/submit$", times=1, **fault)
    workspace.apply().failed(expected.format(slug=slug), "The index shows no active run, but it is some seconds behind")
    assert ([], 1) == (runs(sandbox), sent(sandbox, "POST", "/submit"))
    workspace.apply().ok()
    assert ["Succeeded"] == statuses(sandbox)


def test_an_index_that_cannot_be_searched_is_reported(start: Start) -> None:
    """The error says that the search in the index failed, too."""
    sandbox, workspace, slug = started(start)
    sandbox.fault("POST", "/submit$", times=1, status=500)
    sandbox.fault("POST", "/indexsearch$", times=1, status=403)
    workspace.apply().failed(
        f"The service failed to start a run of {slug}", "The search for an active run in the index failed too."
    )


def test_a_refused_submit_is_reported_as_refused(start: Start) -> None:
    """After a 403 there can be no run, so the provider does not search for one."""
    sandbox, workspace, _ = started(start)
    sandbox.fault("POST", "/submit$", times=1, status=403)
    workspace.apply().failed("The API key has no permission for this")
    assert ({}, 0) == (workspace.resources(), sent(sandbox, "POST", "/indexsearch"))
