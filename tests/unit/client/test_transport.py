"""What goes over the wire, to whom, and what a connection that fails is called."""

import socket
import ssl
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from ipaddress import IPv4Address
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from provider.client.api import AtlanApi, connect
from provider.client.auth import BearerKey
from provider.client.errors import NoAnswer, RequestNotSent, UnusableAnswer
from provider.client.retries import RetryPolicy
from tests.support.http_server import Received, Reply, ScriptedServer, free_port, http_server
from tests.unit.client.conftest import KEY, Clients, FakeTime

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
    """No slug can lead to another address than its own."""
    server.plays(FOUND)
    api.get_app(slug)
    assert f"/api/service/v1/app/{path}" == server.requests[0].path


@pytest.mark.parametrize("slug", ["", ".", "..", "\ud800"])
def test_a_slug_that_would_change_the_path_is_not_sent(
    slug: str, api: AtlanApi, server: ScriptedServer, fake_time: FakeTime
) -> None:
    """An empty segment would list instead of get, dots would be normalised away; no attempt is made."""
    with pytest.raises(RequestNotSent, match="is no identifier of anything"):
        api.delete_app(slug)
    assert [] == server.requests
    assert [] == fake_time.waits


def test_a_base_url_with_a_path_of_its_own_keeps_it(clients: Clients, server: ScriptedServer) -> None:
    """The service's path stands below the base."""
    server.plays(FOUND)
    clients.of(f"{server.url}/tenant").get_app("s")
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
    """A number is a number with all its digits, and text is UTF-8."""
    server.plays(FOUND)
    api.update_app("s", inputs={"v": value})
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
    """It is a ValueError before anything leaves."""
    with pytest.raises(ValueError, match=r".+") as raised:
        api.update_app("s", inputs={"v": value})
    assert [] == server.requests
    assert "0x" not in str(raised.value)


def test_bottomless_inputs_are_never_sent(api: AtlanApi, server: ScriptedServer) -> None:
    """Nesting beyond what can be written is a ValueError too, and no crash."""
    with pytest.raises(ValueError, match="nested too deeply"):
        api.update_app("s", inputs={"v": bottomless()})
    assert [] == server.requests


def test_connections_are_kept_and_used_again(api: AtlanApi, server: ScriptedServer) -> None:
    """Ten requests in a row, errors among them, take one connection."""
    server.plays(*[FOUND] * 5, Reply(503, {"message": "busy"}), *[FOUND] * 4)
    for _ in range(9):
        api.get_app("s")
    assert 10 == len(server.requests)
    assert 1 == server.connections


def test_a_kept_connection_that_was_closed_is_replaced(api: AtlanApi, server: ScriptedServer) -> None:
    """A write after the service closed an idle connection goes out over a new one."""
    server.always = Reply(body={"slug": "s"}, headers={"Connection": "close"})
    api.update_app("s", inputs={})
    api.update_app("s", inputs={})
    assert 2 == server.connections == len(server.requests)


def test_64_threads_share_a_client(api: AtlanApi, server: ScriptedServer, caplog: pytest.LogCaptureFixture) -> None:
    """Each gets the answer to its own question, and no connection is thrown away."""

    def echo(request: Received) -> Reply:
        return Reply(body={"slug": request.path.rpartition("/")[2]})

    server.always = echo
    slugs = [f"slug-{number}" for number in range(640)]
    with ThreadPoolExecutor(64) as threads:
        assert slugs == [app.slug for app in threads.map(api.get_app, slugs)]
    assert 640 == len({request.headers["x-atlan-request-id"] for request in server.requests})
    assert server.connections <= 64
    assert "pool is full" not in caplog.text


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_is_not_followed_and_the_key_goes_nowhere(
    status: int, api: AtlanApi, server: ScriptedServer
) -> None:
    """The error names the place, which never hears of the request."""
    with http_server() as other:
        server.plays(Reply(status, headers={"Location": f"{other.url}/api/service/v1/app/s"}))
        with pytest.raises(UnusableAnswer, match=r"it redirects to another place \(127\.0\.0\.1:\d+\)"):
            api.get_app("s")
        assert 0 == other.connections
    assert 1 == len(server.requests)


