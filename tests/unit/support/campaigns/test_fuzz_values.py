"""The comparisons of the codec's campaign. A comparison that is always equal would hide every difference."""

from decimal import Decimal
from typing import Any

import pytest

from provider.framework import Unknown
from tests.support.campaigns.fuzz_values import comparable, plain


@pytest.mark.parametrize(
    ("one", "other"),
    [(1, True), (0, False), ("1", 1), (None, False), ([], {}), ([1], [1, 1]), ({"a": 1}, {"b": 1}), (Unknown, None)],
)
@pytest.mark.parametrize("inside", [lambda value: value, lambda value: [value], lambda value: {"k": {"l": value}}])
def test_python_values_that_differ_compare_as_different(one: Any, other: Any, inside: Any) -> None:
    """Also inside of lists and objects."""
    assert plain(inside(one)) != plain(inside(other))


def test_large_numbers_are_compared_exactly() -> None:
    """Two integers that are the same as floats differ. A number is the same as int and as Decimal."""
    assert plain(2**60) != plain(2**60 + 1)
    assert plain(2**60) == plain(Decimal(2**60))
    assert plain((1, 0.5)) == plain([Decimal(1), Decimal("0.5")])


@pytest.mark.parametrize(
    ("ty", "one", "other"),
    [
        ("string", "1", "2"),
        ("number", "1", "1.0000000000000000000000001"),
        (["list", "string"], ["a"], ["a", "a"]),
        (["tuple", ["string", "bool"]], ["a", True], ["a", False]),
        (["map", "number"], {"a": 1}, {"b": 1}),
        (["object", {"a": "string"}], {"a": None}, {"a": Unknown}),
        ("dynamic", [b'"string"', "1"], [b'"number"', "1"]),
        ("dynamic", [b'["list","string"]', []], [b'["tuple",[]]', []]),
    ],
)
def test_raw_values_that_differ_compare_as_different(ty: Any, one: Any, other: Any) -> None:
    """In the value or in the type that a dynamic value has."""
    assert comparable(ty, one) != comparable(ty, other)


def test_raw_numbers_are_equal_in_each_notation() -> None:
    """A number is sent as an integer, a float or text."""
    assert comparable(["list", "number"], [1, 0.5]) == comparable(["list", "number"], ["1", "5e-1"])
