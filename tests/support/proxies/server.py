"""A server on loopback with a thread for each connection. All its threads end with the block that runs it."""

import socket
import socketserver
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any
from weakref import WeakSet

SECONDS = 30.0
"""The longest wait of a server for a client or for the tenant."""
_POLL_SECONDS = 0.01


class Server(socketserver.ThreadingTCPServer):
    """The server. ``opened`` are the connections that it shuts down at its end."""

    allow_reuse_address = True
    daemon_threads = False
    request_queue_size = 256

    def __init__(self, handler: type[socketserver.BaseRequestHandler]) -> None:
        super().__init__(("127.0.0.1", 0), handler)
        self.ended = threading.Event()
        self.opened: WeakSet[socket.socket] = WeakSet()

    @property
    def port(self) -> int:
        return int(self.server_address[1])

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Ignore a client that closed its connection, which these tests do on purpose."""


@contextmanager
def running(server: Server) -> Iterator[None]:
    """Serve until the block ends."""
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": _POLL_SECONDS})
    thread.start()
    try:
        yield
    finally:
        server.ended.set()
        server.shutdown()
        for connection in list(server.opened):
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)
        thread.join(SECONDS)
        server.server_close()


def reset_at_close(connection: socket.socket) -> None:
    """Make the close of a connection a reset (RST) instead of an end of the stream (FIN)."""
    with suppress(OSError):
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
