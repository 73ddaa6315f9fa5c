"""A proxy that inspects TLS: it terminates TLS in the tenant's name, and sends each request on by itself."""

import http.client
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import NamedTuple
from urllib.parse import urlsplit

from tests.support.proxies.habits import NO_HABITS, Habits
from tests.support.proxies.proxy import Proxy, ProxyHandler, proxy_of
from tests.support.proxies.server import reset_at_close
from tests.support.proxies.tls_front import Host

VIA = "1.1 inspection.example.com"
_OF_THE_CONNECTION = ("connection", "keep-alive", "proxy-connection", "transfer-encoding", "content-length")
_CHUNK = 1000
_PAGE = "<!doctype html><html><title>{0} {1}</title><h1>{1}</h1>The proxy got no answer from the server.</html>"
_TEXTS = {502: "Bad Gateway", 504: "Gateway Timeout"}


class _Answer(NamedTuple):
    status: int
    headers: list[tuple[str, str]]
    content: bytes


class _Inspection(ProxyHandler):
    host: str | None = None
    served = 0

    def serve_tunnel(self, name: str) -> None:
        """Terminate TLS. The requests that follow are for the host."""
        streams = (self.rfile, self.wfile)
        try:
            self.connection = self.server.proxy.hosts[name].tls.wrap_socket(self.connection, server_side=True)
        except OSError:  # the client does not trust the certificate
            self.close_connection = True
            return
        self.server.opened.add(self.connection)
        self.connection.settimeout(self.server.proxy.habits.idle_seconds)
        for each in streams:
            each.close()
        self.rfile, self.wfile = self.connection.makefile("rb"), self.connection.makefile("wb")
        self.host = name

    def _serve(self) -> None:
        if self.host is None:  # a request outside of a tunnel
            self.send_error(405)
            return
        self.server.proxy.requests.append((self.command, urlsplit(self.path).path))
        self.served += 1
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        answer = self._ask(self.server.proxy.hosts[self.host], body)
        if answer is None:
            self.close_connection = True
        else:
            self._send(answer)

    do_GET = do_POST = do_PUT = do_DELETE = _serve  # noqa: N815 - the names that http.server calls

    def _ask(self, host: Host, body: bytes) -> _Answer | None:
        """Return the whole answer of the tenant, or a page of the proxy. Return None to close the connection."""
        habits = self.server.proxy.habits
        headers = [each for each in self.headers.items() if each[0].lower() not in _OF_THE_CONNECTION]
        tenant = http.client.HTTPConnection(urlsplit(host.url).netloc, timeout=habits.tenant_seconds)
        try:
            tenant.request(self.command, self.path, body or None, dict([*headers, ("Via", VIA)]))
            with tenant.getresponse() as answer:
                return _Answer(answer.status, answer.getheaders(), answer.read())
        except TimeoutError:
            return _page(504) if habits.pages else None
        except (OSError, http.client.HTTPException) as error:
            if habits.pages:
                return _page(502)
            # The library raises a subclass of ConnectionResetError if the tenant closed the connection.
            if isinstance(error, ConnectionResetError) and not isinstance(error, http.client.RemoteDisconnected):
                reset_at_close(self.connection)
            return None
        finally:
            tenant.close()

    def _send(self, answer: _Answer) -> None:
        habits = self.server.proxy.habits
        self.send_response_only(answer.status)
        for name, value in answer.headers:
            if name.lower() not in _OF_THE_CONNECTION:
                self.send_header(name, value)
        self.send_header("Via", VIA)
        if self.served == habits.requests_of_a_connection:
            self.close_connection = True
            if habits.announces_close:
                self.send_header("Connection", "close")
        if habits.chunked:
            self.send_header("Transfer-Encoding", "chunked")
        else:
            self.send_header("Content-Length", str(len(answer.content)))
        self.end_headers()
        self.wfile.write(_chunks(answer.content) if habits.chunked else answer.content)


def _page(status: int) -> _Answer:
    page = _PAGE.format(status, _TEXTS[status]).encode()
    return _Answer(status, [("Content-Type", "text/html")], page)


def _chunks(content: bytes) -> bytes:
    parts = [content[start : start + _CHUNK] for start in range(0, len(content), _CHUNK)]
    return b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in (*parts, b""))


@contextmanager
def intercepting_proxy(hosts: Mapping[str, Host], habits: Habits = NO_HABITS) -> Iterator[Proxy]:
    """Yield a proxy that inspects the requests to these hosts. A client must trust the authority of their contexts."""
    with proxy_of(_Inspection, hosts, habits) as proxy:
        yield proxy
