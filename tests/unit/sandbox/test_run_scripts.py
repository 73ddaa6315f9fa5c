"""Runs that follow a script of the control plane, are lost by it, or are searched for in the index."""

from __future__ import annotations

from typing import Any

import pytest

from provider.sandbox.runs import INDEXED
from provider.sandbox.tenant import Tenant
from tests.unit.sandbox.conftest import OpenTenant
from tests.unit.sandbox.service import APP, Clock, Service, body

SEARCH = "/api/meta/search/indexsearch"
ACTIVE = ["Pending", "Running"]


def submit(service: Service, slug: str) -> dict[str, Any]:
    answer = service.call("POST", f"{APP}/{slug}/submit")
    assert 200 == answer.status, answer.text
    return answer.json


def read(service: Service, run_id: str) -> str:
    return service.call("GET", f"{APP}/runs/{run_id}").json["status"]


def search(prefix: str, /, *statuses: str, **change: Any) -> dict[str, Any]:
    """A search for runs as the SDK sends it."""
    clauses = {
        "state": {"term": {"__state": {"value": "ACTIVE", "case_insensitive": False}}},
        "type": {"term": {"__typeName.keyword": {"value": "AppWorkflowRun", "case_insensitive": False}}},
        "prefix": {"prefix": {"qualifiedName": {"value": prefix, "case_insensitive": False}}},
        "statuses": {"terms": {"appWorkflowRunStatus": list(statuses)}},
        **change,
    }
    query = {"bool": {"filter": [clause for clause in clauses.values() if clause]}}
    dsl = {"from": 0, "size": 1, "aggregations": {}, "track_total_hits": True, "query": query}
    return {"attributes": ["appWorkflowRunStatus"], "dsl": dsl}


def test_a_script_goes_on_by_one_status_at_each_read(service: Service) -> None:
    """The first is that of the submission, the last stays; the control plane's look does not count as a read."""
    service.sandbox.expect_run("Pending", "Paused", "Running", "Skipped")
    run = submit(service, service.slug())
    service.sandbox.workflows()
    assert ["Pending", "Paused", "Running", "Skipped", "Skipped"] == [
        run["status"],
        *(read(service, run["run_id"]) for _ in range(4)),
    ]


def test_each_script_is_that_of_one_run(service: Service) -> None:
    """In the order they were given, whichever workflow is run."""
    slug = service.slug()
    service.sandbox.expect_run("Failed")
    service.sandbox.expect_run("Stopped")
    assert ["Failed", "Stopped", "Pending"] == [submit(service, slug)["status"] for _ in range(3)]


def test_a_cancel_ends_a_script(service: Service) -> None:
    """What was stopped stays stopped."""
    service.sandbox.expect_run("Running", "Succeeded")
    run_id = submit(service, service.slug())["run_id"]
    assert service.call("POST", f"{APP}/runs/{run_id}/cancel").json["cancelled"]
    assert "Stopped" == read(service, run_id)


def test_a_reset_forgets_scripts(service: Service) -> None:
    """The next test starts with nothing."""
    service.sandbox.expect_run("Failed")
    service.sandbox.reset()
    assert "Pending" == submit(service, service.slug())["status"]


@pytest.mark.parametrize("statuses", [None, [], "Failed", ["Nonsense"], [[]]])
def test_a_script_of_nonsense_is_refused(service: Service, statuses: Any) -> None:
    """A 400, and the next run is not scripted."""
    assert 400 == service.call("POST", "/_sandbox/runs", {"statuses": statuses}).status
    assert "Pending" == submit(service, service.slug())["status"]


def test_a_run_that_the_service_lost_is_not_found(service: Service) -> None:
    """By nobody: not by its id, not in the index, and another one may start."""
    slug = service.slug()
    run_id = submit(service, slug)["run_id"]
    service.sandbox.lose_run(run_id)
    assert 404 == service.call("GET", f"{APP}/runs/{run_id}").status
    assert 404 == service.call("DELETE", f"/_sandbox/runs/{run_id}").status
    assert 0 == service.call("POST", SEARCH, search(f"{INDEXED}{slug}/", *ACTIVE)).json["approximateCount"]
    submit(service, slug)


def test_the_index_tells_of_a_workflows_runs_by_their_status(service: Service) -> None:
    """With the attributes that were asked for, and the two that every result has."""
    slug = service.slug()
    run_id = submit(service, slug)["run_id"]
    answer = service.call("POST", SEARCH, search(f"{INDEXED}{slug}/", *ACTIVE)).json
    (entity,) = answer["entities"]
    attributes = {"qualifiedName": f"{INDEXED}{slug}/{run_id}", "name": run_id, "appWorkflowRunStatus": "Pending"}
    assert ("AppWorkflowRun", "ACTIVE", attributes) == (entity["typeName"], entity["status"], entity["attributes"])
    assert "entities" not in service.call("POST", SEARCH, search(f"{INDEXED}{slug}/", "Paused")).json
    for prefix in (f"{INDEXED}other/", f"other/{slug}/", slug):
        assert "entities" not in service.call("POST", SEARCH, search(prefix, *ACTIVE)).json


@pytest.mark.parametrize(
    "change",
    [
        {"state": None},
        {"statuses": None},
        {"state": {"term": {"__state": {"value": "DELETED"}}}},
        {"prefix": {"term": {"qualifiedName": {"value": "a"}}}},
        {"statuses": {"terms": {"appWorkflowRunStatus": "Running"}}},
        {"more": {"term": {"__guid": {"value": "g"}}}},
    ],
)
def test_any_other_search_for_runs_is_refused(service: Service, change: dict[str, Any]) -> None:
    """A 400 that says what is searched for here."""
    answer = service.call("POST", SEARCH, search("p/", *ACTIVE, **change))
    assert 400 == answer.status
    assert "a workflow's runs by status" in answer.json["message"]


def _indexed(tenant: Tenant, slug: str, *statuses: str) -> list[str]:
    lag = tenant.parts.options.index_lag_seconds
    found = tenant.parts.runs.indexed(f"{INDEXED}{slug}/", list(statuses), lag)
    return [entity["attributes"]["appWorkflowRunStatus"] for entity in found]


def test_the_index_lags_behind(open_tenant: OpenTenant, clock: Clock) -> None:
    """It tells the status that a run had so many seconds ago, by time or by command, and none before it was there."""
    tenant = open_tenant(run_seconds=100, index_lag_seconds=3)
    made = tenant.workflows.create(body(), "some-admin")
    slug, run_id = made["slug"], made["run_id"]
    every = ("Pending", "Running", "Paused", "Succeeded")
    seen = []
    for seconds, status in ((2, None), (1, None), (18, None), (3, "Paused"), (2, "Succeeded"), (1, None), (2, None)):
        clock.advance(seconds)
        seen.append(_indexed(tenant, slug, *every))
        if status:
            tenant.workflows.set_run(run_id, status)
    assert [[], ["Pending"], ["Pending"], ["Running"], ["Running"], ["Paused"], ["Succeeded"]] == seen
