"""Close a client's connection without sending a response.

ASGI has no message for this. `TrackedProtocol` therefore keeps the transport of each connection under the client's
address, which the scope of a request contains.
"""

from __future__ import annotations

import asyncio
import socket
import struct

from starlette.types import Receive, Scope
from uvicorn.protocols.http.h11_impl import H11Protocol

TRANSPORTS: dict[tuple[str, int], asyncio.Transport] = {}


class TrackedProtocol(H11Protocol):
    """The HTTP protocol of uvicorn, with a record of the open transports."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        super().connection_made(transport)
        if self.client is not None:
            TRANSPORTS[self.client] = transport

    def connection_lost(self, exc: Exception | None) -> None:
        if self.client is not None:
            TRANSPORTS.pop(self.client, None)
        super().connection_lost(exc)


def abort(scope: Scope, *, reset: bool = False) -> None:
    """Close or reset the request's connection immediately, even if a part of the response was sent."""
    host, port = scope["client"]
    transport = TRANSPORTS.get((host, port))
    if transport is None:
        return
    if reset:
        connection = transport.get_extra_info("socket")
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    transport.abort()


async def disconnect(scope: Scope, receive: Receive, *, reset: bool) -> None:
    """Close or reset the request's connection, and wait until the server has noticed."""
    abort(scope, reset=reset)
    while (await receive())["type"] != "http.disconnect":
        pass
