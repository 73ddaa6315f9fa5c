"""The connection of a workflow: its attributes in a configuration, and the object that the inputs carry.

Source: the client creates the qualified name of a new connection, ``default/{connector}/{epoch seconds}``. The stored
attributes of an existing connection must be sent with each publish, because a run without a name renames it.
"""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Iterable, Mapping
from typing import Final, TypeAlias

from provider.framework import STRING, Attribute, Finding, Nested, TfType, Unknown, UnknownType, Value, list_of
from provider.model.connectors import CONNECTORS
from provider.model.inputs import connection_attributes

Connection: TypeAlias = dict[str, Value]
"""The attributes of a connection by their names in Terraform, such as ``qualified_name``."""

ConnectionValue: TypeAlias = Connection | UnknownType | None
"""The value of the attribute in a configuration, a plan or a state."""

Attributes: TypeAlias = dict[str, Value]
"""The attributes of a connection by their names in the service, such as ``qualifiedName``."""

ASSET_CONNECTION: Final = "asset_connection"
"""The name of the attribute of ``atlan_app``."""

WIRE_NAMES: Final = {
    "name": "name",
    "qualified_name": "qualifiedName",
    "connector_name": "connectorName",
    "admin_users": "adminUsers",
    "admin_groups": "adminGroups",
    "admin_roles": "adminRoles",
}
"""The name in the service of each attribute."""

ATTRIBUTE_NAMES: Final = {wire: name for name, wire in WIRE_NAMES.items()}
"""The attribute of each name in the service."""

ADMINS: Final = ("admin_users", "admin_groups", "admin_roles")
DEFAULT_CREDENTIAL: Final = "defaultCredentialGuid"
"""The name in the service of the guid of the credential that a connection carries."""

# The settings of a connection. An entity has analytics too, which a publish must not send.
_STORED_SETTINGS: Final = frozenset(
    {
        *WIRE_NAMES.values(),
        DEFAULT_CREDENTIAL,
        "allowQuery",
        "allowQueryPreview",
        "category",
        "connectionDbtEnvironments",
        "connectionIsDQEnabled",
        "credentialStrategy",
        "hasPopularityInsights",
        "isPartial",
        "isSampleDataPreviewEnabled",
        "objectStorageUploadThreshold",
        "policyStrategy",
        "policyStrategyForSamplePreview",
        "previewCredentialStrategy",
        "queryTimeout",
        "rowLimit",
        "sourceLogo",
        "vectorEmbeddingsEnabled",
    }
)

_QUALIFIED_NAME: Final = re.compile(r"default/(?P<connector>[^/\s]+)/[^/\s]+")
_CONNECTOR: Final = re.compile(r"[^/\s]+")
# The odds that two processes create the same name for one connector are 1 in 315 million for each pair of connections.
_MINTING_SECONDS: Final = 10 * 365 * 24 * 3600

_minted: set[str] = set()
_minting = threading.Lock()


def attribute() -> Attribute:
    """Return the attribute of ``atlan_app`` for its connection."""
    admins = {
        "admin_users": "Users who administer the connection, by name.",
        "admin_groups": "Groups who administer the connection, by name.",
        "admin_roles": "Roles who administer the connection, by guid (see `data.atlan_role`).",
    }
    kept = "Unset: they stay unchanged. `[]` removes them."
    return Attribute(
        ASSET_CONNECTION,
        nested=Nested(
            "SINGLE",
            [
                _inner(
                    "name",
                    STRING,
                    "The connection's name. Required for a new connection. An existing one keeps its own.",
                ),
                _inner(
                    "qualified_name",
                    STRING,
                    "The connection's identity, `default/<connector>/<number>`. With it, the connection must exist, "
                    "and each publish sends its stored name and settings. Without it, a new one is created and kept.",
                ),
                _inner(
                    "connector_name",
                    STRING,
                    "The connection's connector, such as `bigquery`. It is known for the apps that the vendor's SDK "
                    "knows. A new connection of another app requires it.",
                ),
                *(_inner(name, list_of(STRING), f"{description} {kept}") for name, description in admins.items()),
            ],
        ),
        optional=True,
        computed=True,
        keep=True,
        description="The connection that the workflow's assets belong to: a new one, or an existing one by its "
        "`qualified_name`. A new one requires a name and at least one admin. Conflicts with `inputs.connection`.",
    )


