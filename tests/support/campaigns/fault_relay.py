"""A proxy before a tenant. After a number of requests, the proxy refuses connections."""

import http.client
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, HTTPServer
from types import TracebackType
from typing import Any, Self
from urllib.parse import urlsplit

SECONDS = 30.0
_OF_THE_CONNECTION = ("connection", "transfer-encoding", "content-length", "date", "server")


class Relay:
    """Send `requests` requests to `url` on to the tenant, each over its own connection, then close the port.

    `on_close` is called before the port is closed.
    """

    def __init__(self, tenant: str, requests: int, on_close: Callable[[], None] = lambda: None) -> None:
        self._left = requests
        self._on_close = on_close
        self._server = HTTPServer(("127.0.0.1", 0), self._handler(urlsplit(tenant).netloc))
        self._server.timeout = 0.1
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}"
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._serve)

    def __enter__(self) -> Self:
        if not self._left:
            self._close_port()
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._over.set()
        self._thread.join(SECONDS)
        self._server.server_close()

    def _serve(self) -> None:
        while self._left and not self._over.is_set():
            self._server.handle_request()

    def _handler(self, tenant: str) -> type[BaseHTTPRequestHandler]:
        relay = self

        class Handler(BaseHTTPRequestHandler):
            def _forward(self) -> None:
                relay.count_request()
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                connection = http.client.HTTPConnection(tenant, timeout=SECONDS)
                try:
                    connection.request(self.command, self.path, body or None, dict(self.headers))
                    with connection.getresponse() as answer:
                        self._answer(answer.status, answer.getheaders(), answer.read())
                except (OSError, http.client.HTTPException):
                    self.close_connection = True  # the tenant closed its connection, too
                finally:
                    connection.close()

            def _answer(self, status: int, headers: list[tuple[str, str]], content: bytes) -> None:
                self.send_response(status)
                for name, value in headers:
                    if name.lower() not in _OF_THE_CONNECTION:
                        self.send_header(name, value)
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

            do_GET = do_POST = do_PUT = do_DELETE = _forward  # noqa: N815 - as the base looks for them

            def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the base's name
                """Print nothing."""

        return Handler

    def count_request(self) -> None:
        """Count a request. Close the port before the last request is answered, so that no later request is accepted."""
        self._left -= 1
        if not self._left:
            self._close_port()

    def _close_port(self) -> None:
        self._on_close()
        self._server.socket.close()
