"""The SQLite file: its tables and its transactions.

Write-ahead logging: a process that is killed loses nothing it has answered for. Nothing here is a secret:
of a credential's secrets salted hashes are stored, and inputs without their raw credential.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

FORMAT = 3
TABLES = """
CREATE TABLE workflows (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    slug TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    app_id TEXT NOT NULL,
    owner TEXT NOT NULL,
    workflow_id TEXT NOT NULL,
    version INTEGER NOT NULL,
    vaulted_guid TEXT NOT NULL DEFAULT '',
    created_at REAL NOT NULL,
    archived INTEGER NOT NULL DEFAULT 0
);
CREATE UNIQUE INDEX live_names ON workflows (name) WHERE NOT archived;
CREATE TABLE versions (
    slug TEXT NOT NULL REFERENCES workflows (slug),
    version INTEGER NOT NULL,
    entrypoint TEXT,
    inputs TEXT NOT NULL,
    correlation_id TEXT NOT NULL,
    runnable INTEGER NOT NULL,
    own_credential TEXT NOT NULL,
    published_at REAL NOT NULL,
    PRIMARY KEY (slug, version)
);
CREATE TABLE schedules (
    trigger_id TEXT PRIMARY KEY,
    slug TEXT NOT NULL REFERENCES workflows (slug),
    version INTEGER NOT NULL,
    cron TEXT NOT NULL,
    timezone TEXT NOT NULL
);
CREATE INDEX schedules_of ON schedules (slug);
CREATE TABLE runs (
    run_id TEXT PRIMARY KEY,
    slug TEXT NOT NULL REFERENCES workflows (slug),
    version INTEGER NOT NULL,
    submitted_at REAL NOT NULL,
    seconds REAL NOT NULL,
    outcome TEXT NOT NULL,
    status TEXT,
    script TEXT NOT NULL DEFAULT '[]',
    counted INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX runs_of ON runs (slug);
CREATE INDEX runs_to_count ON runs (submitted_at) WHERE NOT counted;
CREATE TABLE run_statuses (
    run_id TEXT NOT NULL REFERENCES runs (run_id),
    at REAL NOT NULL,
    status TEXT NOT NULL
);
CREATE INDEX run_statuses_of ON run_statuses (run_id);
CREATE TABLE credentials (
    guid TEXT PRIMARY KEY,
    record TEXT NOT NULL,
    secrets TEXT NOT NULL,
    version INTEGER NOT NULL,
    created_at REAL NOT NULL,
    updated_at REAL NOT NULL,
    archived INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE connections (
    qualified_name TEXT PRIMARY KEY,
    guid TEXT NOT NULL,
    status TEXT NOT NULL,
    attributes TEXT NOT NULL
);
"""
NAMES = ("schedules", "run_statuses", "runs", "versions", "workflows", "credentials", "connections")


class Database:
    """One connection, used from one thread. Opening raises sqlite3.Error if the file can't be used."""

    def __init__(self, path: Path) -> None:
        self._sqlite = sqlite3.connect(path, isolation_level=None)
        self._sqlite.row_factory = sqlite3.Row
        self._sqlite.execute("PRAGMA journal_mode = WAL")
        self._sqlite.execute("PRAGMA synchronous = NORMAL")
        self._sqlite.execute("PRAGMA foreign_keys = ON")
        self._prepare()

    def _prepare(self) -> None:
        found = self.one("PRAGMA user_version")[0]
        if found == 0:
            self._sqlite.executescript(f"BEGIN IMMEDIATE; {TABLES} PRAGMA user_version = {FORMAT}; COMMIT;")
        elif found != FORMAT:
            raise sqlite3.DatabaseError(f"the file has format {found}, this sandbox writes format {FORMAT}")

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All of the block or nothing of it."""
        self._sqlite.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._sqlite.execute("ROLLBACK")
            raise
        self._sqlite.execute("COMMIT")

    def run(self, statement: str, *values: Any) -> int:
        """Execute one statement; the number of rows it changed."""
        return self._sqlite.execute(statement, values).rowcount

    def find(self, statement: str, *values: Any) -> sqlite3.Row | None:
        row: sqlite3.Row | None = self._sqlite.execute(statement, values).fetchone()
        return row

    def one(self, statement: str, *values: Any) -> sqlite3.Row:
        row = self.find(statement, *values)
        assert row is not None
        return row

    def all(self, statement: str, *values: Any) -> list[sqlite3.Row]:
        return self._sqlite.execute(statement, values).fetchall()

    def clear(self) -> None:
        """Delete every row, and what the files still hold of them."""
        with self.transaction():
            for name in NAMES:
                self.run(f"DELETE FROM {name}")  # noqa: S608 - a name from the tuple above
        self.run("VACUUM")
        self.find("PRAGMA wal_checkpoint(TRUNCATE)")

    def close(self) -> None:
        self._sqlite.close()
