"""Connections: minted, told by their names, and written as the service carries them."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from provider import connections
from provider.connectors import CONNECTORS
from scripts.generator import apps

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


def test_a_process_never_mints_a_qualified_name_twice() -> None:
    """Ten thousand from many threads, all different, all of the right form."""
    with ThreadPoolExecutor(32) as pool:
        minted = list(pool.map(connections.mint, ["bigquery"] * 10_000))
    assert 10_000 == len(set(minted))
    assert {"bigquery"} == {connections.connector_of(each) for each in minted}


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
    ],
)
def test_a_connector_is_named_told_or_known(connection: dict[str, Any], app_id: str, expected: str | None) -> None:
    """As configured, else by the qualified name, else by the app."""
    assert expected == connections.connector_for(connection, app_id)


def test_a_connection_travels_and_comes_back() -> None:
    """Configured attributes over stored ones, and lists in the order in which they were known."""
    wire = connections.to_wire(CONNECTION, {"rowLimit": 1, "name": "old"})
    assert {"typeName": "Connection", "attributes": {**ATTRIBUTES, "rowLimit": 1}} == wire
    reordered = {**ATTRIBUTES, "adminUsers": ["b", "a"]}
    assert CONNECTION == connections.from_wire(reordered, CONNECTION)
    assert ["b", "a"] == connections.from_wire(reordered)["admin_users"]


def test_stored_settings_leave_analytics_out() -> None:
    """What an entity has computed must not be echoed by a workflow."""
    stored = {**ATTRIBUTES, "popularityScore": 1.5, "rowLimit": 10, "queryTimeout": None}
    assert {**ATTRIBUTES, "rowLimit": 10} == connections.stored_settings(stored)
