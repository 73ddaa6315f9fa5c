"""Connections of the tenant. The first run of a workflow that succeeds creates the workflow's connection.

A run renames the connection to the last part of its qualified name if the inputs contain no name for it.
Chosen here:
- Every run that succeeds merges the connection of its version into the stored one. An update of a workflow
  therefore changes the connection only with its next run.
- The credential of the workflow becomes the connection's default credential, unless the attributes name a different
  one.
- A new connection that has a name needs an admin. An admin role is the guid of a role of the tenant, or a value
  that the connection has already.
- A deleted connection is still returned, as DELETED, and a run does not restore it.
- Runs are applied at the next read or change of a connection, in the order in which the runs ended.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Required, TypedDict

from provider.sandbox.database import Database
from provider.sandbox.entities import Entity, EntityResponse
from provider.sandbox.errors import cause, invalid, no_such_entity
from provider.sandbox.json_codec import Json, JsonObject, dumps, loads
from provider.sandbox.json_schema import Validator, closed_object
from provider.sandbox.roles import ROLES
from provider.sandbox.runs import Runs

LOCATION = "inputs.connection"
NAMES_SCHEMA: JsonObject = {"type": ["array", "null"], "items": {"type": "string"}}
PROPERTY_SCHEMAS: JsonObject = {
    "typeName": {"const": "Connection"},
    "attributes": {
        "type": "object",
        "properties": {
            "qualifiedName": {"type": "string", "pattern": "^default/[^/]+/[^/]+$"},
            "name": {"type": "string"},
            "adminUsers": NAMES_SCHEMA,
            "adminGroups": NAMES_SCHEMA,
            "adminRoles": NAMES_SCHEMA,
        },
        "required": ["qualifiedName"],
    },
}
INPUT_SCHEMA: JsonObject = {"type": "object", "properties": PROPERTY_SCHEMAS, "required": ["typeName", "attributes"]}
ACTIVE = "ACTIVE"
CONTROL_SCHEMA = closed_object({**PROPERTY_SCHEMAS, "status": {"enum": [ACTIVE, "DELETED"]}}, ["attributes"])
NAME_REQUIRED_SCHEMA: JsonObject = {
    "properties": {"attributes": {"required": ["name"], "properties": {"name": {"minLength": 1}}}}
}
ROLE_GUIDS = frozenset(role["id"] for role in ROLES)


class ConnectionAttributes(TypedDict, total=False):
    """The attributes that the sandbox reads. Others are stored and returned unchanged."""

    qualifiedName: Required[str]
    name: str
    adminUsers: list[str] | None
    adminGroups: list[str] | None
    adminRoles: list[str] | None
    defaultCredentialGuid: str


class ConnectionBody(TypedDict, total=False):
    """A connection in a workflow's inputs, or in a request to the control plane, which can have a status."""

    typeName: str
    attributes: Required[ConnectionAttributes]
    status: str


class ConnectionRow(TypedDict):
    """A row of the table; `attributes` is JSON text, `created_at` epoch seconds."""

    qualified_name: str
    guid: str
    status: str
    attributes: str
    created_at: float


INPUT_VALIDATOR: Validator[ConnectionBody] = Validator(INPUT_SCHEMA, LOCATION)
CONTROL_VALIDATOR: Validator[ConnectionBody] = Validator({**CONTROL_SCHEMA, "allOf": [NAME_REQUIRED_SCHEMA]}, "body")


def connection_attributes(inputs: JsonObject) -> ConnectionAttributes | None:
    """Return the attributes of the connection in the inputs, an object or its JSON text. Return None without one.

    Raises ServiceError (400) if the connection is invalid.
    """
    if "connection" not in inputs:
        return None
    connection = inputs["connection"]
    if isinstance(connection, str):
        try:
            connection = loads(connection)
        except ValueError:
            raise invalid(f"{LOCATION} is text that is not JSON", cause("not JSON", LOCATION)) from None
    return INPUT_VALIDATOR.validate(connection)["attributes"]