def _inner(name: str, ty: TfType, description: str) -> Attribute:
    return Attribute(name, ty, optional=True, computed=True, keep=True, description=description)


def mint(connector: str) -> str:
    """Return a qualified name for a new connection: a random second of the past ten years, unique in this process."""
    import secrets

    with _minting:
        while True:
            name = f"default/{connector}/{int(time.time()) - secrets.randbelow(_MINTING_SECONDS)}"
            if name not in _minted:
                _minted.add(name)
                return name


def connector_of(qualified_name: Value) -> str | None:
    """Return the connector in the second segment of a qualified name."""
    found = _QUALIFIED_NAME.fullmatch(qualified_name) if isinstance(qualified_name, str) else None
    return found["connector"] if found else None


def connector_for(connection: Mapping[str, Value], app_id: Value) -> Value:
    """Return the connector of a configured connection: its own, that of its qualified name, or that of the app.

    Unknown if it depends on a qualified name that is not known yet, None if the connector of the app is not known.
    """
    named, qualified_name = connection.get("connector_name"), connection.get("qualified_name")
    if named is None and qualified_name is Unknown:
        return Unknown
    return named or connector_of(qualified_name) or (CONNECTORS.get(app_id) if isinstance(app_id, str) else None)


def qualified_name(connection: Value) -> Value:
    """Return the qualified name of a connection. None if there is no connection, Unknown if the connection is."""
    return connection["qualified_name"] if isinstance(connection, dict) else connection


def to_wire(connection: Mapping[str, Value], stored: Attributes | UnknownType) -> dict[str, Value]:
    """Return the object that the inputs carry: the known attributes over the stored ones.

    If the stored attributes are Unknown, all attributes that are not known are Unknown.
    """
    rest = dict.fromkeys(ATTRIBUTE_NAMES, Unknown) if isinstance(stored, UnknownType) else stored
    return {"typeName": "Connection", "attributes": {**rest, **_known_attributes(connection)}}


def _known_attributes(connection: Mapping[str, Value]) -> Attributes:
    given = {wire: connection.get(name) for name, wire in WIRE_NAMES.items()}
    return {wire: value for wire, value in given.items() if value is not None and value is not Unknown}


def stored_settings(attributes: Mapping[str, Value], carried: Mapping[str, Value] | None = None) -> Attributes:
    """Return the attributes of a stored connection that a publish sends.

    A kind of admins that the workflow still carries, and that the connection no longer has, is sent as an empty list.
    """
    left: Attributes = {WIRE_NAMES[kind]: [] for kind in ADMINS if WIRE_NAMES[kind] in (carried or {})}
    return left | {name: value for name, value in attributes.items() if name in _STORED_SETTINGS and value is not None}


def from_wire(attributes: Mapping[str, Value], known: Mapping[str, Value] | None = None) -> Connection:
    """Return the connection that the inputs carry, with the lists in their known order."""
    before = known or {}
    found = {name: _told(attributes.get(wire), before.get(name)) for name, wire in WIRE_NAMES.items()}
    found["connector_name"] = found["connector_name"] or connector_of(found["qualified_name"])
    return found | {name: _same_order(found[name] or [], before.get(name)) for name in ADMINS}


def of_workflow(attribute: Value, raw_input: Value) -> Connection | None:
    """Return the connection of a workflow: that of its attribute, or else that of the raw input ``connection``."""
    if isinstance(attribute, dict):
        return attribute
    attributes = connection_attributes(raw_input)
    return from_wire(attributes) if attributes else None


def _told(remote: Value, known: Value) -> Value:
    return remote if remote is not None else (None if known is Unknown else known)


