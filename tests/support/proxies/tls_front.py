"""A server that terminates TLS in front of a tenant, and copies the bytes to the tenant's port and back."""

import socket
import socketserver
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import NamedTuple
from urllib.parse import urlsplit

from tests.support.proxies.copying import copy_until_end
from tests.support.proxies.server import SECONDS, Server, running


class Host(NamedTuple):
    """A host that a proxy reaches: the address of its server, and the context that terminates TLS before it."""

    url: str
    tls: ssl.SSLContext

    def connect(self) -> socket.socket:
        """Return a connection to the server."""
        url = urlsplit(self.url)
        return socket.create_connection((url.hostname or "", url.port or 80), SECONDS)


class _Front(Server):
    host: Callable[[], Host]


class _Handler(socketserver.BaseRequestHandler):
    server: _Front
    request: socket.socket

    def handle(self) -> None:
        self.request.settimeout(SECONDS)
        host = self.server.host()
        with (
            suppress(OSError),
            host.connect() as tenant,
            host.tls.wrap_socket(self.request, server_side=True) as client,
        ):
            self.server.opened |= {client, tenant}
            copy_until_end(client, tenant, self.server.ended)


@contextmanager
def tls_front(host: Callable[[], Host]) -> Iterator[int]:
    """Yield the port of a front. Each connection goes to the host that the function returns."""
    front = _Front(_Handler)
    front.host = host
    with running(front):
        yield front.port
