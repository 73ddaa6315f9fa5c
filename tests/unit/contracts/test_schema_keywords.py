"""The keywords of one schema."""

from __future__ import annotations

from typing import Any

import pytest

from provider.contracts import schema_keywords


@pytest.mark.parametrize(
    ("schema", "types"),
    [
        ({"type": "string"}, ["string"]),
        ({"type": ["string", 1, "null"]}, ["string", "null"]),
        ({"type": 1}, []),
        ({}, []),
    ],
)
def test_types_are_a_text_or_a_list(schema: Any, types: list[str]) -> None:
    """Malformed types are ignored."""
    assert types == schema_keywords.types_of(schema)


@pytest.mark.parametrize(
    ("schema", "expected"),
    [
        ({"writeOnly": True}, True),
        ({"format": "password"}, True),
        ({"writeOnly": "true"}, False),
        ({"format": "uri"}, False),
    ],
)
def test_a_secret_is_write_only_or_a_password(schema: Any, expected: bool) -> None:
    """Nothing else marks a secret."""
    assert expected == schema_keywords.is_marked_secret(schema)


@pytest.mark.parametrize(
    ("schema", "expected"),
    [
        ({"properties": {"a": True}}, True),
        ({"required": ["a"]}, True),
        ({"patternProperties": {"^a$": {}}}, True),
        ({"properties": {"b": True}, "required": ["c"], "additionalProperties": {}}, False),
    ],
)
def test_a_schema_names_keys_as_properties_as_required_or_by_a_pattern(schema: Any, expected: bool) -> None:
    """Additional properties name no key."""
    assert expected == schema_keywords.declares([{}, schema], "a")


def test_items_of_an_object_or_a_list_are_found() -> None:
    """A missing item is None. The validator writes a key of digits as a number."""
    assert [1, 2] == [schema_keywords.child_at({"0": 1}, 0), schema_keywords.child_at([0, 2], 1)]
    assert [None] * 3 == [schema_keywords.child_at(*each) for each in (([], 0), (["a"], "a"), ("a", 0))]


def test_property_names_have_no_duplicates() -> None:
    """They are in the order of the schemas."""
    schemas: Any = [{"properties": {"b": {}, "a": {}}}, {}, {"properties": {"a": {}, "c": {}}}]
    assert ["b", "a", "c"] == schema_keywords.property_names(schemas)
