"""Fixtures for the tests of the sandbox."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from provider.sandbox.options import Options
from provider.sandbox.tenant import Tenant
from tests.support.sandbox import Sandbox
from tests.support.sandbox_service import Clock, Service
from tests.support.vendor_sdk import AtlanClient, PyatlanSyncTransport

OpenTenant = Callable[..., Tenant]


@pytest.fixture
def service(sandbox: Sandbox) -> Service:
    """Return the app endpoints of an empty tenant."""
    return Service(sandbox)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def open_tenant(tmp_path: Path, clock: Clock) -> Iterator[OpenTenant]:
    """Return a function that opens a tenant in this process, on a file and with a clock of this test."""
    with ExitStack() as opened:

        def opener(**options: Any) -> Tenant:
            tenant = Tenant(Options(port=0, database=tmp_path / "tenant.sqlite", api_key="key", **options), clock)
            opened.callback(tenant.stores.database.close)
            return tenant

        yield opener


@pytest.fixture
def connect(sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., AtlanClient]]:
    """Return a function that creates SDK clients of an empty tenant; its arguments say how they authenticate.

    The SDK opens a transport for every call and leaves it open. This fixture closes them.
    """
    opened: list[PyatlanSyncTransport] = []

    class Remembered(PyatlanSyncTransport):
        def __init__(self, **how: Any) -> None:
            super().__init__(**how)
            opened.append(self)

    monkeypatch.setattr("pyatlan.client.atlan.PyatlanSyncTransport", Remembered)
    # use no proxy and no certificates of this machine
    yield lambda **how: AtlanClient(base_url=sandbox.url, proxy=None, verify=False, **how)
    for transport in opened:
        transport.close()


@pytest.fixture
def sdk(connect: Callable[..., AtlanClient], sandbox: Sandbox) -> AtlanClient:
    """Return the SDK's client of an empty tenant."""
    return connect(api_key=sandbox.api_key)
