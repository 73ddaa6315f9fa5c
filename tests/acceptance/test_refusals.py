"""Refusals of the service: a 404 that proves nothing, a new slug that is not visible yet, an app that is starting."""

from typing import Any

import pytest

from tests.acceptance.conftest import Start
from tests.support.configurations import app, schedule
from tests.support.sandbox import Sandbox
from tests.support.terraform import Result, Workspace
from tests.support.ui import archive, live

RUN = """
resource "atlan_app_run" "now" {
  slug                = atlan_app.crawler.slug
  wait_for_completion = false
}
"""
CREDENTIAL = """
resource "atlan_credential" "it" {
  name                  = "it"
  auth_type             = "basic"
  connector_config_name = "atlan-connectors-postgres"
  password_wo           = "not-a-real-password"
  secret_wo_version     = 1
}
"""
ALL = app() + app("alone", "alone") + schedule() + RUN + CREDENTIAL
ADDRESSES = {"atlan_app.crawler", "atlan_app.alone", "atlan_app_schedule.daily", "atlan_app_run.now"}
ADDRESSES |= {"atlan_credential.it"}
GATEWAY = {
    "a page": "<html>not found</html>",
    "nothing": "",
    "JSON without a message": {"error": "Not Found", "status": 404},
    "JSON without anything": {},
}
MESSAGE = {"message": "no Route matched with those values"}


def fail(sandbox: Sandbox, status: int, body: Any, *methods: str) -> None:
    """Answer every request about one object with this status."""
    for method in methods:
        for path in ("/v1/app/", "/service/credentials/"):
            sandbox.fault(method, path, times=1000, status=status, body=body)


def failed(result: Result) -> set[str]:
    """Return the addresses of the resources with an error."""
    assert 1 == result.returncode
    planned = {each.get("address") for each in result.diagnostics if each["severity"] == "error"}
    applied = {each["hook"]["resource"]["addr"] for each in result.events if each["type"] == "apply_errored"}
    return applied or planned


def destroy(workspace: Workspace) -> Result:
    return workspace.destroy("-json", "-refresh=false")


def assert_nothing_lost(sandbox: Sandbox, workspace: Workspace) -> None:
    sandbox.clear_faults()
    assert (ADDRESSES, {}) == (set(workspace.resources()), workspace.plan_changes())
    (workflow,) = [each for each in live(sandbox) if each["name"] != "alone"]
    assert ["Pending"] == [each["status"] for each in workflow["runs"]]
    assert (1, 1) == (len(workflow["schedules"]), len([each for each in sandbox.credentials() if not each["archived"]]))
    assert 2 == len(live(sandbox))


def text(output: str) -> str:
    return " ".join(output.split())


@pytest.fixture
def everything(start: Start) -> tuple[Sandbox, Workspace]:
    """All resources. The schedule and the run do not refer to the workflow, so a refresh reads them on their own."""
    sandbox, workspace = start(ALL, run_seconds=3600)
    workspace.apply().ok()
    workspace.write(ALL.replace("atlan_app.crawler.slug", f'"{workspace.values("atlan_app.crawler")["slug"]}"'))
    workspace.apply().ok()
    return sandbox, workspace


@pytest.mark.parametrize("body", GATEWAY)
def test_a_gateways_404_removes_nothing(body: str, everything: tuple[Sandbox, Workspace]) -> None:
    """For each resource, a refresh and a destroy are errors, and everything stays in state and on the tenant."""
    sandbox, workspace = everything
    fail(sandbox, 404, GATEWAY[body], "GET", "POST", "DELETE")
    plan = workspace.plan("-json")
    assert ADDRESSES == failed(plan)
    assert {"The answer did not come from the service"} == {each["summary"] for each in plan.diagnostics}
    assert ADDRESSES == failed(destroy(workspace))
    assert_nothing_lost(sandbox, workspace)


