"""The time of an exchange whose answer drips or stalls, of a read or a write, until the deadline or an interrupt."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Self

import pytest

from provider.client import limits
from provider.client.api import AtlanApi
from provider.client.auth import BearerKey
from provider.client.errors import AtlanError, NoAnswer, RequestNotSent
from provider.client.limits import ExchangeInterruptedError, Limit, Phase
from provider.client.retries import Retrier, RetryPolicy
from provider.client.transport import Transport
from tests.support.dripping import HTTP_WAYS, TLS_WAYS, TUNNEL_WAYS, Way, dripping

DEADLINE = 1.0
ALLOWED = 1.0
"""How much longer than its limit an exchange may take."""

WAYS = {**HTTP_WAYS, **TLS_WAYS, **TUNNEL_WAYS}


class Pauses:
    """Adds up the seconds in which a busy machine did not let this process run."""

    def __init__(self) -> None:
        self.seconds = 0.0
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._measure)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        self._thread.join()

    def _measure(self) -> None:
        before = time.monotonic()
        while not self._ended.wait(0.05):
            now = time.monotonic()
            if now - before > 0.1:
                self.seconds += now - before - 0.05
            before = now


@dataclass(frozen=True)
class Ended:
    """How an exchange ended: its error, and after how many seconds."""

    error: AtlanError | None
    seconds: float


@contextmanager
def _client(way: str, address: str, timeout: float, stop: threading.Event) -> Iterator[AtlanApi]:
    """Yield a client of a server that answers in this way: directly, with TLS, or as a proxy."""
    url = f"http://{address}" if way in HTTP_WAYS else f"https://{address}"
    with pytest.MonkeyPatch.context() as environment:
        if way in TUNNEL_WAYS:
            url = "https://tenant.example.com"
            environment.setenv("HTTPS_PROXY", f"http://{address}")
        retrier = Retrier(RetryPolicy(max_retries=0), stop)
        transport = Transport(url, BearerKey("key"), request_timeout=timeout, retrier=retrier, user_agent="tests/1")
    client = AtlanApi(transport)
    try:
        yield client
    finally:
        client.close()


def _exchange(name: str, way: Way, method: str, timeout: float, *, interrupted: bool) -> Ended:
    """Send one request. The time counts from its start, or from its interrupt after it has arrived."""
    stop, moments = threading.Event(), [time.monotonic()]
    with dripping(way) as (address, arrived), _client(name, address, timeout, stop) as client:

        def interrupt() -> None:
            arrived.wait(timeout)
            moments.append(time.monotonic())
            stop.set()

        interrupter = threading.Thread(target=interrupt if interrupted else lambda: None)
        interrupter.start()
        error = None
        try:
            client.get_workflow("s") if method == "GET" else client.delete_workflow("s")
        except AtlanError as raised:
            error = raised
        ended = time.monotonic()
        interrupter.join()
        return Ended(error, ended - moments[-1])


def _all_ended(method: str, timeout: float, *, interrupted: bool) -> dict[str, Ended]:
    """Exchange with a server for each way, all at once. The seconds leave out those in which the machine paused."""
    with Pauses() as pauses, ThreadPoolExecutor(len(WAYS)) as pool:
        started = {
            name: pool.submit(_exchange, name, way, method, timeout, interrupted=interrupted)
            for name, way in WAYS.items()
        }
        ended = {name: each.result() for name, each in started.items()}
    return {name: replace(each, seconds=each.seconds - pauses.seconds) for name, each in ended.items()}


@pytest.fixture(scope="module", params=["GET", "DELETE"])
def late(request: pytest.FixtureRequest) -> dict[str, Ended]:
    """How each way ends at the deadline."""
    return _all_ended(request.param, DEADLINE, interrupted=False)


@pytest.mark.parametrize("way", WAYS)
def test_an_answer_that_drips_or_stalls_ends_at_the_deadline(way: str, late: dict[str, Ended]) -> None:
    """With an error that says if the request was sent."""
    assert isinstance(late[way].error, NoAnswer if way in HTTP_WAYS else RequestNotSent)
    assert late[way].seconds <= DEADLINE + ALLOWED


@pytest.fixture(scope="module")
def interrupted_reads() -> dict[str, Ended]:
    return _all_ended("GET", 60, interrupted=True)


@pytest.mark.parametrize("way", WAYS)
def test_an_interrupt_ends_a_read_within_a_second(way: str, interrupted_reads: dict[str, Ended]) -> None:
    """In whatever way its answer drips or stalls, and also while it connects."""
    ended = interrupted_reads[way]
    assert "Terraform was interrupted" in str(ended.error) or "more than 100 headers" in str(ended.error)
    assert ended.seconds <= ALLOWED


@pytest.fixture(scope="module")
def interrupted_writes() -> dict[str, Ended]:
    return _all_ended("DELETE", 60, interrupted=True)


@pytest.mark.parametrize("way", WAYS)
def test_an_interrupt_leaves_the_answer_of_a_write_ten_seconds(way: str, interrupted_writes: dict[str, Ended]) -> None:
    """Then the write may have been carried out. A write that was not sent ends at once."""
    ended = interrupted_writes[way]
    is_sent = way in HTTP_WAYS
    assert isinstance(ended.error, NoAnswer if is_sent else RequestNotSent)
    assert ended.seconds <= ALLOWED + (limits.WRITE_GRACE_SECONDS if is_sent else 0)


class Signal:
    """An interrupt that a test sets."""

    def __init__(self) -> None:
        self.is_on = False

    def is_set(self) -> bool:
        return self.is_on


def test_a_new_connection_has_a_deadline_of_its_own() -> None:
    """The bytes of the handshake are not bytes of the request."""
    limit = Limit(60, 0.0, Signal(), is_write=True)
    limit.start_connecting()
    limit.written = 500
    with pytest.raises(TimeoutError):
        limit.check()
    limit.end_connecting()
    assert (0, Phase.ANSWER) == (limit.written, limit.phase)
    limit.check()


def test_an_interrupt_before_a_write_was_sent_does_not_wait_for_its_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    """A connection that is being opened gets the short time of a read."""
    monkeypatch.setattr(limits, "READ_GRACE_SECONDS", 0.0)
    signal = Signal()
    limit = Limit(60, 10, signal, is_write=True)
    limit.start_connecting()
    signal.is_on = True
    with pytest.raises(ExchangeInterruptedError):
        limit.check()


def test_a_thread_without_an_exchange_has_no_limit() -> None:
    """A limit applies to the block alone."""
    limit = Limit(60, 10, Signal(), is_write=False)
    with limits.applied(limit):
        assert limit is limits.current()
    with pytest.raises(AssertionError, match="no exchange runs in this thread"):
        limits.current()
