"""Open contracts: what they leave out, and what they declare instead."""

from __future__ import annotations

import json

import jsonschema_rs
import pytest

from provider.sandbox.apps import FOLDER
from provider.sandbox.open_contracts import open_contract

FILES = {path.stem: json.loads(path.read_text("utf-8")) for path in sorted(FOLDER.glob("*.json"))}
CLOSED = {app_id: app["contract"] for app_id, app in FILES.items() if app["contract"]}


@pytest.mark.parametrize("app_id", CLOSED)
def test_an_open_contract_requires_nothing_and_allows_other_inputs(app_id: str) -> None:
    """It is a valid schema, accepts its own defaults and any other input, and has no definitions."""
    contract = open_contract(app_id, CLOSED[app_id])
    jsonschema_rs.meta.validate(contract)
    assert {"$schema", "title", "type", "properties"} == contract.keys()
    validator = jsonschema_rs.validator_for(contract)
    properties = contract["properties"]
    assert isinstance(properties, dict)
    defaults = {name: each["default"] for name, each in properties.items() if "default" in each}
    assert [] == list(validator.iter_errors({**defaults, "no_such_input": 1}))
    assert validator.is_valid({})


@pytest.mark.parametrize("app_id", CLOSED)
def test_an_open_contract_declares_the_apps_own_inputs_and_those_of_the_runtime(app_id: str) -> None:
    """The inputs of the service are not declared, and `connection` and `agent_json` are objects."""
    before, after = CLOSED[app_id]["properties"], open_contract(app_id, CLOSED[app_id])["properties"]
    assert isinstance(after, dict)
    assert {"credential", "connection_qualified_name"} == before.keys() - after.keys()
    assert {"workflow_id", "output_path"} == after.keys() - before.keys()
    assert ("object", ["object", "null"]) == (after["connection"]["type"], after["agent_json"]["type"])


def test_some_filters_are_text_or_a_list() -> None:
    """They belong to apps to which the SDK sends text. The filters of the other apps keep their types."""
    types = {
        app_id: open_contract(app_id, contract)["properties"]["include_filter"]["type"]
        for app_id, contract in CLOSED.items()
        if "include_filter" in contract["properties"]
    }
    expected = ["atlan-mssql", "atlan-sigma", "atlan-tableau", "hive-crawler", "teradata-crawler"]
    assert expected == [app_id for app_id, each in types.items() if each == ["string", "array"]]
    assert ["object", "string"] == types["snowflake-crawler"]
    assert ["object", "string"] == types["bigquery-crawler"]
