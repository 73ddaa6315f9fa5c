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
from provider.client.service_clock import DATE, ServiceClock

_log = logging.getLogger("provider.client")

RegisterSecret = Callable[[str], Release]
"""A function that registers a secret for redaction, and returns a function that ends the registration."""


KeepReadable = Callable[[Callable[[], list[str]]], None]
"""A function that keeps the identifiers in an answer readable, even if a secret equals a part of one.

The argument is a function that returns the identifiers.
"""


def keep_nothing_readable(_identifiers: Callable[[], list[str]]) -> None:
    """Keep no identifiers readable. Use this if no user sees the messages of the client."""


def register_no_secret(_secret: str) -> Release:
    """Register no secret. Use this if no user sees the messages of the client."""
    return lambda: None


@dataclass(frozen=True, slots=True)
class _Call:
    """The content of each attempt of a request. The repr contains only the method and the path."""

    method: str
    path: str
    query: Mapping[str, str] | None
    data: bytes | None
    timeout: float
    trusts_404: bool
    is_write: bool

    def __repr__(self) -> str:
        return f"<{self.method} {self.path}>"


class Transport:
    """The transport of requests to ``base_url``, which has no trailing slash. Safe for many threads.

    ``request_timeout`` is in seconds. It limits the time until the whole answer has arrived.
    ``submit_timeout`` is the same for the submit of a run, which is slow. Without it, ``request_timeout`` applies.
    Opening a connection may take at most 10 of them. ``on_write`` is called before each request that is neither a GET
    nor repeatable. ``register_secret`` is called with each access token and each password of a proxy.
    ``keep_readable`` is called for each answer, with a function that returns the identifiers in the answer. Proxies and
    CA bundles come from the environment (see ``proxies`` and ``trust``).
    """

    def __init__(
        self,
        base_url: str,
        auth: Auth,
        *,
        request_timeout: float,
        submit_timeout: float | None = None,
        retrier: Retrier,
        user_agent: str,
        on_write: Callable[[], None] = lambda: None,
        register_secret: RegisterSecret = register_no_secret,
        keep_readable: KeepReadable = keep_nothing_readable,
    ) -> None:
        self._keep_readable = keep_readable
        self._auth = auth
        self._timeout = request_timeout
        self.submit_timeout = request_timeout if submit_timeout is None else submit_timeout
        self._retrier = retrier
        self._on_write = on_write
        self._deadline = math.inf
        self._exchange = Exchange(base_url, user_agent)
        self.clock = ServiceClock()
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
        timeout: float | None = None,
        trusts_404: bool = False,
    ) -> Answer:
        """Return the answer if it is a success. Raises AtlanError if no attempt succeeds.

        A failed request is repeated if that is safe. ``segments`` form the path. Each segment is percent-encoded,
        slashes included. ``body`` is sent as JSON. ``repeatable`` is True if it does no harm to carry out the request
        twice. ``timeout`` replaces ``request_timeout``. ``trusts_404`` is True if every 404 with a JSON object means
        that the object does not exist. Raises Unsendable if a segment cannot be part of a path, or if the body has no
        JSON form.
        """
        path = _path(method, segments)
        data = _encoded_body(method, path, body)
        may_repeat = repeatable or method == "GET"
        call = _Call(method, path, query, data, timeout or self._timeout, trusts_404, is_write=not may_repeat)
        attempt = self._attempt_with_token if authenticated else self._attempt
        if not may_repeat:
            self._on_write()
        return self._retrier.run(lambda: attempt(call), self._deadline, repeatable=may_repeat)

    def with_timeout(self, seconds: float) -> "Transport":
        """Return a view with the same connections, for an operation that must end within ``seconds`` from now."""
        bounded = copy.copy(self)
        bounded._deadline = time.monotonic() + seconds
        return bounded

    def for_recovery(self, seconds: float) -> "Transport":
        """Return a view for looking up the result of a write within ``seconds``.

        If Terraform stops the provider, the view still waits between attempts.
        """
        bounded = self.with_timeout(seconds)
        bounded._retrier = replace(self._retrier, stop=threading.Event())
        return bounded

    def seconds_left(self) -> float:
        """Return the seconds until the operation must end. Without a limit, they are infinite."""
        return self._deadline - time.monotonic()

    def close(self) -> None:
        """Close the pooled connections."""
        self._exchange.close()

    def _attempt_with_token(self, call: _Call) -> Answer:
        header = self._authorization(call)
        try:
            return self._attempt(call, header)
        except Unauthorized:
            if not self._auth.discard(header):
                raise
        # A 401 means that nothing was done, so a request with any method can be sent again.
        return self._attempt(call, self._authorization(call))

    def _authorization(self, call: _Call) -> str:
        try:
            return self._auth.header(self)
        except OAuthRefused:
            raise
        except AtlanError as error:
            raise _no_token_error(call, error) from None

    def _attempt(self, call: _Call, authorization: str | None = None) -> Answer:
        request = Request(call.method, call.path, str(uuid.uuid4()))
        started = time.monotonic()
        timeout = min(call.timeout, self._deadline - started)
        if timeout <= 0:
            raise request.error(OutOfTime, OUT_OF_TIME_REASON)
        result: int | str = "no answer"
        try:
            answer = self._exchange.send(
                request,
                query=call.query,
                data=call.data,
                authorization=authorization,
                timeout=timeout,
                interrupt=self._retrier.stop,
                is_write=call.is_write,
            )
            result = answer.status
            self.clock.add_date(answer.headers.get(DATE))
            self._keep_readable(partial(identifiers_in, answer.body))
            answer.check(trusts_404=call.trusts_404)
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


def _encoded_body(method: str, path: str, body: Body) -> bytes | None:
    try:
        return None if body is None else to_json(body)
    except ValueError as error:
        raise Unsendable(str(error), method=method, path=path) from None


def _no_token_error(call: _Call, error: AtlanError) -> NoToken:
    no_token = NoToken(
        f"no access token was available for the request: {error.summary}",
        method=call.method,
        path=call.path,
        request_id=error.request_id,
        causes=error.causes,
        attempts=error.attempts,
    )
    no_token.is_setup_error = error.is_setup_error
    return no_token


def _is_encodable(segment: str | None) -> bool:
    try:
        # A state that was edited can contain null.
        return segment is not None and bool(segment.encode())
    except (UnicodeEncodeError, AttributeError):
        return False
