"""How a request shows who sends it: an API key, or a token that is fetched for an OAuth client."""

import copy
import threading
import time
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from provider.client.answers import Answer
from provider.client.entities import Token
from provider.client.errors import AtlanError, Forbidden, OAuthRefused, RequestNotSent, Unauthorized
from provider.client.redaction import Secrets
from provider.client.responses import model

TOKEN_PATH = ("api", "service", "oauth-clients", "token")
_MARGIN_SECONDS, _MARGIN_PART = 60, 0.1
_FORMER_TOKENS = 32  # hours' worth; an older one is good for nothing any more
# a fetch that had less time than this may have failed for that alone, which says nothing to who has more
_HURRIED_SECONDS = 180


class Sender(Protocol):
    """What an Auth may ask of the transport that asks it: a request without authentication, within its time."""

    def request(
        self, method: str, segments: Sequence[str], *, body: Mapping[str, Any], authenticated: bool, repeatable: bool
    ) -> Answer: ...

    def seconds_left(self) -> float: ...


class Auth(Protocol):
    """What the transport asks of a way to authenticate. Safe for many threads."""

    @property
    def secrets(self) -> Secrets:
        """What must stand in no text."""

    def header(self, sender: Sender) -> str:
        """The value of Authorization; an AtlanError if there is none to be had."""

    def renews(self, refused: str) -> bool:
        """Whether there may be another header now that the service has refused this one with a 401."""


class BearerKey:
    """An API key, sent as a bearer token; ValueError if it can't stand in a header."""

    def __init__(self, key: str) -> None:
        # http.client refuses such a header too, with a message that holds the key
        if not _fits_a_header(key):
            raise ValueError("The API key is empty or holds spaces, line breaks or characters that no key has.")
        self._key = key
        self.secrets = Secrets(key)

    def header(self, sender: Sender) -> str:
        return f"Bearer {self._key}"

    def renews(self, refused: str) -> bool:
        return False

    def __repr__(self) -> str:
        return "BearerKey(***)"


@dataclass(slots=True)
class _Fetch:
    """One request for a token, which every thread that needs one waits for; its end is a header or an error."""

    hurried: bool
    done: threading.Event = field(default_factory=threading.Event)
    header: str | None = None
    error: AtlanError | None = None

    def outcome(self, seconds: float) -> str | None:
        """The header, waited for no longer than `seconds`; None if who waited has to fetch one itself."""
        if not self.done.wait(min(max(seconds, 0), threading.TIMEOUT_MAX)):
            raise RequestNotSent("the time that the operation may take is over")
        if self.error is not None and (isinstance(self.error, OAuthRefused) or not self.hurried):
            raise copy.copy(self.error)  # each thread gets its own, for errors are written to on their way
        return self.header


class OAuthClient:
    """An OAuth client; ValueError if its id or secret can't be one. `clock` gives seconds.

    The service's fact: its token is good for 600 s unless the answer says otherwise. It is fetched when it is first
    needed and again before it expires (60 s, or a tenth of its life where that is less), or when it was refused;
    by one thread, while the others wait.
    """

    def __init__(self, client_id: str, client_secret: str, clock: Callable[[], float] = time.monotonic) -> None:
        if not (_is_text(client_id) and _is_text(client_secret)):
            raise ValueError("The OAuth client's id or secret is empty or holds characters that can't be sent.")
        self._body = {"clientId": client_id, "clientSecret": client_secret}
        self._clock = clock
        self._lock = threading.Lock()
        self._header: str | None = None
        self._good_until = 0.0
        self._fetch: _Fetch | None = None
        self._tokens: deque[str] = deque(maxlen=_FORMER_TOKENS)
        self.secrets = Secrets(client_secret)

    def header(self, sender: Sender) -> str:
        while True:
            with self._lock:
                if self._header is not None and self._clock() < self._good_until:
                    return self._header
                others = self._fetch
                if others is None:
                    mine = self._fetch = _Fetch(hurried=sender.seconds_left() < _HURRIED_SECONDS)
            if others is None:
                return self._run(mine, sender)
            if header := others.outcome(sender.seconds_left()):
                return header

    def renews(self, refused: str) -> bool:
        with self._lock:
            if self._header == refused:
                self._header = None
        return True

    def __repr__(self) -> str:
        return "OAuthClient(***)"

    def _run(self, fetch: _Fetch, sender: Sender) -> str:
        try:
            fetch.header = self._keep(self._ask(sender))
        except AtlanError as error:
            fetch.error = error
            raise
        finally:
            with self._lock:
                self._fetch = None
            fetch.done.set()
        return fetch.header

    def _ask(self, sender: Sender) -> Token:
        try:
            # one token more changes nothing, so a request for it is as safe to repeat as a read
            answer = sender.request("POST", TOKEN_PATH, body=self._body, authenticated=False, repeatable=True)
        except (Unauthorized, Forbidden) as error:
            raise _refused(error) from None
        token = model(Token, answer)
        if not _fits_a_header(token.access_token):
            answer.refuse("its accessToken is empty or holds characters that no token has")
        return token

    def _keep(self, token: Token) -> str:
        margin = min(_MARGIN_SECONDS, _MARGIN_PART * token.expires_in)
        with self._lock:
            self._tokens.append(token.access_token)
            self.secrets = Secrets(self._body["clientSecret"], *self._tokens)
            self._header = f"Bearer {token.access_token}"
            self._good_until = self._clock() + token.expires_in - margin
            return self._header


def _refused(error: Unauthorized | Forbidden) -> OAuthRefused:
    return OAuthRefused(
        f"the OAuth client was refused: {error.message}",
        method=error.method,
        path=error.path,
        status=error.status,
        code=error.code,
        request_id=error.request_id,
        causes=error.causes,
    )


def _fits_a_header(token: str) -> bool:
    return bool(token) and token.isascii() and token.isprintable() and " " not in token


def _is_text(value: str) -> bool:
    try:
        return bool(value.encode())
    except UnicodeEncodeError:
        return False
