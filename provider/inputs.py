"""A workflow's inputs: how what is configured, what is in state and what the service holds meet.

The service's facts behind it: inputs come back changed. The raw credential is gone and its guid stands elsewhere;
``connection`` may be an object or JSON text of it; ``connection_qualified_name`` is left out; fields that hold
JSON text may come back as objects; the service adds ids of its own, and what the web UI submits stands there too.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Final

from tf.types import Unknown

from provider.contracts import Contract
from provider.plugin import codec

Inputs = dict[str, Any]

CONNECTION: Final = "connection"
QUALIFIED_NAME: Final = "connection_qualified_name"
CREDENTIAL: Final = "credential"
CREDENTIAL_GUID: Final = "credential_guid"
AGENT_JSON: Final = "agent_json"
RUNTIME_KEYS: Final = frozenset({"user-id", "user_id", "workflow_id", "correlation_id"})

_NEVER_READ_BACK: Final = frozenset({QUALIFIED_NAME, CREDENTIAL})
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
    left, right = as_json(left), as_json(right)
    if isinstance(left, dict) and isinstance(right, dict):
        return left.keys() == right.keys() and all(equal(left[key], right[key]) for key in left)
    if isinstance(left, list) and isinstance(right, list):
        return len(left) == len(right) and all(map(equal, left, right))
    if isinstance(left, Decimal) or isinstance(right, Decimal):
        return _same_float(left, right)
    return codec.same(left, right)


def _same_float(left: Any, right: Any) -> bool:
    numbers = (int, float, Decimal)
    return isinstance(left, numbers) and isinstance(right, numbers) and float(left) == float(right)


# Reading


def overlay(configured: Inputs, remote: Inputs) -> Inputs:
    """The configured keys with the values that the service holds, written as they were where they mean the same."""
    routed = {remote.get(CREDENTIAL_GUID), _default_credential_guid(remote.get(CONNECTION))}
    found: Inputs = {}
    for key, value in configured.items():
        if key in _NEVER_READ_BACK or (key == CREDENTIAL_GUID and (not value or value in routed)):
            found[key] = value
        elif key in remote:
            found[key] = _laid_over(value, remote[key], only_known=key == CONNECTION)
        elif value is None:
            found[key] = None
    return found


def _laid_over(value: Any, remote: Any, *, only_known: bool = False) -> Any:
    if equal(value, remote):
        return value
    ours, theirs = as_json(value), as_json(remote)
    if not (isinstance(ours, dict) and isinstance(theirs, dict)):
        return remote
    merged = {key: _laid_over(ours[key], theirs[key], only_known=only_known) for key in ours if key in theirs}
    merged |= {key: None for key in ours if key not in theirs and ours[key] is None}
    if not only_known:
        merged |= {key: theirs[key] for key in theirs if key not in ours}
    if not isinstance(value, str):
        return merged
    return value if equal(value, merged) else json.dumps(merged, ensure_ascii=False)


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
    credential is kept by leaving it out, with an empty guid: a bare guid would rewrite the shared credential.
    """
    left = before.keys() - configured.keys()
    payload = {key: value for key, value in remote.items() if key not in RUNTIME_KEYS and key not in left}
    if payload.get(CREDENTIAL_GUID):
        payload[CREDENTIAL_GUID] = ""
    payload |= configured
    if CREDENTIAL in payload and equal(payload[CREDENTIAL], before.get(CREDENTIAL)):
        del payload[CREDENTIAL]
        payload[CREDENTIAL_GUID] = ""
    if CONNECTION in configured and CONNECTION in remote:
        payload[CONNECTION] = _keep_attributes(as_json(configured[CONNECTION]), as_json(remote[CONNECTION]))
    qualified_name = connection_attributes(payload.get(CONNECTION)).get("qualifiedName")
    if qualified_name:
        payload.setdefault(QUALIFIED_NAME, qualified_name)
    return to_create(payload, contract)


def _keep_attributes(configured: Any, remote: Any) -> Any:
    """The configured connection with what the service alone knows of it, such as its credential."""
    ours, theirs = connection_attributes(configured), connection_attributes(remote)
    if not ours or ours.get("qualifiedName") != theirs.get("qualifiedName"):
        return configured
    return {**remote, **configured, "attributes": {**theirs, **ours}}


def as_contract_wants(inputs: Inputs, contract: Contract | None) -> Inputs:
    """The inputs with objects as JSON text, or JSON text as objects, where the contract takes only the other."""
    if contract is None:
        return inputs
    return {key: _as_wanted(value, contract.types(key)) for key, value in inputs.items()}


def _as_wanted(value: Any, types: frozenset[str]) -> Any:
    if isinstance(value, dict | list) and "string" in types and not types & {"object", "array"}:
        return json.dumps(value, ensure_ascii=False, default=_json_number)
    if isinstance(value, str) and types & {"object", "array"} and "string" not in types:
        return as_json(value)
    return value


def _json_number(value: Any) -> float:
    if isinstance(value, Decimal):
        return float(value)
    raise TypeError(type(value).__name__)


# Write-only inputs


def merged(inputs: Any, write_only: Any) -> Any:
    """Write-only inputs laid deep over the others; lists replace whole, JSON text is opened where both have keys."""
    ours, theirs = as_json(inputs), as_json(write_only)
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


# Importing


def is_secret(key: str) -> bool:
    """Whether an input may hold secrets of its own, and so is left out of an import."""
    return key == AGENT_JSON


def to_import(remote: Inputs, contract: Contract | None) -> Inputs:
    """What a person would have configured: without what the service added, nulls, and the contract's defaults."""
    defaults: Mapping[str, Any] = contract.defaults if contract else {}
    return {
        key: _without_nulls(as_json(value))
        for key, value in remote.items()
        if key not in _NEVER_IMPORTED and value is not None and not (key in defaults and equal(value, defaults[key]))
    }


def _without_nulls(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _without_nulls(item) for key, item in value.items() if item is not None}
    return value
