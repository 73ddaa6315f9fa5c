"""``provider::atlan::drop_defaults``."""

import json
from typing import Any

import pytest

from provider.framework import ArgumentError, Unknown
from provider.functions.drop_defaults import DropDefaults
from tests.support.function_calls import call

SCHEMA = {
    "properties": {
        "flag": {"type": "boolean", "default": False},
        "filter": {"type": ["object", "string"], "default": "{}"},
        "limit": {"type": "number", "default": 10},
        "none": {"default": None},
        "free": {"type": "string"},
        "referred": {"$ref": "#/$defs/Text"},
    },
    "$defs": {"Text": {"type": "string", "default": "x"}},
}
CONTRACT = json.dumps(SCHEMA)


@pytest.mark.parametrize(
    ("inputs", "expected"),
    [
        pytest.param({"flag": False}, {}, id="a default"),
        pytest.param({"flag": True, "free": "", "other": 1}, {"flag": True, "free": "", "other": 1}, id="no defaults"),
        pytest.param(
            {"filter": {}, "limit": 10.0, "none": None, "referred": "x"}, {}, id="the same, written otherwise"
        ),
        pytest.param({"flag": 0, "limit": "10"}, {"flag": 0, "limit": "10"}, id="of another type"),
        pytest.param({"flag": None}, {"flag": None}, id="a null where the default is none"),
        pytest.param({}, {}, id="nothing"),
        pytest.param({"flag": False, "free": Unknown}, {"free": Unknown}, id="unknown, with no default"),
        pytest.param({"flag": Unknown, "free": "a"}, Unknown, id="unknown, and may be the default"),
        pytest.param({"filter": {"a": [Unknown]}}, Unknown, id="unknown deeper inside"),
        pytest.param(Unknown, Unknown, id="all unknown"),
    ],
)
def test_what_equals_its_default_is_left_out(inputs: Any, expected: Any) -> None:
    """Nothing else is, and nothing is told before it is known."""
    assert expected == call(DropDefaults, inputs, CONTRACT)


def test_a_contract_without_properties_has_no_defaults() -> None:
    """Any JSON object passes for a contract."""
    assert {"a": 1} == call(DropDefaults, {"a": 1}, "{}")


@pytest.mark.parametrize(
    ("inputs", "contract", "argument", "expected"),
    [
        pytest.param("text", CONTRACT, 0, "an object or a map is needed, of inputs by their names", id="no object"),
        pytest.param([1], CONTRACT, 0, "an object or a map is needed, of inputs by their names", id="a list"),
        pytest.param({}, "{", 1, "it is not JSON text", id="broken JSON"),
        pytest.param({}, "[" * 100_000, 1, "it is not JSON text", id="nested too deep"),
        pytest.param(
            {}, "[]", 1, "it must hold a JSON object, as the schema of data.atlan_app_contract does", id="no contract"
        ),
    ],
)
def test_a_bad_argument_is_named(inputs: Any, contract: str, argument: int, expected: str) -> None:
    """Its position, and what is wrong with it."""
    with pytest.raises(ArgumentError) as raised:
        call(DropDefaults, inputs, contract)
    assert (argument, expected) == (raised.value.argument, str(raised.value))
