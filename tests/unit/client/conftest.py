"""Fixtures: a scripted server, a client of it, and no settings from the machine."""

from collections.abc import Iterator

import pytest

from provider.client.api import AtlanApi
from provider.framework import redaction
from tests.support.api_clients import Clients, FakeTime, LimitClock
from tests.support.http_server import ScriptedServer, http_server


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


@pytest.fixture
def server() -> Iterator[ScriptedServer]:
    with http_server() as scripted:
        yield scripted


@pytest.fixture
def fake_time() -> FakeTime:
    return FakeTime()


@pytest.fixture
def limit_clock(monkeypatch: pytest.MonkeyPatch) -> LimitClock:
    return LimitClock(monkeypatch)


@pytest.fixture
def clients(fake_time: FakeTime) -> Iterator[Clients]:
    clients = Clients(fake_time)
    yield clients
    for api in clients.made:
        api.close()


@pytest.fixture
def api(clients: Clients, server: ScriptedServer) -> AtlanApi:
    return clients.of(server.url)