def test_a_404_without_a_code_removes_nothing_that_exists(everything: tuple[Sandbox, Workspace]) -> None:
    """For each resource, everything stays in state. A workflow that the list contains does not even fail the plan."""
    sandbox, workspace = everything
    fail(sandbox, 404, MESSAGE, "GET", "POST", "DELETE")
    plan = workspace.plan("-json")
    assert {"atlan_app_run.now", "atlan_credential.it"} == failed(plan)
    kept = {each["address"] for each in plan.diagnostics if each["summary"].endswith("keeps its state")}
    assert {"atlan_app.crawler", "atlan_app.alone", "atlan_app_schedule.daily"} == kept
    destroyed = destroy(workspace)
    assert ADDRESSES == failed(destroyed)
    advice = [each["detail"] for each in destroyed.diagnostics if each["severity"] == "error"]
    assert all("terraform state rm" in each for each in advice), advice
    assert_nothing_lost(sandbox, workspace)


def test_a_404_without_a_code_is_an_error_if_the_list_fails_too(start: Start) -> None:
    """Nothing says whether the workflow exists, so it stays in state."""
    sandbox, workspace = start(app())
    workspace.apply().ok()
    sandbox.fault("GET", "/v1/app/", times=1000, status=404, body=MESSAGE)
    sandbox.fault("GET", "/v1/app$", times=1000, status=500)
    workspace.plan().failed("the object may exist", "the list of workflows could not be read", "terraform state rm")
    sandbox.clear_faults()
    assert {} == workspace.plan_changes()


def test_a_tenant_without_codes_works(start: Start) -> None:
    """An archived workflow is planned again, an app without a contract is an error, and a destroy succeeds."""
    sandbox, workspace = start(app() + schedule(), not_found_code=False)
    workspace.apply().ok()
    assert {} == workspace.plan_changes()
    archive(sandbox, live(sandbox)[0]["slug"])
    assert {"atlan_app.crawler": ["create"], "atlan_app_schedule.daily": ["create"]} == workspace.plan_changes()
    assert "is gone" in workspace.apply().ok().output
    archive(sandbox, live(sandbox)[0]["slug"])
    workspace.destroy().ok()
    assert {} == workspace.resources()
    workspace.write(app().replace("bigquery-crawler", "big-query"))
    workspace.plan().failed("big-query has no input contract on this tenant")
    workspace.write('import {\n  to = atlan_app.crawler\n  id = "mistyped"\n}\n' + app())
    workspace.plan().failed("There is no workflow with the slug mistyped")


def test_a_destroy_of_a_workflow_that_is_archived_already_succeeds_without_codes(start: Start) -> None:
    """The workflow is archived after the plan. Its trigger and the workflow are gone, which the list proves."""
    sandbox, workspace = start(app() + schedule(), not_found_code=False)
    workspace.apply().ok()
    workspace.plan("-destroy", "-out=destroy.tfplan").ok()
    archive(sandbox, live(sandbox)[0]["slug"])
    workspace.apply("destroy.tfplan").ok()
    assert {} == workspace.resources()


@pytest.mark.parametrize("surface_schedules", [True, False])
def test_a_slug_that_is_not_visible_at_once_makes_no_difference(start: Start, surface_schedules: bool) -> None:
    """The read, the schedule and the run of the same apply wait for it. Each is made once, and nothing is warned."""
    sandbox, workspace = start(
        app() + schedule() + RUN, fresh_slug_seconds=2, surface_schedules=surface_schedules, run_seconds=3600
    )
    result = workspace.apply().ok()
    assert "Warning" not in result.output
    (workflow,) = live(sandbox)
    assert (1, 1) == (len(workflow["schedules"]), len(workflow["runs"]))
    assert {} == workspace.plan_changes()
    assert workspace.values("atlan_app.crawler")["owner"] is not None


