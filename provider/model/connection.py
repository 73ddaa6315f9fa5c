"""The connection of a workflow: its attributes in a configuration, and the object that the inputs contain.

Source: the client creates the qualified name of a new connection, ``default/{connector}/{epoch seconds}``. Each publish
must send the stored attributes of an existing connection, because a run renames a connection that has no name in them.
"""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Iterable, Mapping
from typing import Final, TypeAlias

from provider.framework import STRING, Attribute, Finding, Nested, Path, TfType, Unknown, UnknownType, Value, list_of
from provider.model.connectors import CONNECTORS
from provider.model.inputs import DEFAULT_CREDENTIAL, connection_attributes
from provider.model.spelling import as_stored

Connection: TypeAlias = dict[str, Value]
"""The attributes of a connection by their names in Terraform, such as ``qualified_name``."""

ConnectionValue: TypeAlias = Connection | UnknownType | None
"""The value of the attribute in a configuration, a plan or a state."""

Attributes: TypeAlias = dict[str, Value]
"""The attributes of a connection by their names in the service, such as ``qualifiedName``."""

ASSET_CONNECTION: Final = "asset_connection"
"""The name of the attribute of ``atlan_app`` that contains the connection."""

WIRE_NAMES: Final = {
    "name": "name",
    "qualified_name": "qualifiedName",
    "connector_name": "connectorName",
    "admin_users": "adminUsers",
    "admin_groups": "adminGroups",
    "admin_roles": "adminRoles",
}
"""The name in the service of each attribute, by the attribute's name in Terraform."""

ATTRIBUTE_NAMES: Final = {wire: name for name, wire in WIRE_NAMES.items()}
"""The attribute's name in Terraform, by its name in the service."""

ADMINS: Final = ("admin_users", "admin_groups", "admin_roles")

# The settings of a connection. The stored entity also has analytics, and a publish must not send those.
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

_QUALIFIED_NAME_PATTERN: Final = re.compile(r"default/(?P<connector>[^/\s]+)/[^/\s]+")
_CONNECTOR_PATTERN: Final = re.compile(r"[^/\s]+")
# Ten years. Two processes that create a connection for one connector choose the same name once in 315 million times.
_NEW_NAME_SECONDS: Final = 10 * 365 * 24 * 3600

_new_names: set[str] = set()
_new_names_lock = threading.Lock()


def attribute() -> Attribute:
    """Return the attribute of ``atlan_app`` for its connection."""
    admins = {
        "admin_users": "Users who administer the connection, by name.",
        "admin_groups": "Groups who administer the connection, by name.",
        "admin_roles": "Roles who administer the connection, by guid (see `data.atlan_role`).",
    }
    unset = "Unset: the admins stay unchanged. `[]` removes them."
    return Attribute(
        ASSET_CONNECTION,
        nested=Nested(
            "SINGLE",
            [
                _inner(
                    "name",
                    STRING,
                    "The name. Unset: an existing connection keeps it, and a new one gets that of the workflow.",
                ),
                _inner(
                    "qualified_name",
                    STRING,
                    "The connection's identity, `default/<connector>/<number>`. If it is set, the connection must "
                    "exist, and each publish sends the stored name and settings. Unset: the workflow gets a new "
                    "connection and keeps it.",
                ),
                _inner(
                    "connector_name",
                    STRING,
                    "The connection's connector, such as `bigquery`. The provider knows the connector of each app "
                    "that the vendor's SDK contains. A new connection for another app requires this attribute.",
                ),
                *(_inner(name, list_of(STRING), f"{description} {unset}") for name, description in admins.items()),
            ],
        ),
        optional=True,
        computed=True,
        keep=True,
        description="The connection that the workflow's assets belong to: a new one, or an existing one by its "
        "`qualified_name`. A new one requires at least one admin. Conflicts with `inputs.connection`.",
    )


def _inner(name: str, ty: TfType, description: str) -> Attribute:
    return Attribute(name, ty, optional=True, computed=True, keep=True, description=description)


