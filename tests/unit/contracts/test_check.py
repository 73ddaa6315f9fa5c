"""Inputs checked against a contract: what is unknown, secret, huge or not to be checked at all."""

from __future__ import annotations

import time
from decimal import Decimal
from typing import Any

import pytest

from provider.contracts.check import check_inputs
from provider.contracts.schema import Contract
from provider.framework import Unknown

TEXT: Any = {"type": "string"}
NUMBER: Any = {"type": "integer"}


def summaries(schema: Any, inputs: Any, **options: Any) -> list[str]:
    return [found.summary for found in check_inputs(Contract(schema), inputs, **options)]


@pytest.mark.parametrize(
    ("schema", "value"),
    [
        pytest.param(TEXT, Unknown, id="itself"),
        pytest.param({"required": ["a"], "properties": {"a": NUMBER}}, {"a": Unknown}, id="a required key"),
        pytest.param(
            {"anyOf": [{"properties": {"a": NUMBER}}, {"maxProperties": 0}]}, {"a": Unknown}, id="an alternative"
        ),
        pytest.param({"oneOf": [{"required": ["a"]}, {"properties": {"a": NUMBER}}]}, {"a": Unknown}, id="one of"),
        pytest.param({"uniqueItems": True}, [Unknown, Unknown, "a"], id="unique elements"),
        pytest.param({"contains": {"const": 1}}, [2, Unknown], id="contains"),
        pytest.param({"contains": {"const": 1}, "maxContains": 0, "minContains": 0}, [2, Unknown], id="at most"),
        pytest.param({"enum": [{"a": 1}]}, {"a": Unknown}, id="enum of an object"),
        pytest.param({"const": [1, 2]}, [1, Unknown], id="const of a list"),
        pytest.param({"not": {"properties": {"a": {"const": 1}}}}, {"a": Unknown}, id="not"),
        pytest.param({"if": {"properties": {"a": {"const": 1}}}, "then": False}, {"a": Unknown}, id="if"),
        pytest.param(
            {"if": {"properties": {"a": {"const": 1}}}, "else": {"required": ["b"]}}, {"a": Unknown}, id="else"
        ),
        pytest.param(
            {"anyOf": [{"properties": {"a": NUMBER, "b": NUMBER}}], "unevaluatedProperties": False},
            {"a": Unknown, "b": 1},
            id="unevaluated keys",
        ),
        pytest.param({"prefixItems": [{"contains": NUMBER}], "unevaluatedItems": True}, [[Unknown]], id="deep inside"),
    ],
)
def test_what_may_yet_fit_is_no_finding(schema: Any, value: Any) -> None:
    """Whatever the unknown value turns out to be, nobody was told something false."""
    assert [] == summaries({"properties": {"x": schema}}, {"x": value})


@pytest.mark.parametrize(
    ("schema", "value", "expected"),
    [
        pytest.param({"uniqueItems": True}, [Unknown, "a", "a"], "x: the list contains the same", id="known elements"),
        pytest.param({"minItems": 3}, [Unknown, Unknown], "x: the list has too few", id="how many elements"),
        pytest.param({"items": NUMBER}, [Unknown, "a"], "x[1]: expected a whole number", id="another element"),
        pytest.param(
            {"additionalProperties": False}, {"a": Unknown}, "x.a: there is no such key", id="a closed object"
        ),
        pytest.param({"required": ["b"]}, {"a": Unknown}, "x.b: it is required", id="another key"),
        pytest.param({"type": "array"}, {"a": Unknown}, "x: expected a list, got an object", id="the type around it"),
        pytest.param(
            {"anyOf": [{"properties": {"a": NUMBER, "b": NUMBER}}, {"type": "null"}]},
            {"a": Unknown, "b": "x"},
            "x.b: expected a whole number",
            id="another key of the only alternative",
        ),
        pytest.param(
            {
                "if": {"properties": {"m": {"const": 1}}, "required": ["m"]},
                "then": {"properties": {"a": {}, "b": NUMBER}},
            },
            {"m": 1, "a": Unknown, "b": "x"},
            "x.b: expected a whole number",
            id="a condition on what is known",
        ),
        pytest.param(
            {"anyOf": [{"properties": {"a": NUMBER}}], "unevaluatedProperties": False},
            {"a": Unknown, "b": 1},
            "x.b: there is no such key",
            id="a key that no alternative knows",
        ),
    ],
)
def test_beside_the_unknown_the_rest_is_checked(schema: Any, value: Any, expected: str) -> None:
    """What is wrong whatever the unknown turns out to be is told now."""
    (told,) = summaries({"properties": {"x": schema}}, {"x": value})
    assert told.startswith(f"inputs.{expected}")


