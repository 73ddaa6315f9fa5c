"""Inputs in the form in which Terraform keeps text, and as the service has them."""

import json
from typing import Any

import pytest

from provider.model import normal_form
from provider.model.json_inputs import as_json, equal

NFD, NFC = "n\u0303", "\u00f1"
TWO = {NFD: 1, NFC: 2}


@pytest.mark.parametrize(
    ("value", "known", "expected"),
    [
        pytest.param({NFD: [NFD, {NFD: NFD}]}, None, {NFC: [NFC, {NFC: NFC}]}, id="keys and texts at every depth"),
        pytest.param({"a": TWO, "b": 1}, None, {"a": {}, "b": 1}, id="equal keys are left out"),
        pytest.param({"a": TWO}, {"a": {NFC: 3}}, {"a": {NFC: 3}}, id="one is configured"),
        pytest.param({"a": TWO}, {"a": json.dumps({NFC: 3})}, {"a": {NFC: 3}}, id="one is configured in JSON text"),
        pytest.param({"a": json.dumps({NFD: 1})}, None, {"a": json.dumps({NFD: 1})}, id="escapes stay text"),
        pytest.param({"a": json.dumps({**TWO, "b": 1})}, None, {"a": {"b": 1}}, id="equal keys in JSON text"),
        pytest.param(5, None, 5, id="a number"),
    ],
)
def test_a_value_is_normalized_without_equal_keys(value: Any, known: Any, expected: Any) -> None:
    """A configured one of equal keys keeps its configured value."""
    assert expected == normal_form.normalized(value, known)


def test_json_text_with_escapes_equals_its_normal_form() -> None:
    """The service can write any character as an escape."""
    assert {NFC: 1} == as_json(json.dumps({NFD: 1}))
    assert equal(json.dumps({NFD: NFD}), {NFC: NFC})


def test_the_names_of_inputs_with_equal_keys_are_found() -> None:
    """The keys can be at the top, in objects, in lists and in JSON text."""
    inputs = {**TWO, "a": [TWO], "b": json.dumps(TWO), "c": {NFD: 1}, "d": "\\u"}
    assert [NFC, "a", "b"] == normal_form.inputs_with_equal_keys(inputs)
