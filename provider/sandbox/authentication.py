"""Authentication: the API key, or a token issued to an OAuth client.

A token contains its expiry and its client, signed with the API key. It is not stored, so it is still valid after a
restart.
Chosen here: any client id with the API key as its secret is an OAuth client of the tenant.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from collections.abc import Callable
from typing import TypedDict

from provider.sandbox.errors import unauthorized
from provider.sandbox.json_codec import JsonObject
from provider.sandbox.json_schema import Validator, closed_object

TOKEN_SECONDS = 600
TEXT_SCHEMA: JsonObject = {"type": "string", "minLength": 1}


class TokenRequest(TypedDict):
    clientId: str
    clientSecret: str


class Token(TypedDict):
    """`expiresIn` is in seconds."""

    accessToken: str
    tokenType: str
    expiresIn: int


VALIDATOR: Validator[TokenRequest] = Validator(
    closed_object({"clientId": TEXT_SCHEMA, "clientSecret": TEXT_SCHEMA}, ["clientId", "clientSecret"]), "body"
)


class Authentication:
    """Issue tokens, and check API keys and tokens; `clock` returns epoch seconds."""

    def __init__(self, api_key: str, clock: Callable[[], float]) -> None:
        self._key = api_key
        self._clock = clock

    def issue_token(self, body: JsonObject) -> Token:
        """Return a token for a TokenRequest. Raises ServiceError: 400 for another body, 401 for a wrong secret."""
        request = VALIDATOR.validate(body)
        if not _equal(request["clientSecret"], self._key):
            raise unauthorized()
        expires = int(self._clock()) + TOKEN_SECONDS
        client = base64.urlsafe_b64encode(request["clientId"].encode("utf-8", "replace")).decode()
        claims = f"{expires}.{client}.{secrets.token_hex(8)}"
        token = f"{claims}.{self._signature(claims)}"
        return {"accessToken": token, "tokenType": "Bearer", "expiresIn": TOKEN_SECONDS}

    def user(self, authorization: str) -> str:
        """Return the user that an Authorization header identifies. Raises ServiceError (401) if it is not valid."""
        scheme, _, token = authorization.partition(" ")
        if scheme.lower() != "bearer":
            raise unauthorized()
        return "service-account-apikey" if _equal(token, self._key) else self._client(token)

    def _client(self, token: str) -> str:
        claims, _, signature = token.rpartition(".")
        if not claims or not _equal(signature, self._signature(claims)):
            raise unauthorized()
        expires, client, _ = claims.split(".")
        if self._clock() >= int(expires):
            raise unauthorized()
        return f"service-account-{base64.urlsafe_b64decode(client).decode()}"

    def _signature(self, claims: str) -> str:
        return hmac.new(self._key.encode(), claims.encode("utf-8", "replace"), hashlib.sha256).hexdigest()


def _equal(one: str, other: str) -> bool:
    return hmac.compare_digest(one.encode("utf-8", "replace"), other.encode("utf-8", "replace"))
