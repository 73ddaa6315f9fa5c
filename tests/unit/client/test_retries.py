"""Requests that are repeated, how often, and after which time. No test here waits."""

import logging
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from provider.client.api import AtlanApi
from provider.client.errors import (
    AppNotReady,
    AtlanError,
    BadRequest,
    Conflict,
    Forbidden,
    ForeignAnswer,
    NoAnswer,
    NotFound,
    RateLimited,
    RequestNotSent,
    ServerError,
    ServiceError,
    Unauthorized,
    UnprovenNotFound,
)
from provider.client.retries import RetryPolicy
from provider.framework.redaction import redact, register
from tests.support.api_clients import KEY, Clients, FakeTime
from tests.support.http_server import Reply, ScriptedServer, free_port

ALL = 6  # the first attempt and the policy's five retries
ERROR = {"code": 4711, "message": "no"}
COLD = 'Get "http://an-app:8000/": dial tcp 10.0.0.7:8000: connect: connection refused'
FOUND = Reply(body={"slug": "s"})


def get(api: AtlanApi) -> object:
    return api.get_workflow("s")


def create(api: AtlanApi) -> object:
    return api.create_workflow(app_id="x", name="n", inputs={})


def update(api: AtlanApi) -> object:
    return api.update_workflow("s", inputs={})


def delete(api: AtlanApi) -> object:
    return api.delete_workflow("s")


WRITES = [create, update, delete]

# what happens each time, the error, the attempts of a GET and of a write, and whether a write is then ambiguous
TABLE = [
    (Reply(300), ForeignAnswer, 1, 1, False),
    (Reply(400, ERROR), BadRequest, 1, 1, False),
    (Reply(401, ERROR), Unauthorized, 1, 1, False),
    (Reply(403, ERROR), Forbidden, 1, 1, False),
    (Reply(404, ERROR), NotFound, 1, 1, False),
    (Reply(404, {"message": "no"}), UnprovenNotFound, 1, 1, False),
    (Reply(404, "<html>"), ForeignAnswer, 1, 1, False),
    (Reply(408, ERROR), ServiceError, 1, 1, False),
    (Reply(409, ERROR), Conflict, 1, 1, False),
    (Reply(413, ERROR), ServiceError, 1, 1, False),
    (Reply(422, ERROR), ServiceError, 1, 1, False),
    (Reply(429, ERROR), RateLimited, ALL, ALL, False),
    (Reply(429, "<html>"), RateLimited, ALL, ALL, False),
    (Reply(500, ERROR), ServerError, 1, 1, True),
    (Reply(500, ERROR, {"Retry-After": "1"}), ServerError, 1, 1, True),
    (Reply(500, {"code": 500, "message": COLD}), AppNotReady, ALL, 1, True),
    (Reply(500, COLD), AppNotReady, ALL, 1, True),
    (Reply(500, {"message": COLD, "retryable": False}), AppNotReady, 1, 1, True),
    (Reply(400, {"code": 400, "message": COLD}), BadRequest, 1, 1, False),
    (Reply(501, ERROR), ServerError, 1, 1, True),
    (Reply(502, "<html>"), ServerError, ALL, 1, True),
    (Reply(502, ERROR, {"Retry-After": "1"}), ServerError, ALL, 1, True),
    (Reply(503, ERROR), ServerError, ALL, 1, True),
    (Reply(503, ERROR, {"Retry-After": "1"}), ServerError, ALL, ALL, False),
    (Reply(503, ERROR, {"Retry-After": "soon"}), ServerError, ALL, 1, True),
    (Reply(504, ERROR), ServerError, ALL, 1, True),
    (Reply(500, ERROR | {"retryable": True}), ServerError, ALL, 1, True),
    (Reply(500, ERROR | {"retryable": True, "retry_after": 1}), ServerError, ALL, 1, True),
    (Reply(500, ERROR | {"retry_after": 1}), ServerError, 1, 1, True),
    (Reply(500, ERROR | {"retryable": "true"}), ServerError, 1, 1, True),
    (Reply(503, ERROR | {"retryable": True, "retry_after": 1}), ServerError, ALL, 1, True),
    (Reply(503, ERROR | {"retryable": False}), ServerError, 1, 1, True),
    (Reply(503, ERROR | {"retryable": False}, {"Retry-After": "1"}), ServerError, 1, 1, False),
    (Reply(200, "<html>"), ForeignAnswer, 1, 1, True),
    (Reply(act="reset"), NoAnswer, ALL, 1, True),
    (Reply(act="drop"), NoAnswer, ALL, 1, True),
    (Reply(body="x" * 100, cut=10), NoAnswer, ALL, 1, True),
]


def named(value: object) -> str | None:
    if isinstance(value, Reply):
        after = f" after {value.headers['Retry-After']}" if value.headers else ""
        kind = f" {value.body}" if isinstance(value.body, dict) else " not json"
        return f"{value.status if value.act == 'answer' and not value.cut else value.act}{after}{kind}"
    return None