def test_a_workflow_that_stays_invisible_is_not_lost(start: Start) -> None:
    """After the create, a plan keeps it even if the list lacks it. A destroy waits until the service archives it."""
    sandbox, workspace = start(app(), fresh_slug_seconds=18)
    sandbox.lag()
    assert "The owner and credential of" in workspace.apply().ok().output
    plan = workspace.plan("-detailed-exitcode").ok()
    assert "could not be read and keeps its state" in text(plan.output)
    assert "may not be visible yet" in text(plan.output)
    workspace.destroy().ok()
    assert ([], {}) == (live(sandbox), workspace.resources())


def test_one_404_with_a_code_right_after_a_publish_removes_nothing(start: Start) -> None:
    """The workflow was found once. The list contains it, so it stays in state."""
    sandbox, workspace = start(app())
    workspace.apply().ok()
    body = {"code": 404, "message": "no such workflow"}
    sandbox.fault("GET", "/v1/app/[^/]+$", times=1, status=404, body=body)
    assert "could not be read and keeps its state" in text(workspace.plan("-detailed-exitcode").ok().output)


def test_a_starting_app_is_waited_for_in_reads(start: Start) -> None:
    """The contract is read again, so the create finds a started app."""
    sandbox, workspace = start(app(), cold_app_requests=2)
    assert "Warning" not in workspace.apply().ok().output
    assert ["POST"] == [each["method"] for each in sandbox.requests() if each["method"] != "GET"]


def test_a_create_for_a_starting_app_is_sent_once(start: Start) -> None:
    """The error says that the app is not ready and that nothing was created, and the next apply creates it."""
    sandbox, workspace = start('provider "atlan" {\n  max_retries = 0\n}\n' + app(), cold_app_requests=3)
    workspace.apply().failed("bigquery-crawler is not ready", "So nothing was created.", "connection refused")
    assert 1 == len([each for each in sandbox.requests() if each["method"] == "POST"])
    workspace.apply().ok()
    assert 1 == len(live(sandbox))


CONFLICTS = {
    "without a code": {"message": "taken", "slug": "SLUG", "version": 7},
    "several, without a code": {"message": "taken", "slugs": ["SLUG", "other-AbC123"]},
    "with a code": {"code": 409, "message": "taken", "slug": "SLUG", "version": 7},
    "with a text for a code": {"errorCode": "AE-409", "errorMessage": "taken", "slugs": ["SLUG"]},
    "a message alone": {"message": "taken"},
}


@pytest.mark.parametrize("body", CONFLICTS)
def test_a_conflict_of_a_create_names_the_workflow(body: str, start: Start) -> None:
    """With and without a code, the error contains the slug, and no other workflow is created."""
    sandbox, workspace = start(app("other"))
    workspace.apply().ok()
    workspace.write(app("other") + app())
    slug = live(sandbox)[0]["slug"]
    answer = {key: slug if value == "SLUG" else value for key, value in CONFLICTS[body].items()}
    if "slugs" in answer:
        answer["slugs"] = [slug if each == "SLUG" else each for each in answer["slugs"]]
    sandbox.fault("POST", "/v1/app$", times=1, status=409, body=answer)
    workspace.apply().failed('The name "bigquery prod" is taken', slug)
    assert 1 == len(live(sandbox))


@pytest.mark.parametrize("body", [{"message": "in use"}, {"code": 409, "message": "in use"}], ids=["no code", "code"])
def test_a_conflict_of_a_destroy_keeps_each_object(body: Any, everything: tuple[Sandbox, Workspace]) -> None:
    """With and without a code."""
    sandbox, workspace = everything
    fail(sandbox, 409, body, "POST", "DELETE")
    destroyed = destroy(workspace)
    assert ADDRESSES == failed(destroyed)
    errors = {each["summary"] for each in destroyed.diagnostics if each["severity"] == "error"}
    assert {"The service reports a conflict"} == errors
    assert_nothing_lost(sandbox, workspace)
