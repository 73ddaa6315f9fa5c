"""Fixtures: a scripted server, a client of it, and no settings from the machine."""

from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest

from provider.client.api import AtlanApi
from provider.client.auth import Auth, BearerKey
from provider.client.retries import Retrier, RetryPolicy
from provider.client.transport import Transport
from provider.framework import redaction
from provider.framework.protocol.diagnostics import printable
from tests.support.http_server import ScriptedServer, http_server

KEY = "not-a-real-key-4711"


@dataclass
class FakeTime:
    """A clock that only waits move. It is also the stop event, which interrupts the wait numbered `stops_at`."""

    now: float = 1000.0
    waits: list[float] = field(default_factory=list)
    stops_at: int | None = None

    def clock(self) -> float:
        return self.now

    def wait(self, timeout: float) -> bool:
        self.waits.append(timeout)
        self.now += timeout
        return self.stops_at == len(self.waits)


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


@pytest.fixture(autouse=True)
def _no_settings_of_the_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)
    for name in ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "NETRC"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture(autouse=True)
def _nothing_registered(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only the secrets of this test are redacted."""
    monkeypatch.setattr(redaction, "_registrations", set())


def shown(error: Exception) -> str:
    """Return an error as a user sees it, with its repr."""
    return f"{printable(str(error))} {error!r}"


@pytest.fixture
def server() -> Iterator[ScriptedServer]:
    with http_server() as scripted:
        yield scripted


@pytest.fixture
def fake_time() -> FakeTime:
    return FakeTime()


@pytest.fixture
def clients(fake_time: FakeTime) -> Iterator[Clients]:
    clients = Clients(fake_time)
    yield clients
    for api in clients.made:
        api.close()


@pytest.fixture
def api(clients: Clients, server: ScriptedServer) -> AtlanApi:
    return clients.of(server.url)
