"""The attribute ``asset_connection`` of ``atlan_app``: a new connection, an unchanged one, and a reference."""

from typing import Any

import pytest

from tests.acceptance.conftest import Start
from tests.support.connections import NEW, OTHER_GUID, REFERENCE, SHARED, STORED, app, make_connection
from tests.support.sandbox import Sandbox
from tests.support.ui import create, live

MOVED = "will use another connection"


def carried(sandbox: Sandbox) -> list[dict[str, Any]]:
    return [each["inputs"]["connection"]["attributes"] for each in live(sandbox)]


def assert_says(output: str, *parts: str) -> None:
    """Assert that the output contains the parts, wherever the CLI breaks its lines."""
    said = " ".join(output.split())
    assert [] == [part for part in parts if part not in said]


def test_a_new_connection_is_minted_once_and_kept(start: Start) -> None:
    """The plan knows the connector, the apply generates the qualified name, and an update keeps both."""
    sandbox, workspace = start(app(NEW))
    planned = workspace.plan_json()["resource_changes"][0]["change"]
    assert "bigquery" == planned["after"]["asset_connection"]["connector_name"]
    assert True is planned["after_unknown"]["asset_connection"]["qualified_name"]
    workspace.apply().ok()
    assert {} == workspace.plan_changes()
    first = workspace.values("atlan_app.it")["asset_connection"]
    expected = {"qualifiedName": first["qualified_name"], "connectorName": "bigquery", "name": "analytics"}
    assert [{**expected, "adminUsers": ["admin"]}] == [
        {key: value for key, value in each.items() if value} for each in carried(sandbox)
    ]
    workspace.write(app('{ name = "renamed", admin_users = ["admin", "second"] }'))
    workspace.apply().ok()
    assert {} == workspace.plan_changes()
    second = workspace.values("atlan_app.it")["asset_connection"]
    assert (first["qualified_name"], "renamed") == (second["qualified_name"], second["name"])


def test_fifty_apps_of_one_connector_have_fifty_connections(start: Start) -> None:
    """Many threads generate qualified names within one second, and all of them differ."""
    sandbox, workspace = start("".join(app(NEW, f"app_{number}") for number in range(50)))
    workspace.apply("-parallelism=50").ok()
    assert 50 == len({each["qualifiedName"] for each in carried(sandbox)})


def test_a_miner_carries_the_stored_connection_and_its_credential(start: Start) -> None:
    """The workflow gets the connection's name, settings and credential, but not its analytics."""
    sandbox, workspace = start(app(REFERENCE, app_id="bigquery-miner"))
    make_connection(sandbox)
    workspace.apply().ok()
    stored = live(sandbox)[0]["inputs"]
    attributes = stored["connection"]["attributes"]
    assert {key: value for key, value in STORED.items() if key != "popularityScore"} == attributes
    assert "" == stored["credential_guid"]
    values = workspace.values("atlan_app.it")
    assert STORED["defaultCredentialGuid"] == values["credential_guid"]
    assert ("analytics", ["admin"]) == (values["asset_connection"]["name"], values["asset_connection"]["admin_users"])
    assert {} == workspace.plan_changes()


def test_a_reference_with_attributes_overrides_those(start: Start) -> None:
    """The configured attributes override the stored ones, and all others stay."""
    sandbox, workspace = start(app(REFERENCE.replace("}", ', name = "mine" }')))
    make_connection(sandbox)
    workspace.apply().ok()
    attributes = carried(sandbox)[0]
    assert ("mine", 10000) == (attributes["name"], attributes["rowLimit"])
    assert {} == workspace.plan_changes()


def test_a_reference_is_sent_as_it_is_stored_with_every_publish(start: Start) -> None:
    """A publish follows changes that another user made to the connection, and the plan shows them as unknown."""
    sandbox, workspace = start(app(REFERENCE))
    make_connection(sandbox, adminGroups=["stewards"])
    workspace.apply().ok()
    make_connection(sandbox, name="renamed", adminGroups=None, defaultCredentialGuid=OTHER_GUID)
    assert {} == workspace.plan_changes()
    workspace.write(app(REFERENCE, more="inputs = { hidden_datasets = true }"))
    unknown = workspace.plan_json()["resource_changes"][0]["change"]["after_unknown"]
    assert {"name": True, "admin_users": True, "admin_groups": True, "admin_roles": True} == unknown["asset_connection"]
    assert True is unknown["credential_guid"]
    workspace.apply().ok()
    assert {} == workspace.plan_changes()
    sent = carried(sandbox)[0]
    assert ("renamed", [], OTHER_GUID) == (sent["name"], sent["adminGroups"], sent["defaultCredentialGuid"])
    values = workspace.values("atlan_app.it")
    assert ("renamed", OTHER_GUID) == (values["asset_connection"]["name"], values["credential_guid"])


