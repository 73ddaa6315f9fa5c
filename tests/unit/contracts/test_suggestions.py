"""Suggestions of what a user probably meant."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from provider.contracts.suggestions import nearest, same_letters
from tests.support.input_checks import texts


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
def test_the_nearest_word_is_suggested(word: str, known: list[str], expected: str | None) -> None:
    """A word that differs only in case, hyphens and underscores is the nearest one."""
    assert expected == nearest(word, known)


def test_words_without_letters_are_not_the_same() -> None:
    """Two words without letters are not similar."""
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
            "this one cannot be encoded: it contains a number with more",
        ),
        ({"type": "string"}, {"k": float("inf")}, "this one cannot be encoded: it contains an infinite number"),
    ],
)
def test_an_object_that_cannot_be_json_text_is_explained(schema: Any, value: Any, expected: str) -> None:
    """An input that accepts only certain texts takes no JSON text, and JSON text cannot contain every number."""
    ((*_, last),) = texts(schema, value)
    assert expected in last


def test_a_nested_object_needs_jsonencode() -> None:
    """Only top-level inputs are encoded as JSON text by the provider."""
    ((*_, last),) = texts({"properties": {"k": {"type": "string"}}}, {"k": {"a": 1}})
    assert "Write it as JSON text with jsonencode()." == last
