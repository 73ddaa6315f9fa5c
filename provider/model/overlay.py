"""Compute the inputs in state from a read: the configured keys with the service's values, in their configured form.

The form of a value is JSON text or an object.
"""

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

_NEVER_READ_NAMES: Final = frozenset({QUALIFIED_NAME, CREDENTIAL})
_ADMIN_KEYS: Final = frozenset({"adminUsers", "adminGroups", "adminRoles"})


def overlay(configured: Mapping[str, Value], remote: Mapping[str, Value], guarded: Collection[str] = ()) -> Inputs:
    """Return the configured keys with the values of the service. An equal value keeps its configured form.

    A key that is null in ``configured`` stays null, because it is not managed.
    ``guarded`` are the names of inputs with a write-only part. Keys that were added to them outside Terraform are left
    out, because such a key may contain a copy of the secret.
    """
    guids = [remote.get(CREDENTIAL_GUID), default_credential_guid(remote.get(CONNECTION))]
    inputs: Inputs = {}
    for key, value in configured.items():
        if value is None or key in _NEVER_READ_NAMES or (key == CREDENTIAL_GUID and (not value or value in guids)):
            inputs[key] = value
        elif key in guarded and key in remote:
            inputs[key] = _overlay_guarded(value, remote[key])
        elif key in remote:
            inputs[key] = _overlay_value(value, remote[key], _merge_function(key))
    return inputs


def _merge_function(key: str) -> _Merge:
    return _merge_connections if key == CONNECTION else _merge_objects


def _overlay_guarded(value: Value, remote: Value) -> Value:
    """Return the configured keys of an object with the values of the service.

    If the service's value is not an object, return None, because it may be a secret.
    """
    if isinstance(as_json(value), dict) and not isinstance(as_json(remote), dict):
        return None
    return _overlay_value(value, remote, _merge_guarded)


def _overlay_value(value: Value, remote: Value, merge: _Merge) -> Value:
    """Return the value of the service in the form of the configured value: as JSON text, or as an object."""
    if equal(value, remote):
        return value
    ours, theirs = as_json(value), as_json(remote)
    if isinstance(ours, dict) and isinstance(theirs, dict):
        theirs = merge(ours, theirs)
    elif isinstance(remote, str) and not isinstance(value, dict | list):
        return remote
    if not isinstance(value, str) or not isinstance(theirs, dict | list):
        return theirs
    return value if equal(value, theirs) else json.dumps(theirs, ensure_ascii=False)


def _merge_objects(ours: Inputs, theirs: Inputs) -> Inputs:
    """Return an object with the keys that were added and without the keys that were removed.

    A null has the same meaning as a missing key.
    """
    added = {key: value for key, value in theirs.items() if key not in ours and value is not None}
    return _merge_configured_keys(ours, theirs, _merge_objects) | added


def _merge_guarded(ours: Inputs, theirs: Inputs) -> Inputs:
    return _merge_configured_keys(ours, theirs, _merge_guarded)


def _merge_connections(ours: Inputs, theirs: Inputs) -> Inputs:
    """Return a connection with its configured attributes. An attribute that is null stays null.

    Admins in another order are equal, and an empty list of admins equals a missing one.
    """
    admins = {key: value for key, value in ours.items() if key in _ADMIN_KEYS and _same_admins(value, theirs.get(key))}
    nulls: Inputs = {key: None for key, value in ours.items() if value is None}
    return _merge_configured_keys(ours, theirs, _merge_connections) | admins | nulls


def _merge_configured_keys(ours: Inputs, theirs: Inputs, merge: _Merge) -> Inputs:
    common = {key: _overlay_value(ours[key], theirs[key], merge) for key in ours if key in theirs}
    return common | {key: None for key in ours if key not in theirs and ours[key] is None}


def _same_admins(ours: Value, theirs: Value) -> bool:
    ours, theirs = ours or [], theirs or []
    if not (isinstance(ours, list) and isinstance(theirs, list)):
        return False
    return sorted(map(str, ours)) == sorted(map(str, theirs))
