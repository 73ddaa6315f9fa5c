"""A scripted HTTP server on loopback: it answers, stalls, resets or drops requests, and records them."""

import json
import socket
import ssl
import struct
import threading
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Literal
from urllib.parse import parse_qsl, urlsplit

STALL_SECONDS = 30  # a stalled answer ends with the server, and this is a limit for a test that forgets to end it
DRIP_SECONDS = 0.02
Act = Literal["answer", "stall", "drop", "drop by reset", "reset", "ignore"]


@dataclass(frozen=True)
class Received:
    """A received request. `path` is quoted, header names are in lower case."""

    method: str
    path: str
    query: list[tuple[str, str]]
    headers: dict[str, str]
    body: bytes

    def json(self) -> Any:
        return json.loads(self.body)


@dataclass(frozen=True)
class Reply:
    """A reply: the action of the server for one request.

    `act`: "answer"; "stall" (never answer); "drop" the connection after the request was read, also "by reset"; "reset"
    or "ignore" the connection before the request is read.

    `cut`: send this number of bytes of the body, then close the connection. With `drip`, send the rest byte by byte.
    `raw`: send these bytes instead of an answer. A header that is None is not sent.
    `on_arrival`: call this after the request was read.
    """

    status: int = 200
    body: Any = field(default_factory=dict)
    headers: Mapping[str, str | None] = field(default_factory=dict)
    act: Act = "answer"
    cut: int | None = None
    drip: bool = False
    raw: bytes | None = None
    on_arrival: Callable[[], None] = lambda: None

    def content(self) -> bytes:
        if isinstance(self.body, bytes):
            return self.body
        return self.body.encode() if isinstance(self.body, str) else json.dumps(self.body).encode()


class ScriptedServer:
    """A server that sends the replies in `script` in order, then `always`, which may be a function of the request."""

    def __init__(self) -> None:
        self.script: deque[Reply] = deque()
        self.always: Reply | Callable[[Received], Reply] = Reply(500, "nothing more is in the script")
        self.requests: list[Received] = []
        self.sockets: list[socket.socket] = []
        self.ended = threading.Event()
        self.url = ""

    def plays(self, *replies: Reply) -> None:
        self.script.extend(replies)

    @property
    def connections(self) -> int:
        """Return the number of connections."""
        return len(self.sockets)

    def connected(self, connection: socket.socket) -> None:
        self.sockets.append(connection)

    def end(self) -> None:
        """End every thread that waits for an event or for a client."""
        self.ended.set()
        for connection in self.sockets:
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)

    def act_unread(self) -> str:
        """Return the action for a request before it is read."""
        coming = self.script[0] if self.script else self.always
        act = coming.act if isinstance(coming, Reply) else "answer"
        if act in ("reset", "ignore") and self.script:
            self.script.popleft()
        return act

    def reply_to(self, request: Received) -> Reply:
        self.requests.append(request)
        if self.script:
            return self.script.popleft()
        return self.always if isinstance(self.always, Reply) else self.always(request)


class _Server(ThreadingHTTPServer):
    daemon_threads = False
    request_queue_size = 256
    scripted: ScriptedServer

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Ignore a client that closed its connection, which these tests do on purpose."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: _Server

    def setup(self) -> None:
        self.timeout = STALL_SECONDS
        self.server.scripted.connected(self.request)
        super().setup()

    def handle_one_request(self) -> None:
        try:
            arrived = self.rfile.peek(1)  # type: ignore[attr-defined] - it is a BufferedReader
        except OSError:
            arrived = b""
        if not arrived:
            self.close_connection = True
        elif (act := self.server.scripted.act_unread()) == "reset":
            self._reset()
        elif act == "ignore":
            self.server.scripted.ended.wait(STALL_SECONDS)
            self.close_connection = True
        else:
            super().handle_one_request()

    def _reset(self) -> None:
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.rfile.close()  # it keeps the connection open, and the server would end the stream before the reset
        self.connection.close()
        self.close_connection = True

    def _serve(self) -> None:
        target = urlsplit(self.path)
        reply = self.server.scripted.reply_to(
            Received(
                self.command,
                self.path if target.scheme else target.path,
                parse_qsl(target.query, keep_blank_values=True),
                {name.lower(): value for name, value in self.headers.items()},
                self.rfile.read(int(self.headers.get("Content-Length", "0"))),
            )
        )
        reply.on_arrival()
        if reply.act == "stall":
            self.server.scripted.ended.wait(STALL_SECONDS)
        if reply.act == "drop by reset":
            self._reset()
        if reply.act != "answer":
            self.close_connection = True
            return
        self._answer(reply)

    def _answer(self, reply: Reply) -> None:
        content = reply.content() if reply.raw is None else reply.raw
        if reply.raw is None:
            self._send_head(reply, len(content))
        self.wfile.write(content[: reply.cut])
        if reply.cut is not None or reply.raw is not None:
            self.close_connection = True
        for byte in content[reply.cut :] if reply.drip else b"":
            if self.server.scripted.ended.wait(DRIP_SECONDS):
                break
            self.wfile.write(bytes([byte]))

    def _send_head(self, reply: Reply, length: int) -> None:
        self.send_response(reply.status)
        for name, value in ({"Content-Length": str(length)} | dict(reply.headers)).items():
            if value is not None:
                self.send_header(name, value)
        self.end_headers()

    do_GET = do_POST = do_PUT = do_DELETE = _serve  # noqa: N815 - the names that http.server calls

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the base class's name
        """Print nothing, because `requests` contains what arrived."""


@contextmanager
def http_server(tls: ssl.SSLContext | None = None) -> Iterator[ScriptedServer]:
    """Yield a server for one test, with HTTPS if `tls` is given. All its threads end with the block."""
    scripted = ScriptedServer()
    server = _Server(("127.0.0.1", 0), _Handler)
    server.scripted = scripted
    if tls:
        # the thread of the connection makes the handshake, so that a failed one does not stop the server
        server.socket = tls.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    scripted.url = f"http{'s' if tls else ''}://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield scripted
    finally:
        server.shutdown()
        scripted.end()
        server.server_close()
        thread.join()


def free_port() -> int:
    """Return a port on loopback without a listener."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
