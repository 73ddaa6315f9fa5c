"""Send a request to the service: authenticate it, limit its time, and repeat it if that is safe."""

import copy
import logging
import math
import threading
import time
import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from urllib.parse import quote

from provider.client.answers import Answer, Request, identifiers_in
from provider.client.auth import Auth, Release
from provider.client.errors import (
    OUT_OF_TIME_REASON,
    AtlanError,
    NoToken,
    OAuthRefused,
    OutOfTime,
    Unauthorized,
    Unsendable,
)
from provider.client.exchange import Exchange
from provider.client.json_codec import Body, to_json
from provider.client.retries import Retrier

_log = logging.getLogger("provider.client")

RegisterSecret = Callable[[str], Release]
"""A function that registers a secret for redaction, and returns a function that ends the registration."""


RegisterIdentifiers = Callable[[Callable[[], list[str]]], None]
"""A function that registers the identifiers in an answer, which are never redacted. Its argument returns them."""


def register_no_identifiers(_identifiers: Callable[[], list[str]]) -> None:
    """Register nothing, for a client whose texts no user sees."""


def register_nothing(_secret: str) -> Release:
    """Register no secret, for a client whose texts no user sees."""
    return lambda: None


@dataclass(frozen=True, slots=True)
class _Call:
    """A request with all its attempts. Its data is not part of the repr."""

    method: str
    path: str
    query: Mapping[str, str] | None
    data: bytes | None

    def __repr__(self) -> str:
        return f"<{self.method} {self.path}>"


class Transport:
    """The transport of requests to ``base_url``, which has no trailing slash. Safe for many threads.

    ``request_timeout`` is in seconds. It limits the wait for the answer, and then the time to read its body. To open a
    connection takes at most 10 seconds. ``on_write`` is called before each request that can change something.
    ``register_secret`` is called with each access token and each password of a proxy, ``register_identifiers`` with
    each answer. Proxies and CA bundles come from the environment, as in the library requests.
    """

    def __init__(
        self,
        base_url: str,
        auth: Auth,
        *,
        request_timeout: float,
        retrier: Retrier,
        user_agent: str,
        on_write: Callable[[], None] = lambda: None,
        register_secret: RegisterSecret = register_nothing,
        register_identifiers: RegisterIdentifiers = register_no_identifiers,
    ) -> None:
        self._register_identifiers = register_identifiers
        self._auth = auth
        self._timeout = request_timeout
        self._retrier = retrier
        self._on_write = on_write
        self._deadline = math.inf
        self._exchange = Exchange(base_url, user_agent)
        self.register_secret = register_secret
        for password in self._exchange.proxy_passwords():
            register_secret(password)

    def request(
        self,
        method: str,
        segments: Sequence[str],
        *,
        query: Mapping[str, str] | None = None,
        body: Body = None,
        authenticated: bool = True,
        repeatable: bool = False,
    ) -> Answer:
        """Return the answer if it is a success. Repeat the request if that is safe. Raises AtlanError otherwise.

        ``segments`` are joined to the path, each quoted as a whole. ``body`` is sent as JSON. Raises Unsendable
        if it has no JSON form. ``repeatable`` is True if it does no harm to carry out the request twice.
        """
        path = _path(method, segments)
        call = _Call(method, path, query, _data(method, path, body))
        attempt = self._authenticated if authenticated else self._attempt
        harmless = repeatable or method == "GET"
        if not harmless:
            self._on_write()
        return self._retrier.run(lambda: attempt(call), self._deadline, repeatable=harmless)

    def with_timeout(self, seconds: float) -> "Transport":
        """Return a view with the same connections, for an operation that may take ``seconds`` from now on."""
        bounded = copy.copy(self)
        bounded._deadline = time.monotonic() + seconds
        return bounded

    def for_recovery(self, seconds: float) -> "Transport":
        """Return a view that looks up the result of a write, for ``seconds``. A stop does not end its waits."""
        bounded = self.with_timeout(seconds)
        bounded._retrier = replace(self._retrier, stop=threading.Event())
        return bounded

    def seconds_left(self) -> float:
        """Return the seconds until the operation's time is over, infinity without a limit."""
        return self._deadline - time.monotonic()

    def close(self) -> None:
        """Close the pooled connections."""
        self._exchange.close()

    def _authenticated(self, call: _Call) -> Answer:
        header = self._header(call)
        try:
            return self._attempt(call, header)
        except Unauthorized:
            if not self._auth.can_renew(header):
                raise
        # A 401 means that nothing was done, so a request with any method can be sent again.
        return self._attempt(call, self._header(call))

    def _header(self, call: _Call) -> str:
        try:
            return self._auth.header(self)
        except OAuthRefused:
            raise
        except AtlanError as error:
            raise _without_token(call, error) from None

    def _attempt(self, call: _Call, authorization: str | None = None) -> Answer:
        request = Request(call.method, call.path, str(uuid.uuid4()))
        started = time.monotonic()
        timeout = min(self._timeout, self._deadline - started)
        if timeout <= 0:
            raise request.error(OutOfTime, OUT_OF_TIME_REASON)
        result: int | str = "no answer"
        try:
            answer = self._exchange.send(
                request, query=call.query, data=call.data, authorization=authorization, timeout=timeout
            )
            result = answer.status
            self._register_identifiers(partial(identifiers_in, answer.body))
            answer.check()
        finally:
            milliseconds = (time.monotonic() - started) * 1000
            _log.debug(
                "%s %s: %s in %.0f ms, request %s",
                *(call.method, call.path, result, milliseconds, request.request_id),
            )
        return answer


def _path(method: str, segments: Sequence[str]) -> str:
    for segment in segments:
        # An empty segment and dots would be removed from the URL, and the request would reach another address.
        if segment in ("", ".", "..") or not _is_encodable(segment):
            raise Unsendable(f"{segment!r} is not an identifier", method=method, path="/")
    return "/" + "/".join(quote(segment, safe="") for segment in segments)


def _data(method: str, path: str, body: Body) -> bytes | None:
    try:
        return None if body is None else to_json(body)
    except ValueError as error:
        raise Unsendable(str(error), method=method, path=path) from None


def _without_token(call: _Call, error: AtlanError) -> NoToken:
    return NoToken(
        f"no access token was available for it: {error.summary}",
        method=call.method,
        path=call.path,
        request_id=error.request_id,
        causes=error.causes,
        attempts=error.attempts,
    )


def _is_encodable(segment: str | None) -> bool:
    try:
        # A state that was edited can contain null.
        return segment is not None and bool(segment.encode())
    except (UnicodeEncodeError, AttributeError):
        return False
