"""A TCP connection whose operations obey the limit of the exchange. TLS runs on top of it."""

from __future__ import annotations

import errno
import os
import socket
import threading
from collections.abc import Callable, Sequence
from typing import Any, Final, TypeVar

from urllib3.util.wait import wait_for_write

from provider.client import limits
from provider.client.limits import STEP_SECONDS, Limit

T = TypeVar("T")
SocketOptions = Sequence[tuple[int, int, int | bytes]]
_AddressInfo = tuple[socket.AddressFamily, socket.SocketKind, int, str, Any]

_PENDING: Final = {errno.EINPROGRESS, errno.EWOULDBLOCK, errno.EINTR}


class Wire(socket.socket):
    """A TCP socket. Each operation waits in short steps, and counts the bytes that the system has accepted."""

    def settimeout(self, value: float | None) -> None:
        """Do nothing: the limit of the exchange replaces the timeout of the socket."""

    def recv(self, size: int, flags: int = 0, /) -> bytes:
        """Return received bytes, none at the end of the stream."""
        return _in_steps(lambda: super(Wire, self).recv(size, flags))

    def recv_into(self, buffer: Any, nbytes: int = 0, flags: int = 0) -> int:
        """Receive bytes into a buffer, and return how many."""
        return _in_steps(lambda: super(Wire, self).recv_into(buffer, nbytes, flags))

    def send(self, data: Any, flags: int = 0, /) -> int:
        """Send some of the bytes, and return how many."""
        sent = _in_steps(lambda: super(Wire, self).send(data, flags))
        limits.current().written += sent
        return sent

    def sendall(self, data: Any, flags: int = 0, /) -> None:
        """Send all bytes."""
        rest = memoryview(data).cast("B")
        while rest:
            rest = rest[self.send(rest, flags) :]

    def open(self, address: Any, limit: Limit, seconds: float) -> None:
        """Connect to an address within the limit and within ``seconds``. Raises OSError otherwise."""
        self.setblocking(False)
        code = self.connect_ex(address)
        if code in _PENDING:
            self._wait_until_open(limit, limit.seconds_left - seconds)
            code = self.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
        if code:
            raise OSError(code, os.strerror(code))
        super().settimeout(STEP_SECONDS)

    def _wait_until_open(self, limit: Limit, seconds_for_others: float) -> None:
        while not wait_for_write(self, STEP_SECONDS):
            limit.check()
            if limit.seconds_left <= seconds_for_others:
                raise TimeoutError


def connect(host: str, port: int, options: SocketOptions) -> Wire:
    """Return a connection to the first address of the host that accepts one. Raises OSError otherwise.

    Each address gets an equal part of the time that is left, so one that does not answer does not use it up.
    """
    limit = limits.current()
    addresses = _resolve(host, port, limit)
    failure: OSError = OSError(errno.EADDRNOTAVAIL, os.strerror(errno.EADDRNOTAVAIL))
    for index, address in enumerate(addresses):
        try:
            return _connect(address, options, limit, limit.seconds_left / (len(addresses) - index))
        except limits.ExchangeInterruptedError:
            raise
        except OSError as error:
            failure = error
    raise failure


def _connect(address: _AddressInfo, options: SocketOptions, limit: Limit, seconds: float) -> Wire:
    family, kind, protocol, _, target = address
    wire = Wire(family, kind, protocol)
    try:
        for option in options:
            wire.setsockopt(*option)
        wire.open(target, limit, seconds)
    except BaseException:
        wire.close()
        raise
    return wire


def _resolve(host: str, port: int, limit: Limit) -> Sequence[_AddressInfo]:
    """Return the addresses of a host. The system's resolver cannot be interrupted, so it runs in its own thread."""
    found: list[Sequence[_AddressInfo]] = []
    failed: list[Exception] = []

    def look_up() -> None:
        try:
            found.append(socket.getaddrinfo(host, port, 0, socket.SOCK_STREAM))
        except (OSError, UnicodeError) as error:
            failed.append(error)

    _in_background(look_up, limit)
    if failed:
        error = failed[0]
        # a name that is too long for DNS does not get to the resolver
        raise error if isinstance(error, OSError) else socket.gaierror(socket.EAI_NONAME, str(error))
    return found[0]


def _in_background(work: Callable[[], None], limit: Limit) -> None:
    """Run the work in a thread, and wait for it as long as the limit allows."""
    thread = threading.Thread(target=work, name="resolver", daemon=True)
    try:
        thread.start()
    except RuntimeError:  # the system has no thread left
        work()
        return
    while thread.is_alive():
        limit.check()
        thread.join(STEP_SECONDS)


def _in_steps(operation: Callable[[], T]) -> T:
    limit = limits.current()
    while True:
        limit.check()
        try:
            return operation()
        except TimeoutError as error:
            if error.errno is not None:  # the system gave the connection up
                raise