def new_qualified_name(connector: str) -> str:
    """Return a qualified name for a new connection: a random second of the past ten years, unique in this process."""
    import secrets

    with _new_names_lock:
        while True:
            name = f"default/{connector}/{int(time.time()) - secrets.randbelow(_NEW_NAME_SECONDS)}"
            if name not in _new_names:
                _new_names.add(name)
                return name


def connector_of(qualified_name: Value) -> str | None:
    """Return the connector in the second segment of a qualified name, or None if the value is not such a name."""
    match = _QUALIFIED_NAME_PATTERN.fullmatch(qualified_name) if isinstance(qualified_name, str) else None
    return match["connector"] if match else None


def connector_for(connection: Mapping[str, Value], app_id: Value) -> Value:
    """Return the connector of a configured connection: its ``connector_name``, or the one in its qualified name.

    If the connection has neither, return the connector of the app, or None for an app that is not in ``CONNECTORS``.
    Return Unknown if the qualified name is Unknown.
    """
    connector, qualified_name = connection.get("connector_name"), connection.get("qualified_name")
    if connector is None and qualified_name is Unknown:
        return Unknown
    return connector or connector_of(qualified_name) or (CONNECTORS.get(app_id) if isinstance(app_id, str) else None)


def qualified_name(connection: Value) -> Value:
    """Return the qualified name of a connection. Return None or Unknown if the connection is None or Unknown."""
    return connection["qualified_name"] if isinstance(connection, dict) else connection


def to_wire(connection: Mapping[str, Value], stored: Attributes | UnknownType) -> dict[str, Value]:
    """Return the input ``connection``: the known attributes replace the stored ones.

    If the stored attributes are Unknown, each attribute without a known value is Unknown.
    """
    others = dict.fromkeys(ATTRIBUTE_NAMES, Unknown) if isinstance(stored, UnknownType) else stored
    known = {name: as_stored(value, others.get(name)) for name, value in _known_attributes(connection).items()}
    return {"typeName": "Connection", "attributes": {**others, **known}}


def _known_attributes(connection: Mapping[str, Value]) -> Attributes:
    attributes = {wire: connection.get(name) for name, wire in WIRE_NAMES.items()}
    return {wire: value for wire, value in attributes.items() if value is not None and value is not Unknown}


def stored_settings(attributes: Mapping[str, Value], published: Mapping[str, Value] | None = None) -> Attributes:
    """Return the attributes of a stored connection that a publish sends.

    ``published`` are the attributes in the workflow's last published inputs. If they contain a
    kind of admins that the stored connection does not contain, an empty list is sent for this kind.
    """
    admins: Attributes = {WIRE_NAMES[kind]: [] for kind in ADMINS if WIRE_NAMES[kind] in (published or {})}
    settings = {name: attributes[name] for name in attributes if name in _STORED_SETTINGS}
    return admins | {name: value for name, value in settings.items() if value is not None}


def from_wire(attributes: Mapping[str, Value], known: Mapping[str, Value] | None = None) -> Connection:
    """Return the connection with the service's attributes. A missing attribute has its value in ``known``.

    A list of admins that differs from ``known`` only in its order keeps the order in ``known``.
    """
    before = known or {}
    connection = {name: _remote_or_known(attributes.get(wire), before.get(name)) for name, wire in WIRE_NAMES.items()}
    connection["connector_name"] = connection["connector_name"] or connector_of(connection["qualified_name"])
    return connection | {name: _same_order(connection[name] or [], before.get(name)) for name in ADMINS}


def of_workflow(attribute: Value, raw_input: Value) -> Connection | None:
    """Return the connection of a workflow: the value of its attribute, or else of the raw input ``connection``."""
    if isinstance(attribute, dict):
        return attribute
    attributes = connection_attributes(raw_input)
    return from_wire(attributes) if attributes else None


def _remote_or_known(remote: Value, known: Value) -> Value:
    return remote if remote is not None else (None if known is Unknown else known)


def _same_order(remote: Value, known: Value) -> Value:
    if not (isinstance(known, list) and isinstance(remote, list)):
        return remote
    return known if sorted(map(str, known)) == sorted(map(str, remote)) else remote


