"""Read inputs back: the configured keys with the values of the service, written as they were configured."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Mapping
from typing import Final, TypeAlias

from provider.framework import Value
from provider.model.inputs import (
    CONNECTION,
    CREDENTIAL,
    CREDENTIAL_GUID,
    QUALIFIED_NAME,
    Inputs,
    default_credential_guid,
)
from provider.model.json_inputs import as_json, equal

_Merge: TypeAlias = Callable[[Inputs, Inputs], Inputs]

_NEVER_READ_BACK: Final = frozenset({QUALIFIED_NAME, CREDENTIAL})
_ADMINS: Final = frozenset({"adminUsers", "adminGroups", "adminRoles"})


def overlay(configured: Mapping[str, Value], remote: Mapping[str, Value], guarded: Collection[str] = ()) -> Inputs:
    """Return the configured keys with the values of the service, in the configured form where they are equal.

    ``guarded`` are inputs with a write-only part. Only their configured keys are returned, because a key that was
    added may contain a copy of the secret.
    """
    routed = [remote.get(CREDENTIAL_GUID), default_credential_guid(remote.get(CONNECTION))]
    found: Inputs = {}
    for key, value in configured.items():
        if key in _NEVER_READ_BACK or (key == CREDENTIAL_GUID and (not value or value in routed)):
            found[key] = value
        elif key in remote:
            found[key] = _guarded(value, remote[key]) if key in guarded else _laid_over(value, remote[key], _merge(key))
        elif value is None:
            found[key] = None
    return found


def _merge(key: str) -> _Merge:
    return _in_connection if key == CONNECTION else _in_object


def _guarded(value: Value, remote: Value) -> Value:
    """Return the configured keys of an object. Return None if the service has something else, which may be a secret."""
    if isinstance(as_json(value), dict) and not isinstance(as_json(remote), dict):
        return None
    return _laid_over(value, remote, _in_guarded)


def _laid_over(value: Value, remote: Value, merge: _Merge) -> Value:
    """Return the value of the service in the form of the configured value: as JSON text, or as an object."""
    if equal(value, remote):
        return value
    ours, found = as_json(value), as_json(remote)
    if isinstance(ours, dict) and isinstance(found, dict):
        found = merge(ours, found)
    elif isinstance(remote, str) and not isinstance(value, dict | list):
        return remote
    if not isinstance(value, str) or not isinstance(found, dict | list):
        return found
    return value if equal(value, found) else json.dumps(found, ensure_ascii=False)


def _in_object(ours: Inputs, theirs: Inputs) -> Inputs:
    """Return an object with the keys that were added and without those that were removed. Null equals no value."""
    added = {key: value for key, value in theirs.items() if key not in ours and value is not None}
    return _known_of(ours, theirs, _in_object) | added


def _in_guarded(ours: Inputs, theirs: Inputs) -> Inputs:
    return _known_of(ours, theirs, _in_guarded)


def _in_connection(ours: Inputs, theirs: Inputs) -> Inputs:
    """Return a connection with its configured attributes. Admins have no order, and an empty list may be absent."""
    admins = {key: value for key, value in ours.items() if key in _ADMINS and _same_admins(value, theirs.get(key))}
    return _known_of(ours, theirs, _in_connection) | admins


def _known_of(ours: Inputs, theirs: Inputs, merge: _Merge) -> Inputs:
    kept = {key: _laid_over(ours[key], theirs[key], merge) for key in ours if key in theirs}
    return kept | {key: None for key in ours if key not in theirs and ours[key] is None}


def _same_admins(ours: Value, theirs: Value) -> bool:
    ours, theirs = ours or [], theirs or []
    if not (isinstance(ours, list) and isinstance(theirs, list)):
        return False
    return sorted(map(str, ours)) == sorted(map(str, theirs))
