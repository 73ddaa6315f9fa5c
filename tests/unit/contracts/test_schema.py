"""The facts that a contract contains about each input."""

from typing import Any, Literal

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
        pytest.param({"type": "string"}, {"object", "array"}, id="text"),
        pytest.param({"anyOf": [{"type": "string"}, {"type": "null"}]}, {"object", "array"}, id="text or null"),
        pytest.param({"allOf": [{"$ref": "#/$defs/Text"}], "default": ""}, {"object", "array"}, id="by reference"),
        pytest.param({"type": "string", "format": "json-string"}, {"object", "array"}, id="JSON by its format"),
        pytest.param({"type": ["string", "object"]}, {"array"}, id="an object too"),
        pytest.param({"type": ["string", "array"]}, {"object"}, id="a list too"),
        pytest.param({"anyOf": [{"type": "string"}, {"type": "array"}]}, {"object"}, id="a list as an alternative"),
        pytest.param({"type": ["string", "object", "array"]}, set(), id="both too"),
        pytest.param({"type": "string", "enum": ["a"]}, set(), id="certain values"),
        pytest.param({"type": "string", "format": "uri"}, set(), id="a format"),
        pytest.param({"type": "string", "pattern": "^a"}, set(), id="a pattern"),
        pytest.param({"type": "object"}, set(), id="an object"),
        pytest.param({"type": "array"}, set(), id="a list"),
        pytest.param({}, set(), id="anything"),
    ],
)
def test_a_value_is_json_text_if_the_input_takes_any_text_and_not_the_value(schema: Any, expected: set[str]) -> None:
    """The decision is made for objects and for lists. Nothing is converted if only certain texts are accepted."""
    contract = Contract(
        {"properties": {"x": schema}, "$defs": {"Text": {"$ref": "#/$defs/T"}, "T": {"type": "string"}}}
    )
    kinds: tuple[Literal["object", "array"], ...] = ("object", "array")
    assert expected == {kind for kind in kinds if contract.takes_json_text("x", kind)}


def test_references_without_a_target_or_in_a_loop_have_no_types() -> None:
    """They end, and nothing fails."""
    definitions = {"A": {"$ref": "#/$defs/B"}, "B": {"$ref": "#/$defs/A"}, "T": {"anyOf": [{"$ref": "#/$defs/T"}]}}
    schemas = {name: {"$ref": f"#/$defs/{name}"} for name in ("A", "T", "None")}
    contract = Contract({"properties": schemas, "$defs": definitions})
    assert [frozenset()] * 3 == [contract.types(name) for name in schemas]
