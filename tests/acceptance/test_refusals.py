"""Refusals of the service: a 404 that proves nothing, a new slug that is not visible yet, an app that is starting."""

from typing import Any

import pytest

from tests.acceptance.conftest import Start
from tests.support.configurations import app, schedule
from tests.support.runs import RUN_OF_CRAWLER
from tests.support.sandbox import Sandbox
from tests.support.terraform import Result, Workspace
from tests.support.ui import archive, live

CREDENTIAL = """
resource "atlan_credential" "it" {
  name                  = "it"
  auth_type             = "basic"
  connector_config_name = "atlan-connectors-postgres"
  password_wo           = "not-a-real-password"
  secret_wo_version     = 1
}
"""
ALL = app() + app("alone", "alone") + schedule() + RUN_OF_CRAWLER + CREDENTIAL
ADDRESSES = {"atlan_app.crawler", "atlan_app.alone", "atlan_app_schedule.daily", "atlan_app_run.now"}
ADDRESSES |= {"atlan_credential.it"}
COLD = {"code": 500, "message": 'Get "http://app:8000/": dial tcp 10.0.0.7:8000: connect: connection refused'}
GATEWAY = {
    "a page": "<html>not found</html>",
    "nothing": "",
    "JSON without a message": {"error": "Not Found", "status": 404},
    "JSON without anything": {},
}
GONE = {"code": 404, "message": "no such workflow"}
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
    """All resources, two minutes old. The schedule and the run do not refer to the workflow, so they are read alone."""
    sandbox, workspace = start(ALL, run_seconds=3600)
    workspace.apply().ok()
    workspace.write(ALL.replace("atlan_app.crawler.slug", f'"{workspace.values("atlan_app.crawler")["slug"]}"'))
    workspace.apply().ok()
    workspace.age()
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
    """For each resource, everything stays in state. A workflow that the list contains does not even fail the plan.

    Only an object that may be gone has the advice to remove it from state.
    """
    sandbox, workspace = everything
    fail(sandbox, 404, MESSAGE, "GET", "POST", "DELETE")
    plan = workspace.plan("-json")
    assert {"atlan_app_run.now", "atlan_credential.it"} == failed(plan)
    kept = {each["address"] for each in plan.diagnostics if each["summary"].endswith("keeps its state")}
    assert {"atlan_app.crawler", "atlan_app.alone", "atlan_app_schedule.daily"} == kept
    destroyed = destroy(workspace)
    assert ADDRESSES == failed(destroyed)
    errors = [each["detail"] for each in destroyed.diagnostics if each["severity"] == "error"]
    in_list = ["the list of workflows contains" in each for each in errors]
    assert (3, [not each for each in in_list]) == (sum(in_list), ["terraform state rm" in each for each in errors])
    assert_nothing_lost(sandbox, workspace)


def test_a_404_without_a_code_is_an_error_if_the_list_fails_too(start: Start) -> None:
    """Nothing says whether the workflow exists, so it stays in state."""
    sandbox, workspace = start(app())
    workspace.apply().ok()
    workspace.age()
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
    workspace.age()
    archive(sandbox, live(sandbox)[0]["slug"])
    assert {"atlan_app.crawler": ["create"], "atlan_app_schedule.daily": ["create"]} == workspace.plan_changes()
    assert "is gone" in workspace.apply().ok().output
    workspace.age()
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
    workspace.age()
    workspace.plan("-destroy", "-out=destroy.tfplan").ok()
    archive(sandbox, live(sandbox)[0]["slug"])
    workspace.apply("destroy.tfplan").ok()
    assert {} == workspace.resources()


