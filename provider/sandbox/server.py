"""Listening, saying so, and stopping within a second."""

from __future__ import annotations

import logging
import socket

import uvicorn

from provider.sandbox.gate import Gate
from provider.sandbox.transports import Connection

LOOPBACK = "127.0.0.1"
BACKLOG = 2048
KEEP_ALIVE_SECONDS = 75


def listen(port: int) -> socket.socket:
    """A listening socket on loopback, 0 for any free port; OSError if the port is taken."""
    # asyncio sends without delay (40 ms a request otherwise) only where the protocol is spelled out
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((LOOPBACK, port))
        listener.listen(BACKLOG)
    except OSError:
        listener.close()
        raise
    return listener


class Server(uvicorn.Server):
    """Prints its address once it answers; on the way out it waits for nobody."""

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        for listener in sockets or []:
            print(f"listening on http://{LOOPBACK}:{listener.getsockname()[1]}", flush=True)  # noqa: T201

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        # requests that are cut off here are no news to whoever stopped the program
        logging.getLogger("uvicorn.error").setLevel(logging.CRITICAL)
        await super().shutdown(sockets)


def serve(app: Gate, listener: socket.socket) -> None:
    """Serve until SIGTERM or SIGINT."""
    config = uvicorn.Config(
        app,
        http=Connection,
        ws="none",
        loop="asyncio",
        lifespan="off",
        access_log=False,
        log_level="error",
        proxy_headers=False,
        server_header=False,
        backlog=BACKLOG,
        timeout_keep_alive=KEEP_ALIVE_SECONDS,
        timeout_graceful_shutdown=0,
    )
    Server(config).run(sockets=[listener])
