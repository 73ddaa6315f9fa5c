"""Inputs compare by what they mean to the service, and are imported without secrets."""

import json
from typing import Any

import pytest

from provider.contracts.schema import Contract
from provider.model import inputs

CONNECTION = {"typeName": "Connection", "attributes": {"qualifiedName": "default/bigquery/1700000000"}}
CONTRACT = Contract(
    {
        "properties": {
            "text_only": {"type": "string", "default": "{}"},
            "object_only": {"type": "object", "default": {}},
            "either": {"type": ["object", "string"], "default": "{}"},
            "flag": {"type": "boolean", "default": False},
            "referred": {"$ref": "#/$defs/Text"},
        },
        "$defs": {"Text": {"type": "string", "default": "x"}},
    }
)


def test_an_import_leaves_out_inputs_that_users_do_not_configure() -> None:
    """Runtime ids, guids, the connection, nulls and defaults go; JSON text becomes an object."""
    remote = {
        **dict.fromkeys(inputs.RUNTIME_KEYS, "id"),
        "connection": json.dumps(CONNECTION),
        "object_only": {"kept": 1, "left_out": None},
        "credential_guid": "g",
        "flag": False,
        "text_only": {},
        "either": '{"^db$": ["^s$"]}',
        "agent_json": None,
        "other": 1,
    }
    expected = {"object_only": {"kept": 1}, "either": {"^db$": ["^s$"]}, "other": 1}
    assert expected == inputs.to_import(remote, CONTRACT)


@pytest.mark.parametrize(
    ("key", "contract", "expected"),
    [
        pytest.param("agent_json", None, True, id="an agent's"),
        pytest.param("token", None, False, id="no contract"),
        pytest.param("token", {"writeOnly": True}, True, id="write-only"),
        pytest.param("token", {"writeOnly": False, "format": "uri"}, False, id="not marked"),
        pytest.param("token", {"type": "string", "format": "password"}, True, id="a password"),
        pytest.param("token", {"anyOf": [{"type": "null"}, {"writeOnly": True}]}, True, id="in an alternative"),
        pytest.param("token", {"properties": {"a": {"items": {"format": "password"}}}}, True, id="deep inside"),
        pytest.param("token", {"$ref": "#/$defs/Loop"}, True, id="behind a reference that leads round"),
        pytest.param("token", {"$ref": "https://example.com/other"}, True, id="behind a reference that leads nowhere"),
        pytest.param("token", {"additionalProperties": True, "items": [{}, True]}, False, id="open inside"),
        pytest.param("other", {"writeOnly": True}, False, id="another input is"),
    ],
)
def test_inputs_that_may_contain_secrets_are_known_by_name_or_contract(key: str, contract: Any, expected: bool) -> None:
    """The agent's input always; the others by what the contract says of them or of anything in them."""
    loop = {"properties": {"next": {"$ref": "#/$defs/Loop"}, "key": {"writeOnly": True}}}
    schema = {"properties": {"token": contract, "other": {"type": "string"}}, "$defs": {"Loop": loop}}
    assert expected == inputs.is_secret(key, {}, Contract(schema) if contract else None)


@pytest.mark.parametrize(
    ("key", "value", "expected"),
    [
        ("api_token", "text", True),
        ("api_token", "", False),
        ("control_config", {"source": {"clientSecret": "text"}}, True),
        ("control_config", '{"sources": [{"private-key": "text"}]}', True),
        ("control_config", {"password_policy": {"length": 8}}, False),
        ("include_filter", {"^secret$": ["^token$"]}, False),
        ("extraction_method", "secret", False),
    ],
)
def test_a_text_under_the_name_of_a_secret_is_a_secret(key: str, value: Any, expected: bool) -> None:
    """Whatever the contract says; names of what is filtered are not meant."""
    assert expected == inputs.is_secret(key, value, None)
