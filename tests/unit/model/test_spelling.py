"""Keys and texts that are sent as the service has them."""

import json
from typing import Any

import pytest

from provider.framework import Unknown
from provider.model.spelling import as_stored, changes_equal_keys

NFD, NFC = "n\u0303", "\u00f1"
TWO = {NFD: 1, NFC: 2}


@pytest.mark.parametrize(
    ("value", "stored", "expected"),
    [
        pytest.param({NFC: NFC}, {NFD: NFD}, {NFD: NFD}, id="key and text"),
        pytest.param({NFC: "x"}, {NFD: NFD}, {NFD: "x"}, id="another text"),
        pytest.param({NFC: {NFC: 1}}, {NFD: {NFD: 2, "b": NFD}}, {NFD: {NFD: 1}}, id="deep"),
        pytest.param(["a", NFC], [NFD], ["a", NFD], id="an element"),
        pytest.param([{NFC: 1}], [{NFD: 1}], [{NFD: 1}], id="an object in a list"),
        pytest.param([{NFC: 1}, {"b": 1}], [{"b": 1, **TWO}], [{NFC: 1}, {"b": 1, **TWO}], id="a moved element"),
        pytest.param(
            [{"b": 1}, {"b": 1}, {"b": 1}],
            [{"b": 1}, {"b": 1, **TWO}],
            [{"b": 1}, {"b": 1, **TWO}, {"b": 1}],
            id="no element twice",
        ),
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


@pytest.mark.parametrize(
    ("configured", "stored", "expected"),
    [
        pytest.param({NFC: 1}, TWO, True, id="one of them is configured"),
        pytest.param({NFC: None}, TWO, False, id="null is not configured"),
        pytest.param({"a": json.dumps({NFC: 1})}, {"a": TWO}, True, id="in JSON text"),
        pytest.param({"a": {"b": 1}}, {"a": TWO}, False, id="beside other keys"),
        pytest.param({NFC: 1}, {NFD: 1}, False, id="one key"),
        pytest.param({"b": 1}, {"a": TWO}, True, id="the object around them is removed"),
        pytest.param({"a": 1}, {"a": TWO}, True, id="another type"),
        pytest.param({"a": Unknown}, {"a": TWO}, False, id="not known yet"),
        pytest.param([{"b": 1}, 3], [{"b": 1, **TWO}], False, id="an unchanged element"),
        pytest.param(json.dumps([{"b": 1}]), json.dumps([{"b": 1, **TWO}]), False, id="lists in JSON text"),
        pytest.param([{"b": 2}], [{"b": 1, **TWO}], True, id="a changed element"),
        pytest.param([{"b": 1}], [{"b": 1, **TWO}] * 2, True, id="one of two equal elements is removed"),
        pytest.param([Unknown], [{"b": 1, **TWO}], False, id="an element that is not known yet"),
    ],
)
def test_a_value_that_would_change_equal_keys_is_found(configured: Any, stored: Any, expected: bool) -> None:
    """Each of them stays on the workflow only if nothing around it is removed."""
    assert expected == changes_equal_keys(configured, stored)
