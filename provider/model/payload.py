"""Compute the inputs that a publish sends. A plan computes them for the check, and an apply computes them to send."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from collections.abc import Set as AbstractSet
from types import MappingProxyType
from typing import Final, Literal, NamedTuple

from provider.contracts.schema import Contract
from provider.framework import Unknown, UnknownType, UserError, Value, is_known
from provider.model import credential
from provider.model.connection import ASSET_CONNECTION, Attributes, to_wire
from provider.model.credential_names import named
from provider.model.inputs import (
    CONNECTION,
    CREDENTIAL,
    CREDENTIAL_GUID,
    DEFAULT_CREDENTIAL,
    FILTERS,
    QUALIFIED_NAME,
    RUNTIME_KEYS,
    Inputs,
    as_object,
    connection_attributes,
    connection_qualified_name,
)
from provider.model.json_inputs import NullElement, as_json, encode, equal, has_null_element, merged, without_nulls
from provider.model.known_apps import FilterShape, known_apps
from provider.model.normal_form import is_normalized, spellings
from provider.model.null_elements import check_inputs, null_element
from provider.model.published import Published
from provider.model.spelling import as_stored

_ADDED_NAMES: Final = frozenset({CREDENTIAL, CREDENTIAL_GUID})
"""The inputs that a publish may add to the configured ones, and that a contract does not have to declare."""

_TEXT_SHAPES: Final[frozenset[FilterShape]] = frozenset({"anchored", "nested", "projects"})
"""The shapes of filters that an app reads as JSON text. Source: the typed builders of the vendor's SDK."""


class Stored(NamedTuple):
    """The stored connection and inputs of a workflow. The defaults are for a plan that creates a workflow.

    ``connection`` contains the attributes to send if the configuration does not contain them. It is Unknown in a plan,
    because a plan does not read the connection.
    """

    connection: Attributes | UnknownType = Unknown
    inputs: Mapping[str, Value] | None = None
    """The inputs of the workflow's published version, or None for a new workflow."""
    managed: Mapping[str, Value] = MappingProxyType({})
    """The inputs that this configuration published last. An input that left the configuration is removed."""
    left_out: AbstractSet[str] = frozenset()
    """The names of stored inputs, as they are stored, that the plan leaves out because the contract forbids them."""


class Payload(NamedTuple):
    """The inputs of the next version, and what the check of a plan needs to know about them."""

    inputs: Inputs
    """All inputs that the publish sends."""
    checked: Inputs
    """The inputs to compare with the contract: all without those that a publish adds and no contract declares."""
    present: frozenset[str]
    """The names of the inputs that the version contains. The service adds the connection's qualified name."""
    encoded: frozenset[str] = frozenset()
    """The names of the inputs whose object or list is sent as JSON text."""


def to_publish(
    config: Published,
    planned: Published,
    stored: Stored,
    contract: Contract | None,
    *,
    sends_credential: bool,
    stored_again: bool = False,
    token: str | UnknownType = Unknown,
) -> Payload | None:
    """Return all inputs of the next version, or None if they are unknown or not an object.

    ``token`` makes the name of a credential unique, if the name is not configured or if the credential is
    ``stored_again``. It is Unknown in a plan. What depends on Unknown is Unknown. Raises UserError for null in a list.
    """
    if isinstance(planned["inputs"], str) or isinstance(config["inputs_wo"], str):  # JSON text is not an object.
        return None
    try:
        configured = merged(planned["inputs"] or {}, config["inputs_wo"] or {})
    except NullElement:  # The plan may not have known it.
        raise UserError.of(next(iter(check_inputs(planned["inputs"], config["inputs_wo"])))) from None
    if not isinstance(configured, dict):
        return None
    inputs = _with_attributes(configured, config, planned, stored.connection)
    if sends_credential and config["credential_wo"] is not None:
        inputs = {**inputs, CREDENTIAL: _credential(config["credential_wo"])}
    inputs = inputs if stored.inputs is None else _over_stored(inputs, stored.inputs, stored)
    inputs = _with_safe_guid(inputs)
    if CREDENTIAL in inputs:
        connector = _connector_name(inputs.get(CONNECTION))
        inputs = {**inputs, CREDENTIAL: named(inputs[CREDENTIAL], connector, token, stored_again=stored_again)}
    before, text_objects = inputs, _text_objects(planned["app_id"])
    inputs = {name: _in_form(name, inputs[name], contract, text_objects) for name in inputs}
    encoded = [name for name in inputs if isinstance(inputs[name], str) and isinstance(before[name], dict | list)]
    opened = {name for name in inputs if not (isinstance(before[name], str) and isinstance(inputs[name], str))}
    texts = {name: value for name, value in configured.items() if name in opened and isinstance(value, str)}
    _refuse_null_elements(texts, config["inputs_wo"])
    unchecked = _unchecked_names(configured.keys(), contract)
    checked = {name: value for name, value in inputs.items() if name not in unchecked}
    return Payload(inputs, checked, frozenset({*inputs, QUALIFIED_NAME}), frozenset(encoded))


