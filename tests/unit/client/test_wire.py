"""Connections: several addresses, names that do not resolve, and the bytes that the system has accepted."""

from __future__ import annotations

import errno
import socket
import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest

from provider.client import limits, wire
from provider.client.limits import ExchangeInterruptedError, Limit
from tests.support.http_server import free_port


@pytest.fixture
def stop() -> threading.Event:
    return threading.Event()


@pytest.fixture
def limit(stop: threading.Event) -> Iterator[Limit]:
    """The limit of an exchange that connects in this thread."""
    created = Limit(10, 10, stop, is_write=False)
    with limits.applied(created):
        yield created


@pytest.fixture
def listener() -> Iterator[socket.socket]:
    with socket.create_server(("127.0.0.1", 0)) as created:
        yield created


def _resolve_to(monkeypatch: pytest.MonkeyPatch, *ports: int) -> None:
    found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port)) for port in ports]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_: found)


def test_the_next_address_is_tried_if_one_refuses(
    limit: Limit, listener: socket.socket, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A host can have an address that does not work from here."""
    _resolve_to(monkeypatch, free_port(), listener.getsockname()[1])
    with wire.connect("tenant.example.com", 443, ()) as connected:
        assert listener.getsockname() == connected.getpeername()


def test_the_error_is_that_of_the_last_address(limit: Limit, monkeypatch: pytest.MonkeyPatch) -> None:
    """As the system reports it."""
    _resolve_to(monkeypatch, free_port(), free_port())
    with pytest.raises(ConnectionRefusedError):
        wire.connect("tenant.example.com", 443, ())


def test_an_address_that_does_not_answer_leaves_time_for_the_others(
    stop: threading.Event, listener: socket.socket, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each address gets an equal part of the time."""
    _resolve_to(monkeypatch, 1, listener.getsockname()[1])
    silent = listener.getsockname()[1]
    opened = wire.Wire.connect_ex

    def connect(self: wire.Wire, address: Any) -> int:
        return opened(self, address) if address[1] == silent else errno.EINPROGRESS

    monkeypatch.setattr(wire.Wire, "connect_ex", connect)
    monkeypatch.setattr(wire, "wait_for_write", lambda each, _: bool(each.getsockname()[1]))
    with limits.applied(Limit(1, 1, stop, is_write=False)), wire.connect("tenant.example.com", 443, ()) as connected:
        assert listener.getsockname() == connected.getpeername()


def test_a_resolver_that_does_not_answer_ends_with_the_limit(
    limit: Limit, stop: threading.Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The system offers no way to interrupt it."""
    ended = threading.Event()
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_: ended.wait(60))
    stop.set()
    started = time.monotonic()
    with pytest.raises(ExchangeInterruptedError):
        wire.connect("tenant.example.com", 443, ())
    ended.set()
    assert time.monotonic() - started < 5


@pytest.mark.parametrize("failure", [socket.gaierror(socket.EAI_NONAME, "unknown"), UnicodeError("too long")])
def test_a_name_that_has_no_address_is_an_error_of_the_resolver(
    failure: Exception, limit: Limit, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also a name that is too long for DNS."""

    def unknown(*_: Any) -> None:
        raise failure

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    with pytest.raises(socket.gaierror):
        wire.connect("tenant.example.com", 443, ())


def test_a_process_without_threads_resolves_in_its_own(
    limit: Limit, listener: socket.socket, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The limit then applies only afterwards."""

    def refuse(_: threading.Thread) -> None:
        raise RuntimeError("can't start new thread")

    monkeypatch.setattr(threading.Thread, "start", refuse)
    with wire.connect("127.0.0.1", listener.getsockname()[1], ()) as connected:
        assert listener.getsockname() == connected.getpeername()


def test_the_bytes_that_the_system_accepted_are_counted(limit: Limit, listener: socket.socket) -> None:
    """They decide if a request can have arrived."""
    with wire.connect("127.0.0.1", listener.getsockname()[1], ()) as connected:
        assert 0 == limit.written
        connected.sendall(b"x" * 1000)
        assert 1000 == limit.written


def test_a_connection_that_the_system_gave_up_is_not_a_step(
    limit: Limit, listener: socket.socket, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The end of a step has no error number, and this has one."""
    with wire.connect("127.0.0.1", listener.getsockname()[1], ()) as connected:

        def gave_up(*_: Any) -> bytes:
            raise TimeoutError(errno.ETIMEDOUT, "Connection timed out")

        monkeypatch.setattr(socket.socket, "recv", gave_up)
        with pytest.raises(TimeoutError, match="Connection timed out"):
            connected.recv(1)
