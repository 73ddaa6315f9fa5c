"""An HTTP proxy on loopback that opens tunnels (CONNECT) to host names that exist only in tests."""

import selectors
import socket
import socketserver
import ssl
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from typing import NamedTuple
from urllib.parse import urlsplit

SECONDS = 30.0
_CHUNK = 65536
_POLL_SECONDS = 0.01


class Host(NamedTuple):
    """A host that the proxy reaches: the address of its server, and the context that terminates TLS before it."""

    url: str
    tls: ssl.SSLContext


class ConnectProxy:
    """The proxy. ``url`` is its own address. ``tunnels`` are the names and ports that clients requested, in order.

    ``hosts`` can change while the proxy runs.
    """

    def __init__(self, hosts: Mapping[str, Host]) -> None:
        self.hosts = dict(hosts)
        self.tunnels: list[str] = []
        self.url = ""


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = False
    request_queue_size = 256
    proxy: ConnectProxy
    ended: threading.Event


class _Tunnel(socketserver.BaseRequestHandler):
    server: _Server
    request: socket.socket

    def handle(self) -> None:
        self.request.settimeout(SECONDS)
        with suppress(OSError):  # the client or the server closed the connection
            self._serve(self._requested())

    def _requested(self) -> str:
        """Return the name and the port in the request."""
        head = b""
        while not head.endswith(b"\r\n\r\n"):
            byte = self.request.recv(1)
            if not byte:
                raise ConnectionError
            head += byte
        method, target, *_ = head.decode("latin-1").split(" ")
        return target if method == "CONNECT" else ""

    def _serve(self, target: str) -> None:
        proxy = self.server.proxy
        proxy.tunnels.append(target)
        host = proxy.hosts.get(target.rpartition(":")[0])
        if host is None:
            self.request.sendall(b"HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n")
            return
        self.request.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
        url = urlsplit(host.url)
        with (
            host.tls.wrap_socket(self.request, server_side=True) as client,
            socket.create_connection((url.hostname or "", url.port or 80), SECONDS) as upstream,
        ):
            self._relay(client, upstream)

    def _relay(self, client: ssl.SSLSocket, upstream: socket.socket) -> None:
        """Copy bytes in both directions until one side closes, or until the proxy ends."""
        with selectors.DefaultSelector() as selector:
            selector.register(client, selectors.EVENT_READ, upstream)
            selector.register(upstream, selectors.EVENT_READ, client)
            while not self.server.ended.is_set():
                for key, _ in selector.select(_POLL_SECONDS):
                    source, target = key.fileobj, key.data
                    assert isinstance(source, socket.socket)
                    content = source.recv(_CHUNK)
                    while isinstance(source, ssl.SSLSocket) and source.pending():
                        content += source.recv(_CHUNK)
                    if not content:
                        return
                    target.sendall(content)


@contextmanager
def connect_proxy(hosts: Mapping[str, Host]) -> Iterator[ConnectProxy]:
    """Yield a proxy to these hosts, by their names. All its threads end with the block."""
    proxy = ConnectProxy(hosts)
    with _Server(("127.0.0.1", 0), _Tunnel) as server:
        server.proxy, server.ended = proxy, threading.Event()
        proxy.url = f"http://127.0.0.1:{server.server_address[1]}"
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": _POLL_SECONDS})
        thread.start()
        try:
            yield proxy
        finally:
            server.ended.set()
            server.shutdown()
            thread.join(SECONDS)
