"""The middleware: delays, dropped connections, and requests whose client has disconnected."""

from __future__ import annotations

import http.client
import json
import socket
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from typing import Any

import pytest

from tests.support.sandbox import Sandbox
from tests.support.sandbox_service import APP, Service, body


def lost(service: Service, **fault: Any) -> ConnectionResetError:
    """Return the error of a create whose connection ends."""
    service.sandbox.fault("POST", "/v1/app$", **fault)
    connection = http.client.HTTPConnection("127.0.0.1", service.sandbox.port, timeout=30)
    with closing(connection):
        headers = {"Authorization": f"Bearer {service.sandbox.api_key}"}
        connection.request("POST", APP, json.dumps(body(run=False)), headers)
        with pytest.raises(ConnectionResetError) as raised:  # or RemoteDisconnected, which is one
            connection.getresponse()
    return raised.value


@pytest.mark.parametrize(("drop", "stored"), [("before", 0), ("after", 1)])
def test_a_dropped_request_gets_no_response(service: Service, drop: str, stored: int) -> None:
    """The connection is closed without a response, before or after the change, and the log has no status."""
    lost(service, drop=drop)
    assert stored == len(service.sandbox.workflows())
    assert [("POST", None)] == [(entry["method"], entry["status"]) for entry in service.sandbox.requests()]


@pytest.mark.parametrize(("reset", "expected"), [(False, http.client.RemoteDisconnected), (True, ConnectionResetError)])
def test_a_connection_is_closed_or_reset(service: Service, reset: bool, expected: type[Exception]) -> None:
    """After the change, the stream ends in order, or with a reset."""
    assert expected is type(lost(service, drop="after", reset=reset))


@pytest.mark.parametrize(("made", "stored"), [(False, 0), (True, 1)])
def test_a_fault_can_replace_the_response_after_the_change(service: Service, made: bool, stored: int) -> None:
    """With `made`, the request is handled, and the fault's response is sent, as after a gateway's time-out."""
    service.sandbox.fault("POST", "/v1/app$", status=504, made=made)
    assert 504 == service.create().status
    assert stored == len(service.sandbox.workflows())
    assert [504] == [entry["status"] for entry in service.sandbox.requests()]


def test_a_request_that_is_dropped_before_is_not_read(service: Service) -> None:
    """The connection is closed before the body has arrived."""
    service.sandbox.fault("POST", "/v1/app$", drop="before")
    with socket.create_connection(("127.0.0.1", service.sandbox.port), timeout=30) as connection:
        connection.sendall(f"POST {APP} HTTP/1.1\r\nHost: sandbox\r\nContent-Length: 1000\r\n\r\n".encode())
        assert b"" == connection.recv(1)


def test_the_response_to_a_refused_request_can_be_dropped(service: Service) -> None:
    """A request without a valid key changes nothing, even if its response is dropped."""
    service.sandbox.fault("POST", "/v1/app$", drop="after")
    with pytest.raises(OSError, match=r"."):
        service.call("POST", APP, body(), headers={"Authorization": "Bearer wrong"})
    assert [] == service.sandbox.workflows()


def test_a_connection_is_reused_after_a_fault(service: Service) -> None:
    """A fault with a response reads the request, so the client can reuse the connection."""
    service.sandbox.fault("POST", "/v1/app$", status=503)
    connection = http.client.HTTPConnection("127.0.0.1", service.sandbox.port, timeout=30)
    headers = {"Authorization": f"Bearer {service.sandbox.api_key}"}
    statuses, ports = [], set()
    with closing(connection):
        for _ in range(3):
            connection.request("POST", APP, json.dumps(body()), headers)
            ports.add(connection.sock.getsockname()[1])
            with connection.getresponse() as response:
                statuses.append(response.status)
                response.read()
    assert ([503, 200, 409], 1) == (statuses, len(ports))


def test_a_delay_does_not_block_other_requests(service: Service) -> None:
    """While one request is delayed, others are handled, and the delayed one is handled afterwards."""
    service.sandbox.fault("POST", "/v1/app$", delay_ms=1500)
    with ThreadPoolExecutor(1) as pool:
        slow = pool.submit(service.create)
        while not service.sandbox.requests():
            assert not slow.done()
        assert 200 == service.call("GET", APP).status
        assert not slow.done()
        assert 200 == slow.result(30).status


def test_a_request_is_handled_after_its_client_has_disconnected(service: Service) -> None:
    """A request is handled even if the client disconnects during the delay."""
    service.sandbox.fault("POST", "/v1/app$", delay_ms=500)
    with pytest.raises(TimeoutError):
        service.sandbox.send("POST", APP, json.dumps(body()).encode(), timeout=0.1)
    deadline = time.monotonic() + 30
    while not service.sandbox.workflows():
        assert time.monotonic() < deadline
    assert ["Example"] == [row["name"] for row in service.sandbox.workflows()]


def test_the_control_plane_has_no_faults(service: Service) -> None:
    """A fault for every path does not apply to the control plane."""
    service.sandbox.fault("GET", ".", status=500)
    assert [] == service.sandbox.workflows()
    assert 500 == service.call("GET", APP).status


def test_latency_delays_every_response_except_the_control_planes() -> None:
    """With a latency of 300 ms every request takes that long, except those to the control plane."""
    with Sandbox(latency_ms=300) as sandbox:
        started = time.monotonic()
        assert 200 == sandbox.call("GET", APP).status
        assert time.monotonic() - started >= 0.3
        with ThreadPoolExecutor(1) as pool:
            slow = pool.submit(sandbox.call, "GET", APP)
            while len(sandbox.requests()) < 2:
                assert not slow.done()
            assert sandbox.requests()[1]["status"] is None
            assert 200 == slow.result(30).status


def test_a_reset_drops_waiting_requests(service: Service) -> None:
    """A create that waits during a reset changes nothing, and its connection is closed."""
    service.sandbox.fault("POST", "/v1/app$", delay_ms=500)
    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(service.create)
        while not service.sandbox.requests():
            assert not waiting.done()
        service.sandbox.reset()
        assert isinstance(waiting.exception(30), OSError)
    assert [] == service.sandbox.workflows()
