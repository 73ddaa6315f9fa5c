"""Objects and lists as JSON text."""

from decimal import Decimal
from typing import Any

import pytest

from provider.framework import Unknown
from provider.model import json_inputs


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ({"ä": [1, None, True]}, '{"ä": [1, null, true]}'),
        ([0.1, Decimal("0.1"), Decimal("2.0"), 10**30], "[0.1, 0.1, 2, 1000000000000000000000000000000]"),
        ({"a": {"b": [Unknown]}}, Unknown),
    ],
)
def test_an_object_becomes_text(value: Any, expected: Any) -> None:
    """Numbers stay numbers, and a value with anything unknown is Unknown."""
    assert expected == json_inputs.encode(value)


@pytest.mark.parametrize(
    "number", [Decimal(1) / 3, Decimal("1e5000"), Decimal("Infinity"), Decimal("NaN"), float("inf")]
)
def test_what_json_text_cannot_carry_is_refused(number: Any) -> None:
    """A number is sent exactly or not at all."""
    with pytest.raises(ValueError, match="it contains "):
        json_inputs.encode({"a": [number]})


def test_what_is_nested_too_deeply_is_refused() -> None:
    """The error is the same as for any value that JSON text cannot carry."""
    deep: Any = {}
    for _ in range(5000):
        deep = {"a": deep}
    with pytest.raises(ValueError, match="it is nested too deeply"):
        json_inputs.encode(deep)


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        pytest.param("a", "a", True, id="same text"),
        pytest.param('{"a": [1]}', {"a": [1]}, True, id="JSON text and its object"),
        pytest.param('{"a": 1, "b": 2}', '{"b":2,"a":1.0}', True, id="keys reordered, 1 and 1.0"),
        pytest.param({"a": '{"b": 1}'}, {"a": {"b": 1}}, True, id="JSON text deeper inside"),
        pytest.param(Decimal(1) / 3, 1 / 3, True, id="more digits than a float holds"),
        pytest.param(1, True, False, id="1 is not true"),
        pytest.param(0, False, False, id="0 is not false"),
        pytest.param("1", 1, False, id="text is not a number"),
        pytest.param("{broken", "{broken", True, id="text that only looks like JSON"),
        pytest.param("[" * 100_000, [], False, id="text nested too deep to read"),
        pytest.param([1, 2], [2, 1], False, id="lists keep their order"),
        pytest.param(None, "", False, id="null is not empty"),
        pytest.param({"a": {"b": None}}, {"a": {}, "c": None}, True, id="null in an object is a missing key"),
        pytest.param([None], [], False, id="null in a list is an element"),
        pytest.param("[NaN]", "[NaN]", True, id="text that Python alone takes for JSON"),
        pytest.param(Decimal("0.1"), "0.1", False, id="a decimal is not text"),
    ],
)
def test_values_are_equal_when_they_mean_the_same_to_the_service(left: Any, right: Any, expected: bool) -> None:
    """JSON text equals its value, and numbers are compared as numbers."""
    assert expected == json_inputs.equal(left, right)
    assert expected == json_inputs.equal(right, left)


@pytest.mark.parametrize(
    ("configured", "write_only", "expected"),
    [
        pytest.param({"a": 1}, {"b": 2}, {"a": 1, "b": 2}, id="beside"),
        pytest.param(Unknown, {}, Unknown, id="nothing over what is unknown"),
        pytest.param({"a": Unknown}, {"a": {"b": 2}}, {"a": Unknown}, id="a key of what is unknown"),
        pytest.param({"a": Unknown}, {"a": 2}, {"a": 2}, id="in place of what is unknown"),
        pytest.param({"a": {"x": 1}}, {"a": {"y": 2}}, {"a": {"x": 1, "y": 2}}, id="deep"),
        pytest.param({"a": '{"x": 1}'}, {"a": {"y": 2}}, {"a": {"x": 1, "y": 2}}, id="into JSON text"),
        pytest.param({"a": [1, 2]}, {"a": [3]}, {"a": [3]}, id="lists replace whole"),
        pytest.param({"a": 1, "b": {"c": None}}, {"a": None, "b": None}, {"a": 1, "b": {}}, id="null is no value"),
        pytest.param({"a": None}, {"a": {"b": [{"c": None}]}}, {"a": {"b": [{}]}}, id="null in a list's object"),
        pytest.param({"a": '{"b": null}'}, {}, {"a": '{"b": null}'}, id="JSON text is unchanged"),
    ],
)
def test_write_only_inputs_are_laid_deep_over_the_others(configured: Any, write_only: Any, expected: Any) -> None:
    """Objects merge key by key, and other values are replaced."""
    assert expected == json_inputs.merged(configured, write_only)
