"""A run resource of a scripted server, and a clock for its waits."""

from collections.abc import Iterator
from contextlib import closing

import pytest

from provider.client.api import AtlanApi
from tests.support.http_server import ScriptedServer, http_server
from tests.support.run_resource import Clock, client


@pytest.fixture
def server() -> Iterator[ScriptedServer]:
    with http_server() as scripted:
        yield scripted


@pytest.fixture
def api(server: ScriptedServer) -> Iterator[AtlanApi]:
    with closing(client(server.url)) as made:
        yield made


@pytest.fixture
def clock() -> Clock:
    return Clock()
