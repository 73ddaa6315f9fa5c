"""OAuth clients: when a token is fetched, and what happens if there is none. No test here waits."""

import hashlib
import logging
from base64 import b64encode
from collections.abc import Callable
from typing import Any
from urllib.parse import quote

import pytest

from provider.client.api import AtlanApi, build_client
from provider.client.auth import OAuthClient
from provider.client.errors import AtlanError, NoToken, OAuthRefused, ServerError, Unauthorized
from provider.client.retries import RetryPolicy
from provider.framework.redaction import redact, register
from tests.support.api_clients import Clients, FakeTime, shown
from tests.support.http_server import Reply, ScriptedServer
from tests.support.oauth_client import (
    ERROR,
    FOUND,
    ID,
    OPERATIONS,
    SECRET,
    TOKENS,
    bearer,
    create,
    get,
    headers,
    token,
    update,
)


@pytest.fixture
def oauth(fake_time: FakeTime) -> OAuthClient:
    return OAuthClient(ID, SECRET, fake_time.clock)


@pytest.fixture
def api(clients: Clients, server: ScriptedServer, oauth: OAuthClient) -> AtlanApi:
    return clients.of(server.url, auth=oauth)


def test_a_token_is_fetched_with_the_first_request_and_used_again(api: AtlanApi, server: ScriptedServer) -> None:
    """The client's id and secret are sent only to the token endpoint, without an Authorization header."""
    server.plays(token(1), FOUND, FOUND)
    assert [] == server.requests
    get(api)
    update(api)
    asked = server.requests[0]
    assert ("POST", TOKENS) == (asked.method, asked.path)
    assert {"clientId": ID, "clientSecret": SECRET} == asked.json()
    assert "authorization" not in asked.headers
    assert asked.headers["x-atlan-request-id"] != server.requests[1].headers["x-atlan-request-id"]
    assert [None, bearer(1), bearer(1)] == headers(server)


def test_connect_makes_a_client_that_names_the_provider(server: ScriptedServer, fake_time: FakeTime) -> None:
    """With the real clock, the second request uses the same token. Both have a User-Agent."""
    server.plays(token(1), FOUND, FOUND)
    api = build_client(server.url, OAuthClient(ID, SECRET), request_timeout=5, retries=RetryPolicy(), stop=fake_time)
    get(api)
    get(api.with_timeout(60))
    api.close()
    assert [None, bearer(1), bearer(1)] == headers(server)
    assert all(each.headers["user-agent"].startswith("terraform-provider-atlan/0.") for each in server.requests)


@pytest.mark.parametrize(
    ("told", "good", "stale"),
    [
        ({}, 539, 540),
        ({"expiresIn": None}, 539, 540),
        ({"expiresIn": "600"}, 539, 540),
        ({"expiresIn": 3600}, 3539, 3540),
        ({"expiresIn": 100}, 89, 90),
        ({"expiresIn": 99.5}, 89, 89.6),
        ({"expiresIn": 1}, 0.8, 0.9),
        ({"expiresIn": 10**9}, 10**9 - 61, 10**9 - 60),
    ],
    ids=str,
)
def test_a_token_is_fetched_again_before_it_expires(
    told: dict[str, Any], good: float, stale: float, api: AtlanApi, server: ScriptedServer, fake_time: FakeTime
) -> None:
    """A minute before, or a tenth of its lifetime if that is less. The default lifetime is 600 s."""
    server.plays(token(1, **told), FOUND, FOUND, token(2), FOUND)
    get(api)
    fake_time.now += good
    get(api)
    fake_time.now += stale - good
    get(api)
    assert [None, bearer(1), bearer(1), None, bearer(2)] == headers(server)


def test_a_token_without_a_lifetime_is_used_for_600_seconds(
    api: AtlanApi, server: ScriptedServer, fake_time: FakeTime
) -> None:
    """The answer may contain only a token."""
    server.plays(Reply(body={"accessToken": "not-a-token-1"}), FOUND, FOUND)
    get(api)
    fake_time.now += 539
    get(api)
    assert [None, bearer(1), bearer(1)] == headers(server)


@pytest.mark.parametrize("seconds", [0, -5])
def test_a_token_without_a_life_is_used_once(seconds: float, api: AtlanApi, server: ScriptedServer) -> None:
    """There is no endless loop of fetches."""
    server.plays(token(1, expiresIn=seconds), FOUND, token(2), FOUND)
    get(api)
    get(api)
    assert [None, bearer(1), None, bearer(2)] == headers(server)


def test_a_retry_after_a_long_wait_carries_a_new_token(
    api: AtlanApi, server: ScriptedServer, fake_time: FakeTime
) -> None:
    """Each attempt checks the token again."""
    server.plays(token(1, expiresIn=20), Reply(429, headers={"Retry-After": "25"}), token(2), FOUND)
    create(api)
    assert [None, bearer(1), None, bearer(2)] == headers(server)