@pytest.mark.parametrize("surface_schedules", [True, False])
def test_a_slug_that_is_not_visible_at_once_makes_no_difference(start: Start, surface_schedules: bool) -> None:
    """The read, the schedule and the run of the same apply wait for it. Each is made once, and nothing is warned."""
    sandbox, workspace = start(
        app() + schedule() + RUN_OF_CRAWLER, fresh_slug_seconds=2, surface_schedules=surface_schedules, run_seconds=3600
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


@pytest.mark.parametrize("lags", [False, True], ids=["listed", "not listed"])
@pytest.mark.parametrize("body", [GONE, MESSAGE], ids=["code", "no code"])
def test_one_404_right_after_a_create_removes_nothing(start: Start, body: Any, lags: bool) -> None:
    """Requests have found the workflow. It stays in state, also if the list is late, and one apply changes nothing."""
    sandbox, workspace = start(app())
    sandbox.lag(lags=lags)
    workspace.apply().ok()
    assert workspace.values("atlan_app.crawler")["owner"] is not None
    sandbox.fault("GET", "/v1/app/[^/]+$", times=1, status=404, body=body)
    assert "could not be read and keeps its state" in text(workspace.plan("-detailed-exitcode").ok().output)
    sandbox.fault("GET", "/v1/app/[^/]+$", times=1, status=404, body=body)
    workspace.apply().ok()
    assert (1, {}) == (len(live(sandbox)), workspace.plan_changes())


def test_a_workflow_that_was_archived_elsewhere_is_gone_a_minute_after_its_create(start: Start) -> None:
    """Before, nothing proves it. Then, one 404 with a code is enough."""
    sandbox, workspace = start(app())
    workspace.apply().ok()
    archive(sandbox, live(sandbox)[0]["slug"])
    assert {} == workspace.plan_changes()
    workspace.age()
    assert {"atlan_app.crawler": ["create"]} == workspace.plan_changes()


def test_an_archived_workflow_is_gone_for_the_rest_of_the_apply(start: Start) -> None:
    """The workflow is new, and this apply archives it before it removes the schedule, which does not refer to it."""
    sandbox, workspace = start(app())
    workspace.apply().ok()
    slug = workspace.values("atlan_app.crawler")["slug"]
    literal = schedule().replace("atlan_app.crawler.slug", f'"{slug}"')
    workspace.write(app() + literal)
    workspace.apply().ok()
    workspace.write(literal)
    workspace.apply("-target=atlan_app.crawler").ok()
    workspace.write("")
    workspace.apply("-refresh=false").ok()
    assert ([], {}) == (live(sandbox), workspace.resources())


OPERATIONS = {
    "read for an update": ("GET", "/v1/app/[^/]+$", app(hidden_datasets=True)),
    "update": ("PUT", "/v1/app/[^/]+$", app(hidden_datasets=True)),
    "delete": ("DELETE", "/v1/app/[^/]+$", ""),
    "schedule": ("POST", "/schedule$", app() + schedule()),
    "submit": ("POST", "/submit$", app() + RUN_OF_CRAWLER),
}


@pytest.mark.parametrize("body", [GONE, MESSAGE], ids=["code", "no code"])
@pytest.mark.parametrize("name", OPERATIONS)
def test_a_request_is_sent_again_after_a_404_right_after_a_create(start: Start, name: str, body: Any) -> None:
    """In a later apply, too. The 404 did nothing, so everything exists once."""
    method, path, configuration = OPERATIONS[name]
    sandbox, workspace = start(app(), run_seconds=3600)
    workspace.apply().ok()
    workspace.write(configuration)
    workspace.plan("-out=it.tfplan").ok()
    sandbox.fault(method, path, times=1, status=404, body=body)
    result = workspace.apply("it.tfplan").ok()
    assert "404" not in result.output
    assert {} == workspace.plan_changes()
    assert (name != "delete") == bool(live(sandbox))
    for workflow in live(sandbox):
        assert (name == "schedule", name == "submit") == (len(workflow["schedules"]), len(workflow["runs"]))


@pytest.mark.parametrize("surface_schedules", [True, False])
def test_a_removal_of_a_schedule_is_sent_again_after_a_404_right_after_a_create(
    start: Start, surface_schedules: bool
) -> None:
    """The workflow is found afterwards, so the removal is tried again. The trigger is removed."""
    sandbox, workspace = start(app() + schedule(), surface_schedules=surface_schedules)
    workspace.apply().ok()
    workspace.write(app())
    sandbox.fault("DELETE", "/schedule/", times=1, status=404, body=GONE)
    workspace.apply().ok()
    assert [[]] == [each["schedules"] for each in live(sandbox)]


@pytest.mark.parametrize("name", ["schedule", "submit"])
def test_a_workflow_that_the_list_contains_is_not_called_missing(start: Start, name: str) -> None:
    """The requests are sent for some seconds. The error does not advise to remove anything from state."""
    method, path, configuration = OPERATIONS[name]
    sandbox, workspace = start(app())
    workspace.apply().ok()
    workspace.write(configuration)
    sandbox.fault(method, path, times=1000, status=404, body=GONE)
    result = workspace.apply().failed("the object may exist", "the list of workflows contains")
    assert "There is no workflow" not in result.output
    assert "terraform state rm" not in text(result.output)
    assert 1 < len([each for each in sandbox.requests() if each["status"] == 404]) < 20


def test_a_missing_app_description_is_not_a_missing_workflow(start: Start) -> None:
    """The service refuses the entrypoint of an update, and the app is not found: the error names the app."""
    sandbox, workspace = start(app())
    workspace.apply().ok()
    workspace.write(app(hidden_datasets=True))
    workspace.plan("-out=it.tfplan").ok()
    body = {"code": 1003, "message": "no contract there"}
    sandbox.fault("PUT", "/v1/app/", times=1, status=400, body=body)
    sandbox.fault("GET", "/v1/apps/[^/]+$", times=1, status=404, body=GONE)
    result = workspace.apply("it.tfplan").failed("There is no app bigquery-crawler")
    assert "no longer exists" not in result.output


def test_a_starting_app_is_waited_for_in_reads(start: Start) -> None:
    """The contract is read again, so the create finds a started app."""
    sandbox, workspace = start(app(), cold_app_requests=2)
    assert "Warning" not in workspace.apply().ok().output
    assert ["POST"] == [each["method"] for each in sandbox.writes()]


def test_a_create_for_a_starting_app_is_sent_once(start: Start) -> None:
    """The error says that the app is not ready and that nothing was created, and the next apply creates it."""
    sandbox, workspace = start('provider "atlan" {\n  max_retries = 0\n}\n' + app(), cold_app_requests=3)
    workspace.apply().failed("bigquery-crawler is not ready", "So no workflow was created.", "connection refused")
    assert 1 == len([each for each in sandbox.requests() if each["method"] == "POST"])
    workspace.apply().ok()
    assert 1 == len(live(sandbox))


def test_an_update_for_a_starting_app_says_what_it_published(start: Start) -> None:
    """Nothing was published, and the error does not say that the result is not known."""
    sandbox, workspace = start(app())
    workspace.apply().ok()
    version = workspace.values("atlan_app.crawler")["version"]
    workspace.write(app(hidden_datasets=True))
    workspace.plan("-out=it.tfplan").ok()
    sandbox.fault("PUT", "/v1/app/", times=1, status=500, body=COLD)
    result = workspace.apply("it.tfplan").failed(
        "bigquery-crawler is not ready",
        f"still has version {version}, so nothing was published.",
        "connection refused",
    )
    assert "is not known" not in text(result.output)
    workspace.apply().ok()
    assert 1 == len(live(sandbox))


@pytest.mark.parametrize("message", ["Post http://app:8000: connection refused", COLD["message"]])
def test_a_read_waits_for_a_starting_app_by_its_text(start: Start, message: str) -> None:
    """The text `connection refused` is enough for a read, which can be repeated without harm."""
    sandbox, workspace = start(app())
    sandbox.fault("GET", "/v1/apps/", times=2, status=500, body={"code": 500, "message": message})
    assert "Warning" not in workspace.apply().ok().output


def test_a_submit_to_a_starting_app_is_sent_once(start: Start) -> None:
    """The error says that no run was started, and the next apply starts it."""
    sandbox, workspace = start(app(), run_seconds=3600)
    workspace.apply().ok()
    workspace.write(app() + RUN_OF_CRAWLER)
    sandbox.refuse_as_not_ready()
    workspace.apply().failed("was not ready", "No run was started")
    workspace.apply().ok()
    assert [1] == [len(each["runs"]) for each in live(sandbox)]


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
