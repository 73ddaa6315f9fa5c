"""A credential's body as the vault takes it: wire keys are camelCase (the service's fact)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from provider.plugin.schema import DYNAMIC, NUMBER, STRING, Attribute, Nested

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


_DESCRIPTIONS: Final = {
    "auth_type": "How to sign in at the source, such as `basic`; each app has ways of its own.",
    "connector_config_name": "The credential's configuration, such as `atlan-connectors-bigquery`.",
    "connector_type": "The kind of connector, where the app asks for it.",
    "name": "The credential's name. Unset: `default-<connector>-<epoch>-0`.",
    "host": "The source's host or URL.",
    "username": "The user, or what the way to sign in takes in its place.",
    "password": "The password, key or token.",
}


def attribute() -> Attribute:
    """The write-only attribute ``credential_wo`` of a workflow."""
    texts = {name: (STRING, description) for name, description in _DESCRIPTIONS.items()}
    others = {
        "port": (NUMBER, "The source's port."),
        "extra": (DYNAMIC, "What else this way to sign in takes: an object."),
    }
    return Attribute(
        "credential_wo",
        nested=Nested(
            "SINGLE",
            [
                Attribute(
                    name,
                    ty,
                    required=name in ("auth_type", "connector_config_name"),
                    optional=name not in ("auth_type", "connector_config_name"),
                    write_only=True,
                    description=description,
                )
                for name, (ty, description) in (texts | others).items()
            ],
        ),
        optional=True,
        write_only=True,
        description="The credential that the workflow signs in with at its source: vaulted by the service, never in "
        "state or plan. Sent on create, and again only when `credential_wo_version` changes.",
    )
