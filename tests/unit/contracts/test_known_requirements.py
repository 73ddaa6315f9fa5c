"""Warnings about what known apps need, where their contracts do not say it."""

from __future__ import annotations

from typing import Any

import pytest

from provider.contracts.known_requirements import missing_inputs
from provider.contracts.schema import Contract
from provider.framework import Unknown
from provider.model.known_apps import known_apps

OPEN = Contract({"type": "object", "properties": {"connection": {}}})
CLOSED = Contract({"type": "object", "properties": {"connection": {}}, "required": ["connection"]})
CONNECTION: Any = {"typeName": "Connection", "attributes": {"name": "prod"}}


def missing(app_id: str, inputs: dict[str, Any], contract: Contract = OPEN, *, exists: bool = False) -> list[str]:
    found = list(missing_inputs(app_id, known_apps()[app_id], contract, inputs, connection_exists=exists))
    assert [False] * len(found) == [each.is_error for each in found]
    return [str(each.path[0]) for each in found]


@pytest.mark.parametrize("connection", [None, {}, ""])
def test_a_connection_is_missing_only_if_the_contract_does_not_require_it(connection: Any) -> None:
    """The check of the contract reports a required connection."""
    inputs = {"connection": connection, "credential_guid": "guid"}
    assert ["connection"] == missing("bigquery-crawler", inputs)
    assert [] == missing("bigquery-crawler", inputs, CLOSED)


def test_the_qualified_name_of_a_connection_is_a_reference() -> None:
    """The service accepts it without the connection."""
    assert [] == missing("bigquery-miner", {"connection_qualified_name": "default/bigquery/1700000000"})


@pytest.mark.parametrize(
    ("app_id", "inputs", "expected"),
    [
        ("bigquery-crawler", {}, ["credential"]),
        ("bigquery-crawler", {"credential": Unknown}, []),
        ("bigquery-crawler", {"credential_guid": Unknown}, []),
        ("bigquery-miner", {}, []),
        ("atlan-dbt", {}, ["api_credential_guid"]),
        ("atlan-dbt", {"credential": {"name": "x"}, "credential_guid": "guid"}, ["api_credential_guid"]),
        ("atlan-dbt", {"object_store_credential_guid": "guid"}, ["api_credential_guid"]),
        ("atlan-dbt", {"api_credential_guid": "guid"}, []),
        ("atlan-dbt", {"extraction_type": "objectstore"}, []),
        ("atlan-dbt", {"extraction_type": Unknown}, []),
        ("csa-uber-asset-export-basic", {}, []),
        ("csa-uber-asset-export-basic", {"delivery_type": "CLOUD"}, ["credential"]),
    ],
)
def test_a_credential_is_missing_if_the_app_signs_in(app_id: str, inputs: dict[str, Any], expected: list[str]) -> None:
    """Some apps sign in only with certain inputs, and miners use the credential of a connection."""
    assert expected == missing(app_id, {"connection": CONNECTION, **inputs})


def test_a_connection_can_have_the_credential() -> None:
    """A connection that exists, or the guid on a new connection."""
    with_guid = {**CONNECTION, "attributes": {"defaultCredentialGuid": "guid"}}
    assert [] == missing("bigquery-crawler", {"connection": CONNECTION}, exists=True)
    assert [] == missing("bigquery-crawler", {"connection": with_guid})
