"""Configurations in JSON syntax, which generators write. Terraform drops reserved names there without a message."""

import json
from typing import Any

from provider.provider import AtlanProvider
from tests.acceptance.conftest import Start

CREDENTIAL = {"name": "shared", "auth_type": "basic", "connector_config_name": "atlan-connectors-postgres"}
RESOURCES: dict[str, Any] = {
    "atlan_app": {
        "app_id": "bigquery-crawler",
        "entrypoint": "crawler",
        "name": "from-json",
        "asset_connection": {"name": "sales", "admin_users": ["admin"]},
        "inputs": {"include_filter": '${provider::atlan::anchored_filter({ project = ["dataset"] })}'},
    },
    "atlan_app_run": {"slug": "${atlan_app.it.slug}", "wait_for_completion": True},
    "atlan_app_schedule": {"slug": "${atlan_app.it.slug}", "cron": "0 6 * * *"},
    "atlan_credential": {**CREDENTIAL, "password_wo": "not-a-real-password", "secret_wo_version": 1},
}
AFTER_THE_RUN = {"depends_on": ["atlan_app_run.it"]}
DATA_SOURCES: dict[str, Any] = {
    "atlan_app": {"slug": "${atlan_app.it.slug}"},
    "atlan_app_contract": {"app_id": "bigquery-crawler"},
    "atlan_app_info": {"app_id": "bigquery-crawler"},
    "atlan_app_run": {"run_id": "${atlan_app_run.it.run_id}"},
    "atlan_apps": AFTER_THE_RUN,
    "atlan_connection": {"qualified_name": "${atlan_app.it.asset_connection.qualified_name}", **AFTER_THE_RUN},
    "atlan_marketplace_apps": {"native": True},
    "atlan_role": {"name": "$admin"},
}


def blocks(values: dict[str, Any]) -> dict[str, Any]:
    """Return blocks with the label ``it`` by their type."""
    return {name: {"it": attributes} for name, attributes in values.items()}


def test_every_resource_and_data_source_is_applied_from_json(start: Start) -> None:
    """All attributes arrive, the connection too, and a plan after the apply has no changes."""
    provider = AtlanProvider()
    assert {f"atlan_{kind.get_name()}" for kind in provider.get_resources()} == RESOURCES.keys()
    assert {f"atlan_{kind.get_name()}" for kind in provider.get_data_sources()} == DATA_SOURCES.keys()
    _, workspace = start()
    workspace.write(json.dumps({"resource": blocks(RESOURCES), "data": blocks(DATA_SOURCES)}), "main.tf.json")
    workspace.apply().ok()
    found = workspace.resources()
    expected = {f"{name}.it" for name in RESOURCES} | {f"data.{name}.it" for name in DATA_SOURCES}
    assert expected == found.keys()
    assert "sales" == found["atlan_app.it"]["values"]["asset_connection"]["name"]
    assert "sales" == found["data.atlan_connection.it"]["values"]["name"]
    assert {} == workspace.plan_changes()
