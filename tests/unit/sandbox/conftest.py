"""Fixtures for the sandbox's own tests."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from provider.sandbox.options import Options
from provider.sandbox.tenant import Tenant
from tests.support.sandbox import Sandbox
from tests.unit.sandbox.sdk import AtlanClient, PyatlanSyncTransport
from tests.unit.sandbox.service import Clock, Service

OpenTenant = Callable[..., Tenant]


@pytest.fixture
def service(shared_sandbox: Sandbox) -> Service:
    """The app endpoints of an empty tenant."""
    return Service(shared_sandbox)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def open_tenant(tmp_path: Path, clock: Clock) -> Iterator[OpenTenant]:
    """Open a tenant in this process, on the test's own file, with a clock of the test's own."""
    with ExitStack() as opened:

        def opener(**options: Any) -> Tenant:
            tenant = Tenant(Options(port=0, database=tmp_path / "tenant.sqlite", api_key="key", **options), clock)
            opened.callback(tenant.stores.database.close)
            return tenant

        yield opener


@pytest.fixture
def connect(shared_sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., AtlanClient]]:
    """Make SDK clients of an empty tenant, given how they authenticate.

    The SDK opens a transport for every call and leaves it open; they are closed here.
    """
    opened: list[PyatlanSyncTransport] = []

    class Remembered(PyatlanSyncTransport):
        def __init__(self, **how: Any) -> None:
            super().__init__(**how)
            opened.append(self)

    monkeypatch.setattr("pyatlan.client.atlan.PyatlanSyncTransport", Remembered)
    # no proxy and no certificates of the machine's
    yield lambda **how: AtlanClient(base_url=shared_sandbox.url, proxy=None, verify=False, **how)
    for transport in opened:
        transport.close()


@pytest.fixture
def sdk(connect: Callable[..., AtlanClient], shared_sandbox: Sandbox) -> AtlanClient:
    """The SDK's client of an empty tenant."""
    return connect(api_key=shared_sandbox.api_key)
