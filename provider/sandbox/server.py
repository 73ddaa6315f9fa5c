"""The HTTP server: listen on loopback, print the address, and stop within a second."""

from __future__ import annotations

import logging
import socket

import uvicorn

from provider.sandbox.disconnect import TrackedProtocol
from provider.sandbox.middleware import Middleware

LOOPBACK = "127.0.0.1"
BACKLOG = 2048
KEEP_ALIVE_SECONDS = 75


def listen(port: int) -> socket.socket:
    """Return a listening socket on loopback; port 0 is any free port. Raises OSError if the port is in use."""
    # asyncio disables Nagle's algorithm only if the protocol is explicit. The algorithm delays responses by 40 ms.
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
    """A server that prints its address when it is ready, and stops without waiting for open requests."""

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        for listener in sockets or []:
            print(f"listening on http://{LOOPBACK}:{listener.getsockname()[1]}", flush=True)  # noqa: T201

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        # do not log the requests that are aborted here
        logging.getLogger("uvicorn.error").setLevel(logging.CRITICAL)
        await super().shutdown(sockets)


def serve(app: Middleware, listener: socket.socket) -> None:
    """Serve until SIGTERM or SIGINT."""
    config = uvicorn.Config(
        app,
        http=TrackedProtocol,
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
