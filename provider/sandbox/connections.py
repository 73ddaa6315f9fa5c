"""Connections: they come to exist by the first Succeeded run of a workflow that names them.

The service's fact: a stub with no name is accepted, and a run of it renames the connection to the qualified
name's last segment. Rules where the facts are silent: every Succeeded run lays the connection of its version
over the stored one, so what an update changes shows from the next such run on; so goes the credential that was
vaulted for the workflow, as the connection's default one, unless the attributes name another; a connection that
does not exist yet needs an admin if it has a name; an admin role is the guid of one of the tenant's, or one that the
connection has already. A connection that was deleted is still shown, as DELETED, and a run of it leaves it so. Runs
are counted when somebody looks, in the order of their ends.
"""

from __future__ import annotations

import uuid
from typing import Any

from provider.sandbox.database import Database
from provider.sandbox.errors import cause, invalid, no_such_entity
from provider.sandbox.roles import ROLES
from provider.sandbox.runs import Runs
from provider.sandbox.wire import Checker, closed, dumps, loads

ADMINS = ("adminUsers", "adminGroups", "adminRoles")
AT = "inputs.connection"
NAMES = {"type": ["array", "null"], "items": {"type": "string"}}
PROPERTIES: dict[str, Any] = {
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
}
BODY = {"type": "object", "properties": PROPERTIES, "required": ["typeName", "attributes"]}
CHECKER = Checker(BODY, AT)
# what the control plane is told needs no type, but a name
NAMED = {"properties": {"attributes": {"required": ["name"], "properties": {"name": {"minLength": 1}}}}}
ACTIVE = "ACTIVE"
GIVEN = {**PROPERTIES, "status": {"enum": [ACTIVE, "DELETED"]}}
MADE = Checker({**closed(GIVEN, ["attributes"]), "allOf": [NAMED]}, "body")
ROLE_GUIDS = frozenset(role["id"] for role in ROLES)


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

    def __init__(self, database: Database, runs: Runs) -> None:
        self._database = database
        self._runs = runs

    def find(self, qualified_name: str) -> dict[str, Any] | None:
        """The entity `{typeName, guid, status, attributes}`, None if there is none."""
        self.catch_up()
        row = self._row(qualified_name)
        if row is None:
            return None
        entity = {"typeName": "Connection", "guid": row["guid"], "status": row["status"]}
        return {**entity, "attributes": loads(row["attributes"])}

    def read(self, qualified_name: str) -> dict[str, Any]:
        """The entity as the metadata endpoint answers it; ServiceError (404) if there is none."""
        entity = self.find(qualified_name)
        if entity is None:
            raise no_such_entity("Connection", qualified_name)
        return {"referredEntities": {}, "entity": entity}

    def make(self, body: dict[str, Any]) -> dict[str, Any]:
        """Make `{attributes, status?}` exist, or lay it over what does; the entity as `read` has it.

        ServiceError (400) for anything else.
        """
        MADE.check(body)
        attributes = body["attributes"]
        self.catch_up()
        self._lay(attributes["qualifiedName"], attributes, body.get("status"))
        return self.read(attributes["qualifiedName"])

    def check(self, attributes: dict[str, Any]) -> None:
        """Refuse a new connection that nobody would administer, and roles that are not the tenant's."""
        entity = self.find(attributes["qualifiedName"])
        if attributes.get("name") and entity is None and not any(attributes.get(kind) for kind in ADMINS):
            message = "a new connection needs at least one admin: a user, a group or a role"
            raise invalid(f"{AT} is invalid: {message}", cause(message, f"{AT}.attributes"))
        known = entity["attributes"].get("adminRoles") if entity else None
        if not ROLE_GUIDS.union(known or []).issuperset(attributes.get("adminRoles") or []):
            message = "an admin role is none of the tenant's: a guid is needed"
            raise invalid(f"{AT} is invalid: {message}", cause(message, f"{AT}.attributes.adminRoles"))

    def catch_up(self) -> None:
        """Count the runs that have Succeeded since somebody looked; not within a transaction."""
        runs = self._runs.uncounted()
        if not runs:
            return
        with self._database.transaction():
            for run in runs:
                self._ran(attributes_of(loads(run["inputs"])), run["own_credential"])
                self._runs.count(run["run_id"])

    def _ran(self, attributes: dict[str, Any], credential: str) -> None:
        qualified_name = attributes["qualifiedName"]
        own = {"defaultCredentialGuid": credential} if credential else {}
        name = attributes.get("name") or qualified_name.rsplit("/", 1)[-1]
        self._lay(qualified_name, {**own, **attributes, "name": name})

    def _row(self, qualified_name: str) -> Any:
        return self._database.find("SELECT * FROM connections WHERE qualified_name = ?", qualified_name)

    def _lay(self, qualified_name: str, attributes: dict[str, Any], status: str | None = None) -> None:
        row = self._row(qualified_name)
        guid = row["guid"] if row else str(uuid.uuid4())
        connector = qualified_name.split("/")[1]
        known = loads(row["attributes"]) if row else {"connectorName": connector}
        stands = status or (row["status"] if row else ACTIVE)
        statement = "INSERT OR REPLACE INTO connections (qualified_name, guid, status, attributes) VALUES (?, ?, ?, ?)"
        self._database.run(statement, qualified_name, guid, stands, dumps({**known, **attributes}))
