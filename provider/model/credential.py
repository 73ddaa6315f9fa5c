"""The body of a credential in a request to the service. Its keys are in camelCase."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from provider.framework import (
    DYNAMIC,
    NUMBER,
    STRING,
    Attribute,
    Finding,
    Json,
    Nested,
    Unknown,
    Value,
    leaves,
    validators,
)
from provider.model.json_inputs import as_json, without_nulls
from provider.model.null_elements import check_elements

if TYPE_CHECKING:
    from provider.framework.validators import Validator

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
"""The key in the service's JSON of each attribute."""

_SECRET_NAMES: Final = ("password", "extra")

VALIDATORS: Final[Mapping[str, Sequence[Validator]]] = {
    "name": [validators.not_empty("Remove it for a generated name.")],
    "auth_type": [validators.not_empty("Give it a value.")],
    "connector_config_name": [validators.not_empty("Give it a value.")],
    "port": [validators.between(0, 65535, whole=True)],
}
"""The validators of each attribute, by its name."""


def body(values: Mapping[str, Any]) -> dict[str, Value]:
    """Return the body with the attributes that have a value. Nulls and values under other names are left out."""
    return {key: without_nulls(values[name]) for name, key in WIRE_KEYS.items() if values.get(name) is not None}


def attribute_of(location: Iterable[str]) -> str | None:
    """Return the attribute whose key in the service is one of the steps of a location, or None."""
    steps = set(location)
    return next((name for name, key in WIRE_KEYS.items() if key in steps), None)


def secrets_in_inputs(inputs: Value) -> Iterable[Json]:
    """Yield the secrets in the raw ``credential`` of a workflow's inputs: its password and the values in its extra.

    The sign-in type, the host and the user are not secret. If the credential is not an object, all of it is secret.
    """
    credential = inputs.get("credential") if isinstance(inputs, dict) else None
    opened = as_json(credential)
    secrets = [opened.get(name) for name in _SECRET_NAMES] if isinstance(opened, dict) else [credential]
    for leaf in leaves(secrets):
        text = str(leaf)
        yield text
        if opened is not credential:  # A secret in JSON text is escaped a second time.
            yield json.dumps(text)[1:-1]


def check_extra(name: str, value: Value, within: Sequence[str] = ()) -> Iterable[Finding]:
    """Yield a finding if ``extra`` is not an object, and for each key with a list that contains null.

    ``within`` are the attributes that contain the attribute ``name``.
    """
    yield from check_elements(name, value, within)
    if value is not None and not isinstance(value, dict | type(Unknown)):
        path = [*within, name]
        detail = f"Write it as an object, such as {name} = {{ role = … }}, and not as its JSON text."
        yield Finding(f"{'.'.join(path)} is not an object", detail, [*path])


DESCRIPTIONS: Final = {
    "auth_type": "The sign-in type at the source, such as `basic`. Each connector has its own types.",
    "connector_config_name": "The connector's configuration that the credential is for, such as "
    "`atlan-connectors-bigquery`.",
    "connector_type": "The kind of connector, such as `jdbc`, if the connector requires it.",
    "host": "The source's host name or URL, as the connector requires it.",
    "port": "The source's port, a whole number from 0 to 65535.",
}
"""The description of each attribute that ``credential_wo`` and ``atlan_credential`` describe with the same words."""

_WRITE_ONLY_DESCRIPTIONS: Final = {
    "name": "The credential's label, unique on the tenant. The first credential is stored under this name. A rotation "
    "or a replacement stores another one, under this name with a random suffix. Unset: a generated name.",
    "username": "The user, or the value that the sign-in type requires instead. Messages can contain this value, "
    "because only `password` and `extra` are redacted.",
    "password": "The password, key or token.",
    "extra": 'Other values for the sign-in type: an object such as `{ role = "ATLAN" }`.',
}


def attribute() -> Attribute:
    """Return the write-only attribute ``credential_wo`` of ``atlan_app``."""
    types = {"port": NUMBER, "extra": DYNAMIC}
    descriptions = {**DESCRIPTIONS, **_WRITE_ONLY_DESCRIPTIONS}
    return Attribute(
        "credential_wo",
        nested=Nested(
            "SINGLE",
            [
                Attribute(
                    name,
                    types.get(name, STRING),
                    required=name in ("auth_type", "connector_config_name"),
                    optional=name not in ("auth_type", "connector_config_name"),
                    write_only=True,
                    secret=name in _SECRET_NAMES,
                    validators=VALIDATORS.get(name, ()),
                    description=description,
                )
                for name, description in descriptions.items()
            ],
        ),
        optional=True,
        write_only=True,
        description="The credential for the source of the workflow. The service stores the credential in its vault. "
        "State and plans never contain it. A create sends the credential, and an update sends it again only if "
        "`credential_wo_version` changes.",
    )
