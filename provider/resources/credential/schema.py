"""The schema of ``atlan_credential``."""

from __future__ import annotations

from typing import Final, TypedDict

from provider.framework import BOOL, DYNAMIC, NUMBER, STRING, Attribute, Schema, UnknownType, Value

SCHEMA: Final = Schema(
    [
        Attribute("id", STRING, computed=True, keep=True, description="The same as `guid`."),
        Attribute(
            "guid",
            STRING,
            computed=True,
            keep=True,
            description="The credential's identity, a guid minted by the service: what `credential_guid` and inputs "
            "such as `api_credential_guid` take.",
        ),
        Attribute(
            "name",
            STRING,
            optional=True,
            computed=True,
            keep=True,
            description="The credential's label. Unset: the service gives it one.",
        ),
        Attribute(
            "auth_type",
            STRING,
            required=True,
            description="How the credential signs in, such as `basic`, in the connector's own words.",
        ),
        Attribute(
            "connector_config_name",
            STRING,
            required=True,
            description="The connector's configuration that the credential is for, such as "
            "`atlan-connectors-snowflake`.",
        ),
        Attribute(
            "connector_type",
            STRING,
            optional=True,
            description="The kind of connector, such as `jdbc`, where the connector asks for it.",
        ),
        Attribute(
            "host",
            STRING,
            optional=True,
            description="The source's host name or URL, as the connector asks for it.",
        ),
        Attribute("port", NUMBER, optional=True, description="The source's port, a whole number from 0 to 65535."),
        Attribute(
            "username",
            STRING,
            optional=True,
            description="The user or client id to sign in with. It stands in state: a token belongs in `password_wo`.",
        ),
        Attribute(
            "extra",
            DYNAMIC,
            optional=True,
            description='What else the connector asks for and is no secret, an object such as `{ role = "crawler" }`. '
            "It stands in state. Where the service shows no value of a key, a change of it elsewhere is not seen.",
        ),
        Attribute(
            "password_wo",
            STRING,
            optional=True,
            write_only=True,
            description="The password or client secret. It is sent when the credential is made and with every update, "
            "and stands neither in plans nor in state, so a change of it alone is not seen: raise "
            "`secret_wo_version` with it.",
        ),
        Attribute(
            "extra_wo",
            DYNAMIC,
            optional=True,
            write_only=True,
            description="The secret part of `extra`, an object, kept as secret as `password_wo`. Its keys are sent "
            "beside those of `extra`; a key stands in one of the two.",
        ),
        Attribute(
            "secret_wo_version",
            NUMBER,
            optional=True,
            description="Any number. A change of it sends the secrets again: raise it with every new secret.",
        ),
        Attribute(
            "test_before_store",
            BOOL,
            optional=True,
            default=False,
            description="Whether the service tries the credential against its source before it stores it, when it is "
            "made. An update is not tried. Default: `false`.",
        ),
    ],
    description="A credential in the tenant's vault, for inputs that take a credential's guid and for sharing between "
    "workflows. An update sends the whole credential, its secrets too, so they must stay in the configuration. "
    "Destroying it archives it.",
)


class Settings(TypedDict):
    """The attributes that a read of the service returns."""

    name: str | UnknownType | None
    auth_type: str | None
    connector_config_name: str | None
    connector_type: str | None
    host: str | None
    port: float | None
    username: str | None


class CredentialState(Settings):
    """The attributes of a credential. Only a configuration has values of the write-only ones."""

    id: str
    guid: str
    extra: Value
    password_wo: Value
    extra_wo: Value
    secret_wo_version: float | None
    test_before_store: bool
