"""What a finding says: the path, what was found, what is allowed, what was probably meant."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from provider.contracts.check import InputFinding, check_inputs
from provider.contracts.schema import Contract
from provider.framework import Unknown

TAGGED = {
    "discriminator": {"propertyName": "kind"},
    "oneOf": [
        {"properties": {"kind": {"const": "a"}, "x": {"type": "integer"}}, "required": ["kind"]},
        {"properties": {"kind": {"const": "b"}, "y": {"type": "integer"}}, "required": ["kind", "y"]},
    ],
}


def found(schema: Any, value: Any, **options: Any) -> list[InputFinding]:
    """What is found where that schema is of the input `x`."""
    return check_inputs(Contract({"properties": {"x": schema}, "additionalProperties": False}), {"x": value}, **options)


def told(schema: Any, value: Any, **options: Any) -> list[list[str]]:
    return [[each.summary, *each.detail.split("\n")] for each in found(schema, value, **options)]


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
                'is "5"',
                "Allowed: a whole number from 1 to 9.",
                "5, without quotes?",
            ],
            id="a number in quotes",
        ),
        pytest.param({"type": "integer"}, 1.5, ["expected a whole number, got 1.5"], id="a fraction"),
        pytest.param(
            {"type": "boolean"}, "true", ["expected true or false, got text", "true, without quotes?"], id="quoted true"
        ),
        pytest.param({"type": "boolean"}, "True", ["expected true or false, got text"], id="not HCL's true"),
        pytest.param({"type": "string"}, True, ["expected text, got true", '"true", in quotes?'], id="unquoted true"),
        pytest.param({"type": "array"}, "a", ["expected a list, got text", 'a list, ["a"]?'], id="no list"),
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
            ['"Agnt" is not allowed', 'Allowed: one of "direct", "agent", "s3".', 'Did you mean "agent"?'],
            id="enum",
        ),
        pytest.param({"enum": list(range(20))}, 99, ["99 is not allowed", "10, 11 and 8 more."], id="a long enum"),
        pytest.param({"enum": ["5"]}, 5, ["5 is not allowed", 'Did you mean "5", in quotes?'], id="enum of text"),
        pytest.param(
            {"enum": [5]}, "5", ['"5" is not allowed', "Did you mean 5, without quotes?"], id="enum of numbers"
        ),
        pytest.param(
            {"anyOf": [{"enum": ["a"], "type": "string"}, {"type": "null"}]},
            "b",
            ['"b" is not allowed', 'Allowed: "a" or null.'],
            id="nullable enum",
        ),
        pytest.param(
            {"oneOf": [{"const": "a", "title": "A"}, {"const": "b", "title": "B"}]},
            "c",
            ['"c" is not allowed', 'one of "a", "b".'],
            id="an enum of titled values",
        ),
        pytest.param({"const": 1}, 2, ["2 is not allowed", "Allowed: 1."], id="const"),
        pytest.param(
            {"type": "string", "format": "date-time"}, "now", ['"now" is not a date and time such as'], id="format"
        ),
        pytest.param({"type": "string", "format": "uri"}, "x", ["not a URL such as https://example.com"], id="a URL"),
        pytest.param({"type": "string", "format": "uuid"}, "x", ['"x" is not a UUID'], id="a UUID"),
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
            ['"a" is too short', "It has 1 character.", "of at least 3 characters"],
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
            ["inputs.x.b: a key with this name is not"],
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
            TAGGED, {"kind": "c"}, ['inputs.x.kind: "c" is not', 'Allowed: one of "a", "b".'], id="a wrong tag"
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
            ['inputs.x["a b"]: expected text, got a number'],
            id="a key that is no identifier",
        ),
        pytest.param(
            {"if": {"properties": {"a": {"const": 1}}}, "then": {"required": ["b"]}},
            {"a": 1},
            ["inputs.x.b: it is required"],
            id="if and then",
        ),
    ],
)
def test_a_finding_says_what_was_found_and_what_is_allowed(schema: Any, value: Any, expected: list[str]) -> None:
    """One finding, whose text has each of these in this order."""
    (lines,) = told(schema, value)
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
def test_an_unknown_key_is_told_with_the_nearest_known_one(key: str, expected: list[str], closed: bool) -> None:
    """An error where the contract closes its properties, a warning where it does not."""
    schema = {"properties": {"include_filter": {}, "host": {}}, **({"additionalProperties": False} if closed else {})}
    (told_once,) = check_inputs(Contract(schema), {key: 1})
    assert ((key,), closed) == (told_once.path, told_once.is_error)
    assert [] == [each for each in expected if each not in f"{told_once.summary}\n{told_once.detail}"]


@pytest.mark.parametrize(
    "schema",
    [
        pytest.param({}, id="nothing declared"),
        pytest.param({"additionalProperties": {"type": "integer"}}, id="a map"),
        pytest.param(
            {"properties": {"a": {}}, "additionalProperties": {"type": "integer"}}, id="a map with a known key"
        ),
        pytest.param({"properties": {"a": {}}, "patternProperties": {"^b": True}}, id="a pattern"),
        pytest.param({"properties": {"a": {}}, "allOf": [{"$ref": "#/$defs/More"}]}, id="declared elsewhere"),
    ],
)
def test_a_key_that_a_contract_leaves_free_is_no_finding(schema: Any) -> None:
    """A free-form map takes any key; so does an object for keys that another part of the contract declares."""
    contract = Contract({"properties": {"x": schema}, "$defs": {"More": {"properties": {"bcd": True}}}})
    assert [] == check_inputs(contract, {"x": {"bcd": 1}})


@pytest.mark.parametrize("closed", [False, True])
def test_a_misspelt_required_key_is_told_once(closed: bool) -> None:
    """The misspelt key, which names the required one, and not that it is missing besides; an error in any case."""
    schema = {"properties": {"connection": {}}, "required": ["connection"], "additionalProperties": not closed}
    (told_once,) = check_inputs(Contract(schema), {"conection": 1})
    assert (("conection",), True) == (told_once.path, told_once.is_error)
    assert "inputs.conection: there is no such input; did you mean connection, which is required?" == told_once.summary


def test_a_missing_key_and_one_that_is_not_near_are_two_findings() -> None:
    """Only a near miss speaks for both."""
    schema = {"properties": {"connection": {}}, "required": ["connection"], "additionalProperties": False}
    assert [("connection",), ("zzz",)] == sorted(each.path for each in check_inputs(Contract(schema), {"zzz": 1}))


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
    ((*_, last),) = told(schema, value)
    assert expected in last


def test_an_object_inside_another_is_told_how_to_become_text() -> None:
    """Inputs at the top travel as JSON text by themselves; what lies deeper does not."""
    ((*_, last),) = told({"properties": {"k": {"type": "string"}}}, {"k": {"a": 1}})
    assert "Write it as JSON text with jsonencode()." == last


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        pytest.param("x" * 200, '"' + "x" * 78 + "…", id="long"),
        pytest.param("a\x1b[31m\n\u202eb\x7f", '"a\\u001b[31m\\n\\u202eb\\u007f"', id="control characters"),
        pytest.param({"a": [1, Unknown], "b": None}, '{"a": [1, (known after apply)], "b": null}', id="unknown inside"),
        pytest.param(10**5000, "a number of thousands of digits", id="a huge number"),
        pytest.param(Decimal("1E+400"), "1E+400", id="a huge decimal"),
    ],
)
def test_a_value_is_shown_shortened_and_harmless(value: Any, expected: str) -> None:
    """About 80 characters, no control characters, unknown parts in words."""
    ((_, second, *_),) = told({"type": "boolean"}, value)
    assert f"inputs.x is {expected}." == second


def test_alternatives_that_differ_in_type_speak_as_one() -> None:
    """Of an object or a list, the alternative that has the type of the value says what is wrong in it."""
    schema = {"anyOf": [{"type": "object", "properties": {"a": {"type": "string"}}}, {"type": "array"}]}
    assert ["inputs.x.a: expected text, got a number"] == [each[0] for each in told(schema, {"a": 1})]
    assert ["inputs.x: expected an object or a list, got text"] == [each[0] for each in told(schema, "a")]


def test_the_alternative_with_the_fewest_mistakes_speaks() -> None:
    """Where no key tells alternatives apart, the nearest was probably meant; of several such, what they have alike."""
    one, other = ({"properties": {"a": {"type": "integer"}}, "required": names} for names in (["b", "c"], ["a"]))
    assert ["inputs.x.a: expected a whole number, got text"] == [
        each[0] for each in told({"anyOf": [one, other]}, {"a": "x"})
    ]
    alike = [{"required": ["a", name]} for name in ("b", "c")]
    assert ["inputs.x.a: it is required, but missing"] == [each[0] for each in told({"oneOf": alike}, {})]


def test_twenty_mistakes_are_twenty_findings() -> None:
    """All at once."""
    schema = {"properties": {f"k{n}": {"type": "integer"} for n in range(20)}}
    assert 20 == len(check_inputs(Contract(schema), {f"k{n}": "x" for n in range(20)}))


def test_findings_beyond_fifty_are_counted() -> None:
    """Fifty findings, and one that tells how many more there are."""
    schema = {"properties": {f"k{n}": {"type": "integer"} for n in range(90)}}
    *_, last = all_told = check_inputs(Contract(schema), {f"k{n}": "x" for n in range(90)})
    assert (51, (), "inputs: 40 more findings", True) == (
        len(all_told),
        last.path,
        last.summary,
        last.is_error,
    )


def test_errors_come_before_warnings() -> None:
    """What stops the plan is not lost among what does not."""
    schema = {"properties": {"b": {"type": "integer"}}}
    assert [True, False] == [each.is_error for each in check_inputs(Contract(schema), {"a": 1, "b": "x"})]
