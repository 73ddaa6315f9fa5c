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
        pytest.param({"flag": None}, {"flag": None}, id="a null without a default"),
        pytest.param({}, {}, id="nothing"),
        pytest.param({"flag": False, "free": Unknown}, {"free": Unknown}, id="unknown, with no default"),
        pytest.param({"flag": Unknown, "free": "a"}, Unknown, id="unknown, and may be the default"),
        pytest.param({"filter": {"a": [Unknown]}}, Unknown, id="unknown deeper inside"),
        pytest.param(Unknown, Unknown, id="all unknown"),
    ],
)
def test_inputs_that_equal_their_default_are_removed(inputs: Any, expected: Any) -> None:
    """All others stay. The result is unknown if an unknown value can equal a default."""
    assert expected == call(DropDefaults, inputs, CONTRACT)


def test_a_contract_without_properties_has_no_defaults() -> None:
    """Any JSON object is accepted as a contract."""
    assert {"a": 1} == call(DropDefaults, {"a": 1}, "{}")


@pytest.mark.parametrize(
    ("inputs", "contract", "argument", "expected"),
    [
        pytest.param("text", CONTRACT, 0, "it must be an object or a map of inputs", id="no object"),
        pytest.param([1], CONTRACT, 0, "it must be an object or a map of inputs", id="a list"),
        pytest.param({}, "{", 1, "it is not JSON text", id="broken JSON"),
        pytest.param({}, "[" * 100_000, 1, "it is not JSON text", id="nested too deep"),
        pytest.param(
            {},
            "[]",
            1,
            "it must contain a JSON object, such as the schema of data.atlan_app_contract",
            id="no contract",
        ),
    ],
)
def test_a_bad_argument_is_named(inputs: Any, contract: str, argument: int, expected: str) -> None:
    """The error contains the argument's position and the reason."""
    with pytest.raises(ArgumentError) as raised:
        call(DropDefaults, inputs, contract)
    assert (argument, expected) == (raised.value.argument, str(raised.value))
