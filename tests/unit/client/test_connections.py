"""Pooled connections: through a tunnel, and through a proxy that forwards."""

from __future__ import annotations

import ssl
from collections.abc import Callable
from contextlib import AbstractContextManager
from functools import partial
from pathlib import Path

import pytest

from provider.client.errors import NoAnswer, RequestNotSent, ServerError, UntrustedCertificate
from provider.client.retries import RetryPolicy
from tests.support.api_clients import Clients
from tests.support.certificate_authority import CertificateAuthority
from tests.support.http_server import Act, Reply, ScriptedServer
from tests.support.proxies.connect import connect_proxy
from tests.support.proxies.habits import Habits
from tests.support.proxies.intercept import VIA, intercepting_proxy
from tests.support.proxies.proxy import Proxy
from tests.support.proxies.tls_front import Host

TENANT = "tenant.example.com"
FOUND = Reply(body={"slug": "s"})
ONCE = RetryPolicy(max_retries=0)
OpenProxy = Callable[..., AbstractContextManager[Proxy]]


@pytest.fixture
def authority(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> CertificateAuthority:
    """An authority that the client trusts."""
    created = CertificateAuthority(tmp_path)
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(created.bundle))
    return created


@pytest.fixture
def tls(authority: CertificateAuthority) -> ssl.SSLContext:
    return authority.server(TENANT)


