"""The search for the active runs of a workflow."""

from typing import Any

import pytest

from provider.client.api import AtlanApi
from provider.client.entities import RunEntity
from provider.client.errors import UnusableAnswer
from tests.support.http_server import Reply, ScriptedServer

SLUG = "bigquery-prod-AbC123"
PREFIX = f"default/apps/automation_engine/workflows/{SLUG}/"


def entity(qualified_name: Any = f"{PREFIX}r-1", status: Any = "Running") -> dict[str, Any]:
    attributes = {"qualifiedName": qualified_name, "name": "n", "appWorkflowRunStatus": status}
    return {"typeName": "AppWorkflowRun", "guid": "g-1", "status": "ACTIVE", "attributes": attributes}


def test_active_runs_are_searched_as_the_sdk_does(api: AtlanApi, server: ScriptedServer) -> None:
    """The query selects by state, type, prefix and status. It includes paused runs."""
    server.plays(Reply(body={"approximateCount": 1, "entities": [entity()]}))
    assert [RunEntity(qualified_name=f"{PREFIX}r-1", status="Running")] == api.find_active_runs(SLUG)
    (request,) = server.requests
    assert ("POST", "/api/meta/search/indexsearch") == (request.method, request.path)
    clauses = request.json()["dsl"]["query"]["bool"]["filter"]
    exact = {"case_insensitive": False}
    assert [
        {"term": {"__state": {"value": "ACTIVE", **exact}}},
        {"term": {"__typeName.keyword": {"value": "AppWorkflowRun", **exact}}},
        {"prefix": {"qualifiedName": {"value": PREFIX, **exact}}},
        {"terms": {"appWorkflowRunStatus": ["Pending", "Running", "Paused"]}},
    ] == clauses


def test_a_search_is_a_read_that_may_be_repeated(api: AtlanApi, server: ScriptedServer) -> None:
    """The search is a POST that changes nothing."""
    server.plays(Reply(502, "<html>"), Reply(act="drop"), Reply(body={"entities": [entity()]}))
    assert 1 == len(api.find_active_runs(SLUG))


@pytest.mark.parametrize("answer", [{"approximateCount": 0}, {"entities": None}, {"entities": []}])
def test_nothing_found_is_no_run(api: AtlanApi, server: ScriptedServer, answer: dict[str, Any]) -> None:
    """Without results, the answer has no entities."""
    server.plays(Reply(body=answer))
    assert [] == api.find_active_runs(SLUG)


def test_the_run_of_another_workflow_is_left_out(api: AtlanApi, server: ScriptedServer) -> None:
    """If the index returns runs of other workflows, they are left out."""
    server.plays(Reply(body={"entities": [entity("default/apps/automation_engine/workflows/other/r-2"), entity()]}))
    assert ["r-1"] == [run.last_segment for run in api.find_active_runs(SLUG)]


@pytest.mark.parametrize(
    "answer", [[], {"entities": {}}, {"entities": [entity(None)]}, {"entities": [entity(status=7)]}, {"entities": [7]}]
)
def test_an_answer_of_another_shape_is_told_so(api: AtlanApi, server: ScriptedServer, answer: Any) -> None:
    """Such an answer contains no runs."""
    server.plays(Reply(body=answer))
    with pytest.raises(UnusableAnswer):
        api.find_active_runs(SLUG)
