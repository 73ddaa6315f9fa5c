"""Clients for the tests, with a clock that only waits move."""

from dataclasses import dataclass, field

import pytest

from provider.client import limits, transport
from provider.client.api import AtlanApi
from provider.client.auth import Auth, BearerKey
from provider.client.retries import Retrier, RetryPolicy
from provider.client.transport import Transport
from provider.framework import redaction
from provider.framework.protocol.diagnostics import printable

KEY = "not-a-real-key-4711"


@dataclass
class FakeTime:
    """A clock that only waits move. It is also the stop event, which interrupts the wait numbered `stops_at`."""

    now: float = 1000.0
    waits: list[float] = field(default_factory=list)
    stops_at: int | None = None

    def clock(self) -> float:
        return self.now

    def is_set(self) -> bool:
        return self.stops_at is not None and len(self.waits) >= self.stops_at

    def wait(self, timeout: float) -> bool:
        self.waits.append(timeout)
        self.now += timeout
        return self.stops_at == len(self.waits)


class LimitClock:
    """The clock of every limit of the client. Only `advance` moves it, so a slow machine reaches no limit."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self._now = 1000.0
        for module in (limits, transport):
            monkeypatch.setattr(module, "time", self)

    def monotonic(self) -> float:
        return self._now

    def advance(self, seconds: float) -> None:
        self._now += seconds


@dataclass
class Clients:
    """Connects clients, and closes them at the end."""

    time: FakeTime
    made: list[AtlanApi] = field(default_factory=list)

    def of(
        self,
        url: str,
        *,
        key: str = KEY,
        auth: Auth | None = None,
        timeout: float = 10,
        policy: RetryPolicy | None = None,
        portion: float = 1.0,
    ) -> AtlanApi:
        retrier = Retrier(policy or RetryPolicy(), self.time, self.time.clock, lambda: portion)
        auth = auth or BearerKey(key)
        transport = Transport(
            url,
            auth,
            request_timeout=timeout,
            retrier=retrier,
            user_agent="tests/1",
            register_secret=lambda secret: redaction.register(secret).release,
        )
        self.made.append(AtlanApi(transport))
        return self.made[-1]


def shown(error: Exception) -> str:
    """Return an error as a user sees it, with its repr."""
    return f"{printable(str(error))} {error!r}"
