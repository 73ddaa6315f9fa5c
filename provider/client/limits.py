"""The limit of one exchange with the service: its deadline, its end after an interrupt, and what was written.

The timeout of a socket limits a single operation, and an answer that arrives byte by byte needs many. So every wait of
an exchange ends after a short step, and the limit decides whether the exchange continues.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from enum import Enum
from typing import Final, Protocol

STEP_SECONDS: Final = 0.1
"""The longest wait before the limit is checked again."""

READ_GRACE_SECONDS: Final = 0.5
"""The time that a read and a new connection still get after an interrupt. A tenant that is not slow answers in it."""

WRITE_GRACE_SECONDS: Final = 10.0
"""The time that the answer of a write still gets after an interrupt."""


class Interrupt(Protocol):
    """The method of threading.Event that is true after Terraform was interrupted."""

    def is_set(self) -> bool: ...


class Phase(Enum):
    """The part of an exchange. The value says what the exchange waits for."""

    FIRST_HOP = "a connection to the host, or to the proxy"
    TUNNEL = "the proxy's answer to CONNECT"
    HANDSHAKE = "TLS with the host"
    ANSWER = "the answer of the service"


class ExchangeInterruptedError(OSError):
    """Terraform was interrupted during the exchange."""


class Limit:
    """The limit of one exchange, which begins now. A limit belongs to one thread.

    ``seconds`` are for all of it, and at most ``connect_seconds`` of them for a new connection. ``interrupt`` leaves a
    read READ_GRACE_SECONDS, and a request that changes something (``is_write``) WRITE_GRACE_SECONDS.
    """

    def __init__(self, seconds: float, connect_seconds: float, interrupt: Interrupt, *, is_write: bool) -> None:
        self.phase = Phase.ANSWER
        self.written = 0
        self.expired = False
        self.interrupted = False
        self._last = time.monotonic() + seconds
        self._deadline = self._last
        self._connect_seconds = connect_seconds
        self._interrupt = interrupt
        self._is_write = is_write

    @property
    def seconds_left(self) -> float:
        """The seconds until the deadline of the current phase."""
        return self._deadline - time.monotonic()

    def start_connecting(self) -> None:
        """Begin a new connection, which has a separate deadline."""
        self.phase = Phase.FIRST_HOP
        self._deadline = min(self._last, time.monotonic() + self._connect_seconds)

    def end_connecting(self) -> None:
        """Begin the exchange on the open connection. What was written until now is not part of the request."""
        self.phase = Phase.ANSWER
        self.written = 0
        self._deadline = self._last

    def check(self) -> None:
        """Raise TimeoutError after the deadline, and ExchangeInterruptedError if an interrupt ends the exchange."""
        if not self.interrupted and self._interrupt.is_set():
            self._interrupt_now()
        if self.seconds_left <= 0:
            if self.interrupted:
                raise ExchangeInterruptedError
            self.expired = True
            raise TimeoutError

    def _interrupt_now(self) -> None:
        self.interrupted = True
        now = time.monotonic()
        is_sent_write = self._is_write and self.phase is Phase.ANSWER
        self._last = min(self._last, now + (WRITE_GRACE_SECONDS if self._is_write else READ_GRACE_SECONDS))
        self._deadline = min(self._deadline, self._last if is_sent_write else now + READ_GRACE_SECONDS)


class _Current(threading.local):
    limit: Limit | None = None


_current = _Current()


def current() -> Limit:
    """Return the limit of the exchange that runs in this thread."""
    assert _current.limit is not None, "no exchange runs in this thread"
    return _current.limit


@contextmanager
def applied(limit: Limit) -> Iterator[None]:
    """Apply a limit to what this thread does in the block."""
    _current.limit = limit
    try:
        yield
    finally:
        _current.limit = None