@pytest.mark.parametrize(
    ("operation", "error", "attempts"), [(get, AppNotReady, ALL), *((each, ServerError, 1) for each in WRITES)]
)
def test_a_refused_connection_alone_is_a_starting_app_for_a_read(
    operation: Callable[[AtlanApi], object],
    error: type[AtlanError],
    attempts: int,
    api: AtlanApi,
    server: ScriptedServer,
    fake_time: FakeTime,
) -> None:
    """After a write, the text can be about a database of the app. Then it is not known what was done."""
    server.always = Reply(500, {"message": "Post http://app:8000: connection refused"})
    with pytest.raises(ServerError) as raised:
        operation(api)
    assert (error, attempts, attempts - 1) == (type(raised.value), len(server.requests), len(fake_time.waits))


@pytest.mark.parametrize("operation", [get, *WRITES])
@pytest.mark.parametrize(("reply", "error", "of_a_get", "of_a_write", "ambiguous"), TABLE, ids=named)
def test_only_what_is_safe_to_repeat_is_repeated(
    reply: Reply,
    error: type[AtlanError],
    of_a_get: int,
    of_a_write: int,
    ambiguous: bool,
    operation: Callable[[AtlanApi], object],
    api: AtlanApi,
    server: ScriptedServer,
    fake_time: FakeTime,
) -> None:
    """A read is repeated after a temporary failure, a write only if certainly nothing was done.

    A body can have a read repeated after a 500, and can end all repetition. A read is also repeated while the app is
    starting. A write never is.
    """
    attempts = of_a_get if operation is get else of_a_write
    server.always = reply
    with pytest.raises(error) as raised:
        operation(api)
    assert error is type(raised.value)
    assert attempts == raised.value.attempts
    assert attempts == (server.connections if reply.act == "reset" else len(server.requests))
    assert attempts - 1 == len(fake_time.waits)
    assert ambiguous == raised.value.ambiguous


@pytest.mark.parametrize("operation", [get, *WRITES])
def test_a_refused_connection_is_tried_again_for_writes_too(
    operation: Callable[[AtlanApi], object], clients: Clients, fake_time: FakeTime
) -> None:
    """Without a listener, nothing can have been done."""
    with pytest.raises(RequestNotSent, match="connection refused") as raised:
        operation(clients.of(f"http://127.0.0.1:{free_port()}"))
    assert ALL == raised.value.attempts
    assert ALL - 1 == len(fake_time.waits)
    assert raised.value.ambiguous is False


def test_a_success_after_failures_is_a_success(api: AtlanApi, server: ScriptedServer) -> None:
    """The caller does not see the failures. Each attempt has its own request id."""
    server.plays(Reply(502), Reply(act="drop"), Reply(429), FOUND)
    get(api)
    assert 4 == len({request.headers["x-atlan-request-id"] for request in server.requests})


def test_a_write_that_is_repeated_carries_the_same_body(api: AtlanApi, server: ScriptedServer) -> None:
    """The second attempt sends the same."""
    server.plays(Reply(429), FOUND)
    create(api)
    first, second = server.requests
    assert first.body == second.body
    assert first.body


def test_the_last_answer_is_reported(api: AtlanApi, server: ScriptedServer) -> None:
    """After the last retry, the error contains the last answer and its request id."""
    server.plays(*[Reply(503, {"message": f"answer {number}"}) for number in range(ALL)])
    with pytest.raises(ServerError, match=r"answer 5\. Tried 6 times\.") as raised:
        get(api)
    assert server.requests[-1].headers["x-atlan-request-id"] == raised.value.request_id


def test_the_waits_double_up_to_the_cap(api: AtlanApi, server: ScriptedServer, fake_time: FakeTime) -> None:
    """Without randomness, the wait doubles from half a second."""
    server.always = Reply(502)
    with pytest.raises(ServerError):
        get(api)
    assert [0.5, 1, 2, 4, 8] == fake_time.waits


def test_each_wait_is_a_random_part_of_the_back_off(
    clients: Clients, server: ScriptedServer, fake_time: FakeTime
) -> None:
    """Clients that failed together do not retry together."""
    server.always = Reply(502)
    with pytest.raises(ServerError):
        get(clients.of(server.url, portion=0.25))
    assert [0.125, 0.25, 0.5, 1, 2] == fake_time.waits


@pytest.mark.parametrize(
    ("header", "seconds"),
    [("7", 7), ("0", 0), ("30", 30), (" 3 ", 3)],
)
def test_retry_after_in_seconds_is_honored(
    header: str, seconds: float, api: AtlanApi, server: ScriptedServer, fake_time: FakeTime
) -> None:
    """The service asks for a wait."""
    server.plays(Reply(429, headers={"Retry-After": header}), FOUND)
    get(api)
    assert [seconds] == fake_time.waits