def test_a_change_of_timeouts_publishes_no_reference(start: Start) -> None:
    """The plan shows no unknown attribute of the connection, and the version stays the same."""
    sandbox, workspace = start(app(REFERENCE))
    make_connection(sandbox)
    workspace.apply().ok()
    version = live(sandbox)[0]["version"]
    workspace.write(app(REFERENCE, more='timeouts = { read = "20s" }'))
    workspace.apply().ok()
    assert (version, {}) == (live(sandbox)[0]["version"], workspace.plan_changes())


def test_a_workflow_goes_back_to_its_own_connection(start: Start) -> None:
    """A workflow without a reference uses its generated connection again, and the shared connection stays unchanged."""
    sandbox, workspace = start(app(NEW))
    workspace.apply().ok()
    own = workspace.values("atlan_app.it")["asset_connection"]["qualified_name"]
    make_connection(sandbox)
    workspace.write(app(REFERENCE))
    assert_says(workspace.apply().ok().output, MOVED, f"From its next run on, its assets belong to {SHARED}")
    assert SHARED == carried(sandbox)[0]["qualifiedName"]
    workspace.write(app('{ name = "own", admin_users = ["second"] }'))
    assert_says(workspace.apply().ok().output, MOVED, f"From its next run on, its assets belong to {own}")
    assert {} == workspace.plan_changes()
    stored = live(sandbox)[0]["inputs"]
    expected = {"qualifiedName": own, "connectorName": "bigquery", "name": "own", "adminUsers": ["second"]}
    assert (expected, own) == (stored["connection"]["attributes"], stored["connection_qualified_name"])


def test_a_workflow_that_only_referenced_a_connection_creates_its_own(start: Start) -> None:
    """The plan warns and shows the new qualified name as unknown, and later updates keep the name."""
    sandbox, workspace = start(app(REFERENCE))
    make_connection(sandbox)
    workspace.apply().ok()
    workspace.write(app(NEW))
    assert (
        True
        is workspace.plan_json()["resource_changes"][0]["change"]["after_unknown"]["asset_connection"]["qualified_name"]
    )
    assert_says(workspace.apply().ok().output, MOVED, "its assets belong to its own new connection")
    assert {} == workspace.plan_changes()
    first = carried(sandbox)[0]
    assert (False, None) == (first["qualifiedName"] == SHARED, first.get("rowLimit"))
    workspace.write(app(NEW.replace("analytics", "renamed")))
    workspace.apply().ok()
    assert first["qualifiedName"] == carried(sandbox)[0]["qualifiedName"]


def test_an_imported_connection_that_is_not_named_is_kept(start: Start) -> None:
    """The workflow stays on its imported connection, because its owner is unknown."""
    sandbox, workspace = start(app(NEW))
    workspace.apply().ok()
    (stored,) = live(sandbox)
    workspace.state("rm", "atlan_app.it").ok()
    workspace.write(app(NEW.replace("analytics", "renamed")))
    workspace.import_("atlan_app.it", stored["slug"]).ok()
    workspace.apply().ok()
    before = stored["inputs"]["connection"]["attributes"]["qualifiedName"]
    assert [(before, "renamed")] == [(each["qualifiedName"], each["name"]) for each in carried(sandbox)]
    assert {} == workspace.plan_changes()


def test_an_imported_connection_without_a_name_is_published_by_no_change_of_timeouts(start: Start) -> None:
    """A missing name does not become unknown, and the connector comes from the qualified name."""
    sandbox, workspace = start(app(REFERENCE, more='inputs = {}\n  timeouts = { read = "20s" }'))
    stub = {"typeName": "Connection", "attributes": {"qualifiedName": SHARED, "adminUsers": ["admin"]}}
    body = {"app_id": "bigquery-crawler", "name": "it", "inputs": {"connection": stub}, "run": False}
    assert 200 == sandbox.call("POST", "/api/service/v1/app", body).status
    (stored,) = live(sandbox)
    workspace.import_("atlan_app.it", stored["slug"]).ok()
    assert "bigquery" == workspace.values("atlan_app.it")["asset_connection"]["connector_name"]
    workspace.apply().ok()
    assert (stored["version"], {}) == (live(sandbox)[0]["version"], workspace.plan_changes())


RENAMED = {"name": "renamed in the web UI", "adminUsers": ["admin", "second"], "adminGroups": ["analysts"]}


