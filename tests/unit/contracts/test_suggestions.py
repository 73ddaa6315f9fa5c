"""Suggestions of what a user probably meant."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from provider.contracts.suggestions import equal_elements_sentence, is_same_word, nearest, type_sentence, value_sentence
from provider.framework import Unknown
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
    """Two words without letters and digits are not the same word."""
    assert not is_same_word("--", "__")


@pytest.mark.parametrize(
    "text", ["snan1", "nan1", "inf", "infinity0", "+5", ".5", "5.", "1_000", " 5", "\u0665", "1e" + "9" * 30]
)
def test_a_text_that_is_not_a_number_in_hcl_is_not_suggested(text: str) -> None:
    """Python reads more texts as numbers than HCL does, and some of them are not finite."""
    assert "" == type_sentence(text, ["number"], True, True)
    assert "" == value_sentence(text, [5, 0.5, 1000])


UNQUOTED = (
    " If it has none, a variable of the type map(any) or list(any) turned it into text: use the type any instead."
)


@pytest.mark.parametrize("text", ["5", "-5", "007", "0.5", "1e3", "true"])
def test_a_number_or_boolean_in_quotes_is_to_be_written_without_quotes(text: str) -> None:
    """The sentence does not contain the text, which can be sensitive."""
    assert f"Write it without quotes.{UNQUOTED}" == type_sentence(text, ["number", "boolean"], True, True)


@pytest.mark.parametrize("kind", ["map", "list", "set"])
def test_a_text_in_a_collection_is_not_to_be_written_without_quotes(kind: str) -> None:
    """Terraform would turn it into text again, so the sentences name the type of the variable instead."""
    sentences = [type_sentence("true", ["boolean"], True, True, kind), value_sentence("5", [5, 7], kind)]
    assert [True, True] == [f"{kind}(any) does this" in each and "quotes" not in each for each in sentences]


@pytest.mark.parametrize(
    ("value", "allowed"),
    [([1], [None]), ({"a": 1}, [None]), (None, [None]), ("1", [True]), ("true", [1]), ("0", [False])],
)
def test_a_value_of_another_type_is_not_suggested(value: Any, allowed: list[Any]) -> None:
    """A list has no text in quotes, and 1 and true are different values although Python compares them as equal."""
    assert "" == value_sentence(value, allowed)


def test_a_fraction_in_quotes_is_suggested_without_quotes() -> None:
    """A fraction in a contract is a float, and it equals the decimal number in the text."""
    assert f"Did you mean 0.1, without quotes?{UNQUOTED}" == value_sentence("0.1", [0.1])


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ([Decimal(1), "1", 2, 2], "Elements 2 and 3 are equal."),
        ([1, True, [0], [False], {"a": 1}, {"a": True}, "x", "x"], "Elements 6 and 7 are equal."),
        ([Unknown, Unknown, {"a": Unknown}, {"a": Unknown}, 1, 1.0], "Elements 4 and 5 are equal."),
        ([{"a": 1, "b": [2]}, {"b": [2], "a": 1}], "Elements 0 and 1 are equal."),
        ([{}, [], None, False, 0, ""], ""),
        ("aa", ""),
    ],
)
def test_the_first_equal_elements_are_named(value: Any, expected: str) -> None:
    """Elements are compared as JSON values, and an unknown element equals no other element."""
    assert expected == equal_elements_sentence(value)


@pytest.mark.parametrize(
    ("schema", "value", "expected"),
    [
        (
            {"type": "string", "enum": ["a"]},
            {"k": 1},
            "An object can be sent only as JSON text, but only certain texts are allowed here.",
        ),
        (
            {"type": "string", "format": "uri"},
            [1],
            "A list can be sent only as JSON text, but only certain texts are allowed here.",
        ),
        (
            {"type": "string", "pattern": "^a"},
            {"k": 1},
            "An object can be sent only as JSON text, but only certain texts are allowed here.",
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


@pytest.mark.parametrize("limit", [{}, {"format": "json"}])
def test_a_nested_object_needs_jsonencode(limit: dict[str, str]) -> None:
    """Only top-level inputs are encoded as JSON text by the provider, and the format JSON accepts any JSON text."""
    ((*_, last),) = texts({"properties": {"k": {"type": "string", **limit}}}, {"k": {"a": 1}})
    assert "Write it as JSON text with jsonencode()." == last
