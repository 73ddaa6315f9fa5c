"""A schedule resource of a scripted server."""

import threading
from collections.abc import Iterator
from contextlib import closing
from types import SimpleNamespace
from typing import Any

import pytest

from provider.client.api import build_client
from provider.client.retries import RetryPolicy
from provider.resources.schedule.resource import AppScheduleResource
from tests.support.http_server import ScriptedServer, http_server
from tests.support.provider_data import provider_data


@pytest.fixture
def server() -> Iterator[ScriptedServer]:
    with http_server() as scripted:
        yield scripted


@pytest.fixture
def data(server: ScriptedServer) -> Iterator[Any]:
    """The objects that the resource gets from the provider."""
    policy = RetryPolicy(max_retries=0)
    api = build_client(server.url, "not-a-real-key-4711", request_timeout=10, retries=policy, stop=threading.Event())
    refresh = SimpleNamespace(read=lambda _slug, get, _matches: get())
    with closing(api):
        yield provider_data(api, refresh=refresh)


@pytest.fixture
def resource(data: Any) -> AppScheduleResource:
    return AppScheduleResource(data)