class Connections:
    """The tenant's connections, by qualified name. `clock` returns epoch seconds."""

    def __init__(self, database: Database, clock: Callable[[], float], runs: Runs) -> None:
        self._database = database
        self._clock = clock
        self._runs = runs

    def find(self, qualified_name: str) -> Entity | None:
        """Apply the runs, then return the connection, or None if it does not exist."""
        self.apply_runs()
        row = self._row(qualified_name)
        return None if row is None else _entity(row)

    def search(self, lag_seconds: float) -> list[Entity]:
        """Apply the runs, then return the active connections by guid, without those that are newer than the lag."""
        self.apply_runs()
        statement = "SELECT * FROM connections WHERE status = ? AND created_at <= ? ORDER BY guid"
        rows = self._database.rows(ConnectionRow, statement, ACTIVE, self._clock() - lag_seconds)
        return [_entity(row) for row in rows]

    def read(self, qualified_name: str) -> EntityResponse:
        """Return the response of the metadata endpoint. Raises ServiceError (404) if the connection does not exist."""
        entity = self.find(qualified_name)
        if entity is None:
            raise no_such_entity("Connection", qualified_name)
        return {"referredEntities": {}, "entity": entity}

    def save(self, body: JsonObject) -> EntityResponse:
        """Create a connection (a ConnectionBody), or merge it into the existing one. Raises ServiceError (400)."""
        connection = CONTROL_VALIDATOR.validate(body)
        attributes = connection["attributes"]
        self.apply_runs()
        self._merge(attributes["qualifiedName"], attributes, connection.get("status"))
        return self.read(attributes["qualifiedName"])

    def check(self, attributes: ConnectionAttributes) -> None:
        """Refuse a new connection without an admin, and unknown admin roles. Raises ServiceError (400)."""
        entity = self.find(attributes["qualifiedName"])
        admins = attributes.get("adminUsers") or attributes.get("adminGroups") or attributes.get("adminRoles")
        if attributes.get("name") and entity is None and not admins:
            message = "a new connection needs at least one admin: a user, a group or a role"
            raise invalid(f"{LOCATION} is invalid: {message}", cause(message, f"{LOCATION}.attributes"))
        known = entity["attributes"].get("adminRoles") if entity else None
        if not ROLE_GUIDS.union(_as_list(known)).issuperset(attributes.get("adminRoles") or []):
            message = "an admin role must be the guid of a role of this tenant"
            raise invalid(f"{LOCATION} is invalid: {message}", cause(message, f"{LOCATION}.attributes.adminRoles"))

    def apply_runs(self) -> None:
        """Apply the runs that have succeeded since the last call. The caller must not be in a transaction."""
        runs = self._runs.not_applied()
        if not runs:
            return
        with self._database.transaction():
            for run in runs:
                attributes = connection_attributes(loads(run["inputs"]))
                if attributes is not None:  # otherwise a person set the status, because a run without one fails
                    self._apply(attributes, run["own_credential"])
                self._runs.mark_applied(run["run_id"])

    def _apply(self, attributes: ConnectionAttributes, credential: str) -> None:
        qualified_name = attributes["qualifiedName"]
        name = attributes.get("name") or qualified_name.rsplit("/", 1)[-1]
        named: ConnectionAttributes = {**attributes, "name": name}
        self._merge(qualified_name, {"defaultCredentialGuid": credential, **named} if credential else named)

    def _row(self, qualified_name: str) -> ConnectionRow | None:
        statement = "SELECT * FROM connections WHERE qualified_name = ?"
        return self._database.row(ConnectionRow, statement, qualified_name)

    def _merge(self, qualified_name: str, attributes: ConnectionAttributes, status: str | None = None) -> None:
        row = self._row(qualified_name)
        guid = row["guid"] if row else str(uuid.uuid4())
        stored = loads(row["attributes"]) if row else {"connectorName": qualified_name.split("/")[1]}
        new_status = status or (row["status"] if row else ACTIVE)
        created_at = row["created_at"] if row else self._clock()
        values = qualified_name, guid, new_status, dumps({**stored, **attributes}), created_at
        self._database.execute("INSERT OR REPLACE INTO connections VALUES (?, ?, ?, ?, ?)", *values)


def _entity(row: ConnectionRow) -> Entity:
    attributes = loads(row["attributes"])
    return {"typeName": "Connection", "guid": row["guid"], "status": row["status"], "attributes": attributes}


def _as_list(value: Json) -> list[Json]:
    return value if isinstance(value, list) else []
