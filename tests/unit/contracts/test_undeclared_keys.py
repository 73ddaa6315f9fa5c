"""Keys that a contract does not declare, in objects that it leaves open."""

from __future__ import annotations

from typing import Any

import pytest

from provider.contracts.check import check_inputs
from provider.contracts.schema import Contract


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
    """A map accepts any key. An object accepts the keys that another part of the contract declares."""
    contract = Contract({"properties": {"x": schema}, "$defs": {"More": {"properties": {"bcd": True}}}})
    assert [] == check_inputs(contract, {"x": {"bcd": 1}})
