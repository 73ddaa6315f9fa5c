"""The requests that are sent and their receivers, the time of a recovery, and the report of each write."""

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from provider.client.api import AtlanApi, build_client
from provider.client.auth import BearerKey, OAuthClient
from provider.client.errors import AtlanError, OutOfTime, ServerError, Unsendable, UnusableAnswer
from provider.client.retries import RetryPolicy
from tests.support.api_clients import KEY, Clients, FakeTime
from tests.support.http_server import Received, Reply, ScriptedServer, http_server

ONCE = RetryPolicy(max_retries=0)
FOUND = Reply(body={"slug": "s"})


@pytest.mark.parametrize(
    ("slug", "path"),
    [
        ("../../etc", "..%2F..%2Fetc"),
        ("a/b", "a%2Fb"),
        ("a?b#c&d=e", "a%3Fb%23c%26d%3De"),
        ("a b+c", "a%20b%2Bc"),
        ("%2e%2e", "%252e%252e"),
        ("..%2f", "..%252f"),
        ("größe", "gr%C3%B6%C3%9Fe"),
        ("a\\b\r\nHost: x", "a%5Cb%0D%0AHost%3A%20x"),
        ("a-b_c.d~e", "a-b_c.d~e"),
        ("...", "..."),
    ],
)
def test_a_slug_is_one_segment_whatever_is_in_it(slug: str, path: str, api: AtlanApi, server: ScriptedServer) -> None:
    """A slug cannot change the rest of the path."""
    server.plays(Reply(body={"archived": True}))
    api.delete_workflow(slug)
    assert f"/api/service/v1/app/{path}" == server.requests[0].path


@pytest.mark.parametrize("slug", ["", ".", "..", "\ud800"])
def test_a_slug_that_would_change_the_path_is_not_sent(
    slug: str, api: AtlanApi, server: ScriptedServer, fake_time: FakeTime
) -> None:
    """An empty segment would request the list, and dots would be normalized away. Nothing is sent."""
    with pytest.raises(Unsendable, match="is not an identifier"):
        api.delete_workflow(slug)
    assert [] == server.requests
    assert [] == fake_time.waits


def test_a_base_url_keeps_its_path(clients: Clients, server: ScriptedServer) -> None:
    """The service's path follows the path of the base URL."""
    server.plays(FOUND)
    clients.of(f"{server.url}/tenant").get_workflow("s")
    assert "/tenant/api/service/v1/app/s" == server.requests[0].path


@pytest.mark.parametrize(
    ("value", "sent"),
    [
        (Decimal("0.1"), b"0.1"),
        (Decimal("3"), b"3"),
        (Decimal("3.0"), b"3"),
        (Decimal("1E+3"), b"1000"),
        (Decimal(2) ** 70, b"1180591620717411303424"),
        (2**70, b"1180591620717411303424"),
        (Decimal("-0.5"), b"-0.5"),
        (0.1, b"0.1"),
        (True, b"true"),
        (None, b"null"),
        ({}, b"{}"),
        ([[], [None]], b"[[], [null]]"),
        ("größe 🚀", '"größe 🚀"'.encode()),
        ({"ключ": '\u2028"\\'}, '{"ключ": "\u2028\\"\\\\"}'.encode()),
    ],
)
def test_values_are_sent_as_json_has_them(value: Any, sent: bytes, api: AtlanApi, server: ScriptedServer) -> None:
    """A number keeps all its digits, and text is UTF-8."""
    server.plays(FOUND)
    api.update_workflow("s", inputs={"v": value})
    assert b'{"inputs": {"v": ' + sent + b"}}" == server.requests[0].body


def bottomless() -> list[Any]:
    value: list[Any] = []
    for _ in range(200_000):
        value = [value]
    return value


@pytest.mark.parametrize(
    "value",
    [
        float("nan"),
        float("inf"),
        Decimal("NaN"),
        Decimal("-Infinity"),
        Decimal("1E+5000"),
        "\ud800",
        {1, 2},
        object(),
    ],
    ids=["nan", "inf", "Decimal NaN", "Decimal -inf", "too many digits", "half a pair", "set", "object"],
)
def test_what_has_no_json_form_is_never_sent(value: Any, api: AtlanApi, server: ScriptedServer) -> None:
    """The error is permanent, and contains no object of this program."""
    with pytest.raises(Unsendable, match=r".+") as raised:
        api.update_workflow("s", inputs={"v": value})
    assert [] == server.requests
    assert ("PUT", True, False) == (raised.value.method, raised.value.permanent, "0x" in str(raised.value))