def _refuse_null_elements(texts: Mapping[str, str], inputs_wo: Value) -> None:
    """Raise UserError if an input contains null in a list. ``texts`` are the JSON texts that are sent as objects."""
    for name, text in texts.items():
        if has_null_element(as_json(text)):
            raise UserError.of(null_element("inputs_wo" if name in as_object(inputs_wo) else "inputs", name, text))


def _unchecked_names(configured: AbstractSet[str], contract: Contract | None) -> AbstractSet[str]:
    """Return the names of the inputs that only the publish adds. A declared credential is checked."""
    added = _ADDED_NAMES - configured
    return added - {CREDENTIAL} if contract is not None and CREDENTIAL in contract.properties else added


def _with_attributes(inputs: Inputs, config: Published, planned: Published, stored: Attributes | UnknownType) -> Inputs:
    """Return the inputs with the values of the attributes ``asset_connection`` and ``credential_guid``."""
    connection = planned[ASSET_CONNECTION]
    if isinstance(connection, dict):
        if inputs.get("extraction_method") != "agent":
            inputs = {CREDENTIAL_GUID: "", **inputs}
        inputs = {**inputs, CONNECTION: to_wire(connection, stored)}
    elif connection is not None:
        inputs = {CONNECTION: connection, **inputs}
    if config["credential_guid"] is not None:
        inputs = {**inputs, CREDENTIAL_GUID: planned["credential_guid"]}
    return inputs


def _credential(credential_wo: Value) -> Value:
    return credential.body(credential_wo) if isinstance(credential_wo, dict) else credential_wo


def _connector_name(connection: Value) -> Value:
    return Unknown if connection is Unknown else connection_attributes(connection).get("connectorName", "app")


def kept(stored: Stored, configured: Collection[str]) -> Inputs:
    """Return the stored inputs that a publish sends unchanged. ``configured`` are the names of all other inputs."""
    removed, inputs = {*stored.managed, *configured, *RUNTIME_KEYS}, _not_left_out(stored)
    found = spellings(inputs)
    return {
        name: inputs[name] for key, names in found.items() if key not in removed or len(names) > 1 for name in names
    }


def _not_left_out(stored: Stored) -> Inputs:
    return {name: value for name, value in (stored.inputs or {}).items() if name not in stored.left_out}


def in_form(inputs: Inputs, contract: Contract, app_id: Value) -> Inputs:
    """Return inputs in the form in which a publish sends them."""
    text_objects = _text_objects(app_id)
    return {name: _in_form(name, value, contract, text_objects) for name, value in inputs.items()}