@pytest.mark.parametrize(
    ("connection", "expected"),
    [
        pytest.param("{}", RENAMED, id="nothing configured"),
        pytest.param('{ admin_users = ["admin"] }', {**RENAMED, "adminUsers": ["admin"]}, id="admins configured"),
    ],
)
def test_an_own_connection_that_exists_keeps_what_is_not_configured(
    start: Start, connection: str, expected: dict[str, Any]
) -> None:
    """A change of another attribute neither renames the connection back nor removes admins."""
    sandbox, workspace = start(app('{ admin_users = ["admin"] }'))
    workspace.apply().ok()
    sandbox.make_connection(workspace.values("atlan_app.it")["asset_connection"]["qualified_name"], **RENAMED)
    workspace.write(app(connection, more='inputs = { log_level = "DEBUG" }'))
    workspace.apply().ok()
    assert expected == {name: carried(sandbox)[0][name] for name in RENAMED}
    assert {} == workspace.plan_changes()


@pytest.mark.parametrize("surface_inputs", [True, False])
def test_an_own_connection_is_sent_as_published_until_it_exists(start: Start, surface_inputs: bool) -> None:
    """Also if the service does not return the inputs: then state has the attributes."""
    sandbox, workspace = start(app('{ admin_users = ["admin"] }'), surface_inputs=surface_inputs)
    workspace.apply().ok()
    before = carried(sandbox)
    workspace.write(app('{ admin_users = ["admin"] }', more='inputs = { log_level = "DEBUG" }'))
    workspace.apply().ok()
    assert "it" == before[0]["name"]
    filled = [{key: value for key, value in each.items() if value} for each in (*before, *carried(sandbox))]
    assert filled[0] == filled[1]


def test_an_imported_connection_that_exists_keeps_what_is_not_configured(start: Start) -> None:
    """No connection is configured."""
    sandbox, workspace = start("")
    slug = create(sandbox, "it")
    sandbox.make_connection(SHARED, **RENAMED)
    without = app("{}").replace("asset_connection = {}", 'inputs = { log_level = "DEBUG" }')
    workspace.write(f'{without}\nimport {{\n  to = atlan_app.it\n  id = "{slug}"\n}}\n')
    workspace.apply().ok()
    assert RENAMED == {name: carried(sandbox)[0][name] for name in RENAMED}
    assert {} == workspace.plan_changes()


def test_a_reference_that_does_not_exist_stops_the_apply(start: Start) -> None:
    """Nothing is published, because a run with an incomplete connection would rename the stored one."""
    sandbox, workspace = start(app(REFERENCE))
    workspace.apply().failed(
        f"The connection {SHARED} could not be read",
        "run of a workflow creates its connection",
        "qualified_name =",
    )
    assert [] == live(sandbox)


@pytest.mark.parametrize(
    ("entity", "expected"),
    [
        pytest.param(
            {"status": "DELETED", "attributes": STORED}, f"The connection {SHARED} is archived", id="archived"
        ),
        pytest.param(
            {"status": "ACTIVE", "attributes": {"qualifiedName": SHARED}},
            f"The connection {SHARED} has no stored name",
            id="no name",
        ),
    ],
)
def test_a_reference_that_would_do_harm_stops_the_apply(start: Start, entity: dict[str, Any], expected: str) -> None:
    """Nothing is published for a deleted connection, or for one whose name a run would replace."""
    sandbox, workspace = start(app(REFERENCE))
    sandbox.fault("GET", "/type/Connection$", times=1, status=200, body={"entity": entity})
    workspace.apply().failed(expected, "qualified_name =")
    assert [] == live(sandbox)


def test_a_reference_that_is_not_known_yet_may_be_of_another_connector(start: Start) -> None:
    """The plan does not derive the connector from the app before the qualified name is known."""
    later = 'resource "terraform_data" "name" { input = "default/snowflake/1700000000" }\n'
    reference = "{ qualified_name = terraform_data.name.output }"
    sandbox, workspace = start(later + app(reference, app_id="csa-uber-asset-export-basic"))
    sandbox.make_connection("default/snowflake/1700000000", "warehouse", adminUsers=["admin"])
    workspace.apply().ok()
    assert "snowflake" == workspace.values("atlan_app.it")["asset_connection"]["connector_name"]
    assert {} == workspace.plan_changes()


def test_another_connector_is_refused_for_a_connection_that_was_minted(start: Start) -> None:
    """The connector is part of the qualified name. After a taint, the workflow is created with the new connector."""
    sandbox, workspace = start(app(NEW))
    workspace.apply().ok()
    workspace.write(app(NEW.replace("{", '{ connector_name = "snowflake",')))
    workspace.plan().failed("is not a snowflake connection", "terraform taint")
    workspace.run("taint", "atlan_app.it").ok()
    workspace.apply().ok()
    assert ["snowflake"] == [each["connectorName"] for each in carried(sandbox)]
    assert {} == workspace.plan_changes()


