"""The SQLite file: its tables and its transactions.

The write-ahead log keeps every change that was confirmed to a client, even if the process is killed. The file
contains no secrets: credentials are stored with salted hashes, and inputs without their raw credential.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeAlias, TypeVar

FORMAT = 6
CREATE_TABLES = """
CREATE TABLE workflows (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    slug TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    app_id TEXT NOT NULL,
    owner TEXT NOT NULL,
    workflow_id TEXT NOT NULL,
    version INTEGER NOT NULL,
    credential_guid TEXT NOT NULL DEFAULT '',
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
    applied INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX runs_of ON runs (slug);
CREATE INDEX runs_to_apply ON runs (submitted_at) WHERE NOT applied;
CREATE TABLE run_statuses (
    run_id TEXT NOT NULL REFERENCES runs (run_id),
    at REAL NOT NULL,
    status TEXT NOT NULL
);
CREATE INDEX run_statuses_of ON run_statuses (run_id);
CREATE TABLE credentials (
    guid TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    record TEXT NOT NULL,
    secrets TEXT NOT NULL,
    version INTEGER NOT NULL,
    created_at REAL NOT NULL,
    updated_at REAL NOT NULL,
    archived INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX credentials_name ON credentials (name);
CREATE TABLE connections (
    qualified_name TEXT PRIMARY KEY,
    guid TEXT NOT NULL,
    status TEXT NOT NULL,
    attributes TEXT NOT NULL,
    created_at REAL NOT NULL
);
"""
TABLES = ("schedules", "run_statuses", "runs", "versions", "workflows", "credentials", "connections")

Row = TypeVar("Row")
SqlValue: TypeAlias = int | float | str | None


class Database:
    """One SQLite connection, for one thread. Raises sqlite3.Error if the file cannot be used."""

    def __init__(self, path: Path) -> None:
        self._sqlite = sqlite3.connect(path, isolation_level=None)
        self._sqlite.execute("PRAGMA journal_mode = WAL")
        self._sqlite.execute("PRAGMA synchronous = NORMAL")
        self._sqlite.execute("PRAGMA foreign_keys = ON")
        self._create_tables()
        self._sqlite.row_factory = _as_dict

    def _create_tables(self) -> None:
        (found,) = self._sqlite.execute("PRAGMA user_version").fetchone()
        if found == 0:
            self._sqlite.executescript(f"BEGIN IMMEDIATE; {CREATE_TABLES} PRAGMA user_version = {FORMAT}; COMMIT;")
        elif found != FORMAT:
            raise sqlite3.DatabaseError(f"the file has format {found}, this sandbox writes format {FORMAT}")

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Commit the changes of the block. Roll all of them back if the block raises an exception."""
        self._sqlite.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._sqlite.execute("ROLLBACK")
            raise
        self._sqlite.execute("COMMIT")

    def execute(self, statement: str, *values: SqlValue) -> int:
        """Execute one statement. Return the number of rows that it changed."""
        return self._sqlite.execute(statement, values).rowcount

    def row(self, row_type: type[Row], statement: str, *values: SqlValue) -> Row | None:
        """Return the first row as a dict, or None. `row_type` is the TypedDict that describes it."""
        row: Row | None = self._sqlite.execute(statement, values).fetchone()
        return row

    def rows(self, row_type: type[Row], statement: str, *values: SqlValue) -> list[Row]:
        """Return all rows as dicts. `row_type` is the TypedDict that describes one."""
        return self._sqlite.execute(statement, values).fetchall()

    def clear(self) -> None:
        """Delete every row, also from the free space of the files."""
        with self.transaction():
            for table in TABLES:
                self.execute(f"DELETE FROM {table}")  # noqa: S608 - a name from the tuple above
        self.execute("VACUUM")
        self._sqlite.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()

    def close(self) -> None:
        self._sqlite.close()


def _as_dict(cursor: sqlite3.Cursor, values: tuple[SqlValue, ...]) -> dict[str, SqlValue]:
    return {column[0]: value for column, value in zip(cursor.description, values, strict=True)}
