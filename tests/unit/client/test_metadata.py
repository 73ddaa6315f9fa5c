"""Roles and connections: the requests, the pages and the answers."""

import json
from typing import Any

import pytest

from provider.client.api import AtlanApi
from provider.client.entities import ConnectionEntity, Role
from provider.client.errors import NotFound, UnusableAnswer
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
    with pytest.raises(UnusableAnswer, match="its pages have no end"):
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


@pytest.mark.parametrize(
    ("attributes", "field", "value"),
    [
        ({}, "name", None),
        ({"name": ""}, "name", None),
        ({"name": 5}, "name", None),
        ({}, "connector_name", None),
        ({"qualifiedName": "odd"}, "connector_name", None),
        ({"qualifiedName": QUALIFIED_NAME}, "connector_name", "snowflake"),
        ({"qualifiedName": QUALIFIED_NAME, "connectorName": "custom"}, "connector_name", "custom"),
        ({"adminUsers": None}, "admin_users", []),
        ({"adminRoles": "r-1"}, "admin_roles", []),
        ({"adminGroups": ["a", None, 5]}, "admin_groups", ["a"]),
        ({"defaultCredentialGuid": ""}, "default_credential_guid", None),
    ],
    ids=str,
)
def test_an_attribute_that_is_not_there_or_none_is_told_as_such(
    attributes: dict[str, Any], field: str, value: Any
) -> None:
    """A value of another type counts as missing."""
    assert value == getattr(ConnectionEntity(attributes=attributes), field)


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ({"entity": None}, "the whole: "),
        ({"entity": {"guid": "g"}}, "attributes: Field required"),
        ({"entity": {"attributes": []}}, "attributes: Input should be a valid dictionary"),
        ({}, "attributes: Field required"),
        ({"entity": {"attributes": {"qualifiedName": "default/x/1"}}}, "it is about another connection"),
        ("<html>", "a page of HTML"),
    ],
    ids=str,
)
def test_what_is_no_connection_does_not_pass_for_one(
    body: Any, words: str, api: AtlanApi, server: ScriptedServer
) -> None:
    """Without its attributes, a run would rename the connection."""
    server.plays(Reply(body=body))
    with pytest.raises(UnusableAnswer, match=words):
        api.get_connection(QUALIFIED_NAME)


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
    with pytest.raises(UnusableAnswer, match="it is not the service's own 404"):
        api.get_connection(QUALIFIED_NAME)