def test_bottomless_inputs_are_never_sent(api: AtlanApi, server: ScriptedServer) -> None:
    """Very deep nesting is the same error, and no crash."""
    with pytest.raises(Unsendable, match="nested too deeply"):
        api.update_workflow("s", inputs={"v": bottomless()})
    assert [] == server.requests


def test_connections_are_kept_and_used_again(api: AtlanApi, server: ScriptedServer) -> None:
    """Ten requests in a row, with errors among them, use one connection."""
    server.plays(*[FOUND] * 5, Reply(503, {"message": "busy"}), *[FOUND] * 4)
    for _ in range(9):
        api.get_workflow("s")
    assert 10 == len(server.requests)
    assert 1 == server.connections


def test_a_kept_connection_that_was_closed_is_replaced(api: AtlanApi, server: ScriptedServer) -> None:
    """A write uses a new connection after the service closed an idle one."""
    server.always = Reply(body={"slug": "s"}, headers={"Connection": "close"})
    api.update_workflow("s", inputs={})
    api.update_workflow("s", inputs={})
    assert 2 == server.connections == len(server.requests)


def test_64_threads_share_a_client(api: AtlanApi, server: ScriptedServer, caplog: pytest.LogCaptureFixture) -> None:
    """Each thread gets its own answer, and all connections are reused."""

    def echo(request: Received) -> Reply:
        return Reply(body={"slug": request.path.rpartition("/")[2]})

    server.always = echo
    slugs = [f"slug-{number}" for number in range(640)]
    with ThreadPoolExecutor(64) as threads:
        assert slugs == [app.slug for app in threads.map(api.get_workflow, slugs)]
    assert 640 == len({request.headers["x-atlan-request-id"] for request in server.requests})
    assert server.connections <= 64
    assert "pool is full" not in caplog.text


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_is_not_followed_and_the_key_goes_nowhere(
    status: int, api: AtlanApi, server: ScriptedServer
) -> None:
    """The error names the other host, which receives no request."""
    with http_server() as other:
        server.plays(Reply(status, headers={"Location": f"{other.url}/api/service/v1/app/s"}))
        with pytest.raises(UnusableAnswer, match=r"it redirects to another place \(127\.0\.0\.1:\d+\)"):
            api.get_workflow("s")
        assert 0 == other.connections
    assert 1 == len(server.requests)


@pytest.mark.parametrize(
    ("location", "words"),
    [
        ("https://login.example.com/a?token=t", "another place (login.example.com), and redirects are not followed"),
        ("https://user:word@login.example.com", "another place (login.example.com)"),
        ("/login?token=t", "another place (no host)"),
        ("https://user:word@[bad", "another place (a malformed address)"),
        (None, "another place (no host)"),
    ],
)
def test_a_redirect_is_reported_only_with_its_host(
    location: str | None, words: str, api: AtlanApi, server: ScriptedServer
) -> None:
    """A location may contain a token, so the error names only its host."""
    server.plays(Reply(302, headers={"Location": location}))
    with pytest.raises(UnusableAnswer) as raised:
        api.get_workflow("s")
    assert words in str(raised.value)
    assert "token" not in str(raised.value)
    assert "user:word" not in str(raised.value)


