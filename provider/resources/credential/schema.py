"""The schema of ``atlan_credential``."""

from __future__ import annotations

from typing import Final, TypedDict

from provider.framework import BOOL, DYNAMIC, NUMBER, STRING, Attribute, Schema, UnknownType, Value
from provider.model import credential

SCHEMA: Final = Schema(
    [
        Attribute("id", STRING, computed=True, keep=True, identifier=True, description="The same as `guid`."),
        Attribute(
            "guid",
            STRING,
            computed=True,
            keep=True,
            identifier=True,
            description="The credential's guid, created by the service. Use it for `credential_guid`, and for inputs "
            "such as `api_credential_guid`.",
        ),
        Attribute(
            "name",
            STRING,
            optional=True,
            computed=True,
            keep=True,
            validators=credential.VALIDATORS["name"],
            description="The credential's label, unique on the tenant. If a create finds the name taken by an earlier "
            "credential of this configuration, the tenant has the name with a random suffix, and state has it without. "
            "Unset: a generated name.",
        ),
        Attribute(
            "auth_type",
            STRING,
            required=True,
            validators=credential.VALIDATORS["auth_type"],
            description=credential.DESCRIPTIONS["auth_type"],
        ),
        Attribute(
            "connector_config_name",
            STRING,
            required=True,
            validators=credential.VALIDATORS["connector_config_name"],
            description=credential.DESCRIPTIONS["connector_config_name"],
        ),
        Attribute("connector_type", STRING, optional=True, description=credential.DESCRIPTIONS["connector_type"]),
        Attribute("host", STRING, optional=True, description=credential.DESCRIPTIONS["host"]),
        Attribute(
            "port",
            NUMBER,
            optional=True,
            validators=credential.VALIDATORS["port"],
            description=credential.DESCRIPTIONS["port"],
        ),
        Attribute(
            "username",
            STRING,
            optional=True,
            description="The user or client id that signs in. State contains this value, so put a token into "
            "`password_wo`.",
        ),
        Attribute(
            "extra",
            DYNAMIC,
            optional=True,
            description="Other values that the connector requires and that are not secret, an object such as "
            '`{ role = "crawler" }`. State contains these values. If the service does not return the value of a key, '
            "Terraform cannot detect a change of that value outside Terraform.",
        ),
        Attribute(
            "password_wo",
            STRING,
            optional=True,
            write_only=True,
            description="The password or client secret. A create and every update send it. Plans and state do not "
            "contain the password, so Terraform cannot detect a change. Increase `secret_wo_version` with every new "
            "password.",
        ),
        Attribute(
            "extra_wo",
            DYNAMIC,
            optional=True,
            write_only=True,
            description="The secret part of `extra`, an object. Like `password_wo`, it is not in plans or state. Its "
            "keys are sent together with the keys of `extra`, so a key must not be in both.",
        ),
        Attribute(
            "secret_wo_version",
            NUMBER,
            optional=True,
            description="Any number. A change sends the secrets again, so increase it with every new secret.",
        ),
        Attribute(
            "test_before_store",
            BOOL,
            optional=True,
            default=False,
            description="If `true`, the service tests a new credential at the source before it stores the credential. "
            "Updates are not tested. Default: `false`.",
        ),
    ],
    description="A credential in the tenant's vault. Use it for inputs that take the guid of a credential, and for "
    "workflows that share a credential. An update sends the whole credential including its secrets, so the secrets "
    "must stay in the configuration. A destroy archives the credential.",
)


class _StoredValues(TypedDict):
    """The attributes that state and a read of the service have in common."""

    auth_type: str | None
    connector_config_name: str | None
    connector_type: str | None
    host: str | None
    port: float | None
    username: str | None


class RemoteValues(_StoredValues):
    """The attributes that the service returns in a read."""

    name: str | None


class CredentialState(_StoredValues):
    """The attributes of a credential. The write-only attributes have values only in a configuration."""

    id: str
    guid: str
    name: str | UnknownType | None
    extra: Value
    password_wo: Value
    extra_wo: Value
    secret_wo_version: float | None
    test_before_store: bool