def _over_stored(inputs: Inputs, stored_inputs: Mapping[str, Value], stored: Stored) -> Inputs:
    """Return the inputs together with the stored inputs that others set and that this configuration does not contain.

    To keep a stored credential, leave out the credential and send an empty guid. A guid without a credential would
    rewrite the shared credential. On the connection, the guid would become the guid of the connection.
    """
    payload = {**kept(stored, inputs.keys()), **inputs}
    if payload.get(CREDENTIAL_GUID) and payload[CREDENTIAL_GUID] == stored_inputs.get(CREDENTIAL_GUID):
        payload[CREDENTIAL_GUID] = ""
    if not is_known(payload.get(CREDENTIAL)):  # It may equal the stored credential.
        payload |= {CREDENTIAL: Unknown, CREDENTIAL_GUID: Unknown}
    elif CREDENTIAL in payload and equal(payload[CREDENTIAL], stored.managed.get(CREDENTIAL)):
        del payload[CREDENTIAL]
        payload[CREDENTIAL_GUID] = ""
    if CONNECTION in inputs and CONNECTION in stored_inputs:
        before, theirs = connection_attributes(stored.managed.get(CONNECTION)), as_json(stored_inputs[CONNECTION])
        payload[CONNECTION] = _with_stored_attributes(without_nulls(as_json(inputs[CONNECTION])), theirs, before)
    qualified_name = connection_qualified_name(connection_attributes(payload.get(CONNECTION)))
    if qualified_name and QUALIFIED_NAME not in inputs:
        payload[QUALIFIED_NAME] = qualified_name
    return payload if is_normalized(stored_inputs) else as_object(as_stored(payload, _not_left_out(stored)))


def _with_stored_attributes(connection: Value, stored: Value, managed: Mapping[str, Value]) -> Value:
    """Return the connection with the stored attributes that others set, such as its credential.

    Of the ``managed`` attributes that left the configuration, only the name stays, because a run without a name renames
    the connection. A stored connection with another qualified name is ignored.
    """
    ours, theirs = connection_attributes(connection), connection_attributes(stored)
    if not ours or connection_qualified_name(ours) != connection_qualified_name(theirs):
        return connection
    kept = {name: value for name, value in theirs.items() if name == "name" or managed.get(name) is None}
    return {**as_object(stored), **as_object(connection), "attributes": {**kept, **ours}}


def _with_safe_guid(inputs: Inputs) -> Inputs:
    """Return the inputs with the credential's guid on the connection, and an empty one at the top.

    Source: the service refuses null. A guid in the inputs without a credential rewrites the stored credential for
    every workflow that shares the credential.
    """
    guid = inputs.get(CREDENTIAL_GUID)
    if not isinstance(guid, str | UnknownType | None):
        return inputs  # The check of the plan reports the wrong type.
    if CREDENTIAL in inputs:
        return {**inputs, CREDENTIAL_GUID: guid or ""}
    connection = inputs.get(CONNECTION)
    if guid and isinstance(as_json(connection), dict):
        inputs = {**inputs, CONNECTION: _with_default_credential(connection, guid)}
    if CREDENTIAL_GUID not in inputs:
        return inputs
    return {**inputs, CREDENTIAL_GUID: "" if is_known(guid) else Unknown}  # An Unknown value may have a wrong type.


def _with_default_credential(connection: Value, guid: str | UnknownType) -> Value:
    """Return the connection with a credential's guid. The result is Unknown if the guid decides its form.

    An Unknown guid may turn out to be empty. Then the apply sends the connection as it is configured.
    """
    opened = as_object(without_nulls(as_json(connection)))
    attributes = connection_attributes(opened)
    if guid is Unknown and not (attributes and isinstance(connection, dict)):
        return Unknown
    return {**opened, "attributes": {**attributes, DEFAULT_CREDENTIAL: guid}}


def _text_objects(app_id: Value) -> tuple[str, ...]:
    """Return the names of the filters that the app reads only as JSON text."""
    app = known_apps().get(app_id) if isinstance(app_id, str) else None
    return FILTERS if app is not None and app.filter_shape in _TEXT_SHAPES else ()


def _in_form(name: str, value: Value, contract: Contract | None, text_objects: tuple[str, ...]) -> Value:
    """Return a value in the form that the contract accepts: an object or list as JSON text, or JSON text as an object.

    If the contract accepts both, an object of an input in ``text_objects`` is JSON text. A value that JSON text cannot
    contain is unchanged, and the check of the plan reports the value. Without a contract, every value is unchanged.
    """
    if contract is None:
        return value
    kind: Literal["array", "object"] = "array" if isinstance(value, list) else "object"
    if isinstance(value, dict | list) and contract.takes_json_text(name, kind, text_objects):
        try:
            return encode(value)
        except ValueError:
            return value
    types = contract.types(name)
    if isinstance(value, str) and types & {"object", "array"} and "string" not in types:
        return without_nulls(as_json(value))
    return value
