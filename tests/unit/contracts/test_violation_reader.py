"""Violations that the errors of a validator prove, whatever the unknown values will be."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from provider.framework import Unknown
from tests.support.input_checks import summaries

TEXT: Any = {"type": "string"}
NUMBER: Any = {"type": "integer"}


@pytest.mark.parametrize(
    ("schema", "value"),
    [
        pytest.param(TEXT, Unknown, id="itself"),
        pytest.param({"required": ["a"], "properties": {"a": NUMBER}}, {"a": Unknown}, id="a required key"),
        pytest.param(
            {"anyOf": [{"properties": {"a": NUMBER}}, {"maxProperties": 0}]}, {"a": Unknown}, id="an alternative"
        ),
        pytest.param({"oneOf": [{"required": ["a"]}, {"properties": {"a": NUMBER}}]}, {"a": Unknown}, id="one of"),
        pytest.param({"uniqueItems": True}, [Unknown, Unknown, "a"], id="unique elements"),
        pytest.param({"contains": {"const": 1}}, [2, Unknown], id="contains"),
        pytest.param({"contains": {"const": 1}, "maxContains": 0, "minContains": 0}, [2, Unknown], id="at most"),
        pytest.param({"enum": [{"a": 1}]}, {"a": Unknown}, id="enum of an object"),
        pytest.param({"const": [1, 2]}, [1, Unknown], id="const of a list"),
        pytest.param({"not": {"properties": {"a": {"const": 1}}}}, {"a": Unknown}, id="not"),
        pytest.param({"if": {"properties": {"a": {"const": 1}}}, "then": False}, {"a": Unknown}, id="if"),
        pytest.param(
            {"if": {"properties": {"a": {"const": 1}}}, "else": {"required": ["b"]}}, {"a": Unknown}, id="else"
        ),
        pytest.param(
            {"anyOf": [{"properties": {"a": NUMBER, "b": NUMBER}}], "unevaluatedProperties": False},
            {"a": Unknown, "b": 1},
            id="unevaluated keys",
        ),
        pytest.param({"prefixItems": [{"contains": NUMBER}], "unevaluatedItems": True}, [[Unknown]], id="deep inside"),
    ],
)
def test_a_value_that_can_still_match_is_accepted(schema: Any, value: Any) -> None:
    """No finding is wrong, whatever the unknown value will be."""
    assert [] == summaries({"properties": {"x": schema}}, {"x": value})


@pytest.mark.parametrize(
    ("schema", "value", "expected"),
    [
        pytest.param({"uniqueItems": True}, [Unknown, "a", "a"], "x: the list contains the same", id="known elements"),
        pytest.param({"minItems": 3}, [Unknown, Unknown], "x: the list has too few", id="how many elements"),
        pytest.param({"items": NUMBER}, [Unknown, "a"], "x[1]: expected a whole number", id="another element"),
        pytest.param(
            {"additionalProperties": False}, {"a": Unknown}, "x[key 1]: there is no such key", id="a closed object"
        ),
        pytest.param({"required": ["b"]}, {"a": Unknown}, "x.b: it is required", id="another key"),
        pytest.param({"type": "array"}, {"a": Unknown}, "x: expected a list, got an object", id="the type around it"),
        pytest.param(
            {"anyOf": [{"properties": {"a": NUMBER, "b": NUMBER}}, {"type": "null"}]},
            {"a": Unknown, "b": "x"},
            "x.b: expected a whole number",
            id="another key of the only alternative",
        ),
        pytest.param(
            {
                "if": {"properties": {"m": {"const": 1}}, "required": ["m"]},
                "then": {"properties": {"a": {}, "b": NUMBER}},
            },
            {"m": 1, "a": Unknown, "b": "x"},
            "x.b: expected a whole number",
            id="a condition on what is known",
        ),
        pytest.param(
            {"anyOf": [{"properties": {"a": NUMBER}}], "unevaluatedProperties": False},
            {"a": Unknown, "b": 1},
            "x[key 2]: there is no such key",
            id="a key that no alternative knows",
        ),
    ],
)
def test_known_values_beside_an_unknown_one_are_checked(schema: Any, value: Any, expected: str) -> None:
    """A violation that does not depend on the unknown value is reported."""
    (summary,) = summaries({"properties": {"x": schema}}, {"x": value})
    assert summary.startswith(f"inputs.{expected}")


@pytest.mark.parametrize("value", [1.0, Decimal("2.0"), 10**30, -(2**70), Decimal("1e400"), 1e300])
def test_a_number_without_a_fraction_is_a_whole_number(value: Any) -> None:
    """JSON Schema defines it so, for every spelling and size of a number."""
    assert [] == summaries({"properties": {"x": NUMBER}}, {"x": value})
