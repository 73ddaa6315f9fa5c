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
    ("second_submit", "expected"),
    [
        ("error", "The service failed to start a run of {slug}"),
        ("coded-error", "A run of {slug} is active already"),
        ("skipped", "of {slug} ended as Skipped"),
    ],
)
def test_a_second_submit_that_the_index_does_not_explain_is_reported(
    start: Start, second_submit: str, expected: str
) -> None:
    """The code of the engine makes the reason certain. A skipped run is in state, and the next apply replaces it."""
    sandbox, workspace, slug = started(start, run_seconds=3, index_lag_seconds=600, second_submit=second_submit)
    first = sandbox.call("POST", f"/api/service/v1/app/{slug}/submit").json["run_id"]
    result = workspace.apply()
    result.failed(expected.format(slug=slug))
    is_skipped = second_submit == "skipped"
    assert is_skipped == ("another run of the workflow is active, so this run did nothing" in result.text)
    assert (2, [NOW] if is_skipped else []) == (sent(sandbox, "POST", "/submit"), workspace.tainted())
    sandbox.set_run(first, "Succeeded")
    workspace.apply().ok()
    assert ["Succeeded", *(["Skipped"] if is_skipped else []), "Succeeded"] == statuses(sandbox)


@pytest.mark.parametrize("advice", [{}, {"retryable": True, "retry_after": 2}], ids=["no advice", "advice"])
def test_an_app_that_is_not_ready_is_reported_and_nothing_is_submitted_again(
    start: Start, advice: dict[str, object]
) -> None:
    """Even if the service says that a retry is possible. The next apply submits the run."""
    sandbox, workspace, slug = started(start, run_seconds=0)
    sandbox.refuse_as_not_ready(**advice)
    workspace.apply().failed(
        f"The app of {slug} was not ready",
        "No run was started, and nothing was submitted again.",
        "Apply again in 2 s." if advice else "Apply again.",
    )
    assert (1, 0, {}) == (
        sent(sandbox, "POST", "/submit"),
        sent(sandbox, "POST", "/indexsearch"),
        workspace.resources(),
    )
    workspace.apply().ok()
    assert ["Succeeded"] == statuses(sandbox)


@pytest.mark.parametrize(
    ("settings", "more", "is_answered"),
    [
        ("retry_timeout = 0", "", True),
        ("request_timeout = 30", "", True),
        ("request_timeout = 1", "", False),
        ("", 'timeouts = { create = "20s" }', True),
        ("", 'timeouts = { create = "1s" }', False),
    ],
)
def test_a_slow_submit_is_waited_for_unless_a_setting_limits_it(
    start: Start, settings: str, more: str, is_answered: bool
) -> None:
    """`retry_timeout` does not shorten the first attempt. If the time is over, the error names what limits it."""
    sandbox, workspace, slug = started(start, run_seconds=600, submit_seconds=1.5)
    if is_answered:
        sandbox.expect_run("Pending", "Succeeded")
    workspace.write(f'provider "atlan" {{\n  {settings}\n}}\n{run(slug, more)}')
    result = workspace.apply()
    if is_answered:
        result.ok()
    else:
        result.failed("ended without a usable answer", "request_timeout of the provider and timeouts.create limit it")
    assert (1, is_answered) == (sent(sandbox, "POST", "/submit"), NOW in workspace.resources())


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
