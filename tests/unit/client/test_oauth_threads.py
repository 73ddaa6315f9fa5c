"""One token for many threads: which thread fetches it, and how long the others wait. No test here waits."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from provider.client.api import AtlanApi, build_client
from provider.client.auth import OAuthClient
from provider.client.errors import AtlanError, NoToken, OAuthRefused, RequestNotSent
from provider.client.retries import Retrier, RetryPolicy
from provider.client.transport import Transport
from tests.support.api_clients import Clients, FakeTime, LimitClock
from tests.support.http_server import Received, Reply, ScriptedServer
from tests.support.oauth_client import ERROR, FOUND, ID, SECRET, TOKENS, bearer, create, get, headers, token, update

BOUND = 20  # seconds that a thread waits for another one at most


@pytest.fixture
def oauth(fake_time: FakeTime) -> OAuthClient:
    return OAuthClient(ID, SECRET, fake_time.clock)


@pytest.fixture
def api(clients: Clients, server: ScriptedServer, oauth: OAuthClient) -> AtlanApi:
    return clients.of(server.url, auth=oauth)


class Counted(Transport):
    """Counts the calls of `seconds_left`. Each thread that fetches a token or waits for one makes one call."""

    asking: threading.Semaphore

    def seconds_left(self) -> float:
        self.asking.release()
        return super().seconds_left()


THREADS = 64


def counted(server: ScriptedServer, oauth: OAuthClient, fake_time: FakeTime, reply: Callable[[int], Reply]) -> AtlanApi:
    """A client whose server answers the second fetch when one thread fetches and all others wait."""
    transport = Counted(
        server.url,
        oauth,
        request_timeout=BOUND,
        retrier=Retrier(RetryPolicy(), fake_time, fake_time.clock, lambda: 1.0),
        user_agent="tests/1",
    )
    transport.asking = threading.Semaphore(0)
    fetched: list[int] = []

    def always(request: Received) -> Reply:
        if request.path != TOKENS:
            return FOUND
        fetched.append(len(fetched) + 1)
        for _ in range(THREADS if fetched[-1] == 2 else 1):
            assert transport.asking.acquire(timeout=BOUND)
        return reply(fetched[-1])

    server.always = always
    return AtlanApi(transport)


def test_64_threads_with_an_expired_token_fetch_one(
    server: ScriptedServer, oauth: OAuthClient, fake_time: FakeTime
) -> None:
    """One thread fetches, the others wait, and all send the new token."""
    api = counted(server, oauth, fake_time, token)
    get(api)
    fake_time.now += 540
    with ThreadPoolExecutor(THREADS) as threads:
        list(threads.map(lambda _: get(api), range(THREADS)))
    api.close()
    sent = headers(server)
    assert [None, bearer(1)] == sent[:2]
    assert 1 == sent[2:].count(None)
    assert THREADS == sent[2:].count(bearer(2))


@pytest.mark.parametrize(("status", "kind"), [(500, NoToken), (401, OAuthRefused)])
def test_64_threads_share_the_failure_of_one_fetch(
    status: int, kind: type[AtlanError], server: ScriptedServer, oauth: OAuthClient, fake_time: FakeTime
) -> None:
    """Each waiting thread gets the failure as a separate error. No thread asks again."""
    api = counted(server, oauth, fake_time, lambda number: token(1) if number == 1 else Reply(status, ERROR))
    get(api)
    fake_time.now += 540

    def failed(_: int) -> AtlanError:
        with pytest.raises(kind, match=f"answered with status {status}") as raised:
            get(api)
        return raised.value

    with ThreadPoolExecutor(THREADS) as threads:
        errors = list(threads.map(failed, range(THREADS)))
    api.close()
    assert THREADS == len({id(error) for error in errors})
    assert [None, bearer(1), None] == headers(server)


def test_64_threads_whose_token_is_refused_fetch_one(api: AtlanApi, server: ScriptedServer) -> None:
    """All have sent the old token before the first answer. One fetch is enough for all."""
    met = threading.Barrier(THREADS)
    fetched: list[int] = []

    def always(request: Received) -> Reply:
        if request.path == TOKENS:
            fetched.append(1)
            return token(len(fetched))
        if request.headers["authorization"] == bearer(1):
            met.wait(BOUND)
            return Reply(401, ERROR)
        return FOUND

    server.always = always
    with ThreadPoolExecutor(THREADS) as threads:
        list(threads.map(lambda _: update(api), range(THREADS)))
    assert 2 == len(fetched)
    assert THREADS == headers(server).count(bearer(1)) == headers(server).count(bearer(2))


@pytest.fixture
def timed(server: ScriptedServer) -> AtlanApi:
    """A client with the real clock, because operations use it."""
    once, never = RetryPolicy(max_retries=0), threading.Event()
    return build_client(server.url, OAuthClient(ID, SECRET), request_timeout=BOUND, retries=once, stop=never)


def test_an_operation_whose_time_is_over_asks_for_no_token(timed: AtlanApi, server: ScriptedServer) -> None:
    """No request is sent after the operation's time."""
    with pytest.raises(RequestNotSent, match="the time that the operation may take is over"):
        create(timed.with_timeout(0))
    timed.close()
    assert [] == server.requests


def test_a_token_is_waited_for_no_longer_than_the_operation_may_take(
    timed: AtlanApi, server: ScriptedServer, limit_clock: LimitClock
) -> None:
    """The operation's time limits the fetch too."""
    server.plays(Reply(act="stall", on_arrival=lambda: limit_clock.advance(0.2)))
    with pytest.raises(NoToken, match="no answer in time"):
        create(timed.with_timeout(0.2))
    timed.close()


def during_a_fetch(server: ScriptedServer, first: AtlanApi, second: Callable[[], object]) -> tuple[Any, Any]:
    """Return the results of `first`, whose token stalls, and of `second`, which began meanwhile."""
    arrived = threading.Event()

    def always(request: Received) -> Reply:
        if arrived.is_set():
            return token(2) if request.path == TOKENS else FOUND
        arrived.set()
        return Reply(act="stall")

    def fetching() -> Any:
        with pytest.raises(NoToken) as raised:
            get(first)
        return raised.value

    server.always = always
    with ThreadPoolExecutor(1) as threads:
        running = threads.submit(fetching)
        assert arrived.wait(BOUND)
        result = second()
        if isinstance(result, NoToken):
            server.end()
        return running.result(BOUND), result


def test_who_has_more_time_fetches_what_another_had_no_time_for(
    timed: AtlanApi, server: ScriptedServer, limit_clock: LimitClock
) -> None:
    """An operation with more time fetches again after another ran out of time."""

    def long() -> Any:
        limit_clock.advance(0.3)
        return timed.get_workflow("s")

    failed, found = during_a_fetch(server, timed.with_timeout(0.3), long)
    timed.close()
    assert "no answer in time" in str(failed)
    assert "s" == found.slug
    assert [None, None, bearer(2)] == headers(server)


def test_who_has_less_time_does_not_wait_for_anothers_fetch(timed: AtlanApi, server: ScriptedServer) -> None:
    """An operation's time is limited while another thread fetches."""

    def short() -> Any:
        with pytest.raises(NoToken) as raised:
            get(timed.with_timeout(0.1))
        return raised.value

    _, short_of_time = during_a_fetch(server, timed, short)
    timed.close()
    assert "the time that the operation may take is over" in str(short_of_time)
    assert [None] == headers(server)
