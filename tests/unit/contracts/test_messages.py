"""The text of a finding: the path, the value, what is allowed, and a suggestion."""

from __future__ import annotations

from typing import Any

import pytest

from provider.contracts.check import check_inputs
from provider.contracts.schema import Contract
from tests.support.input_checks import texts

TAGGED = {
    "discriminator": {"propertyName": "kind"},
    "oneOf": [
        {"properties": {"kind": {"const": "a"}, "x": {"type": "integer"}}, "required": ["kind"]},
        {"properties": {"kind": {"const": "b"}, "y": {"type": "integer"}}, "required": ["kind", "y"]},
    ],
}


@pytest.mark.parametrize(
    ("schema", "value", "expected"),
    [
        pytest.param(
            {"type": ["string", "object"]},
            5,
            [
                "inputs.x: expected text or an object, got a number",
                "inputs.x is 5.",
                "Allowed: text or an object.",
                '"5"',
            ],
            id="type",
        ),
        pytest.param(
            {"type": "integer", "minimum": 1, "maximum": 9},
            "5",
            [
                "expected a whole number, got text",
                "The text is not shown, because it can be sensitive.",
                "Allowed: a whole number from 1 to 9.",
                "Write it without quotes.",
            ],
            id="a number in quotes",
        ),
        pytest.param({"type": "integer"}, 1.5, ["expected a whole number, got 1.5"], id="a fraction"),
        pytest.param(
            {"type": "boolean"},
            "true",
            ["expected true or false, got text", "Write it without quotes."],
            id="quoted true",
        ),
        pytest.param({"type": "boolean"}, "True", ["expected true or false, got text"], id="not HCL's true"),
        pytest.param({"type": "string"}, True, ["expected text, got true", '"true", in quotes?'], id="unquoted true"),
        pytest.param(
            {"type": "array"}, "a", ["expected a list, got text", "a list with this element, in [ ]?"], id="no list"
        ),
        pytest.param({"type": "object"}, None, ["expected an object, got null", "Remove the key"], id="null"),
        pytest.param(
            {"anyOf": [{"type": "integer"}, {"type": "null"}]},
            "x",
            ["expected a whole number or null, got text", "Allowed: a whole number or null."],
            id="nullable",
        ),
        pytest.param(
            {"anyOf": [{"type": "integer", "minimum": 3}, {"type": "null"}]},
            2,
            ["inputs.x: 2 is too small", "Allowed: a whole number at least 3 or null."],
            id="nullable with a range",
        ),
        pytest.param(
            {"enum": ["direct", "agent", "s3"]},
            "Agnt",
            ["the text is not allowed", 'Allowed: one of "direct", "agent", "s3".', 'Did you mean "agent"?'],
            id="enum",
        ),
        pytest.param({"enum": list(range(20))}, 99, ["99 is not allowed", "10, 11 and 8 more."], id="a long enum"),
        pytest.param({"enum": ["5"]}, 5, ["5 is not allowed", 'Did you mean "5", in quotes?'], id="enum of text"),
        pytest.param(
            {"enum": [5]}, "5", ["the text is not allowed", "Did you mean 5, without quotes?"], id="enum of numbers"
        ),
        pytest.param(
            {"anyOf": [{"enum": ["a"], "type": "string"}, {"type": "null"}]},
            "b",
            ["the text is not allowed", 'Allowed: "a" or null.'],
            id="nullable enum",
        ),
        pytest.param(
            {"oneOf": [{"const": "a", "title": "A"}, {"const": "b", "title": "B"}]},
            "c",
            ["the text is not allowed", 'one of "a", "b".'],
            id="an enum of titled values",
        ),
        pytest.param({"const": 1}, 2, ["2 is not allowed", "Allowed: 1."], id="const"),
        pytest.param(
            {"type": "string", "format": "date-time"}, "now", ["the text is not a date and time such as"], id="format"
        ),
        pytest.param({"type": "string", "format": "uri"}, "x", ["not a URL such as https://example.com"], id="a URL"),
        pytest.param({"type": "string", "format": "uuid"}, "x", ["the text is not a UUID"], id="a UUID"),
        pytest.param({"type": "string", "format": "uri-template"}, "{", ["not of the format uri-template"], id="other"),
        pytest.param({"type": "number", "minimum": 2}, 1, ["1 is too small", "a number at least 2."], id="minimum"),
        pytest.param({"type": "number", "maximum": 2}, 3, ["3 is too large", "a number at most 2."], id="maximum"),
        pytest.param({"type": "number", "exclusiveMinimum": 0}, 0, ["too small", "a number above 0."], id="above"),
        pytest.param({"type": "number", "exclusiveMaximum": 0}, 0, ["too large", "a number below 0."], id="below"),
        pytest.param(
            {"type": "integer", "multipleOf": 5}, 7, ["7 is not a multiple", "in steps of 5."], id="multipleOf"
        ),
        pytest.param(
            {"type": "string", "minLength": 3},
            "a",
            ["the text is too short", "It has 1 character.", "of at least 3 characters"],
        ),
        pytest.param({"type": "string", "minLength": 1}, "", ["inputs.x: it must not be empty"], id="empty"),
        pytest.param({"type": "string", "maxLength": 1}, "ab", ["too long", "of at most 1 character."], id="maxLength"),
        pytest.param(
            {"type": "string", "minLength": 2, "maxLength": 2}, "a", ["of exactly 2 characters."], id="an exact length"
        ),
        pytest.param(
            {"type": "string", "pattern": "^a"}, "b", ["does not match the pattern", 'matches "^a".'], id="pattern"
        ),
        pytest.param({"type": "array", "minItems": 1}, [], ["too few elements", "at least 1 element."], id="minItems"),
        pytest.param(
            {"type": "array", "maxItems": 1}, [1, 2], ["too many elements", "It has 2 elements."], id="maxItems"
        ),
        pytest.param(
            {"uniqueItems": True}, ["a", "b", "a"], ["the same element more than once", "Elements 0 and 2"], id="unique"
        ),
        pytest.param({"contains": {"const": 1}}, [2], ["does not contain the required elements"], id="contains"),
        pytest.param(
            {"prefixItems": [True], "unevaluatedItems": False}, [1, 2], ["too many elements"], id="unevaluated"
        ),
        pytest.param({"minProperties": 1}, {}, ["too few keys", "It has 0 keys."], id="minProperties"),
        pytest.param({"maxProperties": 1}, {"a": 1, "b": 2}, ["too many keys", "It has 2 keys."], id="maxProperties"),
        pytest.param(
            {"propertyNames": {"pattern": "^a"}},
            {"b": 1},
            ["inputs.x[key 1]: a key with this name is not"],
            id="propertyNames",
        ),
        pytest.param({"not": {"type": "null"}}, None, ["null is not allowed", "Not allowed: null."], id="not"),
        pytest.param({"properties": {"a": False}}, {"a": 1}, ["inputs.x.a: no value is allowed here"], id="false"),
        pytest.param({"oneOf": [{"minimum": 1}, {"minimum": 2}]}, 3, ["matches several alternatives"], id="oneOf"),
        pytest.param(
            {"properties": {"a": {"type": "string"}}, "required": ["a"]},
            {},
            ["inputs.x.a: it is required, but missing", "Allowed: text."],
            id="required",
        ),
        pytest.param({"dependentRequired": {"a": ["b"]}}, {"a": 1}, ["inputs.x.b: it is required"], id="dependent"),
        pytest.param(
            TAGGED, {"kind": "c"}, ["inputs.x.kind: the text is not", 'Allowed: one of "a", "b".'], id="a wrong tag"
        ),
        pytest.param(
            TAGGED, {"kind": "b", "y": "5"}, ["inputs.x.y: expected a whole number"], id="the tag's alternative"
        ),
        pytest.param(TAGGED, {"y": 1}, ["inputs.x.kind: it is required, but missing"], id="no tag"),
        pytest.param(
            {"items": {"type": "string"}}, ["a", 1], ["inputs.x[1]: expected text, got a number"], id="an element"
        ),
        pytest.param(
            {"additionalProperties": {"type": "string"}},
            {"a b": 1},
            ["inputs.x[key 1]: expected text, got a number", "its place in the alphabet"],
            id="a key that is not in the contract",
        ),
        pytest.param(
            {"if": {"properties": {"a": {"const": 1}}}, "then": {"required": ["b"]}},
            {"a": 1},
            ["inputs.x.b: it is required"],
            id="if and then",
        ),
    ],
)
def test_a_finding_contains_what_is_wrong_and_the_allowed_values(schema: Any, value: Any, expected: list[str]) -> None:
    """There is one finding. Its text contains each expected part, in this order."""
    (lines,) = texts(schema, value)
    text = "\n".join(lines)
    places = [text.find(each) for each in expected]
    assert [] == [each for each, place in zip(expected, places, strict=True) if place < 0], text
    assert sorted(places) == places, text


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ("includ_filter", ["; did you mean include_filter?", "Did you mean include_filter?"]),
        ("Include-Filter", ["; did you mean include_filter?", "The key is spelled include_filter."]),
        ("includeFilter", ["; did you mean include_filter?", "The key is spelled include_filter."]),
        ("zzz", ["there is no such input", "inputs.zzz is not in the contract."]),
    ],
)
@pytest.mark.parametrize("closed", [False, True])
def test_an_unknown_key_is_reported_with_the_nearest_known_key(key: str, expected: list[str], closed: bool) -> None:
    """It is an error if the contract allows no other properties or if a known key is near, otherwise a warning."""
    schema = {"properties": {"include_filter": {}, "host": {}}, **({"additionalProperties": False} if closed else {})}
    (finding,) = check_inputs(Contract(schema), {key: 1})
    assert ((key,), closed or key != "zzz") == (finding.path, finding.is_error)
    assert [] == [each for each in expected if each not in f"{finding.summary}\n{finding.detail}"]
