"""The routes from the provider to the tenant: direct, through a tunnel, and through a proxy that inspects TLS."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext
from dataclasses import replace
from pathlib import Path
from typing import Final, Literal

from tests.support.campaigns.fault_relay import Relay
from tests.support.certificate_authority import CertificateAuthority
from tests.support.proxies.connect import connect_proxy
from tests.support.proxies.habits import NO_HABITS, Habits
from tests.support.proxies.intercept import intercepting_proxy
from tests.support.proxies.tls_front import Host

Through = Literal["direct", "connect", "intercept"]
Variables = Mapping[str, str]
THROUGH: Final[tuple[Through, ...]] = ("direct", "connect", "intercept")
TENANT: Final = "tenant.example.com"
NO_WAY: Final = 502
"""The status of a proxy that refuses a tunnel because it cannot connect to the tenant."""
INSPECTION: Final = Habits(chunked=True, requests_of_a_connection=3)


class Route:
    """The direct route. ``variables`` are those of the provider's environment."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.variables: Variables = {"ATLAN_BASE_URL": url}

    def close(self) -> None:
        """End what runs on the route."""

    def requests(self) -> Sequence[tuple[str, str]]:
        """Return the methods and paths that a proxy has read since the tenant began to refuse connections."""
        return ()

    @contextmanager
    def refusing(self, requests: int) -> Iterator[Variables]:
        """Yield the variables with which the tenant refuses connections after this number of requests."""
        with Relay(self.url, requests) as relay:
            yield {"ATLAN_BASE_URL": relay.url}

    def answering_within(self, seconds: float) -> AbstractContextManager[Variables]:
        """Let a proxy that answers for a slow tenant wait no longer than that."""
        return nullcontext(self.variables)


class _Proxied(Route):
    def __init__(self, url: str, folder: Path, habits: Habits) -> None:
        super().__init__(url)
        authority = CertificateAuthority(folder)
        self._parts = ExitStack()
        self._tls = authority.server(TENANT)
        opener = connect_proxy if habits is NO_HABITS else intercepting_proxy
        self._proxy = self._parts.enter_context(opener({TENANT: Host(url, self._tls)}, habits))
        self._habits = habits
        self.variables = {
            "ATLAN_BASE_URL": f"https://{TENANT}",
            "HTTPS_PROXY": self._proxy.url,
            "REQUESTS_CA_BUNDLE": str(authority.bundle),
        }

    def close(self) -> None:
        self._parts.close()

    def requests(self) -> Sequence[tuple[str, str]]:
        return self._proxy.requests

    @contextmanager
    def refusing(self, requests: int) -> Iterator[Variables]:
        with Relay(self.url, requests, self._refuse) as relay:
            self._proxy.hosts[TENANT] = Host(relay.url, self._tls)
            self._proxy.requests.clear()
            try:
                yield self.variables
            finally:
                self._proxy.hosts[TENANT] = Host(self.url, self._tls)
                self._proxy.habits = self._habits

    def _refuse(self) -> None:
        """Refuse tunnels. A proxy that inspects TLS opens them before it connects to the tenant."""
        if self._habits is NO_HABITS:
            self._proxy.habits = replace(self._habits, connect_status=NO_WAY)

    @contextmanager
    def answering_within(self, seconds: float) -> Iterator[Variables]:
        self._proxy.habits = replace(self._habits, tenant_seconds=seconds)
        try:
            yield self.variables
        finally:
            self._proxy.habits = self._habits


def open_route(through: Through, url: str, folder: Path) -> Route:
    """Return a running route to the tenant at a URL. The folder contains its certificates."""
    if through == "direct":
        return Route(url)
    return _Proxied(url, folder, NO_HABITS if through == "connect" else INSPECTION)
