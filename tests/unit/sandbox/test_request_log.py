"""The request log: what it contains, and what it leaves out."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

from tests.support.sandbox import Sandbox
from tests.support.sandbox_service import APP, CREDENTIAL, Service, inputs


def _logged(sandbox: Sandbox) -> list[tuple[Any, ...]]:
    return [
        (entry["method"], entry["path"], entry["query"], entry["status"], entry["request_id"])
        for entry in sandbox.requests()
    ]


def test_every_request_is_logged(service: Service) -> None:
    """The log contains all requests in order, refused ones and unknown paths too, with their request ids."""
    service.call("GET", f"{APP}?limit=5&name=a%20b", headers={"X-Atlan-Request-Id": "an-id"})
    service.call("DELETE", f"{APP}/no-such")
    service.call("GET", "/nonsense", headers={"Authorization": "Bearer wrong"})
    assert [
        ("GET", APP, "limit=5&name=a%20b", 200, "an-id"),
        ("DELETE", f"{APP}/no-such", "", 404, None),
        ("GET", "/nonsense", "", 401, None),
    ] == _logged(service.sandbox)
    times = [entry["at"] for entry in service.sandbox.requests()]
    assert sorted(times) == times


def test_the_control_plane_is_not_logged(service: Service) -> None:
    """Requests to the control plane are not logged."""
    service.sandbox.workflows()
    assert [] == service.sandbox.requests()


def test_the_log_has_no_secret(service: Service) -> None:
    """The log contains no headers, no bodies, and no values of query parameters with a secret's name."""
    service.create(inputs=inputs(credential=CREDENTIAL))
    service.call("GET", f"{APP}?limit=5&apiKey=hidden-1&client_secret=hidden-2")
    text = service.call("GET", "/_sandbox/requests").text
    assert "limit=5" in text
    secrets = ("hidden", service.sandbox.api_key, CREDENTIAL["password"], "crawler@example.com")
    assert [] == [secret for secret in secrets if secret in text]


def test_a_request_is_logged_when_it_arrives(service: Service) -> None:
    """A request that waits for its response is in the log without a status."""
    sandbox = service.sandbox
    sandbox.fault("GET", "/v1/app$", delay_ms=60_000)
    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(service.call, "GET", APP)
        while not sandbox.requests():
            assert not waiting.done()
        assert [("GET", APP, "", None, None)] == _logged(sandbox)
        sandbox.restart()  # ends the request, which would wait for a minute
        assert isinstance(waiting.exception(30), OSError)