def _same_order(remote: Value, known: Value) -> Value:
    if not (isinstance(known, list) and isinstance(remote, list)):
        return remote
    return known if sorted(map(str, known)) == sorted(map(str, remote)) else remote


def same_connection(left: Connection, right: Connection) -> bool:
    """Return True if two connections mean the same, in whatever order their admins are."""
    return from_wire(_known_attributes(left), right) == from_wire(_known_attributes(right), right)


def check(connection: Connection, app_id: Value) -> Iterable[Finding]:
    """Yield what is wrong with a configured connection, as far as it is known."""
    yield from _check_identity(connection)
    yield from _check_name(connection["name"])
    for kind in ADMINS:
        yield from _check_admins(kind, connection[kind])
    if connection["qualified_name"] is None:
        yield from _check_new(connection, app_id)


def _check_identity(connection: Connection) -> Iterable[Finding]:
    name, named = connection["qualified_name"], connection["connector_name"]
    told = connector_of(name)
    if isinstance(name, str) and told is None:
        yield Finding(
            f'"{name}" is not a connection\'s qualified name',
            "It has three segments: default/<connector>/<number>, such as default/bigquery/1735689600.",
            [ASSET_CONNECTION, "qualified_name"],
        )
    if isinstance(named, str) and not _CONNECTOR.fullmatch(named):
        why = (
            "A connector is one word without a slash, such as bigquery or snowflake. It is part of the qualified name."
        )
        yield Finding(f'"{named}" is not a connector', why, [ASSET_CONNECTION, "connector_name"])
    elif isinstance(named, str) and isinstance(name, str) and told not in (None, named):
        yield other_connector(name, named)


def other_connector(qualified_name: str, named: str, advice: str = "") -> Finding:
    """Return the finding for a connector that differs from the one in the qualified name."""
    return Finding(
        f"{qualified_name} is not a {named} connection",
        f"Its connector is {connector_of(qualified_name)}, which is part of the qualified name. Remove connector_name"
        f"{advice or ', or reference another connection'}.",
        [ASSET_CONNECTION, "connector_name"],
    )


def _check_name(name: Value) -> Iterable[Finding]:
    if isinstance(name, str) and not name.strip():
        why = "A run would rename the connection to the number in its qualified name. Give it a name."
        yield Finding(f"{ASSET_CONNECTION}.name is empty", why, [ASSET_CONNECTION, "name"])


def _check_admins(kind: str, admins: Value) -> Iterable[Finding]:
    """Yield one finding at most for each kind of mistake, for however many admins."""
    known = [each for each in admins if each is not Unknown] if isinstance(admins, list) else []
    if any(each is None or not str(each).strip() for each in known):
        why = "It contains null or an empty text. Remove it."
        yield Finding(f"{ASSET_CONNECTION}.{kind} contains an empty name", why, [ASSET_CONNECTION, kind])
    if kind == "admin_roles" and any(str(each).startswith("$") for each in known):
        yield Finding(
            f"{ASSET_CONNECTION}.admin_roles contains the name of a role",
            'A connection takes roles by guid. Read it with data "atlan_role" "admin" { name = "$admin" }, and write '
            "data.atlan_role.admin.id here.",
            [ASSET_CONNECTION, kind],
        )


def _check_new(connection: Connection, app_id: Value) -> Iterable[Finding]:
    if connection["name"] is None:
        why = "A new connection requires a name. To use an existing connection, write its qualified_name."
        yield Finding(f"{ASSET_CONNECTION}.name is missing", why, [ASSET_CONNECTION, "name"])
    if app_id is not Unknown and connector_for(connection, app_id) is None:
        why = f"The provider does not know the connector of {app_id}. Write it, such as bigquery or snowflake."
        yield Finding(f"{ASSET_CONNECTION}.connector_name is missing", why, [ASSET_CONNECTION, "connector_name"])
    if not any(connection[kind] for kind in ADMINS):
        why = "A new connection requires at least one admin: a user, a group or a role (by guid, see data.atlan_role)."
        yield Finding(f"{ASSET_CONNECTION} has no admin", why, [ASSET_CONNECTION])
