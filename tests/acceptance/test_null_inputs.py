"""Null inside the inputs, as an unset ``optional()`` of a typed variable gives it: as if it were not written."""

import json
import re
from typing import Any

import pytest

from tests.acceptance.conftest import Start
from tests.support.configurations import CONNECTION
from tests.support.sandbox_pool import BOTH_CONTRACTS
from tests.support.terraform import Workspace
from tests.support.ui import live, publish

TYPED = """
variable "crawler" {
  type = object({
    hidden_datasets  = optional(bool)
    temp_table_regex = optional(string)
    include_filter   = optional(map(list(string)))
    control_config   = optional(object({
      retries = optional(number)
      deeper  = optional(list(object({ a = optional(string), b = optional(string) })))
    }))
  })
  default = %s
}
resource "atlan_app" "crawler" {
  app_id           = "bigquery-crawler"
  name             = "typed"
  entrypoint       = "crawler"
  asset_connection = { name = "analytics", admin_users = ["admin"] }
  inputs           = var.crawler
}
"""
SERVICE_INPUTS = {"connection", "connection_qualified_name", "credential_guid"}


def own_inputs(stored: dict[str, Any]) -> dict[str, Any]:
    """Return the stored inputs without those that the publish adds."""
    return {name: value for name, value in stored["inputs"].items() if name not in SERVICE_INPUTS}


@BOTH_CONTRACTS
def test_null_is_left_out_at_any_depth_and_removes_what_was_configured(start: Start) -> None:
    """State keeps the nulls, and a plan after each apply has no changes."""
    sandbox, workspace = start(TYPED % '{ hidden_datasets = true, control_config = { deeper = [{ a = "x" }] } }')
    workspace.apply().ok()
    assert {"hidden_datasets": True, "control_config": '{"deeper": [{"a": "x"}]}'} == own_inputs(live(sandbox)[0])
    assert {} == workspace.plan_changes()
    inputs = workspace.values("atlan_app.crawler")["inputs"]
    assert (None, {"deeper": [{"a": "x", "b": None}], "retries": None}) == (
        inputs["temp_table_regex"],
        inputs["control_config"],
    )
    workspace.write(TYPED % '{ temp_table_regex = "^t", control_config = { retries = 3 } }')
    workspace.apply().ok()
    assert {"temp_table_regex": "^t", "control_config": '{"retries": 3}'} == own_inputs(live(sandbox)[0])
    assert {} == workspace.plan_changes()
    workspace.write(TYPED % "{}")
    workspace.apply().ok()
    assert {} == own_inputs(live(sandbox)[0])
    assert {} == workspace.plan_changes()


def test_an_input_that_is_null_is_not_managed(start: Start) -> None:
    """It stays on the workflow if it was set in the web UI, like an input that is not written."""
    sandbox, workspace = start(TYPED % '{ temp_table_regex = "^t" }')
    workspace.apply().ok()
    publish(sandbox, live(sandbox)[0]["slug"], hidden_datasets=True)
    assert {} == workspace.plan_changes()
    workspace.write(TYPED % '{ temp_table_regex = "^u" }')
    workspace.apply().ok()
    assert {"hidden_datasets": True, "temp_table_regex": "^u"} == own_inputs(live(sandbox)[0])
    assert {} == workspace.plan_changes()


def test_an_imported_input_that_is_null_stays_with_a_warning(start: Start) -> None:
    """An import and an adoption do not remove what the configuration leaves unset."""
    sandbox, workspace = start(TYPED % '{ temp_table_regex = "^t" }')
    workspace.apply().ok()
    slug = live(sandbox)[0]["slug"]
    publish(sandbox, slug, hidden_datasets=True)
    workspace.state("rm", "atlan_app.crawler").ok()
    workspace.write(f'import {{\n  to = atlan_app.crawler\n  id = "{slug}"\n}}', "import.tf")
    workspace.write(TYPED % '{ temp_table_regex = "^u" }')
    assert "Imported and not configured: hidden_datasets" in workspace.apply().ok().text
    assert {"hidden_datasets": True, "temp_table_regex": "^u"} == own_inputs(live(sandbox)[0])
    assert {} == workspace.plan_changes()


@pytest.mark.parametrize("inputs", ["inputs", "inputs_wo"])
def test_null_in_a_list_is_an_error_on_the_input(start: Start, inputs: str) -> None:
    """Without the element the list would mean something else. The example of the advice fits the value."""
    configuration = f"""
        resource "atlan_app" "crawler" {{
          app_id = "bigquery-crawler"
          name   = "nulls"
          {inputs} = {{ control_config = %s }}
        }}
        """
    _, workspace = start(configuration % "{ a = [1, { b = [null] }] }")
    summary = f"{inputs}.control_config contains null in a list"
    workspace.validate().failed(summary, "[for each in LIST : each if each != null]")
    workspace.write(configuration % "[1, null]")
    workspace.validate().failed(summary, f"[for each in {inputs}.control_config : each if each != null]")


