"""Secret values, which no message contains."""

from __future__ import annotations

from typing import Any

import pytest

from provider.contracts.check import check_inputs
from provider.contracts.placeholders import value_at
from provider.contracts.schema import Contract
from tests.support.input_checks import summaries

TEXT: Any = {"type": "string"}
NUMBER: Any = {"type": "integer"}
SECRET = "s3cr3t"


@pytest.mark.parametrize(
    ("schema", "value", "write_only"),
    [
        pytest.param(NUMBER, SECRET, ("x",), id="itself"),
        pytest.param({"enum": ["s3cr4t"]}, SECRET, ("x",), id="enum"),
        pytest.param(
            {"properties": {"a": {"properties": {"b": NUMBER}}}}, {"a": {"b": SECRET}}, ("x", "a"), id="below"
        ),
        pytest.param(NUMBER, {"a": {"b": SECRET}, "c": 1}, ("x", "a", "b"), id="above"),
        pytest.param(NUMBER, f'{{"a": "{SECRET}"}}', ("x", "a"), id="in JSON text"),
        pytest.param({"properties": {"0": NUMBER}}, {"0": SECRET}, ("x", "0"), id="a number as the key"),
        pytest.param({"properties": {"0": {"$ref": "#/$defs/Secret"}}}, {"0": SECRET}, None, id="a marked number"),
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
def test_no_message_contains_a_secret(schema: Any, value: Any, write_only: tuple[str, ...] | None) -> None:
    """A write-only value, by its path or by the contract, is in no message. Neither is a suggestion for it."""
    contract = Contract(
        {"properties": {"x": schema}, "$defs": {"Secret": {"type": "integer", "format": "password", "minimum": 9}}}
    )
    findings = check_inputs(contract, {"x": value}, write_only=frozenset({write_only} if write_only else ()))
    assert findings
    assert [] == [each for each in findings if SECRET in each.summary + each.detail or "Did you mean" in each.detail]
    texts = [each for each in findings if not isinstance(value_at({"x": value}, each.path), dict | list)]
    assert [] == [each for each in texts if "write-only" not in each.summary + each.detail]


def test_no_message_contains_the_type_of_a_secret() -> None:
    """The message says only that the type is wrong."""
    assert ["inputs.x: expected text, but the value (write-only) has another type"] == summaries(
        {"properties": {"x": TEXT}}, {"x": 1}, write_only=frozenset({("x",)})
    )