@pytest.mark.parametrize("operation", OPERATIONS)
def test_a_401_in_the_middle_is_answered_with_a_new_token(
    operation: Callable[[AtlanApi], object], api: AtlanApi, server: ScriptedServer, fake_time: FakeTime
) -> None:
    """Any method is sent again at once, with the same body and a new request id."""
    server.plays(token(1), FOUND, Reply(401, ERROR), token(2), FOUND)
    get(api)
    operation(api)
    assert [None, bearer(1), bearer(1), None, bearer(2)] == headers(server)
    refused, again = server.requests[2], server.requests[4]
    assert (refused.method, refused.path, refused.body) == (again.method, again.path, again.body)
    assert refused.headers["x-atlan-request-id"] != again.headers["x-atlan-request-id"]
    assert [] == fake_time.waits


@pytest.mark.parametrize("operation", OPERATIONS)
def test_a_401_to_a_new_token_is_reported(
    operation: Callable[[AtlanApi], object], api: AtlanApi, server: ScriptedServer
) -> None:
    """The request is sent again once. Then the error says that the token was refused, not the client."""
    server.plays(token(1), Reply(401, ERROR), token(2), Reply(401, {"message": "still no"}))
    with pytest.raises(Unauthorized, match="still no") as raised:
        operation(api)
    assert Unauthorized is type(raised.value)
    assert [None, bearer(1), None, bearer(2)] == headers(server)


def test_a_key_that_is_refused_is_not_tried_again(clients: Clients, server: ScriptedServer) -> None:
    """There is only one key."""
    server.always = Reply(401, ERROR)
    with pytest.raises(Unauthorized):
        get(clients.of(server.url))
    assert 1 == len(server.requests)


# what the token endpoint does each time, the error, and how often it is asked
FAILURES = [
    (Reply(401, ERROR), OAuthRefused, 1, "the OAuth client was refused: no"),
    (Reply(403, {"message": "disabled"}), OAuthRefused, 1, "the OAuth client was refused: disabled"),
    (Reply(401, "<html>"), OAuthRefused, 1, "the OAuth client was refused: no reason was given"),
    (Reply(400, ERROR), NoToken, 1, "answered with status 400: no"),
    (Reply(404, ERROR), NoToken, 1, "answered with status 404: no"),
    (Reply(404, "<html>"), NoToken, 1, "it is not the service's own 404"),
    (Reply(302, headers={"Location": "https://login.example.com/"}), NoToken, 1, "it redirects to another place"),
    (Reply(429, ERROR), NoToken, 6, "answered with status 429: no. Tried 6 times"),
    (Reply(500, ERROR), NoToken, 1, "answered with status 500: no"),
    (Reply(502, ERROR), NoToken, 6, "answered with status 502: no. Tried 6 times"),
    (Reply(503, ERROR), NoToken, 6, "answered with status 503: no. Tried 6 times"),
    (Reply(503, ERROR, {"Retry-After": "1"}), NoToken, 6, "answered with status 503: no. Tried 6 times"),
    (Reply(act="drop"), NoToken, 6, "the connection was closed without an answer"),
    (Reply(body="<html>"), NoToken, 1, "JSON was expected"),
    (Reply(body={}), NoToken, 1, "accessToken: Field required"),
    (Reply(body={"accessToken": ""}), NoToken, 1, "accessToken: String should have at least 1 character"),
    (Reply(body={"accessToken": 5}), NoToken, 1, "accessToken: Input should be a valid string"),
    (Reply(body={"accessToken": "a\r\nX: b"}), NoToken, 1, "its accessToken is empty or contains characters"),
    (Reply(body={"accessToken": "abcd", "expiresIn": "soon"}), NoToken, 1, "expiresIn: Input should be a valid number"),
]


@pytest.mark.parametrize("operation", OPERATIONS)
@pytest.mark.parametrize(
    ("reply", "error", "asked", "words"), FAILURES, ids=lambda value: getattr(value, "status", None)
)
def test_without_a_token_nothing_is_sent_and_nothing_may_have_been_done(
    reply: Reply,
    error: type[AtlanError],
    asked: int,
    words: str,
    operation: Callable[[AtlanApi], object],
    api: AtlanApi,
    server: ScriptedServer,
    fake_time: FakeTime,
) -> None:
    """A request for a token is repeated like a read. A refused client is a separate error."""
    server.always = reply
    with pytest.raises(error) as raised:
        operation(api)
    assert error is type(raised.value)
    assert words in str(raised.value)
    assert not raised.value.ambiguous
    assert (reply.status in (401, 403, 302) or reply.body == "<html>") is raised.value.is_setup_error
    assert [None] * asked == headers(server)
    assert asked - 1 == len(fake_time.waits)
    assert server.requests[-1].headers["x-atlan-request-id"] == raised.value.request_id
    assert "not/a" not in f"{raised.value} {raised.value!r}"


