"""Secrets as they are kept: each a salted hash of its own, good for being asked and for nothing else.

The costs are far below what a real vault needs: a test vaults a thousand credentials in a moment.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os
from typing import Any

SALT_BYTES = 16
COST = {"n": 2**6, "r": 8, "p": 1}


def _digest(secret: Any, salt: bytes) -> bytes:
    text = json.dumps(secret, sort_keys=True, separators=(",", ":"))
    return hashlib.scrypt(text.encode(), salt=salt, **COST)


def _hashed(secret: Any) -> str:
    salt = os.urandom(SALT_BYTES)
    return f"{salt.hex()}:{_digest(secret, salt).hex()}"


def _is(secret: Any, kept: str | None) -> bool:
    if kept is None:
        return False
    salt, _, digest = kept.partition(":")
    return hmac.compare_digest(digest, _digest(secret, bytes.fromhex(salt)).hex())


def hashes_of(body: dict[str, Any]) -> dict[str, Any]:
    """`{password?, extra}` of a credential's body: hashes in place of the secrets; `extra` by its keys."""
    password = {"password": _hashed(body["password"])} if "password" in body else {}
    return {**password, "extra": {key: _hashed(value) for key, value in body.get("extra", {}).items()}}


def matches(claim: dict[str, Any], kept: dict[str, Any]) -> bool:
    """Whether every secret of the claim, `{password?, extra?}`, is the one that is kept."""
    extra = claim.get("extra", {}).items()
    right = [_is(value, kept["extra"].get(key)) for key, value in extra]
    if "password" in claim:
        right.append(_is(claim["password"], kept.get("password")))
    return all(right)
