"""Credentials of the tenant: create, read, update, archive.

The password and the values of `extra` are stored as salted hashes. A read returns no secrets,
and of `extra` only the keys, or with `--surface-extra` the values that are not secret. When a workflow
sends only the guid of a credential, the service rewrites the credential's record. Names are unique on the tenant.
Chosen here: an update replaces all secrets, and a rewritten record keeps them. An archived credential keeps its name,
because a unique constraint of a database includes all rows. The list does not contain archived credentials.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable, Mapping
from typing import Any, NotRequired, TypedDict

from provider.sandbox.connector_configs import REGISTERED_NAMES
from provider.sandbox.database import Database
from provider.sandbox.errors import credential_name_taken, credential_not_stored, not_found
from provider.sandbox.json_codec import Json, JsonObject, dumps, loads
from provider.sandbox.json_schema import Validator, closed_object
from provider.sandbox.options import Options
from provider.sandbox.secret_hashes import Secrets, hash_secrets, matches

REWRITTEN_RECORD: JsonObject = {"credentialSource": "direct"}
TEXT_SCHEMA: JsonObject = {"type": "string"}
BODY_SCHEMA = closed_object(
    {
        "id": TEXT_SCHEMA,
        "name": TEXT_SCHEMA,
        "description": TEXT_SCHEMA,
        "authType": {"type": "string", "minLength": 1},
        "connectorConfigName": {"type": "string", "minLength": 1},
        "connectorType": TEXT_SCHEMA,
        "connector": TEXT_SCHEMA,
        "host": TEXT_SCHEMA,
        "port": {"type": "integer"},
        "username": TEXT_SCHEMA,
        "password": TEXT_SCHEMA,
        "extra": {"type": "object"},
        "level": {"type": ["object", "string"]},
        "metadata": {"type": "object"},
    },
    ["authType", "connectorConfigName"],
)
SECRETS_SCHEMA: JsonObject = {
    **closed_object({"password": TEXT_SCHEMA, "extra": {"type": "object"}}, []),
    "minProperties": 1,
}


class CredentialBody(Secrets, TypedDict):
    """A credential in a request. Other keys of the schema are stored and returned unchanged."""

    authType: str
    connectorConfigName: str
    name: NotRequired[str]
    connectorType: NotRequired[str]


class CredentialRow(TypedDict):
    """A row of the table; `record` and `secrets` are JSON text, times are in epoch seconds."""

    guid: str
    name: str
    record: str
    secrets: str
    version: int
    created_at: float
    updated_at: float
    archived: int


class StoredCredential(TypedDict):
    guid: str
    name: str | None
    archived: bool


CREDENTIAL_VALIDATOR: Validator[CredentialBody] = Validator(BODY_SCHEMA, "credential")
INPUT_VALIDATOR: Validator[CredentialBody] = Validator(BODY_SCHEMA, "inputs.credential")
"""The validator of a raw credential in inputs, which an open contract does not declare."""

SECRET_WORDS = re.compile("key|pass|secret|token", re.IGNORECASE)
"""The words in the key of an extra whose value is never shown."""

SECRETS_VALIDATOR: Validator[Secrets] = Validator(SECRETS_SCHEMA, "body")


class Credentials:
    """The tenant's credentials; `clock` returns epoch seconds."""

    def __init__(self, options: Options, database: Database, clock: Callable[[], float]) -> None:
        self._options = options
        self._database = database
        self._clock = clock

    def create(self, body: Json, connector: str | None = None) -> JsonObject:
        """Store a credential and return its record.

        Raises ServiceError: 400 for an invalid body or a name that is taken, 500 for an unknown connectorConfigName.
        `connector` is part of the name if the body contains no name.
        """
        credential = CREDENTIAL_VALIDATOR.validate(body)
        now = self._clock()
        name = credential.get("name") or self._default_name(credential, connector)
        guid = str(uuid.uuid4())
        self._refuse(credential, name, guid)
        record = dumps({**self._without_secrets(credential), "name": name})
        statement = (
            "INSERT INTO credentials (guid, name, record, secrets, version, created_at, updated_at)"
            " VALUES (?, ?, ?, ?, 1, ?, ?)"
        )
        self._database.execute(statement, guid, name, record, dumps(hash_secrets(credential)), now, now)
        return self.read(guid)

    def read(self, guid: str) -> JsonObject:
        """Return a credential's record. Raises ServiceError (404) if it does not exist or is archived."""
        return _shown(self._row(guid))

    def listed(self) -> list[JsonObject]:
        """Return the records of all credentials that are not archived, oldest first."""
        statement = "SELECT * FROM credentials WHERE NOT archived ORDER BY rowid"
        return [_shown(row) for row in self._database.rows(CredentialRow, statement)]

    def stored(self) -> list[StoredCredential]:
        """Return all credentials, archived ones too, oldest first."""
        rows = self._database.rows(CredentialRow, "SELECT * FROM credentials ORDER BY rowid")
        return [
            {"guid": row["guid"], "name": loads(row["record"]).get("name"), "archived": bool(row["archived"])}
            for row in rows
        ]

    def verify(self, guid: str, guess: JsonObject) -> bool:
        """Return True if the guessed secrets match the stored ones. Raises ServiceError 404 or 400."""
        row = self._row(guid)
        return matches(SECRETS_VALIDATOR.validate(guess), loads(row["secrets"]))

    def update(self, guid: str, body: JsonObject) -> JsonObject:
        """Replace a credential's record and secrets, and return the record. A body without a name keeps the name.

        Raises ServiceError as `create` does, and 404 if the credential does not exist or is archived.
        """
        row = self._row(guid)
        credential = CREDENTIAL_VALIDATOR.validate(body)
        name = credential.get("name") or row["name"]
        self._refuse(credential, name, guid)
        self._write(guid, {**self._without_secrets(credential), "name": name})
        secrets = dumps(hash_secrets(credential))
        self._database.execute("UPDATE credentials SET name = ?, secrets = ? WHERE guid = ?", name, secrets, guid)
        return self.read(guid)

    def rewrite(self, guid: str) -> None:
        """Rewrite the record, as the service does for a guid in a workflow's inputs. Ignore an unknown guid."""
        self._write(guid, REWRITTEN_RECORD)

    def archive(self, guid: str) -> JsonObject:
        record = self.read(guid)
        self._database.execute("UPDATE credentials SET archived = 1 WHERE guid = ?", guid)
        return {**record, "isActive": False}

    def _refuse(self, credential: CredentialBody, name: str, guid: str) -> None:
        """Raise ServiceError if the connector is unknown, or if a credential with another guid has the name."""
        if self._options.registered_connectors and credential["connectorConfigName"] not in REGISTERED_NAMES:
            raise credential_not_stored()
        statement = "SELECT * FROM credentials WHERE name = ? AND guid <> ?"
        other = self._database.row(CredentialRow, statement, name, guid)
        if self._options.unique_credential_names and other is not None:
            raise credential_name_taken()

    def _row(self, guid: str) -> CredentialRow:
        statement = "SELECT * FROM credentials WHERE guid = ? AND NOT archived"
        row = self._database.row(CredentialRow, statement, guid)
        if row is None:
            raise not_found("credential", guid)
        return row

    def _write(self, guid: str, record: JsonObject) -> None:
        statement = "UPDATE credentials SET record = ?, version = version + 1, updated_at = ? WHERE guid = ?"
        self._database.execute(statement, dumps(record), self._clock(), guid)

    def _without_secrets(self, credential: CredentialBody) -> JsonObject:
        """Return the record of a credential: without the password and the id, and with null for hidden extras."""
        fields: Mapping[str, Any] = credential
        record = {key: value for key, value in fields.items() if key not in ("password", "id")}
        if "extra" in record:
            record["extra"] = {key: self._shown_extra(key, value) for key, value in credential["extra"].items()}
        return record

    def _shown_extra(self, key: str, value: Json) -> Json:
        return value if self._options.surface_extra and not SECRET_WORDS.search(key) else None

    def _default_name(self, credential: CredentialBody, connector: str | None) -> str:
        kind = connector or credential.get("connectorType") or credential["connectorConfigName"]
        return f"default-{kind}-{int(self._clock())}-0"


def _shown(row: CredentialRow) -> JsonObject:
    """Return the record of a credential with the values that the service adds."""
    return {
        **loads(row["record"]),
        "id": row["guid"],
        "version": str(row["version"]),
        "isActive": True,
        "createdAt": int(row["created_at"] * 1000),
        "updatedAt": int(row["updated_at"] * 1000),
    }
