"""A workflow's inputs: how what is configured, what is in state and what the service holds meet.

The service's facts behind it: inputs come back changed. The raw credential is gone and its guid stands elsewhere;
``connection`` may be an object or JSON text of it; ``connection_qualified_name`` is left out; fields that hold
JSON text may come back as objects; the service adds ids of its own, and what the web UI submits stands there too.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Collection, Mapping
from decimal import Decimal
from typing import Any, Final

from provider.contracts.schema import Contract
from provider.framework import Unknown, same
from provider.model import json_inputs

Inputs = dict[str, Any]

CONNECTION: Final = "connection"
QUALIFIED_NAME: Final = "connection_qualified_name"
CREDENTIAL: Final = "credential"
CREDENTIAL_GUID: Final = "credential_guid"
AGENT_JSON: Final = "agent_json"
RUNTIME_KEYS: Final = frozenset({"user-id", "user_id", "workflow_id", "correlation_id"})

_SECRET: Final = re.compile(r"pass(word|phrase|wd)|secret|token|(private|api|access)[-_]?key", re.IGNORECASE)
_NEVER_READ_BACK: Final = frozenset({QUALIFIED_NAME, CREDENTIAL})
_ADMINS: Final = frozenset({"adminUsers", "adminGroups", "adminRoles"})
_NEVER_IMPORTED: Final = RUNTIME_KEYS | {CONNECTION, QUALIFIED_NAME, CREDENTIAL, CREDENTIAL_GUID}


# Comparing


def as_json(value: Any) -> Any:
    """The object or list that a text holds as JSON; any other value as it is."""
    if not isinstance(value, str) or value.lstrip()[:1] not in ("{", "["):
        return value
    try:
        return json.loads(value)
    except (ValueError, RecursionError):
        return value


def equal(left: Any, right: Any) -> bool:
    """Whether two values mean the same to the service: JSON text and what it holds do, so do 1 and 1.0."""
    if isinstance(left, str) and left == right:
        return True
    left, right = as_json(left), as_json(right)
    if isinstance(left, dict) and isinstance(right, dict):
        return left.keys() == right.keys() and all(equal(left[key], right[key]) for key in left)
    if isinstance(left, list) and isinstance(right, list):
        return len(left) == len(right) and all(map(equal, left, right))
    if isinstance(left, Decimal) or isinstance(right, Decimal):
        return _same_float(left, right)
    return same(left, right)


def _same_float(left: Any, right: Any) -> bool:
    numbers = (int, float, Decimal)
    return isinstance(left, numbers) and isinstance(right, numbers) and float(left) == float(right)


# Reading


def overlay(configured: Inputs, remote: Inputs, guarded: Collection[str] = ()) -> Inputs:
    """The configured keys with the values that the service holds, written as they were where they mean the same.

    ``guarded`` are those that hold secrets beside what is configured: nothing that was added to them is shown.
    """
    routed = {remote.get(CREDENTIAL_GUID), _default_credential_guid(remote.get(CONNECTION))}
    found: Inputs = {}
    for key, value in configured.items():
        if key in _NEVER_READ_BACK or (key == CREDENTIAL_GUID and (not value or value in routed)):
            found[key] = value
        elif key in remote:
            found[key] = _guarded(value, remote[key]) if key in guarded else _laid_over(value, remote[key], _merge(key))
        elif value is None:
            found[key] = None
    return found


def _merge(key: str) -> Callable[[Inputs, Inputs], Inputs]:
    return _in_connection if key == CONNECTION else _in_object


def _guarded(value: Any, remote: Any) -> Any:
    """The configured keys of an object alone; None in place of what is no object any more and may be a secret."""
    if isinstance(as_json(value), dict) and not isinstance(as_json(remote), dict):
        return None
    return _laid_over(value, remote, _in_guarded)


def _laid_over(value: Any, remote: Any, merge: Callable[[Inputs, Inputs], Inputs]) -> Any:
    """What the service holds, in the form in which the value was written: as text or opened."""
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
    """An object with what was added to it and without what was removed; a null is the same as no value."""
    added = {key: value for key, value in theirs.items() if key not in ours and value is not None}
    return _known_of(ours, theirs, _in_object) | added


def _in_guarded(ours: Inputs, theirs: Inputs) -> Inputs:
    return _known_of(ours, theirs, _in_guarded)


def _in_connection(ours: Inputs, theirs: Inputs) -> Inputs:
    """A connection with the attributes that are configured; admins have no order, and none may be left out."""
    admins = {key: value for key, value in ours.items() if key in _ADMINS and _same_admins(value, theirs.get(key))}
    return _known_of(ours, theirs, _in_connection) | admins


def _known_of(ours: Inputs, theirs: Inputs, merge: Callable[[Inputs, Inputs], Inputs]) -> Inputs:
    held = {key: _laid_over(ours[key], theirs[key], merge) for key in ours if key in theirs}
    return held | {key: None for key in ours if key not in theirs and ours[key] is None}


def _same_admins(ours: Any, theirs: Any) -> bool:
    if not (isinstance(ours or [], list) and isinstance(theirs or [], list)):
        return False
    return sorted(map(str, ours or [])) == sorted(map(str, theirs or []))


def _default_credential_guid(connection: Any) -> Any:
    return connection_attributes(connection).get("defaultCredentialGuid")


def connection_attributes(connection: Any) -> dict[str, Any]:
    """The attributes of a connection object, or of its JSON text."""
    opened = as_json(connection)
    found = opened.get("attributes") if isinstance(opened, dict) else None
    return found if isinstance(found, dict) else {}


def credential_guid(remote: Inputs) -> str | None:
    """The guid of a workflow's vaulted credential, wherever the service routed it."""
    found = remote.get(CREDENTIAL_GUID) or _default_credential_guid(remote.get(CONNECTION))
    return found if isinstance(found, str) and found else None


