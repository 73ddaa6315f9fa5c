"""Who may ask: the API key, or a token minted for an OAuth client.

A token holds its own expiry and client, signed with the key: nothing is stored, and a restart keeps it valid.
Rule where the facts are silent: any client id with the API key as its secret is an OAuth client of the tenant.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from collections.abc import Callable
from typing import Any

from provider.sandbox.errors import unauthorized
from provider.sandbox.wire import Checker, closed

LIFETIME_SECONDS = 600
TEXT = {"type": "string", "minLength": 1}
CHECKER = Checker(closed({"clientId": TEXT, "clientSecret": TEXT}, ["clientId", "clientSecret"]), "body")


def _same(one: str, other: str) -> bool:
    return hmac.compare_digest(one.encode("utf-8", "replace"), other.encode("utf-8", "replace"))


class Tokens:
    """Keys and tokens; `clock` gives epoch seconds."""

    def __init__(self, api_key: str, clock: Callable[[], float]) -> None:
        self._key = api_key
        self._clock = clock

    def mint(self, body: dict[str, Any]) -> dict[str, Any]:
        """`{accessToken, tokenType, expiresIn}`; ServiceError (400, or 401 for a wrong secret)."""
        CHECKER.check(body)
        if not _same(body["clientSecret"], self._key):
            raise unauthorized()
        expires = int(self._clock()) + LIFETIME_SECONDS
        client = base64.urlsafe_b64encode(body["clientId"].encode("utf-8", "replace")).decode()
        claims = f"{expires}.{client}.{secrets.token_hex(8)}"
        token = f"{claims}.{self._signature(claims)}"
        return {"accessToken": token, "tokenType": "Bearer", "expiresIn": LIFETIME_SECONDS}

    def owner(self, authorization: str) -> str:
        """The user an Authorization header stands for; ServiceError (401) for anybody unknown."""
        scheme, _, token = authorization.partition(" ")
        if scheme.lower() != "bearer":
            raise unauthorized()
        return "service-account-apikey" if _same(token, self._key) else self._client(token)

    def _client(self, token: str) -> str:
        claims, _, signature = token.rpartition(".")
        if not claims or not _same(signature, self._signature(claims)):
            raise unauthorized()
        expires, client, _ = claims.split(".")
        if self._clock() >= int(expires):
            raise unauthorized()
        return f"service-account-{base64.urlsafe_b64decode(client).decode()}"

    def _signature(self, claims: str) -> str:
        return hmac.new(self._key.encode(), claims.encode("utf-8", "replace"), hashlib.sha256).hexdigest()
