"""Proxies, certificates and timeouts: the error of a failed connection, and if anything was sent."""

import socket
import ssl
from datetime import UTC, datetime, timedelta
from ipaddress import IPv4Address
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from provider.client.errors import NoAnswer, RequestNotSent, UntrustedCertificate
from provider.client.retries import RetryPolicy
from provider.framework.redaction import redact
from tests.support.api_clients import Clients, FakeTime, LimitClock
from tests.support.http_server import Reply, ScriptedServer, free_port, http_server

ONCE = RetryPolicy(max_retries=0)
FOUND = Reply(body={"slug": "s"})


def test_a_proxy_of_the_environment_is_used(
    clients: Clients, server: ScriptedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """HTTP_PROXY has its usual effect."""
    monkeypatch.setenv("HTTP_PROXY", server.url)
    server.plays(FOUND)
    clients.of("http://tenant.test").get_workflow("s")
    assert "http://tenant.test/api/service/v1/app/s" == server.requests[0].path


@pytest.mark.parametrize("url", ["http://tenant.test", "https://tenant.test"])
def test_a_missing_proxy_is_reported_without_its_password(
    url: str, clients: Clients, fake_time: FakeTime, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing was sent, and the URL of a proxy is not repeated."""
    proxy = f"http://user:word4711@127.0.0.1:{free_port()}"
    monkeypatch.setenv("HTTP_PROXY", proxy)
    monkeypatch.setenv("HTTPS_PROXY", proxy)
    with pytest.raises(RequestNotSent, match="connection refused") as raised:
        clients.of(url).delete_workflow("s")
    assert "word4711" not in str(raised.value)
    assert 5 == len(fake_time.waits)


@pytest.mark.parametrize("proxy", ["http://user:p%2Fw%20d-4711@127.0.0.1:9", "user:p%2Fw%20d-4711@127.0.0.1:9"])
def test_the_password_of_a_proxy_is_registered(proxy: str, clients: Clients, monkeypatch: pytest.MonkeyPatch) -> None:
    """Percent-encoded as in the address, and decoded."""
    monkeypatch.setenv("HTTP_PROXY", proxy)
    clients.of("http://tenant.example.com")
    assert "*** and *** of user" == redact("p%2Fw%20d-4711 and p/w d-4711 of user")


def test_a_proxy_that_refuses_the_tunnel_means_that_nothing_was_sent(
    clients: Clients, server: ScriptedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The request of an HTTPS tenant never left the proxy."""
    monkeypatch.setenv("HTTPS_PROXY", server.url)
    server.always = Reply(raw=b"HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n")
    with pytest.raises(RequestNotSent, match="was not sent: "):
        clients.of("https://tenant.test", policy=ONCE).delete_workflow("s")


def test_a_name_that_cannot_be_resolved_means_that_nothing_was_sent(
    clients: Clients, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The error names the host, because it is probably misspelled."""

    def unknown(*_: Any) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    with pytest.raises(RequestNotSent, match=r"the host name can't be resolved \(tenant\.test\)"):
        clients.of("http://tenant.test", policy=ONCE).delete_workflow("s")


@pytest.mark.parametrize("url", ["http://", "http://a b", "ftp://tenant.test", "http://[::1", "http://host:port"])
def test_an_invalid_url_is_an_error_at_once(url: str, clients: Clients, fake_time: FakeTime) -> None:
    """Another attempt would not help."""
    with pytest.raises(RequestNotSent):
        clients.of(url).get_workflow("s")
    assert [] == fake_time.waits


def test_an_answer_that_does_not_come_is_a_time_out(
    clients: Clients, server: ScriptedServer, limit_clock: LimitClock
) -> None:
    """A write whose answer never comes may have been carried out."""
    server.plays(Reply(act="stall", on_arrival=lambda: limit_clock.advance(0.2)))
    with pytest.raises(NoAnswer, match=r"DELETE /api/service/v1/app/s got no answer: no answer in time") as raised:
        clients.of(server.url, timeout=0.2).delete_workflow("s")
    assert raised.value.ambiguous
    assert 1 == len(server.requests)


def test_an_answer_that_drips_does_not_hold_the_request(clients: Clients, server: ScriptedServer) -> None:
    """The timeout is for the whole body, not for each byte."""
    server.plays(Reply(body=" " * 2000, cut=1, drip=True))
    with pytest.raises(NoAnswer, match="before the whole answer had arrived"):
        clients.of(server.url, timeout=3, policy=ONCE).get_workflow("s")


def test_what_does_not_speak_http_gives_no_answer(clients: Clients, server: ScriptedServer) -> None:
    """Another kind of server at the address is a readable error."""
    server.plays(Reply(raw=b"SSH-2.0-server\r\n"))
    with pytest.raises(NoAnswer, match="got no answer: ") as raised:
        clients.of(server.url, policy=ONCE).get_workflow("s")
    assert "\n" not in str(raised.value)


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    """A file with a self-signed certificate for 127.0.0.1, and its key."""
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
    """REQUESTS_CA_BUNDLE has its usual effect."""
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(certificate))
    with http_server(tls) as server:
        server.plays(FOUND)
        api = clients.of(server.url)
        assert "s" == api.get_workflow("s").slug
        api.close()


def test_a_certificate_that_is_not_trusted_is_an_error_at_once(
    clients: Clients, tls: ssl.SSLContext, fake_time: FakeTime
) -> None:
    """Nothing was sent, and another attempt would not help."""
    with http_server(tls) as server:
        with pytest.raises(UntrustedCertificate, match=r"its certificate is not trusted: self.signed certificate"):
            clients.of(server.url).delete_workflow("s")
        assert [] == server.requests
    assert [] == fake_time.waits


def test_a_ca_bundle_that_is_not_there_is_an_error_at_once(
    clients: Clients, fake_time: FakeTime, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The error names the file."""
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", "/nowhere/ca.pem")
    with pytest.raises(UntrustedCertificate, match=r"/nowhere/ca\.pem"):
        clients.of(f"https://127.0.0.1:{free_port()}").get_workflow("s")
    assert [] == fake_time.waits


@pytest.mark.parametrize(
    ("reply", "timeout", "words"),
    [
        (Reply(raw=b"HTTP/1.1 400 Bad Request\r\n\r\n"), 20, "TLS failed"),
        (Reply(act="reset"), 20, "was not sent: "),
        (Reply(act="ignore"), 0.3, "was not sent: no connection in time"),
    ],
    ids=["plain http", "reset", "silence"],
)
def test_a_handshake_that_fails_means_that_nothing_was_sent(
    reply: Reply, timeout: float, words: str, clients: Clients, server: ScriptedServer
) -> None:
    """A write is not ambiguous if the handshake failed before it."""
    server.always = reply
    with pytest.raises(RequestNotSent, match=words) as raised:
        clients.of(server.url.replace("http:", "https:"), timeout=timeout, policy=ONCE).delete_workflow("s")
    assert not raised.value.ambiguous
    assert [] == server.requests


def test_an_error_answer_after_a_failed_connection_is_reported_as_an_answer(
    clients: Clients, server: ScriptedServer
) -> None:
    """An earlier failure in the same thread does not change the result."""
    server.plays(FOUND, Reply(act="drop"))
    api = clients.of(server.url, policy=ONCE)
    api.get_workflow("s")
    with pytest.raises(RequestNotSent):
        clients.of(f"http://127.0.0.1:{free_port()}", policy=ONCE).delete_workflow("s")
    with pytest.raises(NoAnswer, match="the connection was closed without an answer"):
        api.delete_workflow("s")