def test_a_failure_names_the_request_that_was_not_sent_and_why(api: AtlanApi, server: ScriptedServer) -> None:
    """The message names both requests, and the answer to the one for the token."""
    server.plays(Reply(500, {"message": "out of order"}))
    with pytest.raises(NoToken) as raised:
        create(api)
    assert (
        "POST /api/service/v1/app was not sent: no access token was available for the request: "
        "POST /api/service/oauth-clients/token was answered with status 500: out of order. "
        f"Request id {server.requests[0].headers['x-atlan-request-id']}."
    ) == str(raised.value)


def test_after_a_failure_the_next_request_asks_again(api: AtlanApi, server: ScriptedServer) -> None:
    """A failure is not remembered."""
    server.plays(Reply(500), token(1), FOUND)
    with pytest.raises(NoToken):
        get(api)
    get(api)
    assert [None, None, bearer(1)] == headers(server)


def test_a_failure_after_the_first_attempt_leaves_a_write_that_was_not_done(
    api: AtlanApi, server: ScriptedServer
) -> None:
    """A write is repeated only if nothing was done. Without a token for the repetition, nothing was done either."""
    server.plays(token(1), Reply(401, ERROR), Reply(500))
    with pytest.raises(NoToken) as raised:
        create(api)
    assert not raised.value.ambiguous


WRITTEN = {
    "as it is": str,
    "base64": lambda text: b64encode(text.encode()).decode(),
    "with the id": lambda text: b64encode(f"{ID}:{text}".encode()).decode(),
    "a url": lambda text: quote(text, safe=""),
}


@pytest.mark.parametrize("written", WRITTEN)
@pytest.mark.parametrize("secret", [SECRET, "not-a-token-1", "not-a-token-2"], ids=["secret", "former", "current"])
def test_neither_the_secret_nor_a_token_is_in_any_text(
    secret: str, written: str, api: AtlanApi, server: ScriptedServer, caplog: pytest.LogCaptureFixture
) -> None:
    """The service writes it in every part of an answer. No error, log line or repr shows it."""
    caplog.set_level(logging.DEBUG)
    said = WRITTEN[written](secret)
    body = {"code": said, "message": f"Bearer {said}", "causes": [{"errorMessage": said, "location": said}]}
    server.plays(token(1), Reply(401, body), token(2), Reply(503, body), Reply(500, body))
    with pytest.raises(ServerError) as raised:
        get(api)
    with register(SECRET):
        told = f"{shown(raised.value)} {api!r} {vars(api)} {redact(caplog.text)}"
    assert "***" in told
    assert said not in told
    assert secret not in told


@pytest.mark.parametrize("status", [401, 403, 500])
def test_the_secret_is_in_no_text_of_a_failed_fetch(
    status: int, api: AtlanApi, server: ScriptedServer, caplog: pytest.LogCaptureFixture
) -> None:
    """Even if the token endpoint repeats the request as JSON."""
    caplog.set_level(logging.DEBUG)
    server.always = lambda request: Reply(status, {"message": f"bad request: {request.body.decode()}"})
    with pytest.raises(AtlanError) as raised:
        create(api)
    with register(SECRET):
        told = f"{shown(raised.value)} {redact(caplog.text)}"
    assert 'bad request: {"clientId": "oauth-client-1", "clientSecret": "***"}' in told
    assert "4711" not in told


def test_an_old_token_is_redacted_no_longer(api: AtlanApi, server: ScriptedServer, fake_time: FakeTime) -> None:
    """The last 32 tokens are registered. An older one expired long ago."""
    tokens = [hashlib.sha256(bytes([number])).hexdigest() for number in range(33)]
    for each in tokens:
        server.plays(token(1, accessToken=each), FOUND)
        get(api)
        fake_time.now += 600
    assert f"{tokens[0]} *** ***" == redact(f"{tokens[0]} {tokens[1]} {tokens[-1]}")


def test_no_repr_contains_the_secret(oauth: OAuthClient, api: AtlanApi) -> None:
    """Neither the object nor its container shows it."""
    assert "OAuthClient(***)" == repr(oauth)
    assert SECRET not in f"{api!r} {api._transport!r} {vars(api._transport)}"


@pytest.mark.parametrize(("client_id", "secret"), [("", "s"), ("i", ""), ("\ud800", "hunter2"), ("i", "hunter2\ud800")])
def test_an_impossible_client_is_refused_and_not_shown(client_id: str, secret: str, fake_time: FakeTime) -> None:
    """Before anything is sent. The message contains neither."""
    with pytest.raises(ValueError, match="The OAuth client's id or secret is empty or contains") as raised:
        OAuthClient(client_id, secret, fake_time.clock)
    assert "hunter2" not in str(raised.value)
