"""One workflow for each known app."""

import json
from typing import Any

from scripts.lib.app_facts import apps
from scripts.lib.app_facts.filters import sent
from scripts.lib.app_facts.workflows import workflow, workflows
from scripts.lib.shared.hcl import JsonText

APPS = apps.load()


def test_every_known_app_is_there_once() -> None:
    """There are 38 workflows, and no two share a label or a name."""
    known = workflows()
    assert 38 == len({each.app_id for each in known})
    assert 38 == len({each.label for each in known})
    assert 38 == len({each.name for each in known})


def test_apps_of_one_connector_share_its_connection() -> None:
    """A miner has its crawler's connection. Different connectors have different connections."""
    connections = {(app.connector_name, json.dumps(sent(_object(workflow(app).inputs["connection"])))) for app in APPS}
    connectors = {app.connector_name for app in APPS}
    assert len(connectors) == len(connections) == len({text for _, text in connections})


def _object(given: Any) -> Any:
    return given.value if isinstance(given, JsonText) else given


def test_no_configuration_holds_a_credential() -> None:
    """Neither a raw nor a stored credential is configured."""
    for each in workflows():
        assert "credential" not in each.inputs
        assert "" == each.inputs.get("credential_guid", "")
