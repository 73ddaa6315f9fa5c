"""A request to the service: who sends it, how long it may take, when it is sent again, and what is never told."""

import copy
import logging
import math
import threading
import time
import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import quote

from provider.client.answers import Answer, Request
from provider.client.auth import Auth
from provider.client.errors import (
    AtlanError,
    NoToken,
    OAuthRefused,
    OutOfTime,
    Unauthorized,
    Unsendable,
)
from provider.client.exchange import Exchange
from provider.client.json_codec import to_json
from provider.client.redaction import Secrets, redact
from provider.client.retries import Retrier

_log = logging.getLogger("provider.client")


@dataclass(frozen=True, slots=True)
class _Call:
    """What is sent, as often as it takes; its data shows in no repr."""

    method: str
    path: str
    query: Mapping[str, str] | None
    data: bytes | None
    secrets: Secrets

    def __repr__(self) -> str:
        return f"<{self.method} {self.path}>"


class Transport:
    """Sends requests below `base_url` (normalised by the caller, no trailing slash). Safe for many threads.

    `request_timeout`: seconds to wait for the answer, and once more for the whole of its body; a connection gets 10 s
    at most. `on_write` is called before each request that may change something. Proxies and CA bundles are taken from
    the environment as requests does.
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
    ) -> None:
        self._base_url = base_url
        self._auth = auth
        self._timeout = request_timeout
        self._retrier = retrier
        self._on_write = on_write
        self._deadline = math.inf
        self._hidden = Secrets()
        self._exchange = Exchange(base_url, user_agent)

    def request(
        self,
        method: str,
        segments: Sequence[str],
        *,
        query: Mapping[str, str] | None = None,
        body: Any = None,
        secrets: Any = None,
        authenticated: bool = True,
        repeatable: bool = False,
    ) -> Answer:
        """The answer to a success, tried again where that is safe; raises an AtlanError otherwise.

        `segments` are joined to the path, each quoted whole. `body` is sent as JSON; Unsendable if it can't be.
        `secrets`, of any JSON shape, are those of this request: no error shows a value in them. A `repeatable` request
        does no harm when it is carried out twice, whatever its method.
        """
        path = self._path(method, segments)
        call = _Call(method, path, query, self._data(method, path, body), Secrets(secrets))
        attempt = self._authenticated if authenticated else self._attempt
        harmless = repeatable or method == "GET"
        if not harmless:
            self._on_write()
        return self._retrier.run(lambda: attempt(call), self._deadline, repeatable=harmless)

    def within(self, seconds: float) -> "Transport":
        """The same connections, for an operation that may take `seconds` from now on, retries included."""
        bounded = copy.copy(self)
        bounded._deadline = time.monotonic() + seconds
        return bounded

    def recovering(self, seconds: float) -> "Transport":
        """The same, for `seconds` of their own whatever asked to stop: what was written before is to be found."""
        bounded = self.within(seconds)
        bounded._retrier = replace(self._retrier, stop=threading.Event())
        return bounded

    def hiding(self, *secrets: Any) -> "Transport":
        """The same connections, for an operation no error of which shows a value in `secrets`, of any JSON shape."""
        hiding = copy.copy(self)
        hiding._hidden = Secrets(self._hidden.values, secrets)
        return hiding

    def redacted(self, text: str) -> str:
        """`text` without what must stand in none, and without what this operation hides."""
        return redact(text, self._auth.secrets, self._hidden)

    def seconds_left(self) -> float:
        """Until the operation's time is over; infinite without a bound."""
        return self._deadline - time.monotonic()

    def close(self) -> None:
        self._exchange.close()

    def __repr__(self) -> str:
        return f"<Transport {redact(self._base_url, self._auth.secrets)}>"

    def _path(self, method: str, segments: Sequence[str]) -> str:
        for segment in segments:
            # the first two would be normalised away, and the request with them reach another address
            if segment in ("", ".", "..") or not _encodable(segment):
                raise Unsendable(f"{segment!r} is no identifier of anything", method=method, path="/")
        return "/" + "/".join(quote(segment, safe="") for segment in segments)

    def _data(self, method: str, path: str, body: Any) -> bytes | None:
        try:
            return None if body is None else to_json(body)
        except ValueError as error:
            raise Unsendable(str(error), method=method, path=redact(path, self._auth.secrets)) from None

    def _authenticated(self, call: _Call) -> Answer:
        header = self._header(call)
        try:
            return self._attempt(call, header)
        except Unauthorized:
            if not self._auth.renews(header):
                raise
        # a 401 means that nothing was done, so any method may be sent once more
        return self._attempt(call, self._header(call))

    def _header(self, call: _Call) -> str:
        try:
            return self._auth.header(self)
        except OAuthRefused:
            raise
        except AtlanError as error:
            raise self._without_token(call, error) from None

    def _without_token(self, call: _Call, error: AtlanError) -> NoToken:
        return NoToken(
            f"no access token was to be had for it: {error.gist}",
            method=call.method,
            path=redact(call.path, self._auth.secrets),
            request_id=error.request_id,
            causes=error.causes,
            attempts=error.attempts,
        )

    def _attempt(self, call: _Call, authorization: str | None = None) -> Answer:
        # what stands in a path is an identifier, which a short secret may happen to be a part of
        shown = redact(call.path, self._auth.secrets)
        request = Request(
            call.method, call.path, str(uuid.uuid4()), lambda text: redact(text, *self._secrets(call)), shown
        )
        started = time.monotonic()
        timeout = min(self._timeout, self._deadline - started)
        if timeout <= 0:
            raise request.error(OutOfTime, "the time that the operation may take is over")
        outcome: object = "no answer"
        try:
            answer = self._exchange.send(
                request, query=call.query, data=call.data, authorization=authorization, timeout=timeout
            )
            outcome = answer.status
            answer.check()
        finally:
            milliseconds = (time.monotonic() - started) * 1000
            _log.debug(
                "%s %s: %s in %.0f ms, request %s", call.method, shown, outcome, milliseconds, request.request_id
            )
        return answer

    def _secrets(self, call: _Call) -> tuple[Secrets, ...]:
        # those of the auth are asked for each time: a token may be new since the request was made
        return self._auth.secrets, self._hidden, call.secrets


def _encodable(segment: Any) -> bool:
    if not isinstance(segment, str):  # a null, in a state that was written by hand
        return False
    try:
        segment.encode()
    except UnicodeEncodeError:
        return False
    return True
