"""Suggestions of what a user probably meant."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from provider.contracts.suggestions import nearest, same_letters
from tests.unit.contracts.checks import texts


@pytest.mark.parametrize(
    ("word", "known", "expected"),
    [
        ("conection", ["connector", "connection"], "connection"),
        ("HOSTNAME", ["hostnames", "host_name"], "host_name"),
        ("include-filter", ["include_filters", "include_filter"], "include_filter"),
        ("Direct", ["agent", "direct"], "direct"),
        ("zzz", ["agent", "direct"], None),
        ("x" * 10_000, ["x" * 9_999], None),
        ("---", ["_"], None),
        ("a", [], None),
    ],
)
def test_the_nearest_word_is_meant(word: str, known: list[str], expected: str | None) -> None:
    """One that differs in case, hyphens and underscores alone comes first; nothing that is far is meant."""
    assert expected == nearest(word, known)


def test_words_without_letters_are_not_the_same() -> None:
    """Two words of signs alone have nothing in common."""
    assert not same_letters("--", "__")


@pytest.mark.parametrize(
    ("schema", "value", "expected"),
    [
        (
            {"type": "string", "enum": ["a"]},
            {"k": 1},
            "An object is sent as JSON text, which is not allowed here.",
        ),
        ({"type": "string", "format": "uri"}, [1], "A list is sent as JSON text, which is not allowed here."),
        (
            {"type": "string", "pattern": "^a"},
            {"k": 1},
            "An object is sent as JSON text, which is not allowed here.",
        ),
        (
            {"type": "string"},
            {"k": Decimal("0.1000000000000000000001")},
            "this one cannot be encoded: it holds a number with more",
        ),
        ({"type": "string"}, {"k": float("inf")}, "this one cannot be encoded: it holds an infinite number"),
    ],
)
def test_an_object_that_cannot_be_json_text_says_so(schema: Any, value: Any, expected: str) -> None:
    """Text of certain content cannot be JSON text, nor can JSON text hold every number."""
    ((*_, last),) = texts(schema, value)
    assert expected in last


def test_an_object_inside_another_is_told_how_to_become_text() -> None:
    """Inputs at the top travel as JSON text by themselves; what lies deeper does not."""
    ((*_, last),) = texts({"properties": {"k": {"type": "string"}}}, {"k": {"a": 1}})
    assert "Write it as JSON text with jsonencode()." == last
