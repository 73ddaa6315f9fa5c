"""``atlan_app`` when the service fails: no workflow is lost, created twice or tainted."""

from typing import Any

import pytest

from tests.acceptance.conftest import Start
from tests.support.configurations import app
from tests.support.ui import live, wait_for_workflows


@pytest.mark.parametrize(
    ("body", "headers"),
    [
        pytest.param("<html>not found</html>", {"Content-Type": "text/html"}, id="a gateway's page"),
        pytest.param({"unrelated": True}, {}, id="JSON that is not an error"),
        pytest.param("", {}, id="nothing"),
    ],
)
def test_a_404_that_is_not_the_services_own_removes_nothing(start: Start, body: Any, headers: dict[str, str]) -> None:
    """A wrong URL or a gateway must not remove a workflow from state."""
    sandbox, workspace = start(app())
    workspace.apply().ok()
    sandbox.fault(method="GET", path="/v1/app/", times=100, status=404, body=body, headers=headers)
    workspace.plan().failed("Error: The answer did not come from the service", "404")
    sandbox.clear_faults()
    assert {} == workspace.plan_changes()
    assert 1 == len(live(sandbox))


def test_the_object_of_a_create_with_a_lost_answer_is_adopted(start: Start) -> None:
    """The response to the create is lost: the provider finds the workflow by name, and stores it in state."""
    sandbox, workspace = start(app())
    sandbox.fault(method="POST", path="/v1/app$", times=1, drop="after")
    assert "was found after a lost answer" in workspace.apply().ok().output
    assert live(sandbox)[0]["slug"] == workspace.values("atlan_app.crawler")["slug"]
    assert [] == workspace.tainted()
    assert {} == workspace.plan_changes()


def test_a_lost_answer_whose_look_up_fails_too_says_so(start: Start) -> None:
    """The error says that the outcome is unknown, and the error of the next apply contains the slug."""
    sandbox, workspace = start(app())
    sandbox.fault(method="POST", path="/v1/app$", times=1, drop="after")
    sandbox.fault(method="GET", path="/v1/app$", times=1, status=500, body={"message": "not now"})
    workspace.apply().failed(
        'It is not known whether "bigquery prod" was created', "The search for the workflow failed, too."
    )
    workspace.apply().failed('The name "bigquery prod" is taken', live(sandbox)[0]["slug"])


def test_a_create_that_outlasts_its_timeout_says_so_and_the_next_apply_names_the_slug(start: Start) -> None:
    """The error says that the outcome is unknown. The next apply creates no second workflow, and names the slug."""
    sandbox, workspace = start(app(more='timeouts = { create = "1s" }'))
    sandbox.fault(method="POST", path="/v1/app$", times=1, delay_ms=3000)
    workspace.apply().failed('It is not known whether "bigquery prod" was created', "no answer in time")
    wait_for_workflows(sandbox, 1)
    workspace.apply().failed('The name "bigquery prod" is taken', live(sandbox)[0]["slug"])
    assert 1 == len(live(sandbox))


def test_a_failure_after_the_create_taints_nothing(start: Start) -> None:
    """A failure after the service returned the slug is a warning, and the next plan has no changes."""
    sandbox, workspace = start(app())
    sandbox.fault(method="GET", path="/v1/app/", times=1, status=500, body={"message": "no owner today"})
    result = workspace.apply().ok()
    assert "Warning: The owner and credential of" in result.output
    assert "no owner today" in result.text
    assert [] == workspace.tainted()
    assert {} == workspace.plan_changes()


def test_a_contract_that_cannot_be_read_is_asked_for_once_a_process_for_all_apps(start: Start) -> None:
    """The process of the plan and that of the apply try twice each, then warn, and all apps are created."""
    settings = 'provider "atlan" {\n  max_retries = 1\n}\n'
    sandbox, workspace = start(settings + "".join(app(f"crawler_{each}", f"bigquery {each}") for each in range(6)))
    sandbox.fault(method="GET", path="/inputs$", times=100, status=503, body={"message": "not now"})
    assert "could not be read" in workspace.apply().ok().output
    processes, tries = 2, 2
    assert processes * tries == len([each for each in sandbox.requests() if each["path"].endswith("/inputs")])
    assert 6 == len(live(sandbox))
