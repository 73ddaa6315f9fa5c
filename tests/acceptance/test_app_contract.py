"""``data.atlan_app_contract`` reads the input contract of an app."""

import json

from tests.acceptance.conftest import Start
from tests.support.sandbox_pool import BOTH_CONTRACTS

CONTRACT = """
data "atlan_app_contract" "it" {
  app_id     = "%s"
  entrypoint = %s
}
output "it" { value = data.atlan_app_contract.it }
output "mode" { value = try(data.atlan_app_contract.it.properties["extraction_method"].default, null) }
"""


@BOTH_CONTRACTS
def test_a_contract_shows_types_defaults_allowed_values_and_required_inputs(start: Start, contracts: str) -> None:
    """The data source returns the whole schema, each input, and the defaults as values."""
    _, workspace = start(CONTRACT % ("snowflake-crawler", '"crawler"'))
    workspace.apply().ok()
    found = workspace.outputs()["it"]
    assert "AppInputContract" == json.loads(found["schema"])["title"]
    closed = contracts == "closed"
    assert (["connection"] if closed else []) == found["required"]
    assert '"direct"' == workspace.outputs()["mode"]
    assert "direct" == found["defaults"]["extraction_method"]
    assert {"type", "default", "allowed_values", "required", "description"} == set(found["properties"]["connection"])
    assert [closed] == [each["required"] for name, each in found["properties"].items() if name == "connection"]
    assert ["object", "string"] == sorted(found["properties"]["include_filter"]["type"])
    with_values = [each["allowed_values"] for each in found["properties"].values() if each["allowed_values"]]
    assert len(with_values) > 0
    assert {} == workspace.plan_changes()


def test_one_contract_is_fetched_once_a_process(start: Start) -> None:
    """Ten data sources of one contract send one request in a plan."""
    ten = 'data "atlan_app_contract" "it" {\n  count  = 10\n  app_id = "bigquery-crawler"\n}\n'
    sandbox, workspace = start(ten)
    workspace.plan().ok()
    assert 1 == len([each for each in sandbox.requests() if each["path"].endswith("/inputs")])


def test_an_app_without_a_native_contract_is_explained(start: Start) -> None:
    """The error says that an app without a contract is not native, and shows the line."""
    _, workspace = start(CONTRACT % ("legacy-crawler", "null"))
    workspace.plan().failed("legacy-crawler has no input contract on this tenant", "not native", "app_id")


def test_an_entrypoint_without_a_contract_is_explained(start: Start) -> None:
    """The error lists the entrypoints that exist, and shows the line."""
    _, workspace = start(CONTRACT % ("bigquery-crawler", '"crawlr"'))
    workspace.plan().failed(
        "bigquery-crawler has no entrypoint crawlr", "bigquery-crawler has these entrypoints: crawler", "entrypoint ="
    )
