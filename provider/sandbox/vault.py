"""Credentials: what is kept of them, and how the service changes them.

Of the password and of each value of `extra` a salted hash alone is kept. The service's facts: a read has no
password; a workflow that sends a bare guid, with no body, rewrites the shared record. Rules where the facts are
silent: an update replaces the secrets too, all of them; a rewritten record keeps its secrets.
"""

from __future__ import annotations

import sqlite3
import uuid
from collections.abc import Callable
from typing import Any

from provider.sandbox.database import Database
from provider.sandbox.errors import not_found
from provider.sandbox.secret_hashes import hashes_of, matches
from provider.sandbox.wire import Checker, closed, dumps, loads

FLATTENED = {"credentialSource": "direct"}
TEXT = {"type": "string"}
BODY = closed(
    {
        "id": TEXT,
        "name": TEXT,
        "description": TEXT,
        "authType": {"type": "string", "minLength": 1},
        "connectorConfigName": {"type": "string", "minLength": 1},
        "connectorType": TEXT,
        "connector": TEXT,
        "host": TEXT,
        "port": {"type": "integer"},
        "username": TEXT,
        "password": TEXT,
        "extra": {"type": "object"},
        "level": {"type": ["object", "string"]},
        "metadata": {"type": "object"},
    },
    ["authType", "connectorConfigName"],
)
CLAIM = {**closed({"password": TEXT, "extra": {"type": "object"}}, []), "minProperties": 1}


def _harmless(body: dict[str, Any]) -> dict[str, Any]:
    kept = {key: value for key, value in body.items() if key not in ("password", "id")}
    if "extra" in kept:
        kept["extra"] = dict.fromkeys(kept["extra"])
    return kept


class Vault:
    """The tenant's credentials; `clock` gives epoch seconds."""

    def __init__(self, database: Database, clock: Callable[[], float]) -> None:
        self._database = database
        self._clock = clock
        self._checker = Checker(BODY, "credential")
        self._claims = Checker(CLAIM, "body")

    def create(self, body: dict[str, Any], connector: str | None = None) -> dict[str, Any]:
        """Vault a credential and answer its record; ServiceError (400) for a body that is none."""
        self._checker.check(body)
        now = self._clock()
        name = body.get("name") or self._default_name(body, connector)
        guid = str(uuid.uuid4())
        record = dumps({**_harmless(body), "name": name})
        statement = (
            "INSERT INTO credentials (guid, record, secrets, version, created_at, updated_at) VALUES (?, ?, ?, 1, ?, ?)"
        )
        self._database.run(statement, guid, record, dumps(hashes_of(body)), now, now)
        return self.read(guid)

    def read(self, guid: str) -> dict[str, Any]:
        """The record of a credential; ServiceError (404) if there is none, or an archived one."""
        row = self._row(guid)
        return {
            **loads(row["record"]),
            "id": guid,
            "version": str(row["version"]),
            "isActive": True,
            "createdAt": int(row["created_at"] * 1000),
            "updatedAt": int(row["updated_at"] * 1000),
        }

    def stored(self) -> list[dict[str, Any]]:
        """`[{guid, name, archived}]`, oldest first."""
        rows = self._database.all("SELECT guid, record, archived FROM credentials ORDER BY rowid")
        return [
            {"guid": row["guid"], "name": loads(row["record"]).get("name"), "archived": bool(row["archived"])}
            for row in rows
        ]

    def verify(self, guid: str, claim: dict[str, Any]) -> bool:
        """Whether the claim, `{password?, extra?}`, names secrets as they are vaulted; ServiceError (404 or 400)."""
        row = self._row(guid)
        self._claims.check(claim)
        return matches(claim, loads(row["secrets"]))

    def update(self, guid: str, body: dict[str, Any]) -> dict[str, Any]:
        """Replace a credential's record; the name stays where none is given."""
        current = self.read(guid)
        self._checker.check(body)
        name = body.get("name") or current.get("name")
        self._write(guid, {**_harmless(body), **({"name": name} if name else {})})
        self._database.run("UPDATE credentials SET secrets = ? WHERE guid = ?", dumps(hashes_of(body)), guid)
        return self.read(guid)

    def flatten(self, guid: str) -> None:
        """What a bare guid in a workflow's inputs does to the record, where the guid is a known one."""
        self._write(guid, FLATTENED)

    def archive(self, guid: str) -> dict[str, Any]:
        record = self.read(guid)
        self._database.run("UPDATE credentials SET archived = 1 WHERE guid = ?", guid)
        return {**record, "isActive": False}

    def _row(self, guid: str) -> sqlite3.Row:
        row = self._database.find("SELECT * FROM credentials WHERE guid = ? AND NOT archived", guid)
        if row is None:
            raise not_found("credential", guid)
        return row

    def _write(self, guid: str, record: dict[str, Any]) -> None:
        statement = "UPDATE credentials SET record = ?, version = version + 1, updated_at = ? WHERE guid = ?"
        self._database.run(statement, dumps(record), self._clock(), guid)

    def _default_name(self, body: dict[str, Any], connector: str | None) -> str:
        kind = connector or body.get("connectorType") or body["connectorConfigName"]
        return f"default-{kind}-{int(self._clock())}-0"
