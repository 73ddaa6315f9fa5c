"""The two ways to authenticate a request: an API key, or a token that is fetched for an OAuth client."""

from __future__ import annotations

import copy
import threading
import time
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from provider.client.answers import Answer
from provider.client.errors import OUT_OF_TIME_REASON, AtlanError, Forbidden, OAuthRefused, RequestNotSent, Unauthorized
from provider.client.responses import parse_answer

if TYPE_CHECKING:
    from provider.client.entities import Token

TOKEN_PATH = ("api", "service", "oauth-clients", "token")
# A token is renewed so many seconds before it expires, or this part of its lifetime if that is shorter.
_MARGIN_SECONDS, _MARGIN_PART = 60, 0.1
_MOST_REGISTERED_TOKENS = 32  # the tokens of some hours; older tokens have expired
# A fetch with less time than this can fail only because its time is short. A thread that waits for such a fetch
# therefore ignores the error, and fetches a token itself.
_HURRIED_SECONDS = 180

Release = Callable[[], None]
"""A function that ends the registration of a secret."""


class Sender(Protocol):
    """The methods of the transport that an Auth uses."""

    def request(
        self, method: str, segments: Sequence[str], *, body: Mapping[str, str], authenticated: bool, repeatable: bool
    ) -> Answer: ...

    def seconds_left(self) -> float: ...

    def register_secret(self, secret: str) -> Release: ...


class Auth(Protocol):
    """A way to authenticate. Safe for many threads."""

    def header(self, sender: Sender) -> str:
        """Return the value of the Authorization header. Raises AtlanError if no token is available.

        An OAuth client first fetches a token if it has none that is valid.
        """

    def discard(self, refused: str) -> bool:
        """Discard a header that got a 401. Return True if ``header`` can now return a different one."""


class BearerKey:
    """An API key, sent as a bearer token.

    Raises ValueError if the key is empty or contains a space, a control character or a character outside ASCII.
    """

    def __init__(self, key: str) -> None:
        # The module http.client also refuses such a header, but its message contains the key.
        if not _fits_a_header(key):
            raise ValueError("The API key is empty or contains spaces, line breaks or characters that no key has.")
        self._key = key

    def header(self, sender: Sender) -> str:
        return f"Bearer {self._key}"

    def discard(self, refused: str) -> bool:
        return False

    def __repr__(self) -> str:
        return "BearerKey(***)"


@dataclass(slots=True)
class _Fetch:
    """A request for a token, shared by all threads that need a token. Its result is a header or an error.

    ``hurried`` is True if the thread that sends the request has less than ``_HURRIED_SECONDS`` left.
    """

    hurried: bool
    done: threading.Event = field(default_factory=threading.Event)
    header: str | None = None
    error: AtlanError | None = None

    def result(self, seconds: float) -> str | None:
        """Wait for the header, at most for these seconds. Return None if the calling thread must fetch a token.

        Raises a copy of the fetch's error, or RequestNotSent if the seconds are over.
        """
        if not self.done.wait(min(max(seconds, 0), threading.TIMEOUT_MAX)):
            raise RequestNotSent(OUT_OF_TIME_REASON)
        if self.error is not None and (isinstance(self.error, OAuthRefused) or not self.hurried):
            raise copy.copy(self.error)  # each thread raises a copy, because the retrier changes the error
        return self.header


class OAuthClient:
    """An OAuth client. Raises ValueError if its id or secret cannot be sent. ``clock`` returns seconds.

    A token is fetched on first use, and again before it expires or after it was refused. One thread fetches, the
    others wait. A token of the service is valid for 600 seconds unless the answer says otherwise.
    """

    def __init__(self, client_id: str, client_secret: str, clock: Callable[[], float] = time.monotonic) -> None:
        if not (_is_sendable(client_id) and _is_sendable(client_secret)):
            raise ValueError("The OAuth client's id or secret is empty or contains characters that can't be sent.")
        self._body = {"clientId": client_id, "clientSecret": client_secret}
        self._clock = clock
        self._lock = threading.Lock()
        self._header: str | None = None
        self._valid_until = 0.0
        self._fetch: _Fetch | None = None
        self._registered: deque[Release] = deque()

    def header(self, sender: Sender) -> str:
        while True:
            with self._lock:
                if self._header is not None and self._clock() < self._valid_until:
                    return self._header
                others = self._fetch
                if others is None:
                    mine = self._fetch = _Fetch(hurried=sender.seconds_left() < _HURRIED_SECONDS)
            if others is None:
                return self._run(mine, sender)
            if header := others.result(sender.seconds_left()):
                return header

    def discard(self, refused: str) -> bool:
        with self._lock:
            if self._header == refused:
                self._header = None
        return True

    def __repr__(self) -> str:
        return "OAuthClient(***)"

    def _run(self, fetch: _Fetch, sender: Sender) -> str:
        try:
            fetch.header = self._keep(self._request_token(sender), sender)
        except AtlanError as error:
            fetch.error = error
            raise
        finally:
            with self._lock:
                self._fetch = None
            fetch.done.set()
        return fetch.header

    def _request_token(self, sender: Sender) -> Token:
        # Imported here, because a process that uses an API key does not need it.
        from provider.client.entities import Token

        try:
            # This request changes nothing on the tenant, so it is as safe to repeat as a read.
            answer = sender.request("POST", TOKEN_PATH, body=self._body, authenticated=False, repeatable=True)
        except (Unauthorized, Forbidden) as error:
            raise error.as_kind(OAuthRefused, f"the OAuth client was refused: {error.message}") from None
        token = parse_answer(Token, answer)
        if not _fits_a_header(token.access_token):
            answer.refuse("its accessToken is empty or contains characters that no token has")
        return token

    def _keep(self, token: Token, sender: Sender) -> str:
        margin = min(_MARGIN_SECONDS, _MARGIN_PART * token.expires_in)
        with self._lock:
            self._registered.append(sender.register_secret(token.access_token))
            if len(self._registered) > _MOST_REGISTERED_TOKENS:
                self._registered.popleft()()
            self._header = f"Bearer {token.access_token}"
            self._valid_until = self._clock() + token.expires_in - margin
            return self._header


def _fits_a_header(token: str) -> bool:
    return bool(token) and token.isascii() and token.isprintable() and " " not in token


def _is_sendable(value: str) -> bool:
    try:
        return bool(value.encode())
    except UnicodeEncodeError:
        return False
