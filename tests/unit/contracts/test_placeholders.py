"""Copies of inputs with placeholders."""

from __future__ import annotations

from typing import Any

from provider.contracts.placeholders import PlaceholderCopy, value_at
from provider.framework import Unknown


def test_each_unknown_value_gets_a_different_placeholder() -> None:
    """The paths of the placeholders and all paths above are known afterwards. The inputs stay unchanged."""
    inputs: Any = {"a": [1, Unknown], "b": {"c": Unknown}, "d": "x"}
    copy = PlaceholderCopy(inputs)
    first, second = value_at(copy.value, ("a", 1)), value_at(copy.value, ("b", "c"))
    assert {"a": [1, first], "b": {"c": second}, "d": "x"} == copy.value
    assert isinstance(first, str)
    assert isinstance(second, str)
    assert first != second
    assert {("a", 1), ("b", "c")} == copy.unknown
    assert {(), ("a",), ("a", 1), ("b",), ("b", "c")} == copy.affected
    assert {"a": [1, Unknown], "b": {"c": Unknown}, "d": "x"} == copy.original == inputs


def test_a_short_copy_leaves_out_what_is_long() -> None:
    """Lists, objects and keys are shortened, long texts become unknown, and both are noted."""
    inputs: Any = {
        "list": list(range(300)),
        "object": {f"k{number}": number for number in range(3000)},
        "text": "x" * 200_000,
        "key": {"y" * 200_000: 1, "z": 2},
    }
    copy = PlaceholderCopy(inputs, short=True)
    sizes = [
        len(each)
        for each in (value_at(copy.value, ("list",)), value_at(copy.value, ("object",)))
        if isinstance(each, list | dict)
    ]
    assert [200, 2000] == sizes
    assert {"z": 2} == value_at(copy.value, ("key",))
    assert {("text",)} == copy.unknown
    assert {("list",), ("object",), ("key",)} == copy.shortened
    assert {(), ("list",), ("object",), ("key",), ("text",)} == copy.affected


def test_a_complete_copy_leaves_out_nothing() -> None:
    """Large inputs are copied as a whole."""
    inputs: Any = {"list": list(range(300)), "text": "x" * 200_000}
    copy = PlaceholderCopy(inputs)
    assert (inputs, set()) == (copy.value, copy.affected)


def test_half_of_a_surrogate_pair_is_replaced() -> None:
    """The validator would refuse the text, as a value and as a key."""
    assert {"a?": "b?"} == PlaceholderCopy({"a\ud800": "b\ud800"}).value


def test_a_path_without_a_value_leads_to_none() -> None:
    """The steps of a path must have the type of their container."""
    inputs: Any = {"a": [{"b": 1}], "0": 2}
    assert [1, 2] == [value_at(inputs, ("a", 0, "b")), value_at(inputs, ("0",))]
    assert [None] * 4 == [value_at(inputs, path) for path in (("a", 1), ("a", "b"), (0,), ("a", 0, "b", "c"))]
