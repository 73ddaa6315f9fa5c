"""``atlan_app.connection``: minted, kept, referenced."""

from typing import Any

import pytest

from tests.acceptance.conftest import Start
from tests.acceptance.ui import live
from tests.support.sandbox import Sandbox

STORED = {
    "qualifiedName": "default/bigquery/1700000000",
    "connectorName": "bigquery",
    "name": "analytics",
    "adminUsers": ["admin"],
    "rowLimit": 10000,
    "defaultCredentialGuid": "11111111-2222-3333-4444-555555555555",
    "popularityScore": 1.5,
}


def app(connection: str, label: str = "it", app_id: str = "bigquery-crawler", more: str = "") -> str:
    return f"""
resource "atlan_app" "{label}" {{
  app_id     = "{app_id}"
  name       = "{label}"
  connection = {connection}
  {more}
}}
"""


NEW = '{ name = "analytics", admin_users = ["admin"] }'
REFERENCE = '{ qualified_name = "default/bigquery/1700000000" }'


def carried(sandbox: Sandbox) -> list[dict[str, Any]]:
    return [each["inputs"]["connection"]["attributes"] for each in live(sandbox)]


def make_connection(sandbox: Sandbox) -> None:
    assert 200 == sandbox.call("POST", "/_sandbox/connections", {"attributes": STORED}).status


def test_a_new_connection_is_minted_once_and_kept(start: Start) -> None:
    """Its connector is known for the app, its identity is minted, and an update keeps both."""
    sandbox, workspace = start(app(NEW))
    planned = workspace.plan_json()["resource_changes"][0]["change"]
    assert "bigquery" == planned["after"]["connection"]["connector_name"]
    assert True is planned["after_unknown"]["connection"]["qualified_name"]
    workspace.apply().ok()
    assert {} == workspace.plan_changes()
    first = workspace.values("atlan_app.it")["connection"]
    expected = {"qualifiedName": first["qualified_name"], "connectorName": "bigquery", "name": "analytics"}
    assert [{**expected, "adminUsers": ["admin"]}] == [
        {key: value for key, value in each.items() if value} for each in carried(sandbox)
    ]
    workspace.write(app('{ name = "renamed", admin_users = ["admin", "second"] }'))
    workspace.apply().ok()
    assert {} == workspace.plan_changes()
    second = workspace.values("atlan_app.it")["connection"]
    assert (first["qualified_name"], "renamed") == (second["qualified_name"], second["name"])


def test_fifty_apps_of_one_connector_have_fifty_connections(start: Start) -> None:
    """Minted at once, by many threads, within a second."""
    sandbox, workspace = start("".join(app(NEW, f"app_{number}") for number in range(50)))
    workspace.apply("-parallelism=50").ok()
    assert 50 == len({each["qualifiedName"] for each in carried(sandbox)})


def test_a_miner_carries_the_stored_connection_and_its_credential(start: Start) -> None:
    """The name and settings go along, analytics do not, and the credential rides on the connection."""
    sandbox, workspace = start(app(REFERENCE, app_id="bigquery-miner"))
    make_connection(sandbox)
    workspace.apply().ok()
    stored = live(sandbox)[0]["inputs"]
    attributes = stored["connection"]["attributes"]
    assert {key: value for key, value in STORED.items() if key != "popularityScore"} == attributes
    assert "" == stored["credential_guid"]
    values = workspace.values("atlan_app.it")
    assert STORED["defaultCredentialGuid"] == values["credential_guid"]
    assert ("analytics", ["admin"]) == (values["connection"]["name"], values["connection"]["admin_users"])
    assert {} == workspace.plan_changes()


def test_a_reference_with_attributes_overrides_those(start: Start) -> None:
    """It keeps the identity and the rest."""
    sandbox, workspace = start(app(REFERENCE.replace("}", ', name = "mine" }')))
    make_connection(sandbox)
    workspace.apply().ok()
    attributes = carried(sandbox)[0]
    assert ("mine", 10000) == (attributes["name"], attributes["rowLimit"])
    assert {} == workspace.plan_changes()


def test_a_reference_that_cannot_be_read_stops_the_apply(start: Start) -> None:
    """A run of a stub would rename the connection, so nothing is published."""
    sandbox, workspace = start(app(REFERENCE))
    workspace.apply().failed("The connection default/bigquery/1700000000 could not be read", "qualified_name")
    assert [] == live(sandbox)


def test_moving_from_a_raw_input_to_the_attribute_keeps_the_connection(start: Start) -> None:
    """The same identity, told once: one update, then quiet."""
    raw = """
resource "atlan_app" "it" {
  app_id = "bigquery-crawler"
  name   = "it"
  inputs = {
    connection = {
      typeName   = "Connection"
      attributes = {
        qualifiedName = "default/bigquery/1700000000", connectorName = "bigquery", name = "a", adminUsers = ["admin"]
      }
    }
  }
}
"""
    sandbox, workspace = start(raw)
    workspace.apply().ok()
    workspace.write(app('{ qualified_name = "default/bigquery/1700000000", name = "a", admin_users = ["admin"] }'))
    workspace.apply().ok()
    assert {} == workspace.plan_changes()
    assert ["default/bigquery/1700000000"] == [each["qualifiedName"] for each in carried(sandbox)]


@pytest.mark.parametrize(
    ("configuration", "expected"),
    [
        pytest.param(app('{ admin_users = ["admin"] }'), "connection.name is missing", id="no name"),
        pytest.param(app('{ name = "a" }'), "connection has no admin", id="no admin"),
        pytest.param(
            app(NEW, app_id="my-own-app"), "connection.connector_name is missing", id="the connector of an unknown app"
        ),
        pytest.param(
            app('{ qualified_name = "bigquery" }'), "is not a connection's qualified name", id="a malformed reference"
        ),
        pytest.param(app(NEW, more="inputs = { connection = {} }"), "Two connections", id="attribute and input"),
        pytest.param(
            app(NEW, more='credential_guid = "g"'), "credential_guid needs an existing connection", id="a guid"
        ),
    ],
)
def test_a_connection_that_cannot_be_is_one_error(start: Start, configuration: str, expected: str) -> None:
    """Told by the plan, with nothing sent."""
    sandbox, workspace = start(configuration)
    workspace.plan().failed(expected)
    assert [] == sandbox.requests()


def test_an_import_fills_the_connection(start: Start) -> None:
    """The generated configuration has it as an attribute, without nulls, and plans to no changes."""
    sandbox, workspace = start(app(NEW, more="inputs = { hidden_datasets = true }"))
    workspace.apply().ok()
    slug = live(sandbox)[0]["slug"]
    workspace.state("rm", "atlan_app.it").ok()
    workspace.write(f'import {{\n  to = atlan_app.it\n  id = "{slug}"\n}}\n')
    workspace.plan("-generate-config-out=generated.tf").ok()
    assert {} == workspace.plan_changes()
    workspace.apply().ok()
    assert {} == workspace.plan_changes()
    assert {"hidden_datasets": True} == workspace.values("atlan_app.it")["inputs"]
