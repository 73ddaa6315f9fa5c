"""The life of ``atlan_app``: create, plan, change, drift, removal, import."""

import json
from typing import Any

from tests.acceptance.conftest import Start
from tests.support.configurations import CONNECTION, ENTRYPOINT, app
from tests.support.terraform import PROVIDER, Workspace
from tests.support.ui import archive, live, publish

ODD = """
    resource "atlan_app" "odd" {
      app_id     = "bigquery-crawler"
      entrypoint = "crawler"
      name       = "odd"
      inputs = {
        connection = {
          typeName = "Connection"
          attributes = {
            qualifiedName = "default/bigquery/1"
            connectorName = "bigquery"
            name          = "größe 数据 🚀"
            adminUsers    = tolist(["a", "b"])
            labels        = tomap({ a = "1" })
            fraction      = 0.1
            third         = 1 / 3
            large         = 1180591620717411303424
            negative      = -9223372036854775809
            nothing       = null
            empty         = {}
            empty_list    = []
            nested        = [[1, [2, "three", { four = [] }]], true]
            "ключ-é"      = "\\u0001\\n\\t\\"$${x}%%{y}"
          }
        }
        include_filter  = {}
        exclude_filter  = jsonencode(provider::atlan::anchored_filter({ a = ["b"] }))
        control_config  = { retries = 3, ratio = 0.1 }
        hidden_datasets = false
        agent_json      = null
      }
    }
    output "inputs" { value = atlan_app.odd.inputs }
    """
"""A workflow whose inputs contain values of every kind."""


def test_a_created_app_is_never_run_and_has_every_attribute(start: Start) -> None:
    """State contains the slug, the version and the owner, and the service has no run."""
    sandbox, workspace = start(app())
    workspace.apply().ok()
    stored = live(sandbox)[0]
    values = workspace.values("atlan_app.crawler")
    assert [] == stored["runs"]
    assert (stored["slug"], stored["slug"], stored["version"], stored["owner"], "native") == (
        values["id"],
        values["slug"],
        values["version"],
        values["owner"],
        values["execution_mode"],
    )


def test_values_of_every_kind_come_back_as_they_were_given(start: Start) -> None:
    """State keeps numbers of any size, nulls, empty objects, nested lists and any alphabet. A plan has no changes."""
    _, workspace = start(ODD)
    workspace.apply().ok()
    assert {} == workspace.plan_changes()
    attributes = workspace.outputs()["inputs"]["connection"]["attributes"]
    assert 1180591620717411303424 == attributes["large"]
    assert 0.1 == attributes["fraction"]
    assert "größe 数据 🚀" == attributes["name"]
    assert attributes["nothing"] is None


def test_eight_megabytes_of_inputs_are_kept(start: Start) -> None:
    """No message is too large in either direction."""
    large = json.dumps({"filler": "0123456789abcdef" * 2**19})
    sandbox, workspace = start(app(control_config=large))
    workspace.apply().ok()
    assert {} == workspace.plan_changes()
    assert json.loads(large) == _parsed(live(sandbox)[0]["inputs"]["control_config"])


def _parsed(value: Any) -> Any:
    return json.loads(value) if isinstance(value, str) else value


def test_inputs_of_another_resources_unknown_value_plan_and_apply(start: Start) -> None:
    """A value may be unknown inside an object, in JSON text made from an object, or as the whole of `inputs`."""
    sandbox, workspace = start(
        """
        resource "terraform_data" "name" { input = "analytics" }
        resource "terraform_data" "inputs" {
          input = {
            connection = {
              typeName   = "Connection"
              attributes = { qualifiedName = "default/bigquery/2", name = "b", adminUsers = ["a"] }
            }
          }
        }
        resource "atlan_app" "leaf" {
          app_id = "bigquery-crawler"
          name   = "leaf"
          inputs = {
            connection = {
              typeName   = "Connection"
              attributes = {
                qualifiedName = "default/bigquery/1"
                name          = terraform_data.name.output
                adminUsers    = ["a"]
              }
            }
            include_filter = jsonencode(provider::atlan::anchored_filter({ (terraform_data.name.output) = [] }))
          }
        }
        resource "atlan_app" "whole" {
          app_id = "bigquery-crawler"
          name   = "whole"
          inputs = terraform_data.inputs.output
        }
        """
    )
    workspace.apply().ok()
    assert {} == workspace.plan_changes()
    stored = {each["name"]: _parsed(each["inputs"]["connection"])["attributes"]["name"] for each in live(sandbox)}
    assert {"leaf": "analytics", "whole": "b"} == stored


def test_a_change_of_one_key_is_one_put_and_keeps_what_the_ui_set(start: Start) -> None:
    """An update keeps inputs that are not configured here, and removes an input that left the configuration."""
    sandbox, workspace = start(app(hidden_datasets=False, temp_table_regex="a"))
    workspace.apply().ok()
    slug = live(sandbox)[0]["slug"]
    publish(sandbox, slug, filter_sharded_tables=False)
    workspace.write(app(hidden_datasets=True))
    assert {"atlan_app.crawler": ["update"]} == workspace.plan_changes()
    workspace.apply().ok()
    stored = live(sandbox)[0]["inputs"]
    assert (True, False) == (stored["hidden_datasets"], stored["filter_sharded_tables"])
    assert "temp_table_regex" not in stored
    assert {} == workspace.plan_changes()


def test_an_edit_in_the_ui_is_a_change_of_that_key_alone(start: Start) -> None:
    """A plan shows drift only at the changed key, and ignores inputs that are not configured."""
    sandbox, workspace = start(app(hidden_datasets=False, include_filter={"^a$": []}))
    workspace.apply().ok()
    publish(sandbox, live(sandbox)[0]["slug"], hidden_datasets=True, filter_sharded_tables=False)
    change = next(each["change"] for each in workspace.plan_json()["resource_changes"])
    assert ["update"] == change["actions"]
    before, after = change["before"]["inputs"], change["after"]["inputs"]
    assert {"hidden_datasets"} == {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)}


