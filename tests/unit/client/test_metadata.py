"""Roles, connections and active runs: the requests, the pages and the answers."""

import json
from typing import Any

import pytest

from provider.client.api import AtlanApi
from provider.client.entities import Role, RunEntity
from provider.client.errors import NotFound, UnprovenNotFound, UnusableAnswer
from tests.support.http_server import Received, Reply, ScriptedServer

QUALIFIED_NAME = "default/snowflake/1700000000"
ATTRIBUTES = {
    "qualifiedName": QUALIFIED_NAME,
    "name": "größe & co",
    "connectorName": "snowflake",
    "adminUsers": ["some-admin"],
    "adminGroups": ["admins"],
    "adminRoles": ["r-1"],
    "defaultCredentialGuid": "c-1",
    "category": "warehouse",
}
ENTITY = {"typeName": "Connection", "guid": "g-1", "status": "ACTIVE", "attributes": ATTRIBUTES}


def role(number: int, name: str = "") -> dict[str, Any]:
    return {"id": f"r-{number}", "name": name or f"$role-{number}", "level": "workspace", "memberCount": "3"}


def page(records: list[dict[str, Any]], found: int | None = None) -> Reply:
    return Reply(body={"totalRecord": 1000, "filterRecord": found, "records": records})


def test_roles_are_asked_for_by_their_name(api: AtlanApi, server: ScriptedServer) -> None:
    """The filter is JSON in the query, as the service expects."""
    server.plays(page([{**role(1, "$admin"), "description": "All of it"}], 1))
    expected = Role(id="r-1", name="$admin", description="All of it", level="workspace", member_count=3)
    assert [expected] == api.list_roles("$%")
    (request,) = server.requests
    assert ("GET", "/api/service/roles") == (request.method, request.path)
    assert [("limit", "100"), ("filter", '{"name":{"$ilike":"$%"}}')] == request.query


def test_a_role_is_found_by_its_exact_name(api: AtlanApi, server: ScriptedServer) -> None:
    """The service ignores case and expands patterns. The client compares the exact name."""
    server.always = page([role(1, "$Admin"), role(2, "$admins"), role(3, "$admin")], 3)
    found = api.find_role("$admin")
    assert found is not None
    assert "r-3" == found.id
    assert {"name": {"$ilike": "$admin"}} == json.loads(dict(server.requests[0].query)["filter"])
    assert api.find_role("$ad_in") is None


def test_roles_are_read_from_every_page(api: AtlanApi, server: ScriptedServer) -> None:
    """Pages are read by offset until the filtered count is reached. A row that moved counts once."""
    server.plays(page([role(1), role(2)], 5), page([role(2), role(3)], 5), page([role(4)], 5))
    assert ["r-1", "r-2", "r-3", "r-4"] == [each.id for each in api.list_roles("$%")]
    assert [None, "2", "4"] == [dict(request.query).get("offset") for request in server.requests]


@pytest.mark.parametrize(
    ("pages", "rows"),
    [
        ([page([], 0)], 0),
        ([page([role(1)], 5), page([], 5)], 1),
        ([page([role(number) for number in range(100)]), page([role(100)])], 101),
        ([page([role(1)])], 1),
        ([Reply(body={"records": None})], 0),
    ],
    ids=["none", "fewer than were counted", "not counted", "not counted, one page", "null"],
)
def test_roles_end_where_nothing_more_comes(
    pages: list[Reply], rows: int, api: AtlanApi, server: ScriptedServer
) -> None:
    """The count may be wrong or missing."""
    server.plays(*pages)
    assert rows == len(api.list_roles())
    assert len(pages) == len(server.requests)


