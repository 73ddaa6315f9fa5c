"""A gate on loopback: another process reports its name, and waits until a test opens the gate."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager

SECONDS = 30.0
"""The longest wait of either side in seconds."""


def pass_through(address: str, name: str) -> None:
    """Send the name and wait for the gate to open. Raises OSError if the gate is closed instead."""
    host, port = address.split(":")
    with socket.create_connection((host, int(port)), SECONDS) as connection:
        connection.sendall(f"{name}\n".encode())
        if connection.recv(1) != b"!":
            raise OSError("the gate was closed")


class Gate:
    """A gate. The other process connects to ``address``."""

    def __init__(self, listening: socket.socket) -> None:
        self._listening = listening
        self._waiting: list[socket.socket] = []
        self.address = ":".join(map(str, listening.getsockname()))

    def wait_for(self, number: int, seconds: float = SECONDS) -> set[str]:
        """Return the names of the next processes. Raises TimeoutError if fewer connect in time."""
        self._listening.settimeout(seconds)
        return {self._next() for _ in range(number)}

    def _next(self) -> str:
        connection, _ = self._listening.accept()
        self._waiting.append(connection)
        with connection.makefile("rb") as lines:
            return lines.readline().decode().strip()

    def open(self) -> None:
        """Open the gate for all connected processes."""
        for connection in self._waiting:
            connection.sendall(b"!")

    def close(self) -> None:
        for connection in self._waiting:
            connection.close()
        self._listening.close()


@contextmanager
def gate() -> Iterator[Gate]:
    """Yield a closed gate, and close all connections at the end."""
    built = Gate(socket.create_server(("127.0.0.1", 0), backlog=256))
    try:
        yield built
    finally:
        built.close()