def test_a_netrc_file_does_not_replace_the_key(
    api: AtlanApi, server: ScriptedServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A password in .netrc is not used."""
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login user password word\n")
    netrc.chmod(0o600)
    monkeypatch.setenv("NETRC", str(netrc))
    server.plays(FOUND)
    api.get_workflow("s")
    assert f"Bearer {KEY}" == server.requests[0].headers["authorization"]


def test_cookies_are_not_kept(api: AtlanApi, server: ScriptedServer) -> None:
    """The next request does not send a gateway's cookie."""
    server.plays(Reply(body={"slug": "s"}, headers={"Set-Cookie": "session=1; Path=/"}), FOUND)
    api.get_workflow("s")
    api.get_workflow("s")
    assert "cookie" not in server.requests[1].headers


@pytest.mark.parametrize("key", ["", "a b", "a\nb", "a\x00", "ключ", " a", "a\u2003"])
def test_an_impossible_key_is_refused_and_not_shown(key: str, fake_time: FakeTime) -> None:
    """A later refusal of the header would show the key."""
    with pytest.raises(ValueError, match="The API key is empty or contains") as raised:
        build_client("http://127.0.0.1", key, request_timeout=1, retries=ONCE, stop=fake_time)
    assert not key or key not in str(raised.value)


def test_no_repr_contains_the_key(api: AtlanApi) -> None:
    """Neither the key's object nor its container shows it."""
    assert "BearerKey(***)" == repr(BearerKey(KEY))
    assert KEY not in repr(api)
    assert KEY not in repr(api._transport)


ROW = {"slug": "bigquery-prod-AbC123", "name": "bigquery prod", "version": 1}


@pytest.fixture
def stopped(server: ScriptedServer) -> Iterator[AtlanApi]:
    """A client in a process that was asked to stop."""
    stop = threading.Event()
    stop.set()
    policy = RetryPolicy(base=0.01)
    with closing(build_client(server.url, "not-a-real-key-4711", request_timeout=5, retries=policy, stop=stop)) as api:
        yield api


def test_a_stop_ends_other_waits_for_a_retry_and_not_those_of_a_recovery(
    stopped: AtlanApi, server: ScriptedServer
) -> None:
    """The same read has the same temporary failure."""
    server.plays(Reply(503), Reply(503), Reply(body=ROW))
    with pytest.raises(ServerError):
        stopped.get_workflow(ROW["slug"])
    assert ROW["slug"] == stopped.for_recovery(10).get_workflow(ROW["slug"]).slug
    assert 3 == len(server.requests)


def test_a_recovery_has_time_though_the_operation_has_none_left(stopped: AtlanApi, server: ScriptedServer) -> None:
    """Its time is counted from its own beginning."""
    server.plays(Reply(body=ROW))
    spent = stopped.with_timeout(0)
    with pytest.raises(OutOfTime):
        spent.get_workflow(ROW["slug"])
    assert ROW["slug"] == spent.for_recovery(10).get_workflow(ROW["slug"]).slug


def test_a_recovery_ends_when_its_own_time_is_over(stopped: AtlanApi, server: ScriptedServer) -> None:
    """Its time is limited too."""
    with pytest.raises(OutOfTime):
        stopped.for_recovery(0).get_workflow(ROW["slug"])
    assert [] == server.requests


GUID = "5c7a1e0e-0000-4000-8000-000000000001"
READS: dict[str, Callable[[AtlanApi], Any]] = {
    "get": lambda api: api.get_workflow("a"),
    "list": lambda api: api.get_workflow_page(),
    "run": lambda api: api.get_run("r"),
    "roles": lambda api: api.list_roles(),
    "search": lambda api: api.find_active_runs("a"),
}
WRITES: dict[str, Callable[[AtlanApi], Any]] = {
    "create": lambda api: api.create_workflow(app_id="a", name="n", inputs={}),
    "update": lambda api: api.with_timeout(10).update_workflow("a", inputs={}),
    "delete": lambda api: api.delete_workflow("a"),
    "submit": lambda api: api.submit_run("a"),
    "cancel": lambda api: api.cancel_run("r"),
    "add a schedule": lambda api: api.with_timeout(10).add_schedule("a", cron="0 6 * * *"),
    "remove a schedule": lambda api: api.for_recovery(10).remove_schedule("a", "t"),
    "create a credential": lambda api: api.create_credential({"name": "n"}),
    "archive a credential": lambda api: api.archive_credential(GUID),
}


def writes_reported(server: ScriptedServer, call: Callable[[AtlanApi], Any], *, oauth: bool = False) -> list[int]:
    """Return the number of requests that had arrived at each call of `on_write`."""
    arrived: list[int] = []
    requests: list[Received] = []

    def reply(request: Received) -> Reply:
        if "oauth" in request.path:
            return Reply(body={"accessToken": "a-token", "tokenType": "Bearer", "expiresIn": 600})
        requests.append(request)
        return Reply(500)

    server.always = reply
    how: dict[str, Any] = {
        "request_timeout": 10,
        "retries": RetryPolicy(max_retries=0),
        "stop": threading.Event(),
        "on_write": lambda: arrived.append(len(requests)),
    }
    api = build_client(server.url, OAuthClient("id", "secret") if oauth else KEY, **how)
    with closing(api), pytest.raises(AtlanError):
        call(api)
    assert 1 == len(requests)
    return arrived


@pytest.mark.parametrize("what", WRITES)
def test_a_write_is_announced_before_it_is_sent(what: str, server: ScriptedServer) -> None:
    """With every view of the client."""
    assert [0] == writes_reported(server, WRITES[what])


@pytest.mark.parametrize("what", READS)
def test_a_read_is_not_announced(what: str, server: ScriptedServer) -> None:
    """Also with a POST that only reads, and with a token that must be fetched."""
    assert [] == writes_reported(server, READS[what])
    assert [] == writes_reported(server, READS[what], oauth=True)
