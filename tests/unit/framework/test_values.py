"""How values compare, and what they contain."""

from decimal import Decimal
from typing import Any

import pytest

from provider.framework import Unknown, is_known, same
from provider.framework.values import leaves


@pytest.mark.parametrize(
    ("value", "known"),
    [
        (None, True),
        ("a", True),
        (Unknown, False),
        ([], True),
        ([1, Unknown], False),
        ({"a": {"b": [Unknown]}}, False),
        ({"a": {"b": [None]}}, True),
    ],
)
def test_a_value_is_known_if_all_of_it_is(value: Any, known: bool) -> None:
    """An unknown value may be anywhere inside."""
    assert known is is_known(value)


@pytest.mark.parametrize(
    ("left", "right", "equal"),
    [
        (1, 1.0, True),
        (1, True, False),
        (0, False, False),
        (0.1, Decimal("0.1"), True),
        (None, Unknown, False),
        (Unknown, Unknown, True),
        ([1, 2], [2, 1], False),
        ([1], (1,), True),
        ({"a": 1}, {"a": 1.0}, True),
        ({"a": None}, {}, False),
        ("1", 1, False),
    ],
)
def test_values_compare_as_terraform_compares_them(left: Any, right: Any, equal: bool) -> None:
    """Numbers compare by value, and a boolean is not a number."""
    assert equal is same(left, right)
    assert equal is same(right, left)


def test_leaves_are_the_scalar_values() -> None:
    """Null, unknown values and keys are left out."""
    value = {"a": [1, None, {"b": "x"}], "c": Unknown, "d": False, "e": Decimal("0.1")}
    assert [1, "x", False, Decimal("0.1")] == list(leaves(value))
