"""Null in lists, also in JSON text that a publish sends as an object."""

import json
from typing import Any

import pytest

from provider.contracts.schema import Contract
from provider.framework import UserError
from provider.model.null_elements import check_inputs, null_element
from provider.model.payload import Stored, to_publish
from provider.model.published import Published
from tests.support.published_attributes import ATTRIBUTES

CONTRACT = Contract({"properties": {"text_only": {"type": "string"}, "object_only": {"type": "object"}}})


def update(inputs: Any, stored: Any, contract: Contract | None) -> Any:
    """Return the inputs that an update sends."""
    configured: Published = {**ATTRIBUTES, "inputs": inputs}
    payload = to_publish(configured, configured, Stored({}, stored), contract, sends_credential=False)
    return payload.inputs if payload else None


NULL_TEXT = '{"a": {"b": [{"c": [null]}]}}'


@pytest.mark.parametrize(
    ("inputs", "inputs_wo", "contract", "wrong"),
    [
        pytest.param({"x": NULL_TEXT}, {"x": {"b": 1}}, None, "inputs.x", id="merged"),
        pytest.param({"x": {"b": 1}}, {"x": NULL_TEXT}, None, "inputs_wo.x", id="merged from inputs_wo"),
        pytest.param({"x": {"y": NULL_TEXT}}, {"x": {"y": {"b": 1}}}, None, "inputs.x", id="merged at a depth"),
        pytest.param({"object_only": NULL_TEXT}, None, CONTRACT, "inputs.object_only", id="no text is accepted"),
        pytest.param({}, {"object_only": NULL_TEXT}, CONTRACT, "inputs_wo.object_only", id="write-only"),
        pytest.param(
            {"connection": NULL_TEXT, "credential_guid": "guid-1"}, None, None, "inputs.connection", id="connection"
        ),
        pytest.param({"text_only": NULL_TEXT}, None, CONTRACT, None, id="stays text"),
        pytest.param({"x": NULL_TEXT}, {"y": {"b": 1}}, None, None, id="not merged"),
    ],
)
def test_null_in_a_list_of_json_text_is_an_error_if_the_text_becomes_an_object(
    inputs: Any, inputs_wo: Any, contract: Contract | None, wrong: str | None
) -> None:
    """Text that stays text belongs to the user."""
    configured: Any = {**ATTRIBUTES, "inputs": inputs, "inputs_wo": inputs_wo}
    found = None
    try:
        to_publish(configured, configured, Stored(), contract, sends_credential=False)
    except UserError as error:
        found = error.summary
    assert (f"{wrong} contains null in a list" if wrong else None) == found


def test_a_stored_null_in_a_list_blocks_no_update() -> None:
    """Terraform does not manage the input, and the service has accepted it."""
    assert {"a": 1, "object_only": {"l": [None]}} == update({"a": 1}, {"object_only": {"l": [None]}}, CONTRACT)


def test_nulls_in_the_text_of_a_connection_are_left_out() -> None:
    """The text becomes an object together with the stored attributes."""
    named = {"qualifiedName": "default/bigquery/1"}
    text = json.dumps({"attributes": {**named, "rowLimit": None}})
    sent = update({"connection": text}, {"connection": {"attributes": named}}, None)
    assert {"connection": {"attributes": named}, "connection_qualified_name": "default/bigquery/1"} == sent


def test_every_input_with_null_in_a_list_is_found() -> None:
    """In the order of the attributes. An input that both have is named once."""
    inputs = {"a": [None], "b": NULL_TEXT, "c": NULL_TEXT, "d": {"e": 1}}
    found = check_inputs(inputs, {"b": {"f": 1}, "d": [[None]]})
    assert ["inputs.a", "inputs_wo.d", "inputs.b"] == [each.summary.partition(" ")[0] for each in found]


@pytest.mark.parametrize(
    ("value", "expected"),
    [([None], "inputs.a"), ([[None]], "LIST"), ({"b": [None]}, "LIST"), ('{"b": [null]}', "LIST")],
)
def test_the_advice_about_null_in_a_list_fits_the_value(value: Any, expected: str) -> None:
    """The example contains the input only if the input itself is the list."""
    assert f"[for each in {expected} : each if each != null]" in null_element("inputs", "a", value).detail
