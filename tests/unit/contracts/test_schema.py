"""The facts that a contract contains about each input."""

from typing import Any

import pytest

from provider.contracts.schema import Contract


def test_types_defaults_and_allowed_values_are_found_through_references() -> None:
    """References and alternatives are followed. Keywords with a wrong type are ignored."""
    contract = Contract(
        {
            "properties": {
                "mode": {"$ref": "#/$defs/Mode", "default": "b"},
                "either": {"anyOf": [{"type": "object"}, {"$ref": "#/$defs/Mode"}]},
                "anyof": {"type": ["object", "string"], "anyOf": [{"type": "object"}, {"enum": ["c"]}]},
                "malformed": 1,
            },
            "required": ["mode", 2],
            "$defs": {"Mode": {"type": "string", "enum": ["a", "b"], "default": "a"}},
        }
    )
    assert {"mode": "b"} == contract.defaults
    assert ["mode"] == contract.required
    assert [["a", "b"], ["a", "b"], ["c"], None] == [
        contract.allowed_values(name) for name in ("mode", "either", "anyof", "malformed")
    ]
    assert [{"string"}, {"object", "string"}, frozenset()] == [
        contract.types(name) for name in ("mode", "either", "malformed")
    ]


@pytest.mark.parametrize(
    ("schema", "expected"),
    [
        pytest.param({"type": "string"}, True, id="text"),
        pytest.param({"anyOf": [{"type": "string"}, {"type": "null"}]}, True, id="text or null"),
        pytest.param({"allOf": [{"$ref": "#/$defs/Text"}], "default": ""}, True, id="by reference"),
        pytest.param({"type": "string", "format": "json-string"}, True, id="JSON by its format"),
        pytest.param({"type": ["string", "object"]}, False, id="an object too"),
        pytest.param({"anyOf": [{"type": "string"}, {"type": "array"}]}, False, id="a list too"),
        pytest.param({"type": "string", "enum": ["a"]}, False, id="certain values"),
        pytest.param({"type": "string", "format": "uri"}, False, id="a format"),
        pytest.param({"type": "string", "pattern": "^a"}, False, id="a pattern"),
        pytest.param({"type": "object"}, False, id="an object"),
        pytest.param({}, False, id="anything"),
    ],
)
def test_only_inputs_that_accept_any_text_and_no_object_take_json_text(schema: Any, expected: bool) -> None:
    """Nothing is converted if the input accepts objects or only certain texts."""
    contract = Contract(
        {"properties": {"x": schema}, "$defs": {"Text": {"$ref": "#/$defs/T"}, "T": {"type": "string"}}}
    )
    assert expected == contract.takes_json_text("x")


def test_references_without_a_target_or_in_a_loop_have_no_types() -> None:
    """They end, and nothing fails."""
    definitions = {"A": {"$ref": "#/$defs/B"}, "B": {"$ref": "#/$defs/A"}, "T": {"anyOf": [{"$ref": "#/$defs/T"}]}}
    schemas = {name: {"$ref": f"#/$defs/{name}"} for name in ("A", "T", "None")}
    contract = Contract({"properties": schemas, "$defs": definitions})
    assert [frozenset()] * 3 == [contract.types(name) for name in schemas]
