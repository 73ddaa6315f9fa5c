"""A workflow's connection: as a configuration writes it, and as the service's inputs carry it.

The service's facts: a new connection's qualified name, ``default/{connector}/{epoch seconds}``, is minted by the
client; a connection that is only referenced must be read first and sent with its stored attributes, for a run from
a stub without a name renames it.
"""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Iterable
from typing import Any, Final

from provider.framework import STRING, Attribute, Finding, Nested, TfType, Unknown, list_of
from provider.model.connectors import CONNECTORS

Connection = dict[str, Any]
Attributes = dict[str, Any]

WIRE_NAMES: Final = {
    "name": "name",
    "qualified_name": "qualifiedName",
    "connector_name": "connectorName",
    "admin_users": "adminUsers",
    "admin_groups": "adminGroups",
    "admin_roles": "adminRoles",
}
ADMINS: Final = ("admin_users", "admin_groups", "admin_roles")
CREDENTIAL: Final = "defaultCredentialGuid"

# What a workflow carries of a stored connection: its settings, and none of the analytics that an entity holds too.
_STORED_SETTINGS: Final = frozenset(
    {
        *WIRE_NAMES.values(),
        CREDENTIAL,
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
# Two processes that mint for one connector meet with odds of 1 in 315 million for each pair of connections.
_MINTING_SECONDS: Final = 10 * 365 * 24 * 3600

_minted: set[str] = set()
_minting = threading.Lock()


def attribute() -> Attribute:
    """The attribute ``connection`` of a workflow."""
    admins = {
        "admin_users": "Users who administer the connection, by name.",
        "admin_groups": "Groups who administer the connection, by name.",
        "admin_roles": "Roles who administer the connection, by guid (`data.atlan_role` tells it).",
    }
    kept = "Left out, they stay as they are; `[]` removes them."
    return Attribute(
        "connection",
        nested=Nested(
            "SINGLE",
            [
                _inner("name", STRING, "Its name. A new connection needs one; an existing one keeps its own."),
                _inner(
                    "qualified_name",
                    STRING,
                    "Its identity, `default/<connector>/<number>`. Given, it references an existing connection, whose "
                    "stored name and settings go along with every publish; unset, a new one is minted and kept.",
                ),
                _inner(
                    "connector_name",
                    STRING,
                    "Its connector, such as `bigquery`. Known for the apps that the vendor's SDK knows; a new "
                    "connection of another app needs it.",
                ),
                *(_inner(name, list_of(STRING), f"{description} {kept}") for name, description in admins.items()),
            ],
        ),
        optional=True,
        computed=True,
        keep=True,
        description="The connection that the workflow's assets belong to: a new one, or an existing one by its "
        "`qualified_name`. A new one needs a name and at least one admin. Not together with `inputs.connection`.",
    )


def _inner(name: str, ty: TfType, description: str) -> Attribute:
    return Attribute(name, ty, optional=True, computed=True, keep=True, description=description)


def mint(connector: str) -> str:
    """A qualified name for a new connection: a second of the past ten years at random, never twice in a process."""
    import secrets

    with _minting:
        while True:
            name = f"default/{connector}/{int(time.time()) - secrets.randbelow(_MINTING_SECONDS)}"
            if name not in _minted:
                _minted.add(name)
                return name


def connector_of(qualified_name: Any) -> str | None:
    """The connector that a qualified name carries in its second segment."""
    found = _QUALIFIED_NAME.fullmatch(qualified_name) if isinstance(qualified_name, str) else None
    return found["connector"] if found else None


def connector_for(connection: Connection, app_id: Any) -> Any:
    """The connector of a configured connection: as named, as its qualified name says, or as the app is known by.

    Unknown where it may be that of a qualified name that is not known yet.
    """
    named, qualified_name = connection.get("connector_name"), connection.get("qualified_name")
    if named is None and qualified_name is Unknown:
        return Unknown
    return named or connector_of(qualified_name) or CONNECTORS.get(app_id)


def to_wire(connection: Connection, base: Attributes) -> dict[str, Any]:
    """The object that inputs carry: what is configured over what is stored."""
    given = {wire: connection.get(name) for name, wire in WIRE_NAMES.items()}
    ours = {wire: value for wire, value in given.items() if value is not None and value is not Unknown}
    return {"typeName": "Connection", "attributes": {**base, **ours}}


def stored_settings(attributes: Attributes, carried: Attributes | None = None) -> Attributes:
    """What goes along of a stored connection; of the admins that a workflow carries none stays who left."""
    left: Attributes = {WIRE_NAMES[kind]: [] for kind in ADMINS if WIRE_NAMES[kind] in (carried or {})}
    return left | {name: value for name, value in attributes.items() if name in _STORED_SETTINGS and value is not None}


def from_wire(attributes: Attributes, known: Connection | None = None) -> Connection:
    """The attribute ``connection`` of what inputs carry; lists in the order in which they were known."""
    before = known or {}
    found = {name: _told(attributes.get(wire), before.get(name)) for name, wire in WIRE_NAMES.items()}
    found["connector_name"] = found["connector_name"] or connector_of(found["qualified_name"])
    return found | {name: _same_order(found[name] or [], before.get(name)) for name in ADMINS}


def _told(remote: Any, known: Any) -> Any:
    return remote if remote is not None else (None if known is Unknown else known)


def _same_order(remote: list[Any], known: Any) -> list[Any]:
    return known if isinstance(known, list) and sorted(map(str, known)) == sorted(map(str, remote)) else remote


def same(left: Connection, right: Connection) -> bool:
    """Whether two connections mean the same, whatever the order of their admins."""
    return from_wire(to_wire(left, {})["attributes"], right) == from_wire(to_wire(right, {})["attributes"], right)


def check(connection: Connection, app_id: Any) -> Iterable[Finding]:
    """What is wrong with a configured connection, as far as it is known."""
    yield from _check_identity(connection)
    yield from _check_name(connection["name"])
    for kind in ADMINS:
        yield from _check_admins(kind, connection[kind])
    if connection["qualified_name"] is None:
        yield from _check_new(connection, app_id)


def _check_identity(connection: Connection) -> Iterable[Finding]:
    qualified_name, named = connection["qualified_name"], connection["connector_name"]
    told = connector_of(qualified_name)
    if isinstance(qualified_name, str) and told is None:
        yield Finding(
            f'"{qualified_name}" is not a connection\'s qualified name',
            "It has three segments: default/<connector>/<number>, such as default/bigquery/1735689600.",
            ["connection", "qualified_name"],
        )
    if isinstance(named, str) and not _CONNECTOR.fullmatch(named):
        why = "A connector is one word without a slash, such as bigquery or snowflake: it becomes part of the identity."
        yield Finding(f'"{named}" is not a connector', why, ["connection", "connector_name"])
    elif isinstance(named, str) and told not in (None, named):
        yield other_connector(qualified_name, named)


def other_connector(qualified_name: str, named: str, advice: str = "") -> Finding:
    """The problem of a connector that is not the one of the connection's identity."""
    return Finding(
        f"{qualified_name} is no {named} connection",
        f"Its connector is {connector_of(qualified_name)}, which is part of its identity. Leave connector_name out"
        f"{advice or ', or reference another connection'}.",
        ["connection", "connector_name"],
    )


def _check_name(name: Any) -> Iterable[Finding]:
    if isinstance(name, str) and not name.strip():
        why = "A run of it would call the connection by the number in its qualified name. Give it a name."
        yield Finding("connection.name is empty", why, ["connection", "name"])


def _check_admins(kind: str, admins: Any) -> Iterable[Finding]:
    """Whatever is the matter with some of them, it is told once."""
    known = [each for each in admins if each is not Unknown] if isinstance(admins, list) else []
    if any(each is None or not each.strip() for each in known):
        why = "It holds null or an empty text, which is nobody. Leave it out."
        yield Finding(f"connection.{kind} names nobody", why, ["connection", kind])
    if kind == "admin_roles" and any(each and each.startswith("$") for each in known):
        yield Finding(
            "connection.admin_roles holds the name of a role",
            'A connection takes roles by guid. A data source tells it: data "atlan_role" "admin" { name = "$admin" }; '
            "write data.atlan_role.admin.id here.",
            ["connection", kind],
        )


def _check_new(connection: Connection, app_id: Any) -> Iterable[Finding]:
    if connection["name"] is None:
        why = "A new connection needs a name; an existing one is referenced by its qualified_name."
        yield Finding("connection.name is missing", why, ["connection", "name"])
    if app_id is not Unknown and connector_for(connection, app_id) is None:
        why = f"The connector of {app_id} is not known here. Name it, such as bigquery or snowflake."
        yield Finding("connection.connector_name is missing", why, ["connection", "connector_name"])
    if not any(connection[kind] for kind in ADMINS):
        why = "A new connection needs at least one admin: a user, a group or a role (by guid, see data.atlan_role)."
        yield Finding("connection has no admin", why, ["connection"])