MERGED = """
resource "terraform_data" "later" { input = "[null]" }
resource "atlan_app" "crawler" {
  app_id            = "bigquery-crawler"
  name              = "nulls"
  asset_connection  = { name = "analytics", admin_users = ["admin"] }
  inputs            = { control_config = %s }
  inputs_wo         = { control_config = %s }
  inputs_wo_version = 1
}
"""
NULL_IN_TEXT = "jsonencode({ a = { c = [null] } })"


@pytest.mark.parametrize(
    ("inputs", "inputs_wo", "wrong"),
    [(NULL_IN_TEXT, "{ b = 1 }", "inputs"), ("{ b = 1 }", NULL_IN_TEXT, "inputs_wo")],
)
def test_null_in_a_list_of_json_text_into_which_an_object_is_merged_is_an_error(
    start: Start, inputs: str, inputs_wo: str, wrong: str
) -> None:
    """The text becomes an object. The error is on the attribute with the text."""
    _, workspace = start(MERGED % (inputs, inputs_wo))
    workspace.validate().failed(f"{wrong}.control_config contains null in a list")


def test_null_in_a_list_of_json_text_that_a_plan_does_not_know_is_an_error_of_the_apply(start: Start) -> None:
    """Nothing is created."""
    sandbox, workspace = start(MERGED % ('"{\\"a\\": ${terraform_data.later.output}}"', "{ b = 1 }"))
    workspace.apply().failed("inputs.control_config contains null in a list")
    assert [] == live(sandbox)


@pytest.mark.parametrize(("admins", "is_valid"), [('["admin", null]', False), ('["admin"]', True)])
def test_json_text_that_is_sent_as_an_object_contains_no_null(start: Start, admins: str, is_valid: bool) -> None:
    """The contract accepts an object only. A null in the object is left out, and one in a list is an error."""
    connection = f"""jsonencode({{
        typeName   = "Connection"
        attributes = {{
          qualifiedName = "default/bigquery/1700000000"
          connectorName = "bigquery"
          name          = "analytics"
          adminUsers    = {admins}
          adminGroups   = null
        }}
      }})"""
    sandbox, workspace = start(
        f"""
        resource "atlan_app" "crawler" {{
          app_id = "bigquery-crawler"
          name   = "nulls"
          inputs = {{ connection = {connection} }}
        }}
        """
    )
    if is_valid:
        workspace.apply().ok()
        assert CONNECTION == live(sandbox)[0]["inputs"]["connection"]
        assert {} == workspace.plan_changes()
        return
    workspace.plan().failed("inputs.connection contains null in a list")
    workspace.apply().failed("inputs.connection contains null in a list")
    assert [] == live(sandbox)


def test_null_in_a_list_that_a_plan_does_not_know_is_an_error_of_the_apply(start: Start) -> None:
    """Nothing is created."""
    sandbox, workspace = start(
        """
        resource "terraform_data" "later" { input = [null] }
        resource "atlan_app" "crawler" {
          app_id           = "bigquery-crawler"
          name             = "nulls"
          asset_connection = { name = "analytics", admin_users = ["admin"] }
          inputs           = { control_config = { a = terraform_data.later.output } }
        }
        """
    )
    workspace.apply().failed("inputs.control_config contains null in a list")
    assert [] == live(sandbox)


def test_write_only_nulls_are_left_out(start: Start) -> None:
    """A null in inputs_wo neither replaces a value in inputs nor is it a second one."""
    configuration = """
        resource "atlan_app" "crawler" {
          app_id            = "bigquery-crawler"
          name              = "nulls"
          asset_connection  = { name = "analytics", admin_users = ["admin"] }
          inputs            = { temp_table_regex = "^t", control_config = { a = 1 } }
          inputs_wo         = { temp_table_regex = null, control_config = { a = null, b = 2, c = null } }
          inputs_wo_version = 1
        }
        """
    sandbox, workspace = start(configuration)
    workspace.apply().ok()
    assert {"temp_table_regex": "^t", "control_config": '{"a": 1, "b": 2}'} == own_inputs(live(sandbox)[0])
    assert {} == workspace.plan_changes()


OPTIONAL_SECRET = """
variable "secrets" {
  type      = object({ control_config = object({ token = optional(string) }) })
  ephemeral = true
  default   = { control_config = {} }
}
"""


