"""States that an older version of the schema of ``atlan_app`` wrote."""

import base64
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.acceptance.conftest import Start

OLD_STATE = Path(__file__).parent / "atlan_app_state_v0.json"
"""A state of schema version 0, as it was written: the connection is the attribute ``connection``."""
CONFIGURATION = """
resource "atlan_app" "crawler" {
  app_id            = "bigquery-crawler"
  entrypoint        = "crawler"
  name              = "from-an-older-release"
  asset_connection  = { name = "sales", admin_users = ["admin"] }
  inputs = {
    include_filter  = provider::atlan::anchored_filter({ my-project = ["analytics"] })
    hidden_datasets = false
  }
  inputs_wo         = { control_config = { token = "not-a-real-token" } }
  inputs_wo_version = 1
  timeouts          = { create = "5m" }
}

resource "atlan_app" "miner" {
  app_id = "bigquery-miner"
  name   = "from-an-older-release-too"
  inputs = {
    connection = {
      typeName = "Connection"
      attributes = {
        qualifiedName = "default/bigquery/1", name = "x", connectorName = "bigquery", adminUsers = ["admin"]
      }
    }
  }
}
"""


def old_state(current: dict[str, Any]) -> str:
    """Return the old state, its private state too, with the ids and versions of the workflows in the current state."""
    state = json.loads(OLD_STATE.read_text("utf-8")) | {name: current[name] for name in ("serial", "lineage")}
    state["serial"] += 1
    for old, new in zip(state["resources"], current["resources"], strict=True):
        (instance,), now = old["instances"], new["instances"][0]["attributes"]
        instance["private"] = base64.b64decode(instance["private"]).decode()
        replaced = json.dumps(instance)
        for before, after in _differences(instance["attributes"], now):
            replaced = replaced.replace(before, after)
        old["instances"] = [json.loads(replaced)]
        old["instances"][0]["private"] = base64.b64encode(old["instances"][0]["private"].encode()).decode()
    return json.dumps(state)


def _differences(before: dict[str, Any], after: dict[str, Any]) -> Iterator[tuple[str, str]]:
    yield before["slug"], after["slug"]
    yield str(before["version"]), str(after["version"])
    if before["connection"] is not None:
        yield before["connection"]["qualified_name"], after["asset_connection"]["qualified_name"]


def test_a_state_with_the_old_name_of_the_connection_plans_no_changes(start: Start) -> None:
    """The attribute was renamed, because Terraform reserves its old name. The next apply writes the new name."""
    _, workspace = start(CONFIGURATION)
    workspace.apply().ok()
    current: Any = workspace.stored()
    assert [1, 1] == [each["instances"][0]["schema_version"] for each in current["resources"]]
    connection = workspace.values("atlan_app.crawler")["asset_connection"]
    workspace.write(old_state(current), "terraform.tfstate")
    assert {"connection"} & workspace.values("atlan_app.crawler").keys()
    assert 0 == workspace.plan("-detailed-exitcode").ok().returncode
    workspace.apply("-refresh-only").ok()
    assert connection == workspace.values("atlan_app.crawler")["asset_connection"]
    assert {} == workspace.plan_changes()