def test_roles_without_an_end_are_an_error(
    api: AtlanApi, server: ScriptedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Pages that never end are an error."""
    monkeypatch.setattr("provider.client.operations.MOST_PAGES", 7)
    server.always = page([role(1)], 10**9)
    with pytest.raises(UnusableAnswer, match="no last page of the list was found"):
        api.list_roles()
    assert 7 == len(server.requests)


def test_a_connection_is_read_with_all_its_attributes(api: AtlanApi, server: ScriptedServer) -> None:
    """The metadata service has its own path. Unknown attributes are kept."""
    server.plays(Reply(body={"referredEntities": {}, "entity": ENTITY}))
    found = api.get_connection(QUALIFIED_NAME)
    (request,) = server.requests
    assert ("GET", "/api/meta/entity/uniqueAttribute/type/Connection") == (request.method, request.path)
    assert [("attr:qualifiedName", QUALIFIED_NAME)] == request.query
    assert ATTRIBUTES == found.attributes
    assert ("g-1", "ACTIVE", QUALIFIED_NAME) == (found.guid, found.status, found.qualified_name)
    assert ("größe & co", "snowflake", "c-1") == (found.name, found.connector_name, found.default_credential_guid)
    assert (["some-admin"], ["admins"], ["r-1"]) == (found.admin_users, found.admin_groups, found.admin_roles)


def test_a_connection_that_does_not_exist_is_not_found(api: AtlanApi, server: ScriptedServer) -> None:
    """The metadata service writes its code as text. That is the service's own 404 too."""
    message = f"Instance Connection with unique attribute {{qualifiedName={QUALIFIED_NAME}}} does not exist"
    server.plays(Reply(404, {"errorCode": "ATLAS-404-00-009", "errorMessage": message}))
    with pytest.raises(NotFound) as raised:
        api.get_connection(QUALIFIED_NAME)
    assert ("ATLAS-404-00-009", message) == (raised.value.code, raised.value.message)


def test_a_gateways_404_is_not_the_metadata_services(api: AtlanApi, server: ScriptedServer) -> None:
    """A missing route does not mean that the connection is gone."""

    def gateway(request: Received) -> Reply:
        return Reply(404, {"message": f"no route for {request.path}"})

    server.always = gateway
    with pytest.raises(UnprovenNotFound, match="no route for"):
        api.get_connection(QUALIFIED_NAME)


SLUG = "bigquery-prod-AbC123"
PREFIX = f"default/apps/automation_engine/workflows/{SLUG}/"


def run_entity(qualified_name: Any = f"{PREFIX}r-1", status: Any = "Running") -> dict[str, Any]:
    attributes = {"qualifiedName": qualified_name, "name": "n", "appWorkflowRunStatus": status}
    return {"typeName": "AppWorkflowRun", "guid": "g-1", "status": "ACTIVE", "attributes": attributes}


def test_active_runs_are_searched_as_the_sdk_does(api: AtlanApi, server: ScriptedServer) -> None:
    """The query selects by state, type, prefix and status. It includes paused runs."""
    server.plays(Reply(body={"approximateCount": 1, "entities": [run_entity()]}))
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
    server.plays(Reply(502, "<html>"), Reply(act="drop"), Reply(body={"entities": [run_entity()]}))
    assert 1 == len(api.find_active_runs(SLUG))


@pytest.mark.parametrize("answer", [{"approximateCount": 0}, {"entities": None}, {"entities": []}])
def test_a_search_without_a_result_finds_no_run(api: AtlanApi, server: ScriptedServer, answer: dict[str, Any]) -> None:
    """Without results, the answer has no entities."""
    server.plays(Reply(body=answer))
    assert [] == api.find_active_runs(SLUG)


def test_the_run_of_another_workflow_is_left_out(api: AtlanApi, server: ScriptedServer) -> None:
    """If the index returns runs of other workflows, they are left out."""
    server.plays(
        Reply(body={"entities": [run_entity("default/apps/automation_engine/workflows/other/r-2"), run_entity()]})
    )
    assert ["r-1"] == [run.last_segment for run in api.find_active_runs(SLUG)]


@pytest.mark.parametrize(
    "answer",
    [[], {"entities": {}}, {"entities": [run_entity(None)]}, {"entities": [run_entity(status=7)]}, {"entities": [7]}],
)
def test_an_answer_of_another_shape_is_an_error(api: AtlanApi, server: ScriptedServer, answer: Any) -> None:
    """Such an answer contains no runs."""
    server.plays(Reply(body=answer))
    with pytest.raises(UnusableAnswer):
        api.find_active_runs(SLUG)


def connections(*numbers: int, **more: Any) -> dict[str, Any]:
    """Return a page of the index search with these connections."""
    attributes = [{"qualifiedName": f"default/bigquery/{number}", "name": f"n{number}"} for number in numbers]
    found = [{"typeName": "Connection", "guid": "g", "status": "ACTIVE", "attributes": each} for each in attributes]
    return {"searchType": "INDEX", **({"entities": found} if found else {}), **more}


def numbers(api: AtlanApi) -> list[int]:
    return [int((each.qualified_name or "").rpartition("/")[2]) for each in api.search_connections()]


def test_connections_are_searched_as_the_sdk_does(api: AtlanApi, server: ScriptedServer) -> None:
    """The query selects by state and type, and names the attributes that a plan needs."""
    server.plays(Reply(body=connections(1, approximateCount=1)))
    assert [1] == numbers(api)
    (request,) = server.requests
    assert ("POST", "/api/meta/search/indexsearch") == (request.method, request.path)
    exact = {"case_insensitive": False}
    clauses = [
        {"term": {"__state": {"value": "ACTIVE", **exact}}},
        {"term": {"__typeName.keyword": {"value": "Connection", **exact}}},
    ]
    dsl = {"from": 0, "size": 300, "query": {"bool": {"filter": clauses}}, "sort": [{"__guid": {"order": "asc"}}]}
    assert {"attributes": ["qualifiedName", "name", "connectorName"], "dsl": dsl} == request.json()


@pytest.mark.parametrize(
    ("pages", "expected"),
    [
        pytest.param([connections(approximateCount=0)], [], id="none"),
        pytest.param([connections(1, 2)], [1, 2], id="a short page without a count"),
        pytest.param([connections(*range(300)), connections(300)], [*range(301)], id="a full page without a count"),
        pytest.param(
            [connections(1, 2, approximateCount=3), connections(3, approximateCount=3)], [1, 2, 3], id="shorter pages"
        ),
        pytest.param(
            [connections(1, approximateCount=9), connections(approximateCount=9)], [1], id="a count that is too high"
        ),
    ],
)
def test_connections_are_read_from_every_page(
    api: AtlanApi, server: ScriptedServer, pages: list[Any], expected: list[int]
) -> None:
    """The next page starts after the rows that were read."""
    server.plays(*(Reply(body=each) for each in pages))
    assert expected == numbers(api)
    rows = [len(each.get("entities", [])) for each in pages]
    starts = [request.json()["dsl"]["from"] for request in server.requests]
    assert [sum(rows[:number]) for number in range(len(pages))] == starts


def test_a_search_for_connections_ends(api: AtlanApi, server: ScriptedServer) -> None:
    """An answer that never ends blocks no plan."""
    server.always = Reply(body=connections(1, approximateCount=1_000_000))
    assert 10 == len(numbers(api)) == len(server.requests)


def test_an_archived_connection_is_left_out(api: AtlanApi, server: ScriptedServer) -> None:
    """A search may ignore the state, because the index is late."""
    page = connections(1, 2)
    page["entities"][0]["status"] = "DELETED"
    server.plays(Reply(body=page))
    assert [2] == numbers(api)


@pytest.mark.parametrize("answer", [[], {"entities": {}}, {"entities": [{"guid": "g"}]}, {"approximateCount": "x"}])
def test_an_answer_without_connections_is_an_error(api: AtlanApi, server: ScriptedServer, answer: Any) -> None:
    """Nothing is known then."""
    server.plays(Reply(body=answer))
    with pytest.raises(UnusableAnswer):
        api.search_connections()
