"""Pooled connections: through a tunnel, and through a proxy that forwards."""

from __future__ import annotations

import ssl
from pathlib import Path

import pytest

from provider.client.errors import RequestNotSent, UntrustedCertificate
from provider.client.retries import RetryPolicy
from tests.support.api_clients import Clients
from tests.support.certificate_authority import CertificateAuthority
from tests.support.connect_proxy import Host, connect_proxy
from tests.support.http_server import Reply, ScriptedServer

TENANT = "tenant.example.com"
FOUND = Reply(body={"slug": "s"})
ONCE = RetryPolicy(max_retries=0)


@pytest.fixture
def authority(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> CertificateAuthority:
    """An authority that the client trusts."""
    created = CertificateAuthority(tmp_path)
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(created.bundle))
    return created


@pytest.fixture
def tls(authority: CertificateAuthority) -> ssl.SSLContext:
    return authority.server(TENANT)


def test_the_tenant_is_reached_through_a_tunnel(
    clients: Clients, server: ScriptedServer, tls: ssl.SSLContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The connection stays open for the next request."""
    server.always = FOUND
    with connect_proxy({TENANT: Host(server.url, tls)}) as proxy:
        monkeypatch.setenv("HTTPS_PROXY", proxy.url)
        api = clients.of(f"https://{TENANT}", policy=ONCE)
        assert ["s", "s"] == [api.get_workflow("s").slug for _ in range(2)]
        assert [f"{TENANT}:443"] == proxy.tunnels
        api.close()


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
