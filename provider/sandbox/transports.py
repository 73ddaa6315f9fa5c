"""Connections that can be closed without an answer.

The server keeps a connection's transport to itself, so its protocol class is told to remember it by the
client's address, which a request's scope carries.
"""

from __future__ import annotations

import asyncio
from typing import Any

from starlette.types import Receive, Scope
from uvicorn.protocols.http.h11_impl import H11Protocol

OPEN: dict[tuple[str, int], asyncio.Transport] = {}


class Connection(H11Protocol):
    """The server's own, but for the record of its transport."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        if self.client is not None:
            OPEN[self.client] = transport

    def connection_lost(self, exc: Exception | None) -> None:
        if self.client is not None:
            OPEN.pop(self.client, None)
        super().connection_lost(exc)


def cut(scope: Scope) -> None:
    """Close the request's connection at once, whatever was said so far."""
    client: Any = scope["client"]
    transport = OPEN.get(tuple(client))
    if transport is not None:
        transport.abort()


async def drop(scope: Scope, receive: Receive) -> None:
    """Cut the connection, and return when the server has noticed."""
    cut(scope)
    while (await receive())["type"] != "http.disconnect":
        pass
