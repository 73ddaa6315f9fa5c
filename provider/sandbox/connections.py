"""Connections: the tenant knows those that a published workflow named.

Rules where the facts are silent: publishing a connection object with a name makes the connection known, or
lays its attributes over the known one; a connection that is not known yet needs an admin if it has a name. A
stub with no name is accepted, and a run of it renames the connection to the qualified name's last segment,
as the service does.
"""

from __future__ import annotations

import uuid
from typing import Any

from provider.sandbox.database import Database
from provider.sandbox.errors import cause, invalid, no_such_entity
from provider.sandbox.wire import Checker, dumps, loads

ADMINS = ("adminUsers", "adminGroups", "adminRoles")
AT = "inputs.connection"
NAMES = {"type": ["array", "null"], "items": {"type": "string"}}
BODY = {
    "type": "object",
    "properties": {
        "typeName": {"const": "Connection"},
        "attributes": {
            "type": "object",
            "properties": {
                "qualifiedName": {"type": "string", "pattern": "^default/[^/]+/[^/]+$"},
                "name": {"type": "string"},
                **dict.fromkeys(ADMINS, NAMES),
            },
            "required": ["qualifiedName"],
        },
    },
    "required": ["typeName", "attributes"],
}
CHECKER = Checker(BODY, AT)


def attributes_of(inputs: dict[str, Any]) -> dict[str, Any]:
    """The attributes of the inputs' connection, an object or its JSON text; ServiceError (400) if it is neither."""
    connection = inputs["connection"]
    if isinstance(connection, str):
        try:
            connection = loads(connection)
        except ValueError:
            raise invalid(f"{AT} is text that is not JSON", cause("not JSON", AT)) from None
    CHECKER.check(connection)
    found: dict[str, Any] = connection["attributes"]
    return found


class Connections:
    """The tenant's connections, by qualified name."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def read(self, qualified_name: str) -> dict[str, Any]:
        """The entity as the metadata endpoint answers it; ServiceError (404) if it is not known."""
        row = self._find(qualified_name)
        if row is None:
            raise no_such_entity("Connection", qualified_name)
        entity = {
            "typeName": "Connection",
            "guid": row["guid"],
            "status": "ACTIVE",
            "attributes": loads(row["attributes"]),
        }
        return {"referredEntities": {}, "entity": entity}

    def check(self, attributes: dict[str, Any]) -> None:
        """Refuse a new connection that nobody would administer."""
        new = attributes.get("name") and self._find(attributes["qualifiedName"]) is None
        if new and not any(attributes.get(kind) for kind in ADMINS):
            message = "a new connection needs at least one admin: a user, a group or a role"
            raise invalid(f"{AT} is invalid: {message}", cause(message, f"{AT}.attributes"))

    def learn(self, attributes: dict[str, Any], vaulted: str = "") -> None:
        """Make a named connection known; `vaulted` is the credential that was vaulted with it."""
        if not attributes.get("name"):
            return
        own = {"defaultCredentialGuid": vaulted} if vaulted else {}
        self._lay(attributes["qualifiedName"], {**own, **attributes})

    def ran(self, attributes: dict[str, Any]) -> None:
        """What a run does to its connection: a stub with no name renames it."""
        qualified_name = attributes["qualifiedName"]
        if not attributes.get("name"):
            self._lay(qualified_name, {**attributes, "name": qualified_name.rsplit("/", 1)[-1]})

    def _find(self, qualified_name: str) -> Any:
        return self._database.find("SELECT * FROM connections WHERE qualified_name = ?", qualified_name)

    def _lay(self, qualified_name: str, attributes: dict[str, Any]) -> None:
        row = self._find(qualified_name)
        guid = row["guid"] if row else str(uuid.uuid4())
        connector = qualified_name.split("/")[1]
        known = loads(row["attributes"]) if row else {"connectorName": connector}
        statement = "INSERT OR REPLACE INTO connections (qualified_name, guid, attributes) VALUES (?, ?, ?)"
        self._database.run(statement, qualified_name, guid, dumps({**known, **attributes}))