@pytest.mark.parametrize(
    ("body", "headers", "seconds"),
    [
        ({"retry_after": 7}, {}, 7),
        ({"retry_after": "7.5"}, {}, 7.5),
        ({"error": {"retry_after": 7}}, {}, 7),
        ({"retry_after": 7}, {"Retry-After": "3"}, 3),
        ({"retry_after": True}, {}, 0.5),
        ({"retry_after": -1}, {}, 0.5),
        ({"retry_after": "soon"}, {}, 0.5),
        ({"retry_after": 10**400}, {}, 0.5),
        ({"retry_after": [7]}, {}, 0.5),
    ],
)
def test_a_wait_in_the_body_is_honored(
    body: dict[str, object],
    headers: dict[str, str],
    seconds: float,
    api: AtlanApi,
    server: ScriptedServer,
    fake_time: FakeTime,
) -> None:
    """The header is preferred. A value that is not a positive number of seconds counts as none."""
    server.plays(Reply(503, ERROR | body, headers), FOUND)
    get(api)
    assert [seconds] == fake_time.waits


@pytest.mark.parametrize(
    ("reply", "said"),
    [
        pytest.param(Reply(429, headers={"Retry-After": "31"}), "wait 31 s", id="seconds"),
        pytest.param(Reply(429, headers={"Retry-After": "9" * 400}), "wait 9999999999 s", id="many"),
        pytest.param(Reply(503, headers={"Retry-After": "3600"}), "wait 3600 s", id="unavailable"),
        pytest.param(Reply(503, ERROR | {"retry_after": 90.5}), "wait 91 s", id="in the body"),
    ],
)
def test_a_wait_that_is_longer_than_the_cap_is_an_error_at_once(
    reply: Reply, said: str, api: AtlanApi, server: ScriptedServer, fake_time: FakeTime
) -> None:
    """A shorter wait would only be refused again. The error contains the time that the service asks for."""
    server.plays(reply)
    with pytest.raises(ServiceError, match=f"The service asks to {said}[.] Request id"):
        get(api)
    assert [] == fake_time.waits


@pytest.mark.parametrize(("ahead", "low", "high"), [(20, 15, 20), (-60, 0, 0)])
def test_retry_after_as_a_date_is_honored(
    ahead: int, low: float, high: float, api: AtlanApi, server: ScriptedServer, fake_time: FakeTime
) -> None:
    """A date means the time until then, and no wait if it is over."""
    date = format_datetime(datetime.now(UTC) + timedelta(seconds=ahead), usegmt=True)
    server.plays(Reply(503, headers={"Retry-After": date}), FOUND)
    create(api)
    assert low <= fake_time.waits[0] <= high


@pytest.mark.parametrize("header", ["soon", "-1", "1.5 h", "", "Mon, 99 Foo 2025 99:99:99 GMT", "²"])
def test_a_retry_after_that_cannot_be_read_counts_as_none(
    header: str, api: AtlanApi, server: ScriptedServer, fake_time: FakeTime
) -> None:
    """With an unreadable header, the usual wait applies, and a write is not repeated."""
    server.plays(Reply(429, headers={"Retry-After": header}), FOUND)
    get(api)
    assert [0.5] == fake_time.waits


def test_a_stop_ends_the_wait_and_nothing_is_sent_after_it(
    api: AtlanApi, server: ScriptedServer, fake_time: FakeTime
) -> None:
    """After an interrupt during the second wait, there are two attempts and their last error."""
    server.always = Reply(503, {"message": "busy"})
    fake_time.stops_at = 2
    with pytest.raises(ServerError, match="busy") as raised:
        get(api)
    assert 2 == raised.value.attempts == len(server.requests)


def test_no_wait_begins_that_would_pass_the_total_time(
    clients: Clients, server: ScriptedServer, fake_time: FakeTime
) -> None:
    """A wait that would end too late does not begin."""
    server.always = Reply(429, headers={"Retry-After": "30"})
    with pytest.raises(RateLimited) as raised:
        get(clients.of(server.url, policy=RetryPolicy(max_retries=100, total_seconds=100)))
    assert [30, 30, 30] == fake_time.waits
    assert 4 == raised.value.attempts


def test_no_retries_at_all_can_be_asked_for(clients: Clients, server: ScriptedServer) -> None:
    """Zero retries mean one attempt."""
    server.always = Reply(429)
    with pytest.raises(RateLimited):
        get(clients.of(server.url, policy=RetryPolicy(max_retries=0)))
    assert 1 == len(server.requests)


def test_a_retry_and_each_request_are_logged_without_the_key(
    clients: Clients, server: ScriptedServer, caplog: pytest.LogCaptureFixture
) -> None:
    """INFO shows retries, DEBUG each request. Neither shows the key, not even in a path."""
    server.plays(Reply(503), Reply(body={"slug": f"s-{KEY}"}))
    caplog.set_level(logging.DEBUG)
    clients.of(server.url).get_workflow(f"s-{KEY}")
    ours = [record for record in caplog.records if record.name == "provider.client"]
    with register(KEY):
        told = [(record.levelname, redact(record.getMessage())) for record in ours]
    path = "/api/service/v1/app/s-***"
    assert ("INFO", f"GET {path} failed with 503; attempt 1, the next in 0.50 s") == told[1]
    assert ["DEBUG", "INFO", "DEBUG"] == [level for level, _ in told]
    assert told[2][1].startswith(f"GET {path}: 200 in ")
    assert told[2][1].endswith(f" ms, request {server.requests[1].headers['x-atlan-request-id']}")
    assert KEY not in "".join(message for _, message in told)
