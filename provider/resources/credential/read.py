"""Read a credential into state."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, TypeVar

from provider.framework import Value
from provider.model.credential_names import is_stored_as
from provider.model.inputs import as_object
from provider.model.json_inputs import equal
from provider.model.normal_form import normalized
from provider.resources.credential.schema import CredentialState, RemoteValues

if TYPE_CHECKING:
    from provider.client.entities import Credential

T = TypeVar("T", str, float)


def read(remote_credential: Credential, current: CredentialState) -> CredentialState:
    """Return the state with the values of the service. An optional attribute that is not configured stays null.

    A name that the credential is stored under with a suffix stays as it is configured.
    """
    remote = remote_values(remote_credential)
    return {
        **current,
        **remote,
        "name": current["name"] if is_stored_as(current["name"], remote["name"]) else remote["name"],
        "connector_type": _configured_value(current["connector_type"], remote["connector_type"]),
        "host": _configured_value(current["host"], remote["host"]),
        "port": _configured_value(current["port"], remote["port"]),
        "username": _configured_value(current["username"], remote["username"]),
        "extra": _read_extra(current["extra"], remote_credential.extra),
    }


def remote_values(remote_credential: Credential) -> RemoteValues:
    """Return the values of the attributes that the service returns in a read."""
    return {
        "name": remote_credential.name,
        "auth_type": remote_credential.auth_type,
        "connector_config_name": remote_credential.connector_config_name,
        "connector_type": remote_credential.connector_type,
        "host": remote_credential.host,
        "port": remote_credential.port,
        "username": remote_credential.username,
    }


def _configured_value(known: T | None, remote: T | None) -> T | None:
    """Return the remote value, or the known value if the known value is None (not configured) or both are empty."""
    return known if known is None or not (known or remote) else remote


def _read_extra(known: Value, remote: Mapping[str, Value] | None) -> Value:
    """Return the configured keys with their remote values.

    If the service returns no keys at all, or null for a key, the known values stay. If it returns other keys, a known
    key that is missing in the answer is left out. A key that is null in the configuration is not managed.
    """
    if not isinstance(known, dict) or not remote:
        return known
    remote = as_object(normalized(dict(remote), known))
    return {
        key: value if value is None or remote.get(key) is None or equal(value, remote[key]) else remote[key]
        for key, value in known.items()
        if key in remote or value is None
    }