def same_connection(left: Connection, right: Connection) -> bool:
    """Return True if two connections have the same meaning. The order of their admins is not compared."""
    return from_wire(_known_attributes(left), right) == from_wire(_known_attributes(right), right)


def check(connection: Connection) -> Iterable[Finding]:
    """Yield a finding for each mistake in a configured connection. Unknown values are not checked."""
    yield from _check_identity(connection)
    yield from _check_name(connection["name"])
    for kind in ADMINS:
        yield from _check_admins(kind, connection[kind])


def _check_identity(connection: Connection) -> Iterable[Finding]:
    name, connector = connection["qualified_name"], connection["connector_name"]
    connector_in_name = connector_of(name)
    yield from check_qualified_name(name, [ASSET_CONNECTION, "qualified_name"])
    if isinstance(connector, str) and not _CONNECTOR_PATTERN.fullmatch(connector):
        detail = (
            "A connector is one word without a slash, such as bigquery or snowflake. It is part of the qualified name."
        )
        yield Finding(f'"{connector}" is not a connector', detail, [ASSET_CONNECTION, "connector_name"])
    elif isinstance(connector, str) and isinstance(name, str) and connector_in_name not in (None, connector):
        yield other_connector(name, connector)


def check_qualified_name(name: Value, path: Path) -> Iterable[Finding]:
    """Yield a finding if a text is not the qualified name of a connection."""
    if isinstance(name, str) and connector_of(name) is None:
        yield Finding(
            f'"{name}" is not the qualified name of a connection',
            "It consists of default, the connector and a number, separated by slashes, such as "
            "default/snowflake/1735689600. The qualified name of each asset of the connection starts with it.",
            path,
        )


def other_connector(qualified_name: str, connector: str, advice: str = "") -> Finding:
    """Return the finding for a connector that differs from the one in the qualified name."""
    return Finding(
        f"{qualified_name} is not a {connector} connection",
        f"Its connector is {connector_of(qualified_name)}, which is part of the qualified name. Remove connector_name"
        f"{advice or ', or reference another connection'}.",
        [ASSET_CONNECTION, "connector_name"],
    )


def _check_name(name: Value) -> Iterable[Finding]:
    if isinstance(name, str) and not name.strip():
        detail = "A run would rename the connection to the number in its qualified name. Give the connection a name."
        yield Finding(f"{ASSET_CONNECTION}.name is empty", detail, [ASSET_CONNECTION, "name"])


def _check_admins(kind: str, admins: Value) -> Iterable[Finding]:
    """Yield at most one finding for each kind of mistake, even if several admins have the same mistake."""
    known = [each for each in admins if each is not Unknown] if isinstance(admins, list) else []
    if any(each is None or not str(each).strip() for each in known):
        detail = "The list contains null or an empty text. Remove this element."
        yield Finding(f"{ASSET_CONNECTION}.{kind} contains an empty name", detail, [ASSET_CONNECTION, kind])
    if kind == "admin_roles" and any(str(each).startswith("$") for each in known):
        yield Finding(
            f"{ASSET_CONNECTION}.admin_roles contains the name of a role",
            'A connection takes roles by guid. Read the guid with data "atlan_role" "admin" '
            '{ name = "$admin" }, and write data.atlan_role.admin.id here.',
            [ASSET_CONNECTION, kind],
        )


def check_new(connection: Connection, app_id: Value) -> Iterable[Finding]:
    """Yield a finding for each attribute that a connection requires if an apply creates it."""
    if app_id is not Unknown and connector_for(connection, app_id) is None:
        detail = (
            f"The provider does not know the connector of {app_id}. Set connector_name, such as bigquery or snowflake."
        )
        yield Finding(f"{ASSET_CONNECTION}.connector_name is missing", detail, [ASSET_CONNECTION, "connector_name"])
    if not any(connection[kind] for kind in ADMINS):
        detail = (
            "A new connection requires at least one admin: a user, a group or a role (by guid, see data.atlan_role)."
        )
        yield Finding(f"{ASSET_CONNECTION} has no admin", detail, [ASSET_CONNECTION])