def test_a_write_only_object_without_values_hides_no_configured_object(start: Start) -> None:
    """A second apply would otherwise publish each workflow again."""
    cases = [
        ("{ d = 1 }", "var.secrets.control_config", {"d": 1}),
        ("{ b = { d = 1 } }", "{ a = 4, b = { c = null } }", {"a": 4, "b": {"d": 1}}),
        ("{ b = { d = 1 } }", "{ b = {} }", {"b": {"d": 1}}),
        ("{ b = {}, e = 1 }", "{ b = { c = 5 } }", {"b": {"c": 5}, "e": 1}),
    ]
    configuration = "".join(
        f"""
        resource "atlan_app" "it_{number}" {{
          app_id            = "bigquery-crawler"
          name              = "nulls {number}"
          asset_connection  = {{ name = "analytics", admin_users = ["admin"] }}
          inputs            = {{ control_config = {inputs} }}
          inputs_wo         = {{ control_config = {inputs_wo} }}
          inputs_wo_version = 1
        }}
        """
        for number, (inputs, inputs_wo, _) in enumerate(cases)
    )
    sandbox, workspace = start(OPTIONAL_SECRET + configuration)
    workspace.apply().ok()
    stored = {each["name"]: json.loads(own_inputs(each)["control_config"]) for each in live(sandbox)}
    assert {f"nulls {number}": expected for number, (_, _, expected) in enumerate(cases)} == stored
    assert {} == workspace.plan_changes()


@pytest.mark.parametrize("contracts", ["closed"], indirect=True)
def test_nulls_beside_a_mistake_do_not_change_its_error(start: Start) -> None:
    """The error is about the value that is sent, on its line, with all its advice."""
    configuration = """
        resource "atlan_app" "crawler" {
          app_id            = "bigquery-crawler"
          name              = "nulls"
          inputs            = {%s
            hidden_datasets = "true"
          }
          inputs_wo         = { control_config = "{}"%s }
          inputs_wo_version = 1
        }
        """
    _, workspace = start(configuration % ("", ""))
    expected = findings(workspace)
    assert ["connection", "hidden_datasets"] == [re.split("[.:]", summary)[1] for summary, _, _ in expected]
    assert "asset_connection attribute" in expected[0][1]
    nulls = ", connection = null, hidden_datasets = null, temp_table_regex = null"
    workspace.write(configuration % (" connection = null", nulls))
    assert expected == findings(workspace)


def findings(workspace: Workspace) -> list[tuple[str, str, str]]:
    """Return the summary, the detail and the attribute of each finding of a plan about two inputs."""
    diagnostics = workspace.plan("-json").failed().diagnostics
    found = [each for each in diagnostics if each["summary"].startswith(("inputs.hidden", "inputs.connection"))]
    return sorted((each["summary"], each["detail"], each["snippet"]["code"].split()[0]) for each in found)


def test_an_attribute_of_a_connection_that_became_null_is_removed(start: Start) -> None:
    """The raw connection in the inputs keeps what others set, and loses what the configuration unset."""
    configuration = """
        resource "atlan_app" "crawler" {
          app_id = "bigquery-crawler"
          name   = "nulls"
          inputs = {
            connection = {
              typeName   = "Connection"
              attributes = {
                qualifiedName = "default/bigquery/1700000000"
                connectorName = "bigquery"
                name          = "analytics"
                adminUsers    = ["admin"]
                adminGroups   = %s
              }
            }
          }
        }
        """
    sandbox, workspace = start(configuration % '["group"]')
    workspace.apply().ok()
    workspace.write(configuration % "null")
    workspace.apply().ok()
    assert CONNECTION == live(sandbox)[0]["inputs"]["connection"]
    assert {} == workspace.plan_changes()


@pytest.mark.parametrize("attribute", ["extra", "extra_wo"])
def test_nulls_in_the_extra_of_a_credential_are_left_out(start: Start, attribute: str) -> None:
    """The depth does not matter, and null in a list is an error."""
    configuration = f"""
        resource "atlan_credential" "it" {{
          name                  = "nulls"
          auth_type             = "basic"
          connector_config_name = "atlan-connectors-bigquery"
          secret_wo_version     = 1
          {attribute}           = {{ role = "R", unset = null, deep = {{ a = 1, b = null, c = %s }} }}
        }}
        """
    sandbox, workspace = start(configuration % "[{ d = null }]")
    workspace.apply().ok()
    guid = sandbox.credentials()[0]["guid"]
    shown = sandbox.call("GET", f"/api/service/credentials/{guid}").json["extra"]
    assert ({"role", "deep"}, True) == (
        shown.keys(),
        sandbox.verify(guid, extra={"role": "R", "deep": {"a": 1, "c": [{}]}}),
    )
    assert {} == workspace.plan_changes()
    workspace.write(configuration % "[null]")
    workspace.validate().failed(f"{attribute}.deep contains null in a list")