# Publishing


def to_create(configured: Inputs, contract: Contract | None) -> Inputs:
    """The inputs of a create."""
    return as_contract_wants(_with_safe_guid(dict(configured)), contract)


def _with_safe_guid(payload: Inputs) -> Inputs:
    """The guid where it does no harm: on the connection, with an empty one at the top.

    The service's facts: null is refused, and a bare guid with no credential beside it rewrites the record of the
    credential for every workflow that shares it.
    """
    guid = payload.get(CREDENTIAL_GUID)
    if CREDENTIAL in payload:
        return {**payload, CREDENTIAL_GUID: guid or ""}
    if CREDENTIAL_GUID in payload:
        payload = {**payload, CREDENTIAL_GUID: ""}
    connection = as_json(payload.get(CONNECTION))
    if guid and isinstance(connection, dict):
        attributes = {**connection_attributes(connection), "defaultCredentialGuid": guid}
        payload[CONNECTION] = {**connection, "attributes": attributes}
    return payload


def to_update(configured: Inputs, before: Inputs, remote: Inputs, contract: Contract | None) -> Inputs:
    """The inputs of a full replace: what is configured, over what somebody else set and nobody here manages.

    ``before`` is what state held: a key of it that left the configuration leaves the workflow. A vaulted
    credential is kept by leaving it out, with an empty guid: a bare guid would rewrite the shared credential, and
    on the connection, where another's belongs, the workflow's own would become the connection's.
    """
    left = before.keys() - configured.keys()
    payload = {key: value for key, value in remote.items() if key not in RUNTIME_KEYS and key not in left} | configured
    if payload.get(CREDENTIAL_GUID) and payload[CREDENTIAL_GUID] == remote.get(CREDENTIAL_GUID):
        payload[CREDENTIAL_GUID] = ""
    if CREDENTIAL in payload and equal(payload[CREDENTIAL], before.get(CREDENTIAL)):
        del payload[CREDENTIAL]
        payload[CREDENTIAL_GUID] = ""
    if CONNECTION in configured and CONNECTION in remote:
        payload[CONNECTION] = _keep_attributes(as_json(configured[CONNECTION]), as_json(remote[CONNECTION]))
    qualified_name = connection_attributes(payload.get(CONNECTION)).get("qualifiedName")
    if qualified_name and QUALIFIED_NAME not in configured:
        payload[QUALIFIED_NAME] = qualified_name
    return to_create(payload, contract)


def _keep_attributes(configured: Any, remote: Any) -> Any:
    """The configured connection with what the service alone knows of it, such as its credential."""
    ours, theirs = connection_attributes(configured), connection_attributes(remote)
    if not ours or ours.get("qualifiedName") != theirs.get("qualifiedName"):
        return configured
    return {**remote, **configured, "attributes": {**theirs, **ours}}


