"""Inputs in the form in which Terraform keeps text, and as the service has them."""

import json
from typing import Any

import pytest

from provider.model import normal_form
from provider.model.json_inputs import as_json, equal
from provider.model.spelling import as_stored

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


@pytest.mark.parametrize(
    ("configured", "stored", "expected"),
    [
        ({NFC: 1}, TWO, True),
        ({"a": json.dumps({NFC: 1})}, {"a": TWO}, True),
        ({"a": {"b": 1}}, {"a": TWO}, False),
        ({NFC: 1}, {NFD: 1}, False),
    ],
)
def test_a_configured_key_that_stands_for_two_is_found(configured: Any, stored: Any, expected: bool) -> None:
    """Other keys beside equal keys can be configured."""
    assert expected == normal_form.contains_equal_key(configured, stored)


@pytest.mark.parametrize(
    ("value", "stored", "expected"),
    [
        pytest.param({NFC: NFC}, {NFD: NFD}, {NFD: NFD}, id="key and text"),
        pytest.param({NFC: "x"}, {NFD: NFD}, {NFD: "x"}, id="another text"),
        pytest.param({NFC: {NFC: 1}}, {NFD: {NFD: 2, "b": NFD}}, {NFD: {NFD: 1}}, id="deep"),
        pytest.param(["a", NFC], [NFD], ["a", NFD], id="an element"),
        pytest.param([{NFC: 1}], [{NFD: 1}], [{NFD: 1}], id="an object in a list"),
        pytest.param({"b": 1}, TWO, {"b": 1, **TWO}, id="equal keys stay"),
        pytest.param({NFC: 3}, TWO, TWO, id="equal keys never change"),
        pytest.param({NFC: 1}, json.dumps({NFD: 2}), {NFD: 1}, id="stored as JSON text"),
        pytest.param(json.dumps({NFC: 1}), {NFD: 2}, json.dumps({NFD: 1}, ensure_ascii=False), id="configured as text"),
        pytest.param(NFC, NFD, NFD, id="a text"),
        pytest.param(NFC, 5, NFC, id="another type"),
        pytest.param({"a": NFC}, {"a": NFC}, {"a": NFC}, id="nothing to do"),
    ],
)
def test_a_value_is_sent_as_the_service_has_it(value: Any, stored: Any, expected: Any) -> None:
    """Each key and text that is equal in NFC keeps the stored characters."""
    assert expected == as_stored(value, stored)