@pytest.mark.parametrize("value", [1.0, Decimal("2.0"), 10**30, -(2**70), Decimal("1e400"), 1e300])
def test_a_number_without_a_fraction_is_a_whole_number(value: Any) -> None:
    """As JSON Schema says, however it is written and however large it is."""
    assert [] == summaries({"properties": {"x": NUMBER}}, {"x": value})


def test_names_that_are_present_elsewhere_are_not_missing() -> None:
    """What the provider or the workflow has of a required input counts; what the contract does not know is no key."""
    schema = {"properties": {"a": TEXT, "b": TEXT}, "required": ["a", "b"], "additionalProperties": False}
    assert [] == summaries(schema, {"a": "x"}, present=frozenset({"b", "zzz"}))
    assert ["inputs.a: it is required, but missing"] == summaries(schema, {"b": "x"}, present=frozenset({"b"}))


SECRET = "s3cr3t"


@pytest.mark.parametrize(
    ("schema", "value", "hidden"),
    [
        pytest.param(NUMBER, SECRET, ("x",), id="itself"),
        pytest.param({"enum": ["s3cr4t"]}, SECRET, ("x",), id="enum"),
        pytest.param(
            {"properties": {"a": {"properties": {"b": NUMBER}}}}, {"a": {"b": SECRET}}, ("x", "a"), id="below"
        ),
        pytest.param(NUMBER, {"a": {"b": SECRET}, "c": 1}, ("x", "a", "b"), id="above"),
        pytest.param(NUMBER, f'{{"a": "{SECRET}"}}', ("x", "a"), id="in JSON text"),
        pytest.param({**NUMBER, "writeOnly": True}, SECRET, None, id="write-only by the contract"),
        pytest.param({"type": "string", "format": "password", "maxLength": 1}, SECRET, None, id="a password"),
        pytest.param({"$ref": "#/$defs/Secret"}, SECRET, None, id="by reference"),
        pytest.param({"anyOf": [{"$ref": "#/$defs/Secret"}, {"type": "null"}]}, SECRET, None, id="in an alternative"),
        pytest.param({"minItems": 9, "items": {"$ref": "#/$defs/Secret"}}, [SECRET], None, id="an element"),
        pytest.param(
            {"type": "integer", "properties": {"k": {"$ref": "#/$defs/Secret"}}},
            f'{{"k": "{SECRET}"}}',
            None,
            id="text",
        ),
    ],
)
def test_a_secret_is_never_told(schema: Any, value: Any, hidden: tuple[str, ...] | None) -> None:
    """A value under a write-only path, or that the contract calls so, appears nowhere, nor does what resembles it."""
    contract = Contract(
        {"properties": {"x": schema}, "$defs": {"Secret": {"type": "integer", "format": "password", "minimum": 9}}}
    )
    told = check_inputs(contract, {"x": value}, write_only=frozenset({hidden} if hidden else ()))
    assert told
    assert [] == [each for each in told if SECRET in each.summary + each.detail or "Did you mean" in each.detail]
    assert [] == [each for each in told if "write-only" not in each.summary + each.detail]


def test_the_type_of_a_secret_is_not_told() -> None:
    """That it is not what is wanted is all that is said."""
    assert ["inputs.x: expected text, but the value (write-only) has another type"] == summaries(
        {"properties": {"x": TEXT}}, {"x": 1}, write_only=frozenset({("x",)})
    )


@pytest.mark.parametrize(
    ("schema", "reason"),
    [
        ({"properties": {"a": {"type": "txt"}}}, "properties.a.type: it is not valid"),
        ({"properties": {"a": {"$ref": "#/$defs/None"}}}, "'/$defs/None' does not exist"),
        ({"$ref": "https://example.com/contract.json"}, "Retrieval is disabled"),
        ({"$ref": "file:///etc/hostname"}, "Retrieval is disabled"),
        ({"$schema": "https://example.com/draft"}, "Unknown meta-schema"),
        ({"properties": 3}, "properties: it is not of type"),
        ({"pattern": "["}, 'pattern: it is not a "regex"'),
    ],
)
def test_a_contract_that_cannot_be_used_is_one_warning(schema: Any, reason: str) -> None:
    """No exception, no request, and why."""
    (told,) = check_inputs(Contract(schema), {"a": 1})
    assert ("The inputs were not checked: the contract cannot be used", (), False) == (
        told.summary,
        told.path,
        told.is_error,
    )
    assert reason in told.detail


