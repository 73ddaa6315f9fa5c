"""Allowed values in words."""

from __future__ import annotations

from typing import Any

import pytest

from provider.contracts.allowed_values import allowed_types, allowed_values, describe_allowed, describe_types
from provider.contracts.schema_walker import SchemaWalker

DEFINITIONS: Any = {"Mode": {"type": "string", "enum": ["a", "b"]}, "Count": {"type": "integer", "minimum": 1}}


@pytest.mark.parametrize(
    ("types", "expected"),
    [
        (["string"], "text"),
        (["null", "string"], "text or null"),
        (["number", "integer", "boolean"], "a number or true or false"),
        (["object", "array", "other"], "an object, a list or other"),
        ([], ""),
    ],
)
def test_types_are_written_in_words(types: list[str], expected: str) -> None:
    """Null is the last one, and a whole number is a number."""
    assert expected == describe_types(types)


@pytest.mark.parametrize(
    ("schema", "types", "values", "words"),
    [
        pytest.param({"$ref": "#/$defs/Mode"}, ["string"], ["a", "b"], 'one of "a", "b"', id="a reference"),
        pytest.param(
            {"anyOf": [{"type": "null"}, {"$ref": "#/$defs/Mode"}]},
            ["null", "string"],
            ["a", "b"],
            'one of "a", "b" or null',
            id="an alternative",
        ),
        pytest.param(
            {"$ref": "#/$defs/Count", "maximum": 9},
            ["integer"],
            [],
            "a whole number from 1 to 9",
            id="limits are merged",
        ),
        pytest.param({"const": 1}, ["integer"], [1], "1", id="a constant"),
        pytest.param(
            {"enum": [1, 1.5, None]}, ["integer", "number", "null"], [1, 1.5, None], None, id="types of values"
        ),
        pytest.param({"type": "string", "minLength": 1}, ["string"], [], "text of at least 1 character", id="a length"),
        pytest.param({"type": "array", "minItems": 2, "maxItems": 2}, ["array"], [], "a list of exactly 2 elements"),
        pytest.param({"type": "object", "maxProperties": 3}, ["object"], [], "an object of at most 3 keys", id="keys"),
        pytest.param({"type": "string", "format": "uuid"}, ["string"], [], "a UUID", id="a format"),
        pytest.param({"type": "string", "pattern": "^a"}, ["string"], [], 'text that matches "^a"', id="a pattern"),
        pytest.param({"type": "number", "exclusiveMinimum": True}, ["number"], [], "a number", id="an older draft"),
        pytest.param({"description": "anything"}, [], [], "", id="anything"),
    ],
)
def test_alternatives_are_described(schema: Any, types: list[str], values: list[Any], words: str | None) -> None:
    """Their types, their values, and both in words."""
    walker = SchemaWalker({"$defs": DEFINITIONS})
    assert types == allowed_types(walker, [schema])
    assert values == allowed_values(walker, [schema])
    if words is not None:
        assert words == describe_allowed(walker, [schema])
