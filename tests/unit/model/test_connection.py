"""Connections: created, read by their names, and sent as the service carries them."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from provider.framework import Unknown
from provider.model import connection as connections
from provider.model.connectors import CONNECTORS
from scripts.lib.app_facts import apps

CONNECTION = {
    "name": "analytics",
    "qualified_name": "default/bigquery/1700000000",
    "connector_name": "bigquery",
    "admin_users": ["a", "b"],
    "admin_groups": [],
    "admin_roles": [],
}
ATTRIBUTES = {
    "name": "analytics",
    "qualifiedName": "default/bigquery/1700000000",
    "connectorName": "bigquery",
    "adminUsers": ["a", "b"],
    "adminGroups": [],
    "adminRoles": [],
}


def test_a_process_never_creates_a_qualified_name_twice() -> None:
    """Ten thousand from many threads, all different, all of the right form."""
    with ThreadPoolExecutor(32) as pool:
        names = list(pool.map(connections.new_qualified_name, ["bigquery"] * 10_000))
    assert 10_000 == len(set(names))
    assert {"bigquery"} == {connections.connector_of(each) for each in names}


def test_the_connector_of_every_known_app_is_known() -> None:
    """All 38 apps."""
    assert {each.app_id: each.connector_name for each in apps.load()} == CONNECTORS


@pytest.mark.parametrize(
    ("connection", "app_id", "expected"),
    [
        ({"connector_name": "named", "qualified_name": "default/told/1"}, "bigquery-crawler", "named"),
        ({"connector_name": None, "qualified_name": "default/told/1"}, "bigquery-crawler", "told"),
        ({"connector_name": None, "qualified_name": None}, "bigquery-crawler", "bigquery"),
        ({"connector_name": None, "qualified_name": None}, "my-own-app", None),
        ({"connector_name": None, "qualified_name": Unknown}, "bigquery-crawler", Unknown),
        ({"connector_name": "named", "qualified_name": Unknown}, "bigquery-crawler", "named"),
    ],
)
def test_a_connector_is_configured_or_read_from_the_qualified_name_or_the_app(
    connection: dict[str, Any], app_id: str, expected: Any
) -> None:
    """As configured, else by the qualified name, else by the app."""
    assert expected == connections.connector_for(connection, app_id)


def test_a_connection_is_the_same_after_it_is_sent_and_read() -> None:
    """Configured attributes over stored ones, and lists in the order in which they were known."""
    wire = connections.to_wire(CONNECTION, {"rowLimit": 1, "name": "old"})
    assert {"typeName": "Connection", "attributes": {**ATTRIBUTES, "rowLimit": 1}} == wire
    reordered = {**ATTRIBUTES, "adminUsers": ["b", "a"]}
    assert CONNECTION == connections.from_wire(reordered, CONNECTION)
    assert ["b", "a"] == connections.from_wire(reordered)["admin_users"]


def test_stored_settings_leave_analytics_out() -> None:
    """A workflow must not send back what an entity has computed."""
    stored = {**ATTRIBUTES, "popularityScore": 1.5, "rowLimit": 10, "queryTimeout": None}
    assert {**ATTRIBUTES, "rowLimit": 10} == connections.stored_settings(stored)


def test_stored_settings_say_that_a_kind_of_admin_is_gone() -> None:
    """Where a workflow still carries it."""
    carried = {"adminGroups": ["left"], "rowLimit": 1}
    assert {"name": "a", "adminGroups": []} == connections.stored_settings({"name": "a"}, carried)


def test_a_missing_connector_is_read_from_the_qualified_name() -> None:
    """As another client may leave a workflow's connection."""
    told = {name: value for name, value in ATTRIBUTES.items() if name != "connectorName"}
    assert "bigquery" == connections.from_wire(told)["connector_name"]


@pytest.mark.parametrize(
    ("given", "path", "expected"),
    [
        ({"name": ""}, "name", "asset_connection.name is empty"),
        ({"name": " "}, "name", "asset_connection.name is empty"),
        ({"connector_name": ""}, "connector_name", '"" is not a connector'),
        ({"connector_name": "big/query"}, "connector_name", '"big/query" is not a connector'),
        (
            {"connector_name": "snowflake"},
            "connector_name",
            "default/bigquery/1700000000 is not a snowflake connection",
        ),
        ({"qualified_name": ""}, "qualified_name", '"" is not the qualified name of a connection'),
        ({"admin_users": [""]}, "admin_users", "asset_connection.admin_users contains an empty name"),
        ({"admin_groups": ["a", None]}, "admin_groups", "asset_connection.admin_groups contains an empty name"),
        ({"admin_roles": ["$admin"]}, "admin_roles", "asset_connection.admin_roles contains the name of a role"),
    ],
)
def test_what_cannot_be_of_a_connection_is_one_problem_on_its_attribute(
    given: dict[str, Any], path: str, expected: str
) -> None:
    """The connection exists, and each mistake is alone."""
    found = list(connections.check({**CONNECTION, **given}))
    assert [(expected, ["asset_connection", path])] == [(each.summary, each.path) for each in found]


@pytest.mark.parametrize(
    "given",
    [
        {},
        dict.fromkeys(CONNECTION, Unknown),
        {"qualified_name": Unknown, "connector_name": "snowflake"},
        {"admin_users": [Unknown], "admin_roles": ["some-role-guid"], "name": Unknown},
    ],
)
def test_correct_and_unknown_values_are_accepted(given: dict[str, Any]) -> None:
    """The rest is checked when it is known."""
    assert [] == list(connections.check({**CONNECTION, **given}))
