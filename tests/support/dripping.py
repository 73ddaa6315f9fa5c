"""A server whose answers never end: it sends some bytes at once, and the rest byte by byte, or nothing more."""

from __future__ import annotations

import gzip
import socket
import ssl
import threading
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from itertools import cycle
from typing import Final

SECONDS_BETWEEN_BYTES: Final = 0.05
_MOST_SECONDS: Final = 60.0  # a server that a test forgets ends by itself

_HEAD: Final = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
_CHUNKED: Final = _HEAD + b"Transfer-Encoding: chunked\r\n\r\n"
_GZIP: Final = _HEAD + b"Content-Encoding: gzip\r\n\r\n"
_LONG: Final = _HEAD + b"Content-Length: 100000\r\n\r\n"
_TLS_RECORD: Final = b"\x16\x03\x03\x40\x00"  # the head of a handshake record of 16 KiB
_SPACES: Final = b" "


@dataclass(frozen=True)
class Way:
    """A way in which an answer does not end. ``drip`` is repeated byte by byte, and empty for silence.

    ``speaks_first``: the bytes are sent before a request is read, so TLS or a tunnel never opens.
    """

    at_once: bytes = b""
    drip: bytes = b""
    speaks_first: bool = False


HTTP_WAYS: Final = {
    "silence": Way(),
    "a status line that drips": Way(drip=b"HTTP/1.1 200 OK" + b"K" * 60000),
    "half a status line": Way(b"HTTP/1.1 2"),
    "100 Continue without end": Way(drip=b"HTTP/1.1 100 Continue\r\n\r\n"),
    "100 Continue and silence": Way(b"HTTP/1.1 100 Continue\r\n\r\n"),
    "a header that drips": Way(_HEAD + b"X-Long: ", drip=b"x"),
    "headers without end": Way(_HEAD, drip=b"X-Many: y\r\n"),
    "half of the headers": Way(_HEAD),
    "a header that is continued without end": Way(_HEAD + b"X-Folded: y\r\n", drip=b" y\r\n"),
    "a body that drips": Way(_LONG, drip=_SPACES),
    "no byte of the body": Way(_LONG),
    "a part of the body": Way(_LONG + b'{"slug": '),
    "a body without a length that drips": Way(_HEAD + b"\r\n", drip=_SPACES),
    "a body without a length and silence": Way(_HEAD + b"\r\n{"),
    "a chunk size that drips": Way(_CHUNKED, drip=b"0"),
    "a chunk extension that drips": Way(_CHUNKED + b"5;x=", drip=b"y"),
    "a chunk that drips": Way(_CHUNKED + b"ffff\r\n", drip=_SPACES),
    "a part of a chunk": Way(_CHUNKED + b"ffff\r\n{"),
    "small chunks without end": Way(_CHUNKED, drip=b"1\r\n \r\n"),
    "trailers that drip": Way(_CHUNKED + b"2\r\n{}\r\n0\r\n", drip=b"X-Trailer: y\r\n"),
    "a trailer that drips": Way(_CHUNKED + b"2\r\n{}\r\n0\r\nX-Trailer: ", drip=b"y"),
    "no end after the last chunk": Way(_CHUNKED + b"2\r\n{}\r\n0\r\n"),
    "a gzip header that drips": Way(_GZIP + b"\x1f\x8b\x08\x08\x00\x00\x00\x00\x00\x03", drip=b"n"),
    "gzip content that drips": Way(_GZIP, drip=gzip.compress(bytes(range(256)) * 50)),
    "empty gzip members without end": Way(_GZIP, drip=gzip.compress(b"")),
    "a part of gzip content": Way(_GZIP + gzip.compress(b"{}" * 5000)[:30]),
    "deflate content that drips": Way(
        _HEAD + b"Content-Encoding: deflate\r\n\r\n", drip=zlib.compress(bytes(range(256)) * 50)
    ),
    "an error whose body drips": Way(b"HTTP/1.1 503 Busy\r\nContent-Length: 9999\r\n\r\n", drip=_SPACES),
    "a 404 without its body": Way(b"HTTP/1.1 404 Not Found\r\nContent-Length: 9999\r\n\r\n"),
    "a redirect whose body drips": Way(b"HTTP/1.1 302 Found\r\nLocation: /\r\nContent-Length: 9999\r\n\r\n", drip=b"x"),
}
"""The ways of an answer to a request that has arrived."""

TLS_WAYS: Final = {
    "silence before TLS": Way(speaks_first=True),
    "a TLS handshake that drips": Way(_TLS_RECORD, drip=b"\x02", speaks_first=True),
}
"""The ways before TLS is open, so no request was sent."""

TUNNEL_WAYS: Final = {
    "silence after CONNECT": Way(),
    "an answer to CONNECT that drips": Way(drip=b"HTTP/1.1 200 OK" + b"K" * 60000),
    "headers of the tunnel without end": Way(b"HTTP/1.1 200 OK\r\n", drip=b"X-Many: y\r\n"),
    "silence in the tunnel": Way(b"HTTP/1.1 200 OK\r\n\r\n"),
    "TLS in the tunnel that drips": Way(b"HTTP/1.1 200 OK\r\n\r\n", drip=_TLS_RECORD + b"\x02" * 16384),
}
"""The ways of a proxy that was asked for a tunnel, so no request was sent."""


class _Server:
    """One listener for a way. Each connection has a thread, and all end with the server."""

    def __init__(self, way: Way, tls: ssl.SSLContext | None) -> None:
        self._way, self._tls = way, tls
        self.ended = threading.Event()
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.threads = [threading.Thread(target=self._accept)]
        self.connections: list[socket.socket] = []
        self.arrived = threading.Event()
        self.threads[0].start()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                connection, _ = self.listener.accept()
                self.connections.append(connection)
                self.threads.append(threading.Thread(target=self._serve, args=(connection,)))
                self.threads[-1].start()

    def _serve(self, connection: socket.socket) -> None:
        with suppress(OSError), connection:
            connection.settimeout(_MOST_SECONDS)
            stream = self._tls.wrap_socket(connection, server_side=True) if self._tls else connection
            if not self._way.speaks_first:
                stream.recv(65536)
            self.arrived.set()
            stream.sendall(self._way.at_once)
            for byte in cycle(self._way.drip):
                if self.ended.wait(SECONDS_BETWEEN_BYTES):
                    return
                stream.sendall(bytes([byte]))
            self.ended.wait(_MOST_SECONDS)

    def end(self) -> None:
        self.ended.set()
        self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()
        for connection in self.connections:
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)
        for thread in self.threads:
            thread.join(_MOST_SECONDS)


@contextmanager
def dripping(way: Way, tls: ssl.SSLContext | None = None) -> Iterator[tuple[str, threading.Event]]:
    """Yield ``host:port`` of a server that answers in this way, and an event that is set when a client has asked."""
    server = _Server(way, tls)
    try:
        yield f"127.0.0.1:{server.listener.getsockname()[1]}", server.arrived
    finally:
        server.end()