@pytest.mark.parametrize(
    ("location", "words"),
    [
        ("https://login.example.com/a?token=t", "another place (login.example.com), which is not followed"),
        ("https://user:word@login.example.com", "another place (login.example.com)"),
        ("/login?token=t", "another place (no host)"),
        ("https://user:word@[bad", "another place (a malformed address)"),
        (None, "another place (no host)"),
    ],
)
def test_a_redirect_is_told_by_its_host_alone(
    location: str | None, words: str, api: AtlanApi, server: ScriptedServer
) -> None:
    """A location may hold a token; only the host is told."""
    server.plays(Reply(302, headers={"Location": location}))
    with pytest.raises(UnusableAnswer) as raised:
        api.get_app("s")
    assert words in str(raised.value)
    assert "token" not in str(raised.value)
    assert "user:word" not in str(raised.value)


def test_a_netrc_file_does_not_replace_the_key(
    api: AtlanApi, server: ScriptedServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A password for the host in .netrc stays there."""
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login user password word\n")
    netrc.chmod(0o600)
    monkeypatch.setenv("NETRC", str(netrc))
    server.plays(FOUND)
    api.get_app("s")
    assert f"Bearer {KEY}" == server.requests[0].headers["authorization"]


def test_cookies_are_not_kept(api: AtlanApi, server: ScriptedServer) -> None:
    """A gateway's cookie does not come back with the next request."""
    server.plays(Reply(body={"slug": "s"}, headers={"Set-Cookie": "session=1; Path=/"}), FOUND)
    api.get_app("s")
    api.get_app("s")
    assert "cookie" not in server.requests[1].headers


def test_a_proxy_of_the_environment_is_used(
    clients: Clients, server: ScriptedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """HTTP_PROXY counts as it does everywhere."""
    monkeypatch.setenv("HTTP_PROXY", server.url)
    server.plays(FOUND)
    clients.of("http://tenant.test").get_app("s")
    assert "http://tenant.test/api/service/v1/app/s" == server.requests[0].path


@pytest.mark.parametrize("url", ["http://tenant.test", "https://tenant.test"])
def test_a_proxy_that_is_not_there_is_told_without_its_password(
    url: str, clients: Clients, fake_time: FakeTime, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing was sent, and the URL of a proxy is not repeated."""
    proxy = f"http://user:word4711@127.0.0.1:{free_port()}"
    monkeypatch.setenv("HTTP_PROXY", proxy)
    monkeypatch.setenv("HTTPS_PROXY", proxy)
    with pytest.raises(RequestNotSent, match="connection refused") as raised:
        clients.of(url).delete_app("s")
    assert "word4711" not in str(raised.value)
    assert 5 == len(fake_time.waits)


def test_a_proxy_that_refuses_the_tunnel_means_that_nothing_was_sent(
    clients: Clients, server: ScriptedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The request of an HTTPS tenant never left the proxy."""
    monkeypatch.setenv("HTTPS_PROXY", server.url)
    server.always = Reply(raw=b"HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n")
    with pytest.raises(RequestNotSent, match="was not sent: "):
        clients.of("https://tenant.test", policy=ONCE).delete_app("s")


def test_a_name_that_cannot_be_resolved_means_that_nothing_was_sent(
    clients: Clients, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The host is told, for it is likely misspelt."""

    def unknown(*_: Any) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    with pytest.raises(RequestNotSent, match=r"the host name can't be resolved \(tenant\.test\)"):
        clients.of("http://tenant.test", policy=ONCE).delete_app("s")


@pytest.mark.parametrize("url", ["http://", "http://a b", "ftp://tenant.test", "http://[::1", "http://host:port"])
def test_a_url_that_is_none_is_an_error_at_once(url: str, clients: Clients, fake_time: FakeTime) -> None:
    """Trying again would not mend it."""
    with pytest.raises(RequestNotSent):
        clients.of(url).get_app("s")
    assert [] == fake_time.waits


def test_an_answer_that_does_not_come_is_a_time_out(clients: Clients, server: ScriptedServer) -> None:
    """A write whose answer never comes may have been carried out."""
    server.plays(Reply(act="stall"))
    with pytest.raises(NoAnswer, match=r"DELETE /api/service/v1/app/s got no answer: no answer in time") as raised:
        clients.of(server.url, timeout=0.2).delete_app("s")
    assert raised.value.ambiguous
    assert 1 == len(server.requests)


def test_an_answer_that_drips_does_not_hold_the_request(clients: Clients, server: ScriptedServer) -> None:
    """The time-out is for the whole body, not for each byte of it."""
    server.plays(Reply(body=" " * 2000, cut=1, drip=True))
    with pytest.raises(NoAnswer, match="before the whole answer had arrived"):
        clients.of(server.url, timeout=0.2, policy=ONCE).get_app("s")


def test_what_does_not_speak_http_gives_no_answer(clients: Clients, server: ScriptedServer) -> None:
    """Another kind of server at the address is an error of a sentence."""
    server.plays(Reply(raw=b"SSH-2.0-server\r\n"))
    with pytest.raises(NoAnswer, match="got no answer: ") as raised:
        clients.of(server.url, policy=ONCE).get_app("s")
    assert "\n" not in str(raised.value)


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    """A file with a certificate for 127.0.0.1 that signed itself, and its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "tests")])
    now = datetime.now(UTC)
    signed = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(IPv4Address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(key, hashes.SHA256())
    )
    file = tmp_path / "both.pem"
    pem = serialization.Encoding.PEM
    unencrypted = serialization.NoEncryption()
    file.write_bytes(key.private_bytes(pem, serialization.PrivateFormat.PKCS8, unencrypted) + signed.public_bytes(pem))
    return file


@pytest.fixture
def tls(certificate: Path) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    return context


def test_a_ca_bundle_of_the_environment_is_used(
    clients: Clients, tls: ssl.SSLContext, certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """REQUESTS_CA_BUNDLE counts as it does everywhere."""
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(certificate))
    with http_server(tls) as server:
        server.plays(FOUND)
        api = clients.of(server.url)
        assert "s" == api.get_app("s").slug
        api.close()


def test_a_certificate_that_is_not_trusted_is_an_error_at_once(
    clients: Clients, tls: ssl.SSLContext, fake_time: FakeTime
) -> None:
    """Nothing was sent, least of all the key, and trying again would not mend it."""
    with http_server(tls) as server:
        with pytest.raises(RequestNotSent, match=r"its certificate is not trusted: self.signed certificate"):
            clients.of(server.url).delete_app("s")
        assert [] == server.requests
    assert [] == fake_time.waits


def test_a_ca_bundle_that_is_not_there_is_an_error_at_once(
    clients: Clients, fake_time: FakeTime, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The file is named."""
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", "/nowhere/ca.pem")
    with pytest.raises(RequestNotSent, match=r"/nowhere/ca\.pem"):
        clients.of(f"https://127.0.0.1:{free_port()}").get_app("s")
    assert [] == fake_time.waits


@pytest.mark.parametrize(
    ("reply", "words"),
    [
        (Reply(raw=b"HTTP/1.1 400 Bad Request\r\n\r\n"), "TLS failed"),
        (Reply(act="reset"), "was not sent: "),
        (Reply(act="ignore"), "was not sent: no connection in time"),
    ],
    ids=["plain http", "reset", "silence"],
)
def test_a_handshake_that_fails_means_that_nothing_was_sent(
    reply: Reply, words: str, clients: Clients, server: ScriptedServer
) -> None:
    """Whatever breaks the handshake, a write that had not begun is not ambiguous."""
    server.always = reply
    with pytest.raises(RequestNotSent, match=words) as raised:
        clients.of(server.url.replace("http:", "https:"), timeout=0.3, policy=ONCE).delete_app("s")
    assert not raised.value.ambiguous
    assert [] == server.requests


def test_after_a_connection_that_failed_an_answer_that_fails_is_told_as_such(
    clients: Clients, server: ScriptedServer
) -> None:
    """Whether a request was sent is known anew for each one of a thread."""
    server.plays(FOUND, Reply(act="drop"))
    api = clients.of(server.url, policy=ONCE)
    api.get_app("s")
    with pytest.raises(RequestNotSent):
        clients.of(f"http://127.0.0.1:{free_port()}", policy=ONCE).delete_app("s")
    with pytest.raises(NoAnswer, match="the connection was closed without an answer"):
        api.delete_app("s")


@pytest.mark.parametrize("key", ["", "a b", "a\nb", "a\x00", "ключ", " a", "a\u2003"])
def test_a_key_that_cannot_be_one_is_refused_without_being_told(key: str, fake_time: FakeTime) -> None:
    """Such a header would be refused later, in words that hold it."""
    with pytest.raises(ValueError, match="The API key is empty or holds") as raised:
        connect("http://127.0.0.1", key, request_timeout=1, retries=ONCE, stop=fake_time)
    assert not key or key not in str(raised.value)


def test_no_repr_tells_the_key(api: AtlanApi) -> None:
    """Neither the key's own object nor what holds it shows it."""
    assert "BearerKey(***)" == repr(BearerKey(KEY))
    assert KEY not in repr(api)
    assert KEY not in repr(api._transport)