@pytest.fixture(params=["http", "https", "intercept"])
def open_proxy(request: pytest.FixtureRequest, authority: CertificateAuthority) -> OpenProxy:
    """A proxy with tunnels, the same one with TLS to the proxy itself, and one that inspects TLS."""
    if request.param == "intercept":
        return intercepting_proxy
    return partial(connect_proxy, tls=authority.server("localhost") if request.param == "https" else None)


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_the_tenant_is_reached_through_a_tunnel(
    scheme: str,
    clients: Clients,
    server: ScriptedServer,
    authority: CertificateAuthority,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The connection stays open for the next request. With an https proxy, TLS runs inside TLS."""
    server.always = FOUND
    of_the_proxy = authority.server("localhost") if scheme == "https" else None
    with connect_proxy({TENANT: Host(server.url, authority.server(TENANT))}, tls=of_the_proxy) as proxy:
        monkeypatch.setenv("HTTPS_PROXY", proxy.url)
        api = clients.of(f"https://{TENANT}", policy=ONCE)
        assert ["s", "s"] == [api.get_workflow("s").slug for _ in range(2)]
        assert scheme == proxy.url.partition(":")[0]
        assert [f"{TENANT}:443"] == proxy.tunnels
        api.close()


def test_an_inspecting_proxy_changes_nothing(
    clients: Clients, server: ScriptedServer, tls: ssl.SSLContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It sends its own headers and chunks, announces the end of each connection, and answers CONNECT late."""
    server.always = Reply(body={"slug": "s", "name": "n" * 5000})
    habits = Habits(connect_headers={"X-Proxy": "1"}, connect_seconds=0.1, chunked=True, requests_of_a_connection=2)
    with intercepting_proxy({TENANT: Host(server.url, tls)}, habits) as proxy:
        monkeypatch.setenv("HTTPS_PROXY", proxy.url)
        api = clients.of(f"https://{TENANT}", policy=ONCE)
        assert ["s"] * 3 == [api.get_workflow("s").slug for _ in range(3)]
        assert [f"{TENANT}:443"] * 2 == proxy.tunnels
        assert [VIA] * 3 == [each.headers["via"] for each in server.requests]
        api.close()


def test_a_write_is_not_sent_on_a_connection_that_the_proxy_has_closed(
    clients: Clients, server: ScriptedServer, tls: ssl.SSLContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The proxy closes an idle connection without a word. The next request opens another one."""
    server.plays(FOUND, Reply(body={"archived": True}))
    with intercepting_proxy({TENANT: Host(server.url, tls)}, Habits(idle_seconds=0.1)) as proxy:
        monkeypatch.setenv("HTTPS_PROXY", proxy.url)
        api = clients.of(f"https://{TENANT}", policy=ONCE)
        api.get_workflow("s")
        proxy.wait_until_closed(1)
        api.delete_workflow("s")
        assert 2 == len(proxy.tunnels)
        assert ["GET", "DELETE"] == [each.method for each in server.requests]
        api.close()


@pytest.mark.parametrize(
    ("act", "words"),
    [("drop", "the connection was closed without an answer"), ("drop by reset", "connection reset by peer")],
)
def test_a_lost_answer_is_ambiguous_behind_a_proxy(
    act: Act,
    words: str,
    open_proxy: OpenProxy,
    clients: Clients,
    server: ScriptedServer,
    tls: ssl.SSLContext,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The proxy ends the connection as the tenant does. The write is sent once."""
    server.always = Reply(act=act)
    with open_proxy({TENANT: Host(server.url, tls)}, Habits(pages=False)) as proxy:
        monkeypatch.setenv("HTTPS_PROXY", proxy.url)
        with pytest.raises(NoAnswer, match=words) as raised:
            clients.of(f"https://{TENANT}").delete_workflow("s")
    assert raised.value.ambiguous
    assert 1 == len(server.requests)


@pytest.mark.parametrize(("reply", "status"), [(Reply(act="drop"), 502), (Reply(act="stall"), 504)])
def test_a_page_of_an_inspecting_proxy_is_ambiguous(
    reply: Reply,
    status: int,
    clients: Clients,
    server: ScriptedServer,
    tls: ssl.SSLContext,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The proxy answers for a tenant that drops the connection or does not answer. The write is sent once."""
    server.always = reply
    with intercepting_proxy({TENANT: Host(server.url, tls)}, Habits(tenant_seconds=0.3)) as proxy:
        monkeypatch.setenv("HTTPS_PROXY", proxy.url)
        with pytest.raises(ServerError, match=f"status {status}") as raised:
            clients.of(f"https://{TENANT}").delete_workflow("s")
    assert raised.value.ambiguous
    assert [("DELETE", "/api/service/v1/app/s")] == proxy.requests


def test_a_tunnel_to_another_server_is_not_trusted(
    clients: Clients, server: ScriptedServer, authority: CertificateAuthority, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The name in the certificate is verified, so nothing is sent."""
    with connect_proxy({TENANT: Host(server.url, authority.server("other.example.com"))}) as proxy:
        monkeypatch.setenv("HTTPS_PROXY", proxy.url)
        with pytest.raises(UntrustedCertificate, match="Hostname mismatch"):
            clients.of(f"https://{TENANT}", policy=ONCE).get_workflow("s")
    assert [] == server.requests


def test_a_proxy_without_a_way_to_the_tenant_is_named(
    clients: Clients, tls: ssl.SSLContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It refuses the tunnel."""
    with connect_proxy({}) as proxy:
        monkeypatch.setenv("HTTPS_PROXY", proxy.url)
        with pytest.raises(
            RequestNotSent, match=r"it refused with status 502 .the proxy 127\.0\.0\.1:.* of HTTPS_PROXY"
        ):
            clients.of(f"https://{TENANT}", policy=ONCE).delete_workflow("s")


def test_a_proxy_that_forwards_gets_the_login_and_not_the_tenant(
    clients: Clients, server: ScriptedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """For a tenant without TLS. Its status 407 means that nothing was sent to the tenant."""
    monkeypatch.setenv("HTTP_PROXY", server.url.replace("http://", "http://us%40er:word@"))
    server.plays(FOUND, Reply(407, "login"))
    api = clients.of(f"http://{TENANT}", policy=ONCE)
    api.get_workflow("s")
    assert "Basic dXNAZXI6d29yZA==" == server.requests[0].headers["proxy-authorization"]
    with pytest.raises(RequestNotSent, match="it requires a user and a password"):
        api.delete_workflow("s")