def test_a_write_only_input_takes_the_place_of_the_attribute(start: Start) -> None:
    """State no longer contains the connection that the write-only input replaced."""
    sandbox, workspace = start(app(NEW))
    workspace.apply().ok()
    attributes = '{ qualifiedName = "default/bigquery/5", name = "raw", adminUsers = ["admin"] }'
    raw = f'inputs_wo = {{ connection = {{ typeName = "Connection", attributes = {attributes} }} }}'
    workspace.write(app("null", more=f"{raw}\n  inputs_wo_version = 1"))
    workspace.apply().ok()
    assert ["default/bigquery/5"] == [each["qualifiedName"] for each in carried(sandbox)]
    assert {} == workspace.plan_changes()


@pytest.mark.parametrize(
    "attribute",
    [
        '{ qualified_name = "default/bigquery/1700000000", name = "a", admin_users = ["admin"] }',
        '{ name = "a", admin_users = ["admin"] }',
    ],
    ids=["by its name", "as its own"],
)
def test_moving_from_a_raw_input_to_the_attribute_keeps_the_connection(start: Start, attribute: str) -> None:
    """The connection stays the same: one update without a warning, and then a plan without changes."""
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
    workspace.write(app(attribute))
    assert MOVED not in workspace.apply().ok().output
    assert {} == workspace.plan_changes()
    assert ["default/bigquery/1700000000"] == [each["qualifiedName"] for each in carried(sandbox)]


@pytest.mark.parametrize(
    ("configuration", "expected"),
    [
        pytest.param(
            app('{ qualified_name = "bigquery" }'),
            "is not the qualified name of a connection",
            id="a malformed reference",
        ),
        pytest.param(
            app('{ name = " ", admin_users = ["admin"] }'), "asset_connection.name is empty", id="a blank name"
        ),
        pytest.param(
            app('{ name = "a", admin_users = [""] }'),
            "asset_connection.admin_users contains an empty name",
            id="nobody",
        ),
        pytest.param(
            app('{ name = "a", admin_roles = ["$admin"] }'), "contains the name of a role", id="a role by its name"
        ),
        pytest.param(app(NEW.replace("{", '{ connector_name = "",')), '"" is not a connector', id="no connector"),
        pytest.param(
            app(REFERENCE.replace("{", '{ connector_name = "snowflake",')),
            "is not a snowflake connection",
            id="another connector than that of the reference",
        ),
        pytest.param(app(NEW, more="inputs = { connection = {} }"), "Two connections", id="attribute and input"),
        pytest.param(
            app(NEW, more='credential_guid = "g"'), "credential_guid needs an existing connection", id="a guid"
        ),
    ],
)
def test_a_connection_that_cannot_be_is_one_error(start: Start, configuration: str, expected: str) -> None:
    """The plan reports the error and sends no request."""
    sandbox, workspace = start(configuration)
    workspace.plan().failed(expected)
    assert [] == sandbox.requests()


@pytest.mark.parametrize(
    ("configuration", "expected"),
    [
        pytest.param(app('{ name = "a" }'), "asset_connection has no admin", id="no admin"),
        pytest.param(
            app(NEW, app_id="my-own-app"),
            "asset_connection.connector_name is missing",
            id="the connector of an unknown app",
        ),
    ],
)
def test_a_new_connection_that_lacks_an_attribute_is_an_error_of_the_plan(
    start: Start, configuration: str, expected: str
) -> None:
    """An existing connection needs none of them, and only a plan knows whether the connection is new."""
    sandbox, workspace = start(configuration)
    workspace.validate().ok()
    workspace.plan().failed(expected)
    assert [] == live(sandbox)


def test_a_new_connection_without_a_name_gets_that_of_the_workflow(start: Start) -> None:
    """The plan shows the name, and the connection keeps it when the configuration names it."""
    sandbox, workspace = start(app('{ admin_users = ["admin"] }'))
    (change,) = workspace.plan_json()["resource_changes"]
    assert "it" == change["change"]["after"]["asset_connection"]["name"]
    workspace.apply().ok()
    assert ["it"] == [each["name"] for each in carried(sandbox)]
    assert {} == workspace.plan_changes()
    workspace.write(app('{ name = "it", admin_users = ["admin"] }'))
    assert {} == workspace.plan_changes()


def test_an_import_fills_the_connection(start: Start) -> None:
    """The generated configuration has the connection as an attribute, without nulls, and a plan has no changes."""
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
