"""``provider::atlan::anchored_expressions``."""

from typing import Any

import pytest

from provider.framework import ArgumentError
from provider.functions.anchored_expressions import AnchoredExpressions
from tests.support.function_calls import call


def test_expressions_are_anchored_as_a_whole() -> None:
    """Keys and elements are anchored, and nothing is escaped."""
    given = {"prod|staging": ["sales_.*", "^a$"], "(?i)x": []}
    expected = {"^(prod|staging)$": ["^sales_.*$", "^a$"], "^(?i:x)$": []}
    assert expected == call(AnchoredExpressions, given)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        pytest.param({"a": None}, 'map["a"] is null; use a list', id="no list"),
        pytest.param({"a": ["b", None]}, 'map["a"] contains a null; use expressions', id="no expression"),
        pytest.param(
            {"a": [], "^a$": []},
            "it contains a key twice, once anchored and once not; merge their lists",
            id="twice",
        ),
        pytest.param({"(": []}, 'the key "(" is not a regular expression: a ( has no )', id="a bad key"),
        pytest.param(
            {"a": ["b", "[c"]},
            'map["a"][1] is not a regular expression: a character class is not closed',
            id="a bad element",
        ),
    ],
)
def test_the_error_for_a_bad_map_contains_the_path(given: dict[str, Any], expected: str) -> None:
    """The error is about the first argument and contains the path in it."""
    with pytest.raises(ArgumentError) as raised:
        call(AnchoredExpressions, given)
    assert (0, expected) == (raised.value.argument, str(raised.value))