def as_contract_wants(inputs: Inputs, contract: Contract | None) -> Inputs:
    """The inputs with objects as JSON text, or JSON text as objects, where the contract takes only the other.

    What JSON text cannot carry stays as it is, and is found when the inputs are checked. Unknown is what holds unknown.
    """
    if contract is None:
        return inputs
    return {key: _as_wanted(key, value, contract) for key, value in inputs.items()}


def _as_wanted(key: str, value: Any, contract: Contract) -> Any:
    if isinstance(value, dict | list) and contract.takes_json_text(key):
        try:
            return json_inputs.encode(value)
        except ValueError:
            return value
    types = contract.types(key)
    if isinstance(value, str) and types & {"object", "array"} and "string" not in types:
        return as_json(value)
    return value


# Write-only inputs


def merged(inputs: Any, write_only: Any) -> Any:
    """Write-only inputs laid deep over the others; lists replace whole, JSON text is opened where both have keys.

    Keys that are laid over what is Unknown leave it Unknown.
    """
    ours, theirs = as_json(inputs), as_json(write_only)
    if ours is Unknown and isinstance(theirs, dict):
        return Unknown
    if not (isinstance(ours, dict) and isinstance(theirs, dict)):
        return write_only
    both = {key: merged(ours[key], theirs[key]) if key in ours else theirs[key] for key in theirs}
    return {**ours, **both}


def leaves(value: Any) -> list[list[str]]:
    """The paths of the values in nested objects."""
    opened = as_json(value)
    if not isinstance(opened, dict) or not opened:
        return [[]]
    return [[key, *rest] for key, item in opened.items() for rest in leaves(item)]


def without(value: Any, paths: list[list[str]]) -> Any:
    """The value without what stands at those paths, and without the objects that are empty for it."""
    opened = as_json(value)
    inside: dict[str, list[list[str]]] = {}
    for key, *rest in filter(None, paths):
        inside.setdefault(key, []).append(rest)
    if not isinstance(opened, dict) or not inside.keys() & opened.keys():
        return value
    kept = {key: item if key not in inside else without(item, inside[key]) for key, item in opened.items()}
    return {key: item for key, item in kept.items() if not ([] in inside.get(key, []) or _emptied(opened[key], item))}


def _emptied(before: Any, after: Any) -> bool:
    return bool(after == {} and as_json(before) != {})


def in_both(inputs: Any, write_only: Any) -> list[list[str]]:
    """The paths that stand in both, where one of the two would silently win."""
    ours, theirs = as_json(inputs), as_json(write_only)
    if ours is None or ours is Unknown or theirs is Unknown:
        return []
    if not (isinstance(ours, dict) and isinstance(theirs, dict)):
        return [[]]
    return [[key, *rest] for key in theirs if key in ours for rest in in_both(ours[key], theirs[key])]


# Importing and reading


def is_secret(key: str, value: Any, contract: Contract | None) -> bool:
    """Whether an input may hold secrets of its own, and so stays out of every state that nobody wrote.

    An agent's settings, what the contract says so of, and an object with a text under a name such as ``token``.
    """
    declared = contract is not None and contract.is_secret(key)
    return key == AGENT_JSON or declared or _names_secret({key: as_json(value)})


def _names_secret(value: Any) -> bool:
    if isinstance(value, list):
        return any(map(_names_secret, value))
    if not isinstance(value, dict):
        return False
    return any(
        (isinstance(item, str) and item and _SECRET.search(key)) or _names_secret(item) for key, item in value.items()
    )


def readable(remote: Inputs) -> Inputs:
    """What the service holds, as a person writes it: JSON text opened, no nulls, nothing that the service added.

    The connection and the credential are left out, for they have attributes of their own.
    """
    return {
        key: _without_nulls(as_json(value))
        for key, value in remote.items()
        if key not in _NEVER_IMPORTED and value is not None
    }


def to_import(remote: Inputs, contract: Contract | None) -> Inputs:
    """What a person would have configured: what is readable, without the contract's defaults."""
    return readable(without_defaults(remote, contract.defaults if contract else {}))


def without_defaults(inputs: Inputs, defaults: Mapping[str, Any]) -> Inputs:
    """The inputs that differ from their default."""
    return {key: value for key, value in inputs.items() if not (key in defaults and equal(value, defaults[key]))}


def _without_nulls(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _without_nulls(item) for key, item in value.items() if item is not None}
    return value
