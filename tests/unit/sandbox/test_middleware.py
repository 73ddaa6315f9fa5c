"""The middleware: delays, dropped connections, and requests whose client has disconnected."""

from __future__ import annotations

import http.client
import json
import socket
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import pytest

from tests.support.sandbox import Sandbox
from tests.unit.sandbox.service import APP, Service, body


@pytest.mark.parametrize(("drop", "stored"), [("before", 0), ("after", 1)])
def test_a_dropped_request_gets_no_answer(service: Service, drop: str, stored: int) -> None:
    """The connection is closed without a byte, before the change is made or after it; the log says so."""
    service.sandbox.fault("POST", "/v1/app$", drop=drop)
    connection = http.client.HTTPConnection("127.0.0.1", service.sandbox.port, timeout=30)
    with closing(connection):
        headers = {"Authorization": f"Bearer {service.sandbox.api_key}"}
        connection.request("POST", APP, json.dumps(body(run=False)), headers)
        with pytest.raises((http.client.RemoteDisconnected, ConnectionResetError)):
            connection.getresponse()
    assert stored == len(service.sandbox.workflows())
    assert [("POST", None)] == [(entry["method"], entry["status"]) for entry in service.sandbox.requests()]


@pytest.mark.parametrize(("made", "stored"), [(False, 0), (True, 1)])
def test_a_fault_may_answer_after_the_change(service: Service, made: bool, stored: int) -> None:
    """As a gateway does that gives up too early: its answer stands in place of the service's own."""
    service.sandbox.fault("POST", "/v1/app$", status=504, made=made)
    assert 504 == service.create().status
    assert stored == len(service.sandbox.workflows())
    assert [504] == [entry["status"] for entry in service.sandbox.requests()]


def test_what_is_dropped_before_is_not_read(service: Service) -> None:
    """The connection closes while the body is still to come."""
    service.sandbox.fault("POST", "/v1/app$", drop="before")
    with socket.create_connection(("127.0.0.1", service.sandbox.port), timeout=30) as connection:
        connection.sendall(f"POST {APP} HTTP/1.1\r\nHost: sandbox\r\nContent-Length: 1000\r\n\r\n".encode())
        assert b"" == connection.recv(1)


def test_a_refusal_can_be_dropped_too(service: Service) -> None:
    """What is dropped after was decided by the service, key check and all."""
    service.sandbox.fault("POST", "/v1/app$", drop="after")
    with pytest.raises(OSError, match=r"."):
        service.call("POST", APP, body(), headers={"Authorization": "Bearer wrong"})
    assert [] == service.sandbox.workflows()


def test_a_connection_is_reused_after_a_fault(service: Service) -> None:
    """A fault that answers reads the request, so the connection stays in use."""
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


def test_a_delay_holds_up_nobody_else(service: Service) -> None:
    """While one request is delayed others are answered; then it is answered by the service itself."""
    service.sandbox.fault("POST", "/v1/app$", delay_ms=1500)
    with ThreadPoolExecutor(1) as pool:
        slow = pool.submit(service.create)
        while not service.sandbox.requests():
            assert not slow.done()
        assert 200 == service.call("GET", APP).status
        assert not slow.done()
        assert 200 == slow.result(30).status


def test_a_request_is_carried_out_though_its_sender_has_left(service: Service) -> None:
    """A sender that gives up during a delay has still created what it asked for."""
    service.sandbox.fault("POST", "/v1/app$", delay_ms=500)
    with pytest.raises(TimeoutError):
        service.sandbox.send("POST", APP, json.dumps(body()).encode(), timeout=0.1)
    deadline = time.monotonic() + 30
    while not service.sandbox.workflows():
        assert time.monotonic() < deadline
    assert ["Example"] == [row["name"] for row in service.sandbox.workflows()]


def test_the_control_plane_has_no_faults(service: Service) -> None:
    """A fault on every path leaves the control plane alone."""
    service.sandbox.fault("GET", ".", status=500)
    assert [] == service.sandbox.workflows()
    assert 500 == service.call("GET", APP).status


def test_latency_comes_before_every_answer_but_the_control_planes() -> None:
    """With a latency of 300 ms a request takes that long, and looking at the log does not."""
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


def test_a_reset_reaches_what_is_on_its_way(service: Service) -> None:
    """A write that came before and still waited changes nothing after: its connection is cut."""
    service.sandbox.fault("POST", "/v1/app$", delay_ms=500)
    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(service.create)
        while not service.sandbox.requests():
            assert not waiting.done()
        service.sandbox.reset()
        assert isinstance(waiting.exception(30), OSError)
    assert [] == service.sandbox.workflows()
