"""An HTTP proxy on loopback to host names that exist only in tests."""

import ssl
import threading
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from http.server import BaseHTTPRequestHandler
from typing import Any

from tests.support.proxies.habits import OPENED, Habits
from tests.support.proxies.server import SECONDS, Server, running
from tests.support.proxies.tls_front import Host

_NO_WAY = 502


class Proxy:
    """The proxy. ``url`` is its own address. ``tunnels`` are the names and ports that clients requested, in order.

    ``logins`` are the values of the header Proxy-Authorization in these requests. ``requests`` are the methods and
    paths that an inspecting proxy has read. ``hosts`` and ``habits`` can change while the proxy runs.
    """

    def __init__(self, hosts: Mapping[str, Host], habits: Habits) -> None:
        self.hosts = dict(hosts)
        self.habits = habits
        self.tunnels: list[str] = []
        self.logins: list[str | None] = []
        self.requests: list[tuple[str, str]] = []
        self.url = ""
        self._ended = 0
        self._changed = threading.Condition()

    def count_end(self) -> None:
        """Count a connection of a client that has ended."""
        with self._changed:
            self._ended += 1
            self._changed.notify_all()

    def wait_until_closed(self, connections: int) -> None:
        """Return after that many connections of clients have ended."""
        with self._changed:
            assert self._changed.wait_for(lambda: self._ended >= connections, SECONDS)


class ProxyServer(Server):
    """The server of a proxy. ``tls`` is for the connection to the proxy itself."""

    def __init__(self, handler: type["ProxyHandler"], proxy: Proxy, tls: ssl.SSLContext | None) -> None:
        super().__init__(handler)
        self.proxy = proxy
        self.tls = tls
        self.parts = ExitStack()
        """Everything that ends with the proxy."""
        proxy.url = f"http://127.0.0.1:{self.port}" if tls is None else f"https://localhost:{self.port}"


class ProxyHandler(BaseHTTPRequestHandler):
    """Answer CONNECT. A subclass serves the tunnel."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: ProxyServer
    timeout = SECONDS

    def setup(self) -> None:
        if self.server.tls is not None:
            self.request = self.server.tls.wrap_socket(self.request, server_side=True)
        self.server.opened.add(self.request)
        super().setup()

    def finish(self) -> None:
        """Close the connection here: the server would end the stream before a reset."""
        try:
            super().finish()
        finally:
            self.connection.close()
            self.server.proxy.count_end()

    def do_CONNECT(self) -> None:
        proxy = self.server.proxy
        proxy.tunnels.append(self.path)
        proxy.logins.append(self.headers.get("Proxy-Authorization"))
        self.server.ended.wait(proxy.habits.connect_seconds)
        name = self.path.rpartition(":")[0]
        status = proxy.habits.connect_status if name in proxy.hosts else _NO_WAY
        self.close_connection = status != OPENED
        self.send_response(status)
        for header, value in proxy.habits.connect_headers.items():
            self.send_header(header, value)
        if status != OPENED:
            self.send_header("Content-Length", "0")
        self.end_headers()
        if status == OPENED:
            self.serve_tunnel(name)

    def serve_tunnel(self, name: str) -> None:
        """Serve the tunnel to a host."""
        raise NotImplementedError

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the base class's name
        """Print nothing."""


@contextmanager
def proxy_of(
    handler: type[ProxyHandler], hosts: Mapping[str, Host], habits: Habits, tls: ssl.SSLContext | None = None
) -> Iterator[Proxy]:
    """Yield a running proxy. With ``tls``, its address is ``https://localhost``."""
    server = ProxyServer(handler, Proxy(hosts, habits), tls)
    with running(server), server.parts:
        yield server.proxy
