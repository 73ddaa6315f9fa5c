"""JSON bodies: which ones are refused."""

from __future__ import annotations

import json

import pytest

from tests.support.sandbox_service import (
    APP,
    Service,
    body,
    inputs,
)


@pytest.mark.parametrize("data", [b"", b"[]", b"{", b"\xff", b"[" * 100_000])
def test_a_body_that_is_not_a_json_object_is_refused(service: Service, data: bytes) -> None:
    """A body that is not a JSON object returns a 400."""
    assert 400 == service.sandbox.send("POST", APP, data).status


@pytest.mark.parametrize(
    ("value", "status"), [("NaN", 400), ("1e999", 400), ('"\\ud800"', 400), ('"\\ud83d\\ude00"', 200), ("1e300", 200)]
)
def test_a_value_that_json_does_not_allow_is_refused(service: Service, value: str, status: int) -> None:
    """NaN, infinity and half of a surrogate pair are refused."""
    data = json.dumps(body(inputs=inputs(include_filter={"key": "PLACE"}))).replace('"PLACE"', value)
    assert status == service.sandbox.send("POST", APP, data.encode()).status