def test_a_change_of_timeouts_publishes_nothing(start: Start) -> None:
    """A change of the timeouts does not publish the workflow."""
    sandbox, workspace = start(app())
    workspace.apply().ok()
    version = live(sandbox)[0]["version"]
    workspace.write(app(more=f'{ENTRYPOINT}\n  timeouts = {{ create = "5m" }}'))
    workspace.apply().ok()
    assert version == live(sandbox)[0]["version"]
    assert {} == workspace.plan_changes()


def test_a_change_of_name_replaces_the_workflow(start: Start) -> None:
    """A new name replaces the workflow, because the service cannot rename one."""
    sandbox, workspace = start(app())
    workspace.apply().ok()
    workspace.write(app(name="another name"))
    assert {"atlan_app.crawler": ["delete", "create"]} == workspace.plan_changes()
    workspace.apply().ok()
    assert ["another name"] == [each["name"] for each in live(sandbox)]


def test_a_workflow_that_was_archived_elsewhere_is_created_again(start: Start) -> None:
    """After a 404 of the service itself, the next plan creates the workflow again."""
    sandbox, workspace = start(app())
    workspace.apply().ok()
    workspace.age()
    first = live(sandbox)[0]["slug"]
    archive(sandbox, first)
    assert {"atlan_app.crawler": ["create"]} == workspace.plan_changes()
    workspace.apply().ok()
    assert [True] == [each["slug"] != first for each in live(sandbox)]


def test_a_workflow_that_is_gone_already_is_destroyed_without_complaint(start: Start) -> None:
    """A destroy succeeds if the workflow does not exist."""
    sandbox, workspace = start(app())
    workspace.apply().ok()
    workspace.age()
    archive(sandbox, live(sandbox)[0]["slug"])
    workspace.destroy("-refresh=false").ok()
    assert {} == workspace.resources()


def test_a_name_that_is_taken_names_its_slug_and_the_import_block_works(start: Start) -> None:
    """The second create fails, and the import block in its error imports the first workflow."""
    sandbox, workspace = start(app())
    workspace.apply().ok()
    slug = live(sandbox)[0]["slug"]
    folder = workspace.directory.parent / "second"
    second = Workspace(folder, sandbox.url, sandbox.api_key, attach=workspace.attach)
    second.write(PROVIDER, "versions.tf")
    second.write(app("bigquery_prod"))
    second.init().ok()
    printed = second.apply().failed('The name "bigquery prod" is taken', slug, "import {", "moved {").output
    block = printed[printed.index("import {") :].replace("│", " ")
    block = block[: block.index("}") + 1]
    second.write(block, "import.tf")
    second.apply().ok()
    assert slug == second.values("atlan_app.bigquery_prod")["slug"]
    assert {} == second.plan_changes()
    assert 1 == len(live(sandbox))


def test_an_entrypoint_that_does_not_exist_is_answered_with_those_that_do(start: Start) -> None:
    """An unknown entrypoint is an error that lists the existing ones, and no workflow is created."""
    sandbox, workspace = start(app(more='entrypoint = "crawlr"'))
    workspace.apply().failed(
        "bigquery-crawler has no entrypoint crawlr", "bigquery-crawler has these entrypoints: crawler"
    )
    assert [] == live(sandbox)


def test_inputs_that_changed_where_they_are_hidden_are_published_again(start: Start) -> None:
    """If another version is live and its inputs are hidden, the plan warns and the apply publishes the configured
    inputs.
    """
    sandbox, workspace = start(app(hidden_datasets=True), surface_inputs=False)
    workspace.apply().ok()
    slug = live(sandbox)[0]["slug"]
    publish(sandbox, slug, hidden_datasets=False)
    assert "may have changed" in workspace.plan().ok().output
    workspace.apply().ok()
    assert live(sandbox)[0]["inputs"]["hidden_datasets"] is True
    assert {} == workspace.plan_changes()


def test_connection_attributes_of_the_service_stay_in_an_update(start: Start) -> None:
    """A publish keeps attributes of the connection that the service stores and the configuration does not contain."""
    sandbox, workspace = start(app())
    workspace.apply().ok()
    slug = live(sandbox)[0]["slug"]
    attributes = {**CONNECTION["attributes"], "rowLimit": 100}  # type: ignore[dict-item]
    publish(sandbox, slug, connection={**CONNECTION, "attributes": attributes})
    assert {} == workspace.plan_changes()
    workspace.write(app(hidden_datasets=True))
    workspace.apply().ok()
    assert 100 == _parsed(live(sandbox)[0]["inputs"]["connection"])["attributes"]["rowLimit"]


def test_a_configured_credential_guid_leaves_the_shared_credential_alone(start: Start) -> None:
    """A publish sends the configured guid in the connection, because the guid alone would change the shared record."""
    sandbox, workspace = start()
    body = {"authType": "basic", "connectorConfigName": "atlan-connectors-bigquery", "username": "u", "password": "p"}
    guid = sandbox.call("POST", "/api/service/credentials?testCredential=false", body).json["id"]
    record = sandbox.call("GET", f"/api/service/credentials/{guid}").json
    for hidden in (False, True):
        workspace.write(app(credential_guid=guid, hidden_datasets=hidden))
        workspace.apply().ok()
        assert {} == workspace.plan_changes()
    assert record == sandbox.call("GET", f"/api/service/credentials/{guid}").json
    attributes = _parsed(live(sandbox)[0]["inputs"]["connection"])["attributes"]
    assert guid == attributes["defaultCredentialGuid"]
