"""Send one HTTP request and read its answer, within limits of time and size.

What left this machine decides whether a failed request may have arrived, because the class of an exception does not:
behind a proxy, libraries raise the same class before and after the request.
"""

from __future__ import annotations

import http.client
import threading
from collections.abc import Mapping
from typing import TYPE_CHECKING, Final
from urllib.parse import urlencode

import urllib3

from provider.client import connections, limits, proxies, trust
from provider.client.answers import Answer, Request
from provider.client.errors import UntrustedCertificate
from provider.client.failures import PROXY_REQUIRES_LOGIN, Route, failure, incomplete, refused_by_proxy, unusable_proxy
from provider.client.limits import Limit

if TYPE_CHECKING:
    from urllib3 import BaseHTTPResponse, PoolManager

    from provider.client.limits import Interrupt

CONNECT_SECONDS: Final = 10.0
# An answer can contain inputs of 8 MB as JSON text inside JSON text, which is several times longer than the inputs. An
# answer above this limit is a mistake. To decode it can need five times its memory.
LARGEST_BODY = 32 * 1024 * 1024
# The text of an error is copied several times before it is truncated.
LARGEST_ERROR = 4 * 1024 * 1024
_CHUNK_BYTES: Final = 256 * 1024

_ERRORS: Final = (OSError, urllib3.exceptions.HTTPError, http.client.HTTPException)


class Exchange:
    """The connections to ``base_url``. Each request is sent once. Safe for many threads."""

    def __init__(self, base_url: str, user_agent: str) -> None:
        self._base_url = base_url
        self._headers = {"Accept": "application/json", "Accept-Encoding": "gzip, deflate", "User-Agent": user_agent}
        self._route = Route(base_url, proxies.find(base_url))
        self._manager: PoolManager | None = None
        self._lock = threading.Lock()

    def proxy_passwords(self) -> list[str]:
        """Return the password in the address of the proxy, percent-encoded and decoded."""
        return self._route.proxy.passwords if self._route.proxy else []

    def close(self) -> None:
        """Close the pooled connections."""
        if self._manager is not None:
            self._manager.clear()

    def send(
        self,
        request: Request,
        *,
        query: Mapping[str, str] | None,
        data: bytes | None,
        authorization: str | None,
        timeout: float,
        interrupt: Interrupt,
        is_write: bool,
    ) -> Answer:
        """Return the answer, also if its status is an error. Raises RequestNotSent or NoAnswer if no answer arrives.

        Raises UnusableAnswer for a body that is too large or cannot be decompressed. ``timeout`` is in seconds. It
        limits the time from now until the whole answer has arrived. ``interrupt`` shortens it, as ``Limit`` says.
        """
        headers = self._headers_of(request, authorization, has_body=data is not None)
        url = f"{self._base_url}{request.path}{'?' + urlencode(query) if query else ''}"
        manager = self._connected(request)
        limit = Limit(timeout, CONNECT_SECONDS, interrupt, is_write=is_write)
        with limits.applied(limit):
            try:
                response = manager.urlopen(
                    request.method,
                    url,
                    redirect=False,
                    body=data,
                    headers=headers,
                    retries=False,
                    preload_content=False,
                )
            except _ERRORS as error:
                raise failure(request, error, limit, self._route) from None
            try:
                return self._read(request, response, limit)
            finally:
                _release(response)

    def _headers_of(self, request: Request, authorization: str | None, *, has_body: bool) -> dict[str, str]:
        headers = self._headers | {"X-Atlan-Request-Id": request.request_id}
        if authorization is not None:
            headers["Authorization"] = authorization
        if has_body:
            headers["Content-Type"] = "application/json"
        return headers

    def _connected(self, request: Request) -> PoolManager:
        """Return the connections. Raises RequestNotSent if the proxy or the certificates are not usable."""
        with self._lock:
            if self._manager is None:
                self._manager = self._connect(request)
            return self._manager

    def _connect(self, request: Request) -> PoolManager:
        proxy = self._route.proxy
        if proxy is not None and proxy.problem is not None:
            raise unusable_proxy(request, self._route, proxy.problem)
        try:
            return connections.manager(proxy, trust.context() if self._route.uses_tls else None)
        except trust.UnreadableBundleError as error:
            raise request.error(UntrustedCertificate, f"{error}. Correct it, or unset it") from None

    def _read(self, request: Request, response: BaseHTTPResponse, limit: Limit) -> Answer:
        headers = {name.lower(): value for name, value in response.headers.items()}
        if response.status == PROXY_REQUIRES_LOGIN and self._route.proxy is not None:
            raise refused_by_proxy(request, self._route)
        answer = Answer(request, response.status, headers, b"")
        largest = LARGEST_BODY if response.status < 400 else LARGEST_ERROR
        body = bytearray()
        try:
            while chunk := response.read1(_CHUNK_BYTES, decode_content=True):
                body += chunk
                if len(body) > largest:
                    answer.refuse(f"it is larger than {largest // 2**20} MiB")
        except urllib3.exceptions.DecodeError:
            answer.refuse("its compression is broken")
        except _ERRORS as error:
            raise incomplete(answer, error, limit) from None
        return Answer(request, answer.status, headers, body)


def _release(response: BaseHTTPResponse) -> None:
    """Return the connection to the pool if the answer was read, or close it."""
    response.close()
    response.release_conn()
