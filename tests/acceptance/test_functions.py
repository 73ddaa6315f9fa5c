"""The provider's functions, called from HCL."""

import json
import shutil
from typing import Any

import pytest

from scripts.lib.shared.mirror import ROOT
from tests.acceptance.conftest import Start
from tests.support.configurations import CONNECTION
from tests.support.sandbox_pool import BOTH_CONTRACTS
from tests.support.ui import live

PREFIX = "provider::atlan::"
FILTERED = """
locals { projects = tomap({ "my-project" = toset(["analytics"]) }) }

resource "atlan_app" "it" {
  app_id = "bigquery-crawler"
  name   = "filtered"
  inputs = {
    connection     = jsondecode(%s)
    include_filter = provider::atlan::anchored_filter(%s)
  }
}
"""
CATALOGS = """
resource "atlan_app" "it" {
  app_id = "atlan-glue"
  name   = "catalogs"
  inputs = {
    connection     = jsondecode(%s)
    include_filter = provider::atlan::nested_filter({ AwsDataCatalog = ["db1", "db2"] })
  }
}
"""
NOT_KNOWN_YET = """
resource "terraform_data" "it" { input = true }
data "atlan_app_contract" "it" { app_id = "bigquery-crawler" }
resource "atlan_app" "it" {
  app_id = "bigquery-crawler"
  name   = "not known yet"
  inputs = provider::atlan::drop_defaults({
    connection        = jsondecode(%s)
    extraction_method = "direct"
    hidden_datasets   = terraform_data.it.output
  }, data.atlan_app_contract.it.schema)
}
"""


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("anchored_filter", {"^my-project$": ["^analytics$", r"^SALES\$$"]}),
        ("anchored_expressions", {"^(prod|staging)$": ["^sales_.*$"]}),
        ("nested_filter", {"AwsDataCatalog": {"orders": {}, "customers": {}}}),
        ("connection_name_parts", "snowflake"),
        ("drop_defaults", {"hidden_datasets": True}),
    ],
)
def test_an_example_gives_what_its_comment_says(start: Start, name: str, expected: Any) -> None:
    """The output of an example equals the value in its comment."""
    _, workspace = start()
    shutil.copytree(ROOT / "examples/functions" / name, workspace.directory, dirs_exist_ok=True)
    workspace.apply().ok()
    assert [expected] == list(workspace.outputs().values())


@pytest.mark.parametrize(
    ("call", "parameter", "why"),
    [
        ('anchored_filter("a")', "map", "map of list of string required"),
        ("anchored_filter(null)", "map", "argument must not be null"),
        ("anchored_filter({ a = null })", "map", 'map["a"] is null; use a list.'),
        ("anchored_filter({ a = [null] })", "map", 'map["a"] contains a null; use names.'),
        ('anchored_expressions({ "(a" = [] })', "map", 'the key "(a" is not a regular expression: a ( has no ).'),
        (
            'anchored_expressions({ a = ["b", "*"] })',
            "map",
            'map["a"][1] is not a regular expression: there is nothing',
        ),
        ('nested_filter("a")', "map", "it must be an object or a map"),
        ("nested_filter({ a = { b = [1] } })", "map", 'map["a"][key 1] must be a list of names'),
        ('connection_name_parts("default/snowflake")', "qualified_name", "has the form default/connector/number"),
        ('drop_defaults([], "{}")', "inputs", "it must be an object or a map"),
        ('drop_defaults({}, "{")', "contract_schema_json", "it is not JSON text."),
        ('drop_defaults({}, "[]")', "contract_schema_json", "it must contain a JSON object"),
        ("drop_defaults({}, null)", "contract_schema_json", "argument must not be null"),
    ],
)
def test_a_bad_argument_is_named(start: Start, call: str, parameter: str, why: str) -> None:
    """The error names the parameter and the reason, and shows the line."""
    _, workspace = start(f'output "it" {{ value = {PREFIX}{call} }}')
    workspace.plan().failed(f'Invalid value for "{parameter}" parameter', why, f"{PREFIX}{call}")


@BOTH_CONTRACTS
@pytest.mark.parametrize("written", ['{ "my-project" = ["analytics"] }', "local.projects"], ids=["object", "map"])
def test_an_anchored_filter_is_taken_by_inputs_and_quiet(start: Start, written: str) -> None:
    """Inputs accept the result for an object of lists and for a map of sets, and a plan has no changes."""
    sandbox, workspace = start(FILTERED % (json.dumps(json.dumps(CONNECTION)), written))
    workspace.apply().ok()
    published = live(sandbox)[0]["inputs"]["include_filter"]
    assert {"^my-project$": ["^analytics$"]} == (json.loads(published) if isinstance(published, str) else published)
    assert {} == workspace.plan_changes()


@BOTH_CONTRACTS
def test_a_nested_filter_is_taken_by_inputs_and_quiet(start: Start) -> None:
    """Inputs of AWS Glue accept the result, and a plan has no changes."""
    sandbox, workspace = start(CATALOGS % json.dumps(json.dumps(CONNECTION)))
    workspace.apply().ok()
    published = live(sandbox)[0]["inputs"]["include_filter"]
    expected = {"AwsDataCatalog": {"db1": {}, "db2": {}}}
    assert expected == (json.loads(published) if isinstance(published, str) else published)
    assert {} == workspace.plan_changes()


@BOTH_CONTRACTS
def test_inputs_that_are_not_known_yet_are_dropped_when_they_are(start: Start) -> None:
    """The plan shows all inputs as unknown if one of them may equal its default. The apply drops that input."""
    sandbox, workspace = start(NOT_KNOWN_YET % json.dumps(json.dumps(CONNECTION)))
    planned = workspace.plan_json()["resource_changes"]
    after_unknown = {each["address"]: each["change"]["after_unknown"] for each in planned}
    assert after_unknown["atlan_app.it"]["inputs"] is True
    workspace.apply().ok()
    assert {"connection", "hidden_datasets"} == workspace.values("atlan_app.it")["inputs"].keys()
    assert [True] == [each["inputs"]["hidden_datasets"] for each in live(sandbox)]
    assert {} == workspace.plan_changes()
