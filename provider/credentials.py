"""A credential's body as the vault takes it: wire keys are camelCase (the service's fact)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

WIRE_KEYS: Final = {
    "auth_type": "authType",
    "connector_config_name": "connectorConfigName",
    "connector_type": "connectorType",
    "name": "name",
    "host": "host",
    "port": "port",
    "username": "username",
    "password": "password",
    "extra": "extra",
}
"""Each attribute of a credential, and its key on the wire."""


def body(values: Mapping[str, Any]) -> dict[str, Any]:
    """The body of those of the attributes above that have a value; other names are left out."""
    return {key: values[name] for name, key in WIRE_KEYS.items() if values.get(name) is not None}
