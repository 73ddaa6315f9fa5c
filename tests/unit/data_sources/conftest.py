"""A data source of a scripted server: real HTTP, no tenant behind it."""

import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

import pytest

from provider.client.api import connect
from provider.client.retries import RetryPolicy
from provider.contracts.cache import Contracts
from provider.framework import Context, DataSource, Diagnostics
from tests.support.http_server import Received, Reply, ScriptedServer, http_server

SERVICE = "/api/service/v1/"


@dataclass
class Reading:
    """The result of a read, and its warnings."""

    state: dict[str, Any]
    warnings: list[str]


Read = Callable[..., Reading]


@pytest.fixture
def server() -> Iterator[ScriptedServer]:
    with http_server() as scripted:
        yield scripted


@pytest.fixture
def read(server: ScriptedServer) -> Iterator[Read]:
    """Read a data source of this kind. Attributes that are not given are null."""
    policy = RetryPolicy(max_retries=0)
    api = connect(server.url, "not-a-real-key-4711", request_timeout=10, retries=policy, stop=threading.Event())
    contracts = Contracts(lambda: api)

    def reader(kind: type[DataSource], **config: Any) -> Reading:
        diagnostics = Diagnostics()
        source: Any = kind(SimpleNamespace(client=api, contracts=contracts))  # type: ignore[call-arg]
        given = dict.fromkeys(kind.get_schema().by_name) | config
        state = source.read(Context(diagnostics, kind.get_name(), threading.Event(), config=given), given)
        return Reading(state, [each.summary for each in diagnostics.diagnostics])

    with closing(api):
        yield reader


def answers(**by_path: Any) -> Callable[[Received], Reply]:
    """Answers by the end of a path after ``v1/``, / written as __; a number is that status, what is missing a 404."""

    def reply(request: Received) -> Reply:
        found = by_path.get(request.path.removeprefix(SERVICE).replace("/", "__"), 404)
        if isinstance(found, int):
            return Reply(found, {"code": str(found), "message": "no"})
        return Reply(body=found)

    return reply
