"""Find the attribute from which a location in the published inputs comes."""

from __future__ import annotations

from collections.abc import Sequence

from provider.client.errors import Location
from provider.framework import Path, Value
from provider.model import credential
from provider.model.connection import ASSET_CONNECTION, ATTRIBUTE_NAMES
from provider.model.inputs import CONNECTION, CREDENTIAL, CREDENTIAL_GUID
from provider.model.json_inputs import as_json
from provider.resources.app.schema import AppState


def attribute_path(config: AppState, path: Sequence[str | int]) -> Path:
    """Return the path of the attribute from which the input at a path comes.

    The result contains the name of the input if the configuration contains this input. A null counts only if the other
    attribute contains no value.
    """
    input_name = path[0] if path else None
    if input_name == CONNECTION and isinstance(config[ASSET_CONNECTION], dict):
        inner = ATTRIBUTE_NAMES.get(str(path[2])) if len(path) > 2 else None
        return [ASSET_CONNECTION, inner] if inner else [ASSET_CONNECTION]
    if input_name == CREDENTIAL and config["credential_wo"] is not None:
        attribute = credential.attribute_of(map(str, path[1:2]))
        return ["credential_wo", attribute] if attribute else ["credential_wo"]
    if input_name == CREDENTIAL_GUID and config["credential_guid"] is not None:
        return ["credential_guid"]
    configured = {"inputs": config["inputs"], "inputs_wo": config["inputs_wo"]}
    names = [each for each in ("inputs_wo", "inputs") if contains(configured[each], path)]
    names += [each for each, value in configured.items() if _is_written(value, path)]
    name = next(iter(names), "inputs")
    return [name, (input_name,)] if input_name is not None and _is_written(configured[name], path[:1]) else [name]


def attribute_location(config: AppState, location: Location) -> Location:
    """Return the location of the attribute from which a location in a request body comes.

    A location outside the inputs is returned unchanged. Source: the service names the location of a mistake in the
    body, such as ``inputs.credential.port``.
    """
    if location[:1] != ("inputs",):
        return location
    steps = attribute_path(config, location[1:])
    return tuple(step[0] if isinstance(step, tuple) else step for step in steps)


def contains(value: Value, path: Sequence[str | int]) -> bool:
    """Return True if the path leads to a value that is not null. Return False for an empty path.

    JSON text is read as the object that it contains.
    """
    return _is_written(value, path) and _at(value, path) is not None


def _is_written(value: Value, path: Sequence[str | int]) -> bool:
    """Return True if the path leads to a key, whose value may be null. Return False for an empty path."""
    keys = as_json(_at(value, path[:-1]))
    return bool(path) and isinstance(keys, dict) and path[-1] in keys


def _at(value: Value, path: Sequence[str | int]) -> Value:
    """Return the value at a path of keys, or None."""
    for step in path:
        value = as_json(value)
        value = value.get(step) if isinstance(value, dict) and isinstance(step, str) else None
    return value