def test_a_contract_that_refers_to_itself_is_followed() -> None:
    """A tree of filters, each of which may hold others."""
    node = {"type": "object", "properties": {"name": TEXT, "in": {"type": "array", "items": {"$ref": "#/$defs/Node"}}}}
    schema = {"properties": {"x": {"$ref": "#/$defs/Node"}}, "$defs": {"Node": node, "Loop": {"$ref": "#/$defs/Loop"}}}
    inputs = {"x": {"in": [{"in": [{"name": 1, "nam": 2}]}]}}
    assert [
        "inputs.x.in[0].in[0].name: expected text, got a number",
        "inputs.x.in[0].in[0].nam: there is no such key",
    ] == [summary.split(";")[0] for summary in summaries(schema, inputs)]


def test_an_older_draft_is_read_as_such() -> None:
    """Where the contract says which draft it is, its keywords mean what they meant there."""
    schema = {"$schema": "http://json-schema.org/draft-07/schema#", "properties": {"x": {"items": [TEXT]}}}
    assert ["inputs.x[0]: expected text, got a number"] == summaries(schema, {"x": [1, 2]})


def test_half_of_a_surrogate_pair_is_no_exception() -> None:
    """No text from Terraform holds one; a validator would refuse to look at it."""
    assert [] == summaries({"properties": {"x": TEXT}}, {"x": "a\ud800"})


def test_inputs_that_are_nested_too_deeply_are_one_warning() -> None:
    """They are not checked, and the plan goes on."""
    deep: Any = {}
    for _ in range(5000):
        deep = {"a": deep}
    (told,) = check_inputs(Contract({"properties": {"x": TEXT}}), {"x": deep})
    assert ("The inputs were not checked: they are nested too deeply", False) == (told.summary, told.is_error)


ITEMS = {"properties": {"x": {"items": {"properties": {"k": TEXT}}}}, "required": [f"r{n}" for n in range(100)]}


@pytest.mark.parametrize(
    ("schema", "inputs"),
    [
        pytest.param(ITEMS, {"x": [{"k": n} for n in range(100_000)]}, id="each element is wrong"),
        pytest.param(ITEMS, {"x": "y" * 8_000_000}, id="a text of 8 MB"),
        pytest.param({"properties": {"x": {"enum": ["a"]}}}, {"x": "y" * 8_000_000}, id="8 MB that are not allowed"),
        pytest.param({**ITEMS, "additionalProperties": False}, {"y" * 8_000_000: 1}, id="a key of 8 MB"),
        pytest.param(ITEMS, {f"y{n}": n for n in range(10_000)}, id="10,000 keys that are not known"),
        pytest.param(
            {**ITEMS, "additionalProperties": False}, {f"y{n}": n for n in range(10_000)}, id="10,000 that are refused"
        ),
    ],
)
def test_checking_and_telling_are_bounded(schema: Any, inputs: Any) -> None:
    """Large inputs and thousands of mistakes take no more than seconds on a slow machine, and no more than a page."""
    started = time.process_time()
    told = check_inputs(Contract(schema), inputs)
    assert time.process_time() - started < 5
    assert 0 < sum(len(each.summary) + len(each.detail) for each in told) < 20_000


def test_a_mistake_far_inside_a_large_input_is_found() -> None:
    """It costs more, for the first look passes it over."""
    inputs = {"x": [{"k": "a"}] * 20_000 + [{"k": 1}]}
    assert ["inputs.x[20000].k: expected text, got a number"] == summaries({**ITEMS, "required": []}, inputs)


def test_a_long_list_of_which_not_all_was_looked_at_is_not_too_short() -> None:
    """The first look takes a few elements, and says nothing about how many there are."""
    schema = {"properties": {"x": {"minItems": 300, "contains": {"const": 299}}, "y": TEXT}}
    assert ["inputs.y: expected text, got a number"] == summaries(schema, {"x": list(range(300)), "y": 1})
