"""Names of stored credentials, which are unique on a tenant.

A configured name is sent as it is first. Where a credential is stored again, the name gets a suffix: the old credential
still has the name, because the service stores a new credential and keeps the old one. State keeps the configured name.
A name that is not configured is generated. Both the suffix and a generated name contain 64 random bits.
"""

from __future__ import annotations

import hashlib
import re
import secrets
from typing import Final

from provider.framework import Unknown, UnknownType, Value, nfc
from provider.model.json_inputs import as_json, encode

NAME: Final = "name"
_TOKEN_BYTES: Final = 8
_SUFFIX: Final = re.compile(rf"-[0-9a-f]{{{2 * _TOKEN_BYTES}}}")
_CONFIG_NAME_PREFIX: Final = "atlan-connectors-"


def new_token() -> str:
    """Return 64 random bits as 16 hexadecimal digits."""
    return secrets.token_hex(_TOKEN_BYTES)


def generated_name(connector: str, token: str) -> str:
    """Return a name such as ``default-bigquery-7d1f0c9ab2e45688-0``. The vendor's SDK writes the epoch second there."""
    return f"default-{connector}-{token}-0"


def generated_name_of(connector_config_name: str) -> str:
    """Return a new name for a credential. Only the name of the connector's configuration is known."""
    return generated_name(connector_config_name.removeprefix(_CONFIG_NAME_PREFIX), new_token())


def redrawn(name: str) -> str:
    """Return a generated name with another token."""
    return generated_name(name.rsplit("-", 2)[0].removeprefix("default-"), new_token())


def digest(name: str) -> str:
    """Return a short hash of a name. Private state keeps it, because the name in ``credential_wo`` is write-only.

    The hash hides no secret: the name of a credential is not secret.
    """
    return hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[: 2 * _TOKEN_BYTES]


def with_suffix(name: str, token: str) -> str:
    """Return a name such as ``shared-7d1f0c9ab2e45688``."""
    return f"{name}-{token}"


def is_stored_as(name: Value, stored_name: str | None) -> bool:
    """Return True if ``stored_name`` is the configured name, with or without a suffix. An Unknown name is neither."""
    stored_name = nfc(stored_name or "")
    if not (isinstance(name, str) and name and stored_name.startswith(name)):
        return False
    return stored_name == name or _SUFFIX.fullmatch(stored_name, len(name)) is not None


def named(credential: Value, connector: Value, token: str | UnknownType, *, stored_again: bool) -> Value:
    """Return the raw credential of a workflow's inputs with the name under which it is stored.

    ``token`` is Unknown in a plan. Then a name that would contain the token is Unknown. JSON text stays JSON text, and
    a value that is not an object, and an empty object, are returned unchanged.
    """
    opened = as_json(credential)
    if not (isinstance(opened, dict) and opened):
        return credential
    name = opened.get(NAME) or None
    if name is None:
        is_known = token is not Unknown and connector is not Unknown
        name = generated_name(str(connector or "app"), str(token)) if is_known else Unknown
    elif stored_again and isinstance(name, str):
        name = Unknown if token is Unknown else with_suffix(name, str(token))
    return renamed(credential, name)


def renamed(credential: Value, name: Value) -> Value:
    """Return a raw credential with another name, in the same form: an object or JSON text."""
    opened = as_json(credential)
    if not isinstance(opened, dict):
        return credential
    changed: Value = {**opened, NAME: name}
    return changed if isinstance(credential, dict) else Unknown if name is Unknown else encode(changed)
