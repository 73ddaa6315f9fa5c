"""Faults: how a test adds them, and which requests they apply to."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support.sandbox_service import APP, Service


def test_a_fault_is_used_up(service: Service) -> None:
    """A fault with `times=2` replaces two responses. The third request is handled normally."""
    service.sandbox.fault("POST", "/v1/app$", status=503, times=2)
    assert [503, 503, 200] == [service.create().status for _ in range(3)]
    assert 1 == len(service.sandbox.workflows())
    assert [503, 503, 200] == [entry["status"] for entry in service.sandbox.requests()]


def test_the_first_match_wins(service: Service) -> None:
    """Faults are tried in the order in which they were added, and both method and path must match."""
    service.sandbox.fault("PUT", "/v1/app", status=500)
    service.sandbox.fault("get", "/v1/app/x", status=501)
    service.sandbox.fault("GET", "/v1/app", status=502)
    service.sandbox.fault("GET", "/v1/app", status=504)
    assert [502, 504, 200] == [service.call("GET", APP).status for _ in range(3)]
    assert 501 == service.get("x").status


def test_a_path_is_a_regular_expression_without_the_query(service: Service) -> None:
    """The expression is searched in the path, without the query."""
    service.sandbox.fault("GET", r"^/api/service/v\d/app$", status=500)
    service.sandbox.fault("GET", "limit", status=501)
    assert [500, 200] == [service.call("GET", f"{APP}?limit=1").status for _ in range(2)]


@pytest.mark.parametrize(
    ("given", "text", "kind"),
    [
        ({"body": {"message": "taken", "slugs": ["a", "b"]}}, None, "application/json"),
        ({"body": "<html>"}, "<html>", "text/plain; charset=utf-8"),
        ({"body": "<html>", "headers": {"Content-Type": "text/html"}}, "<html>", "text/html"),
        ({"body": ""}, "", "text/plain; charset=utf-8"),
        ({}, None, "application/json"),
    ],
)
def test_a_fault_sends_its_body(service: Service, given: dict[str, Any], text: str | None, kind: str) -> None:
    """An object is sent as JSON, text as it is, and without a body the fault uses the service's error form."""
    service.sandbox.fault("GET", "/v1/app$", status=409, **given)
    answer = service.call("GET", APP)
    assert (409, kind) == (answer.status, answer.headers["Content-Type"])
    if text is None:
        assert given.get("body", {"code": 409, "message": "a requested fault"}) == answer.json
    else:
        assert text == answer.text


def test_headers_are_sent(service: Service) -> None:
    """The response contains the headers of the fault."""
    service.sandbox.fault("GET", "/v1/app$", status=429, headers={"Retry-After": "7"})
    assert "7" == service.call("GET", APP).headers["Retry-After"]


def test_faults_can_be_cleared(service: Service) -> None:
    """Clearing removes all faults."""
    service.sandbox.fault("GET", ".", status=500, times=100)
    service.sandbox.clear_faults()
    assert 200 == service.call("GET", APP).status


@pytest.mark.parametrize(
    "change",
    [
        {"path": "("},
        {"times": 0},
        {"times": "1"},
        {"status": 99},
        {"drop": "during"},
        {"delay_ms": -1},
        {"body": []},
        {"headers": {"a": 1}},
        {"nonsense": 1},
        {"method": None},
    ],
)
def test_an_invalid_fault_is_refused(service: Service, change: dict[str, Any]) -> None:
    """An invalid fault returns a 400 and is not added."""
    fault = {"method": "GET", "path": ".", "times": 1, "status": 500, **change}
    assert 400 == service.call("POST", "/_sandbox/faults", fault).status
    assert 200 == service.call("GET", APP).status
