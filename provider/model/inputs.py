"""The inputs of a workflow: the names that have a meaning in the service, and the inputs that an import reads.

Source: the service changes inputs between a publish and a read. It removes the raw credential and writes the
credential's guid to another input. It returns ``connection`` as an object or as JSON text, and other JSON text as
objects. It leaves out ``connection_qualified_name`` and adds ids. It also returns inputs that the web UI submitted.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final, TypeAlias

from provider.framework import Value
from provider.model.json_inputs import as_json, equal, without_nulls
from provider.model.normal_form import normalized

if TYPE_CHECKING:
    from provider.contracts.schema import Contract

Inputs: TypeAlias = dict[str, Value]

CONNECTION: Final = "connection"
QUALIFIED_NAME: Final = "connection_qualified_name"
CREDENTIAL: Final = "credential"
CREDENTIAL_GUID: Final = "credential_guid"
AGENT_JSON: Final = "agent_json"
EXTRACTION_METHOD: Final = "extraction_method"
FILTERS: Final = ("include_filter", "exclude_filter")
"""The inputs that contain a filter."""
SERVICE_NAMES: Final = frozenset(
    {CONNECTION, QUALIFIED_NAME, CREDENTIAL, CREDENTIAL_GUID, AGENT_JSON, EXTRACTION_METHOD}
)
"""Inputs that the service itself reads. An open contract does not have to declare them."""
DEFAULT_CREDENTIAL: Final = "defaultCredentialGuid"
"""The attribute of the connection that contains the guid of its credential."""
RUNTIME_KEYS: Final = frozenset({"user-id", "user_id", "workflow_id", "correlation_id"})
"""Inputs that the service adds. A publish must not send them back."""
RUNTIME_NAMES: Final = RUNTIME_KEYS | {"output_path"}
"""Inputs that an open contract can declare, and that the service sets for each run. A message never suggests them."""

_NEVER_IMPORTED_NAMES: Final = RUNTIME_KEYS | {CONNECTION, QUALIFIED_NAME, CREDENTIAL, CREDENTIAL_GUID}


# Values


def as_object(value: Value) -> Inputs:
    """Return the value if it is an object, and an empty object otherwise."""
    return value if isinstance(value, dict) else {}


def contains(inputs: Value, name: str) -> bool:
    """Return True if inputs contain a value under a name that is not null."""
    return as_object(inputs).get(name) is not None


# The connection and the credential


def connection_attributes(connection: Value) -> Inputs:
    """Return the attributes in the input ``connection``, an object or JSON text. Return {} for another value."""
    return as_object(as_object(as_json(connection)).get("attributes"))


def connection_qualified_name(attributes: Mapping[str, Value]) -> Value:
    """Return the qualified name in the attributes of the input ``connection``, or None."""
    return attributes.get("qualifiedName")


def credential_guid(remote: Mapping[str, Value]) -> str | None:
    """Return the guid of the credential that a workflow uses, from ``credential_guid`` or the connection, or None."""
    guid = remote.get(CREDENTIAL_GUID) or default_credential_guid(remote.get(CONNECTION))
    return guid if isinstance(guid, str) and guid else None


def default_credential_guid(connection: Value) -> Value:
    """Return the guid of the credential in the input ``connection``, or None."""
    return connection_attributes(connection).get(DEFAULT_CREDENTIAL)


# Importing


def is_secret(key: str, value: Value, contract: Contract | None) -> bool:
    """Return True if an input may contain secrets, so an import must not put the input into state.

    This is true for the settings of an agent, an input that the contract marks as secret, and a value with a name such
    as ``token``, at any depth.
    """
    # Imported here, because a launch that only answers the schema does not need it.
    from provider.model.secret_names import contains_secret

    declared = contract is not None and contract.is_secret(key)
    return key == AGENT_JSON or declared or contains_secret(value, key)


def readable(remote: Mapping[str, Value]) -> Inputs:
    """Return the service's inputs as a person would write them: objects in place of JSON text, and no nulls.

    The keys that the service adds are left out. The connection and the credential are also left out, because they have
    separate attributes. Keys that Terraform cannot distinguish are left out, too.
    """
    return {
        key: without_nulls(as_json(value))
        for key, value in as_object(normalized(dict(remote))).items()
        if key not in _NEVER_IMPORTED_NAMES and value is not None
    }


def to_import(remote: Mapping[str, Value], contract: Contract | None) -> Inputs:
    """Return the readable inputs that differ from their default in the contract."""
    return readable(without_defaults(remote, contract.defaults if contract else {}))


def without_defaults(inputs: Mapping[str, Value], defaults: Mapping[str, Value]) -> Inputs:
    """Return the inputs that differ from their default."""
    return {key: value for key, value in inputs.items() if not (key in defaults and equal(value, defaults[key]))}
