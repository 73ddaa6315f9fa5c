"""What a contract tells of each input."""

from typing import Any

import pytest

from provider.contracts.schema import Contract


def test_properties_tell_type_default_and_allowed_values_through_references() -> None:
    """References and alternatives are followed; what is malformed is as if it were not there."""
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
def test_json_text_is_for_inputs_that_take_text_of_any_content_alone(schema: Any, expected: bool) -> None:
    """Where objects are taken as they are, or text is to be something certain, nothing is converted."""
    contract = Contract(
        {"properties": {"x": schema}, "$defs": {"Text": {"$ref": "#/$defs/T"}, "T": {"type": "string"}}}
    )
    assert expected == contract.takes_json_text("x")


def test_references_that_lead_nowhere_or_round_are_followed_to_their_end() -> None:
    """They tell nothing, and nothing fails."""
    definitions = {"A": {"$ref": "#/$defs/B"}, "B": {"$ref": "#/$defs/A"}, "T": {"anyOf": [{"$ref": "#/$defs/T"}]}}
    schemas = {name: {"$ref": f"#/$defs/{name}"} for name in ("A", "T", "None")}
    contract = Contract({"properties": schemas, "$defs": definitions})
    assert [frozenset()] * 3 == [contract.types(name) for name in schemas]
