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
    """Numbers as they are; what holds an unknown value is unknown itself."""
    assert expected == json_inputs.encode(value)


@pytest.mark.parametrize(
    "number", [Decimal(1) / 3, Decimal("1e5000"), Decimal("Infinity"), Decimal("NaN"), float("inf")]
)
def test_what_json_text_cannot_carry_is_refused(number: Any) -> None:
    """A number is sent exactly or not at all."""
    with pytest.raises(ValueError, match="it contains "):
        json_inputs.encode({"a": [number]})


def test_what_is_nested_too_deeply_is_refused() -> None:
    """It is told like all that cannot be carried."""
    deep: Any = {}
    for _ in range(5000):
        deep = {"a": deep}
    with pytest.raises(ValueError, match="it is nested too deeply"):
        json_inputs.encode(deep)
