"""The index search: a connection by its qualified name, runs by their status, and no other search."""

from __future__ import annotations

from typing import Any

import pytest

from provider.sandbox.runs import INDEX_PREFIX
from provider.sandbox.search import search_index
from provider.sandbox.tenant import Tenant
from tests.support.sandbox_service import APP, QUALIFIED_NAME, Clock, Service, body
from tests.unit.sandbox.conftest import OpenTenant

SEARCH = "/api/meta/search/indexsearch"


def _term(field: str, value: Any, **more: Any) -> dict[str, Any]:
    return {"term": {field: {"value": value, "case_insensitive": False, **more}}}


NAME, TYPE = _term("qualifiedName", QUALIFIED_NAME), _term("__typeName.keyword", "Connection")


def _body(*terms: dict[str, Any], attributes: Any = ("name",), **dsl: Any) -> dict[str, Any]:
    """Return a search for a connection as the SDK sends it."""
    query = {"bool": {"filter": list(terms)}}
    common = {"from": 0, "size": 300, "aggregations": {}, "track_total_hits": True, "query": query}
    sort = [{"__guid": {"order": "asc"}}]
    metadata = {"saveSearchLog": False, "utmTags": ["project_sdk_python"]}
    return {"attributes": list(attributes), "dsl": {**common, "sort": sort, **dsl}, "requestMetadata": metadata}


@pytest.fixture
def known(service: Service) -> Service:
    """Return a tenant with a connection."""
    service.sandbox.make_connection(QUALIFIED_NAME, "Example", adminUsers=["some-admin"], rowLimit=7)
    return service


@pytest.mark.parametrize("terms", [(NAME, TYPE), (TYPE, NAME)])
def test_a_connection_is_found_with_the_named_attributes(known: Service, terms: tuple[Any, ...]) -> None:
    """The result has the named attributes and the two that every result has, and the guid of the metadata endpoint."""
    answer = known.call("POST", SEARCH, _body(*terms, attributes=["rowLimit", "category"]))
    entity = known.read_connection()
    assert entity is not None
    attributes = {"qualifiedName": QUALIFIED_NAME, "name": "Example", "rowLimit": 7}
    expected = {"searchType": "INDEX", "approximateCount": 1, "entities": [{**entity, "attributes": attributes}]}
    assert (200, expected) == (answer.status, answer.json)


def test_a_connection_that_does_not_exist_is_an_empty_result(known: Service) -> None:
    """A search without results has no entities. A workflow's connection is not found before its first run."""
    other = "default/bigquery/1"
    known.slug(inputs={"connection": {"typeName": "Connection", "attributes": {"qualifiedName": other}}})
    answer = known.call("POST", SEARCH, _body(_term("qualifiedName", other), TYPE))
    assert (200, {"searchType": "INDEX", "approximateCount": 0}) == (answer.status, answer.json)


@pytest.mark.parametrize("page", [{"from": 1}, {"size": 0}])
def test_an_empty_page_has_no_entities(known: Service, page: dict[str, int]) -> None:
    """The count is the number of all results, not only of this page."""
    answer = known.call("POST", SEARCH, _body(NAME, TYPE, **page))
    assert {"searchType": "INDEX", "approximateCount": 1} == answer.json


@pytest.mark.parametrize(
    "given",
    [
        {},
        _body(),
        _body(NAME),
        _body(TYPE),
        _body(NAME, NAME),
        _body(NAME, TYPE, TYPE),
        _body(NAME, _term("__typeName.keyword", "AppWorkflowRun")),
        _body(_term("qualifiedName", 7), TYPE),
        _body(_term("qualifiedName", QUALIFIED_NAME, case_insensitive=True), TYPE),
        _body({"prefix": {"qualifiedName": {"value": "default/"}}}, TYPE),
        _body(query={"match_all": {}}),
        _body(query={"bool": {"filter": [NAME, TYPE], "must_not": [NAME]}}),
        _body(NAME, TYPE, size=-1),
    ],
)
def test_any_other_search_is_refused(known: Service, given: dict[str, Any]) -> None:
    """Another search returns a 400 that names the supported ones."""
    answer = known.call("POST", SEARCH, given)
    assert 400 == answer.status
    assert "only for one Connection by its qualified name" in answer.json["message"]


STATE = _term("__state", "ACTIVE")


def test_all_active_connections_are_found(known: Service) -> None:
    """In the order of their guids, page by page. An archived connection is left out."""
    for number in range(5):
        known.sandbox.make_connection(f"default/glue/{number}", f"n{number}")
    archived = {"attributes": {"qualifiedName": "default/glue/0", "name": "n0"}, "status": "DELETED"}
    assert 200 == known.call("POST", "/_sandbox/connections", archived).status
    pages = [known.call("POST", SEARCH, _body(STATE, TYPE, size=3, **{"from": start})).json for start in (0, 3)]
    entities = [entity for page in pages for entity in page["entities"]]
    assert [5, 5] == [page["approximateCount"] for page in pages]
    names = {QUALIFIED_NAME, *(f"default/glue/{number}" for number in range(1, 5))}
    assert names == {each["attributes"]["qualifiedName"] for each in entities}
    assert sorted(each["guid"] for each in entities) == [each["guid"] for each in entities]


