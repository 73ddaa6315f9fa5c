"""The shape of apps.json: a list of `AppFacts`."""

from typing import NotRequired, TypedDict

from scripts.lib.shared.hcl import Value


class InputFacts(TypedDict):
    """One input: its JSON Schema type or types, its default, its label in the UI, and the allowed values."""

    type: str | list[str]
    default: Value
    label: NotRequired[str]
    enum: NotRequired[list[Value]]


class ParameterFacts(TypedDict):
    """One parameter of a way to sign in. The type is ``boolean``, or missing for text."""

    required: bool
    secret: NotRequired[bool]
    type: NotRequired[str]


class CredentialFacts(TypedDict):
    """One way to sign in. `extra_from` has the name of a parameter by the key of the credential's ``extra``."""

    method: str
    input_field: str
    auth_type: str
    connector_config_name: str
    connector_type: str | None
    username_from: str | None
    password_from: str | None
    extra_from: dict[str, str]
    parameters: dict[str, ParameterFacts]
    host_default: NotRequired[str]
    port_default: NotRequired[int]


class AppFacts(TypedDict):
    """One app, and its ways to sign in."""

    app_id: str
    entrypoint: str | None
    connector_name: str
    connector_config_name: str | None
    hidden_defaults: dict[str, Value]
    inputs: dict[str, InputFacts]
    credentials: list[CredentialFacts]
