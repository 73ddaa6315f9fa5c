"""Values that a message must not contain."""

from __future__ import annotations

from typing import Any

import pytest

from provider.contracts.check import check_inputs
from provider.contracts.schema import Contract
from tests.unit.contracts.checks import summaries

TEXT: Any = {"type": "string"}
NUMBER: Any = {"type": "integer"}
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
