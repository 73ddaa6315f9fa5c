"""Roles and connections: what lies around the apps."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote

import pytest

from tests.unit.sandbox.service import APP, CONNECTION, CREDENTIAL, QUALIFIED_NAME, Service, connection, inputs

ROLES = "/api/service/roles"
STUB = {"typeName": "Connection", "attributes": {"qualifiedName": QUALIFIED_NAME}}


def _roles(service: Service, pattern: str, query: str = "limit=100") -> dict[str, Any]:
    name = quote(json.dumps({"name": {"$ilike": pattern}}))
    return service.call("GET", f"{ROLES}?{query}&filter={name}").json


@pytest.mark.parametrize(
    ("pattern", "names"),
    [
        ("$%", ["$admin", "$api-token-default-access", "$guest", "$member"]),
        ("$ADMIN", ["$admin"]),
        ("admin", []),
        ("%t", ["$guest", "default-roles-default"]),
    ],
)
def test_roles_are_filtered_by_name(service: Service, pattern: str, names: list[str]) -> None:
    """A percent sign stands for anything, case does not matter, and the whole name has to match."""
    page = _roles(service, pattern)
    assert names == [role["name"] for role in page["records"]]
    assert (5, len(names)) == (page["totalRecord"], page["filterRecord"])


def test_roles_come_in_pages(service: Service) -> None:
    """Limit and offset cut a page out; the order can be turned."""
    page = _roles(service, "$%", "limit=2&offset=1&sort=-name")
    assert (["$guest", "$api-token-default-access"], 4) == (
        [role["name"] for role in page["records"]],
        page["filterRecord"],
    )
    assert {"id", "name", "description", "level", "memberCount"} == page["records"][0].keys()


@pytest.mark.parametrize("query", ["filter=x", 'filter={"name":"$admin"}', "filter=[]", "limit=x", "sort=x"])
def test_a_query_for_roles_that_makes_no_sense_is_refused(service: Service, query: str) -> None:
    """Filters of another form, numbers that are none and unknown properties answer 400."""
    assert 400 == service.call("GET", f"{ROLES}?{quote(query, safe='=')}").status


def _connection(service: Service) -> dict[str, Any]:
    return service.call("GET", CONNECTION + QUALIFIED_NAME).json["entity"]


def test_a_named_connection_becomes_known(service: Service) -> None:
    """Publishing makes the connection an entity, with the credential that was vaulted with it."""
    slug = service.slug(inputs=inputs(credential=CREDENTIAL))
    entity = _connection(service)
    assert ("Connection", "ACTIVE") == (entity["typeName"], entity["status"])
    assert {
        "qualifiedName": QUALIFIED_NAME,
        "name": "Example",
        "connectorName": "bigquery",
        "adminUsers": ["some-admin"],
        "defaultCredentialGuid": service.args(slug)["credential_guid"],
    } == entity["attributes"]


def test_a_known_connection_is_overridden_and_keeps_its_identity(service: Service) -> None:
    """A later workflow lays its attributes over the stored ones, and needs no admin of its own."""
    service.slug()
    first = _connection(service)
    renamed = connection(name="Renamed", adminUsers=None)
    assert 200 == service.create("Other", app_id="bigquery-miner", inputs=inputs(connection=renamed)).status
    second = _connection(service)
    assert first["guid"] == second["guid"]
    assert {**first["attributes"], "name": "Renamed"} == second["attributes"]


def test_a_run_of_a_stub_renames_the_connection(service: Service) -> None:
    """A stub with no name is accepted, and its run turns the name into the qualified name's number."""
    service.slug()
    slug = service.slug("Miner", app_id="bigquery-miner", inputs=inputs(connection=STUB))
    assert "Example" == _connection(service)["attributes"]["name"]
    service.call("POST", f"{APP}/{slug}/submit")
    assert "1700000000" == _connection(service)["attributes"]["name"]


@pytest.mark.parametrize(
    ("path", "status"),
    [
        (CONNECTION + "default/bigquery/1", 404),
        (CONNECTION, 400),
        (CONNECTION.replace("/Connection", "/Table") + QUALIFIED_NAME, 404),
    ],
)
def test_an_unknown_entity_is_told_in_the_metadata_services_form(service: Service, path: str, status: int) -> None:
    """An entity that is not there answers with the metadata service's own keys."""
    answer = service.call("GET", path)
    assert status == answer.status
    if status == 404:
        assert {"errorCode", "errorMessage"} == answer.json.keys()
