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

    The result contains the name of the input if the configuration contains this input.
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
    name = "inputs_wo" if contains(config["inputs_wo"], path) else "inputs"
    return [name, (input_name,)] if input_name is not None and contains(configured[name], path[:1]) else [name]


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
    """Return True if the path leads to a key in the value. Return False for an empty path.

    JSON text is read as the object that it contains.
    """
    for step in path:
        value = as_json(value)
        if not (isinstance(value, dict) and isinstance(step, str) and step in value):
            return False
        value = value[step]
    return bool(path)
