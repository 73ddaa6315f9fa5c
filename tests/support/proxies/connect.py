"""A proxy that opens tunnels (CONNECT) and copies their bytes, which are TLS between the client and the tenant."""

import socket
import ssl
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress

from tests.support.proxies.copying import copy_until_end
from tests.support.proxies.habits import NO_HABITS, Habits
from tests.support.proxies.proxy import Proxy, ProxyHandler, proxy_of
from tests.support.proxies.server import SECONDS
from tests.support.proxies.tls_front import Host, tls_front


class _Tunnels(ProxyHandler):
    fronts: dict[str, int]
    """The ports of the servers with TLS by the names of their hosts."""
    lock: threading.Lock

    def serve_tunnel(self, name: str) -> None:
        self.close_connection = True
        tenant = socket.create_connection(("127.0.0.1", self._front(name)), SECONDS)
        self.server.opened.add(tenant)
        with suppress(OSError):
            copy_until_end(self.connection, tenant, self.server.ended)

    def _front(self, name: str) -> int:
        with self.lock:
            if name not in self.fronts:
                front = tls_front(lambda: self.server.proxy.hosts[name])
                self.fronts[name] = self.server.parts.enter_context(front)
            return self.fronts[name]


@contextmanager
def connect_proxy(
    hosts: Mapping[str, Host], habits: Habits = NO_HABITS, tls: ssl.SSLContext | None = None
) -> Iterator[Proxy]:
    """Yield a proxy to these hosts, by their names. With ``tls``, the connection to the proxy uses TLS, too."""
    handler = type("Tunnels", (_Tunnels,), {"fronts": {}, "lock": threading.Lock()})
    with proxy_of(handler, hosts, habits, tls) as proxy:
        yield proxy