@pytest.mark.parametrize(
    "given",
    [
        _body(STATE, TYPE, sort=[{"name.keyword": {"order": "asc"}}]),
        _body(_term("__state", "DELETED"), TYPE),
        _body(STATE, _term("__typeName.keyword", "Table")),
        _body(STATE, TYPE, size=300, **{"from": 9_701}),
    ],
    ids=["another order", "another state", "another type", "too far"],
)
def test_another_search_for_connections_is_refused(known: Service, given: dict[str, Any]) -> None:
    """A search sees 10,000 results at most."""
    assert 400 == known.call("POST", SEARCH, given).status


def test_the_index_finds_a_new_connection_late(open_tenant: OpenTenant, clock: Clock) -> None:
    """A change of a connection does not hide it again."""
    tenant = open_tenant(index_lag_seconds=3)
    saved = {"attributes": {"qualifiedName": QUALIFIED_NAME, "name": "Example"}}
    tenant.stores.connections.save(saved)
    found = [search_index(tenant.stores, _body(STATE, TYPE))["approximateCount"]]
    clock.advance(3)
    tenant.stores.connections.save(saved)
    found.append(search_index(tenant.stores, _body(STATE, TYPE))["approximateCount"])
    assert [0, 1] == found


ACTIVE = ["Pending", "Running"]


def search(prefix: str, /, *statuses: str, **change: Any) -> dict[str, Any]:
    """Return a search for runs as the SDK sends it."""
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


def test_a_workflows_runs_are_found_by_their_status(service: Service) -> None:
    """The result has the named attributes and the two that every result has."""
    slug = service.slug()
    run_id = service.submit(slug)["run_id"]
    answer = service.call("POST", SEARCH, search(f"{INDEX_PREFIX}{slug}/", *ACTIVE)).json
    (entity,) = answer["entities"]
    attributes = {"qualifiedName": f"{INDEX_PREFIX}{slug}/{run_id}", "name": run_id, "appWorkflowRunStatus": "Pending"}
    assert ("AppWorkflowRun", "ACTIVE", attributes) == (entity["typeName"], entity["status"], entity["attributes"])
    assert "entities" not in service.call("POST", SEARCH, search(f"{INDEX_PREFIX}{slug}/", "Paused")).json
    for prefix in (f"{INDEX_PREFIX}other/", f"other/{slug}/", slug):
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
    """Another search for runs returns a 400 that names the supported ones."""
    answer = service.call("POST", SEARCH, search("p/", *ACTIVE, **change))
    assert 400 == answer.status
    assert "a workflow's runs by status" in answer.json["message"]


def _indexed(tenant: Tenant, slug: str, *statuses: str) -> list[str]:
    lag = tenant.stores.options.index_lag_seconds
    found = tenant.stores.runs.search(f"{INDEX_PREFIX}{slug}/", list(statuses), lag)
    return [entity["attributes"]["appWorkflowRunStatus"] for entity in found]


def test_the_index_lags_behind(open_tenant: OpenTenant, clock: Clock) -> None:
    """The search uses the statuses from some seconds ago, and does not find a run that is newer."""
    tenant = open_tenant(run_seconds=100, index_lag_seconds=3)
    made = tenant.workflows.create(body(), "some-admin")
    slug, run_id = made["slug"], made["run_id"]
    every = ("Pending", "Running", "Paused", "Succeeded")
    seen = []
    for seconds, status in ((2, None), (1, None), (18, None), (3, "Paused"), (2, "Succeeded"), (1, None), (2, None)):
        clock.advance(seconds)
        seen.append(_indexed(tenant, slug, *every))
        if status:
            tenant.workflows.set_run_status(run_id, status)
    assert [[], ["Pending"], ["Pending"], ["Running"], ["Running"], ["Paused"], ["Succeeded"]] == seen


def test_a_deleted_run_is_not_found(service: Service) -> None:
    """A deleted run is not found by its id or in the index, and another run can start."""
    slug = service.slug()
    run_id = service.submit(slug)["run_id"]
    service.sandbox.lose_run(run_id)
    assert 404 == service.call("GET", f"{APP}/runs/{run_id}").status
    assert 404 == service.call("DELETE", f"/_sandbox/runs/{run_id}").status
    assert 0 == service.call("POST", SEARCH, search(f"{INDEX_PREFIX}{slug}/", *ACTIVE)).json["approximateCount"]
    service.submit(slug)
