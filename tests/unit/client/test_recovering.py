"""Views that find out what a write has done: with time of their own, and without a stop."""

import threading
from collections.abc import Iterator
from contextlib import closing

import pytest

from provider.client.api import AtlanApi, connect
from provider.client.errors import OutOfTime, ServerError
from provider.client.retries import RetryPolicy
from tests.support.http_server import Reply, ScriptedServer, http_server

ROW = {"slug": "bigquery-prod-AbC123", "name": "bigquery prod", "version": 1}


@pytest.fixture
def server() -> Iterator[ScriptedServer]:
    with http_server() as scripted:
        yield scripted


@pytest.fixture
def stopped(server: ScriptedServer) -> Iterator[AtlanApi]:
    """A client in a process that was asked to stop."""
    stop = threading.Event()
    stop.set()
    policy = RetryPolicy(base=0.01)
    with closing(connect(server.url, "not-a-real-key-4711", request_timeout=5, retries=policy, stop=stop)) as api:
        yield api


def test_a_stop_ends_other_waits_for_a_retry_and_not_those_of_a_recovery(
    stopped: AtlanApi, server: ScriptedServer
) -> None:
    """The same read has the same temporary failure."""
    server.plays(Reply(503), Reply(503), Reply(body=ROW))
    with pytest.raises(ServerError):
        stopped.get_workflow(ROW["slug"])
    assert ROW["slug"] == stopped.recovering(10).get_workflow(ROW["slug"]).slug
    assert 3 == len(server.requests)


def test_a_recovery_has_time_though_the_operation_has_none_left(stopped: AtlanApi, server: ScriptedServer) -> None:
    """Its time is counted from its own beginning."""
    server.plays(Reply(body=ROW))
    spent = stopped.within(0)
    with pytest.raises(OutOfTime):
        spent.get_workflow(ROW["slug"])
    assert ROW["slug"] == spent.recovering(10).get_workflow(ROW["slug"]).slug


def test_a_recovery_ends_when_its_own_time_is_over(stopped: AtlanApi, server: ScriptedServer) -> None:
    """Its time is limited too."""
    with pytest.raises(OutOfTime):
        stopped.recovering(0).get_workflow(ROW["slug"])
    assert [] == server.requests
