"""How a request shows who sends it."""

from typing import Protocol
from urllib.parse import quote

_SHORTEST_SECRET = 4  # a shorter one is no secret, and to blot it out would garble every message


class Auth(Protocol):
    """What the transport asks of a way to authenticate: the header's value, and that it stays out of every text."""

    def header(self) -> str: ...

    def redact(self, text: str) -> str: ...


class BearerKey:
    """An API key, sent as a bearer token; ValueError if it can't stand in a header."""

    __slots__ = ("_key",)

    def __init__(self, key: str) -> None:
        # http.client refuses such a header too, with a message that holds the key
        if not key or not key.isascii() or not key.isprintable() or " " in key:
            raise ValueError("The API key is empty or holds spaces, line breaks or characters that no key has.")
        self._key = key

    def header(self) -> str:
        return f"Bearer {self._key}"

    def redact(self, text: str) -> str:
        """`text` with the key, as it is or percent-encoded, replaced."""
        if len(self._key) < _SHORTEST_SECRET:
            return text
        return text.replace(self._key, "***").replace(quote(self._key, safe=""), "***")

    def __repr__(self) -> str:
        return "BearerKey(***)"
