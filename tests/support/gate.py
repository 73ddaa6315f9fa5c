"""A gate on loopback: another process says that it has come, and waits there until a test lets it pass."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager

SECONDS = 30.0
"""How long either side waits at most."""


def pass_through(address: str, name: str) -> None:
    """Say who has come and wait for the gate to open; raises OSError where nobody opens it."""
    host, port = address.split(":")
    with socket.create_connection((host, int(port)), SECONDS) as connection:
        connection.sendall(f"{name}\n".encode())
        if connection.recv(1) != b"!":
            raise OSError("the gate was closed")


class Gate:
    """``address`` is what the other side is given."""

    def __init__(self, listening: socket.socket) -> None:
        self._listening = listening
        self._waiting: list[socket.socket] = []
        self.address = ":".join(map(str, listening.getsockname()))

    def wait_for(self, number: int, seconds: float = SECONDS) -> set[str]:
        """The names of so many that have come; TimeoutError when there are fewer in time."""
        self._listening.settimeout(seconds)
        return {self._next() for _ in range(number)}

    def _next(self) -> str:
        connection, _ = self._listening.accept()
        self._waiting.append(connection)
        with connection.makefile("rb") as lines:
            return lines.readline().decode().strip()

    def open(self) -> None:
        """Let all pass that have come."""
        for connection in self._waiting:
            connection.sendall(b"!")

    def close(self) -> None:
        for connection in self._waiting:
            connection.close()
        self._listening.close()


@contextmanager
def gate() -> Iterator[Gate]:
    """A closed gate; what still waits there in the end is turned away."""
    built = Gate(socket.create_server(("127.0.0.1", 0), backlog=256))
    try:
        yield built
    finally:
        built.close()
