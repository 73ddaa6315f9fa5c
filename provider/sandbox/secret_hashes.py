"""Salted hashes of secrets. The cost of the hash function is low, so that tests can store many credentials quickly."""

from __future__ import annotations

import hashlib
import hmac
import json
import os
from typing import NotRequired, TypedDict

from provider.sandbox.json_codec import Json, JsonObject

SALT_BYTES = 16
SCRYPT_COST = {"n": 2**6, "r": 8, "p": 1}


class Secrets(TypedDict, total=False):
    """The secrets in a credential's body; every value of `extra` is a secret."""

    password: str
    extra: JsonObject


class SecretHashes(TypedDict):
    """The hashes of a credential's secrets. `extra` contains a hash for each of its keys."""

    password: NotRequired[str]
    extra: dict[str, str]


def hash_secrets(secrets: Secrets) -> SecretHashes:
    hashes: SecretHashes = {"extra": {key: _hash(value) for key, value in secrets.get("extra", {}).items()}}
    return {"password": _hash(secrets["password"]), **hashes} if "password" in secrets else hashes


def matches(guess: Secrets, hashes: SecretHashes) -> bool:
    """Return True if every secret in the guess is the one that was hashed."""
    results = [_equal(value, hashes["extra"].get(key)) for key, value in guess.get("extra", {}).items()]
    if "password" in guess:
        results.append(_equal(guess["password"], hashes.get("password")))
    return all(results)


def _digest(secret: Json, salt: bytes) -> bytes:
    text = json.dumps(secret, sort_keys=True, separators=(",", ":"))
    return hashlib.scrypt(text.encode(), salt=salt, **SCRYPT_COST)


def _hash(secret: Json) -> str:
    salt = os.urandom(SALT_BYTES)
    return f"{salt.hex()}:{_digest(secret, salt).hex()}"


def _equal(secret: Json, hashed: str | None) -> bool:
    if hashed is None:
        return False
    salt, _, digest = hashed.partition(":")
    return hmac.compare_digest(digest, _digest(secret, bytes.fromhex(salt)).hex())
