"""Copy the bytes of two connections to each other, and end the one as the other ended."""

import selectors
import socket
import ssl
from threading import Event

from tests.support.proxies.server import reset_at_close

_CHUNK = 65536
_POLL_SECONDS = 0.5


def copy_until_end(one: socket.socket, other: socket.socket, ended: Event) -> None:
    """Copy in both directions until one side closes or resets its connection, then close or reset the other one.

    Both connections are closed afterwards.
    """
    with one, other, selectors.DefaultSelector() as selector:
        selector.register(one, selectors.EVENT_READ, other)
        selector.register(other, selectors.EVENT_READ, one)
        while not ended.is_set():
            for key, _ in selector.select(_POLL_SECONDS):
                assert isinstance(key.fileobj, socket.socket)
                if not _copy(key.fileobj, key.data):
                    return


def _copy(source: socket.socket, target: socket.socket) -> bool:
    """Copy what has arrived. Return False at the end of a connection."""
    try:
        content = _received(source)
    except ConnectionResetError:
        reset_at_close(target)
        return False
    if not content:
        return False
    try:
        target.sendall(content)
    except ConnectionError:
        reset_at_close(source)
        return False
    return True


def _received(source: socket.socket) -> bytes:
    content = source.recv(_CHUNK)
    while isinstance(source, ssl.SSLSocket) and source.pending():
        content += source.recv(_CHUNK)
    return content
