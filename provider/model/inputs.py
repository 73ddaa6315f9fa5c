"""The inputs of a workflow: the names that the service gives a meaning, and how values compare.

Source: the service changes inputs between a publish and a get. It removes the raw credential and routes its guid to
another input. It shows ``connection`` as an object or as JSON text, and other JSON text as objects. It leaves out
``connection_qualified_name`` and adds ids. Inputs that the web UI submits are included too.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final, TypeAlias

from provider.contracts.schema import Contract
from provider.framework import Value
from provider.model.json_inputs import as_json, equal

Inputs: TypeAlias = dict[str, Value]

CONNECTION: Final = "connection"
QUALIFIED_NAME: Final = "connection_qualified_name"
CREDENTIAL: Final = "credential"
CREDENTIAL_GUID: Final = "credential_guid"
AGENT_JSON: Final = "agent_json"
RUNTIME_KEYS: Final = frozenset({"user-id", "user_id", "workflow_id", "correlation_id"})
"""Inputs that the service adds by itself, and that a publish must not send back."""

_SECRET: Final = re.compile(r"pass(word|phrase|wd)|secret|token|(private|api|access)[-_]?key", re.IGNORECASE)
_NEVER_IMPORTED: Final = RUNTIME_KEYS | {CONNECTION, QUALIFIED_NAME, CREDENTIAL, CREDENTIAL_GUID}


# Comparing


def as_object(value: Value) -> Inputs:
    """Return the value if it is an object, and an empty object otherwise."""
    return value if isinstance(value, dict) else {}


# The connection and the credential among the inputs


def connection_attributes(connection: Value) -> Inputs:
    """Return the attributes of a connection object, or of its JSON text."""
    return as_object(as_object(as_json(connection)).get("attributes"))


def credential_guid(remote: Mapping[str, Value]) -> str | None:
    """Return the guid of the credential that a workflow uses, from either input that the service routes it to."""
    found = remote.get(CREDENTIAL_GUID) or default_credential_guid(remote.get(CONNECTION))
    return found if isinstance(found, str) and found else None


def default_credential_guid(connection: Value) -> Value:
    """Return the guid of the credential that a connection carries."""
    return connection_attributes(connection).get("defaultCredentialGuid")


# Importing


def is_secret(key: str, value: Value, contract: Contract | None) -> bool:
    """Return True if an input may contain secrets, so that only a configuration may put it into a state.

    These are the settings of an agent, what the contract marks as secret, and a text under a name such as ``token``.
    """
    declared = contract is not None and contract.is_secret(key)
    return key == AGENT_JSON or declared or _names_secret({key: as_json(value)})


def _names_secret(value: Value) -> bool:
    if isinstance(value, list):
        return any(map(_names_secret, value))
    if not isinstance(value, dict):
        return False
    return any(
        (isinstance(item, str) and item and _SECRET.search(key)) or _names_secret(item) for key, item in value.items()
    )


def readable(remote: Mapping[str, Value]) -> Inputs:
    """Return the inputs of the service as a person writes them: JSON text opened, without nulls and runtime keys.

    The connection and the credential are left out, because they have attributes of their own.
    """
    return {
        key: _without_nulls(as_json(value))
        for key, value in remote.items()
        if key not in _NEVER_IMPORTED and value is not None
    }


def to_import(remote: Mapping[str, Value], contract: Contract | None) -> Inputs:
    """Return the inputs that a person would have configured: the readable ones that differ from their default."""
    return readable(without_defaults(remote, contract.defaults if contract else {}))


def without_defaults(inputs: Mapping[str, Value], defaults: Mapping[str, Value]) -> Inputs:
    """Return the inputs that differ from their default."""
    return {key: value for key, value in inputs.items() if not (key in defaults and equal(value, defaults[key]))}


def _without_nulls(value: Value) -> Value:
    if isinstance(value, dict):
        return {key: _without_nulls(item) for key, item in value.items() if item is not None}
    return value
