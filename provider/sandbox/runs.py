"""Runs, which advance by time alone: Pending, Running, then their outcome.

No thread moves them: a status is computed from the submission's time whenever it is read, so a restart loses
no progress. A status set by a cancel or by the control plane stays. What a Succeeded run does to its connection is
counted once, whatever the control plane makes of the run afterwards. Rule where the facts are silent: of a run's
seconds the first fifth is Pending.
"""

from __future__ import annotations

import sqlite3
import uuid
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from provider.sandbox.database import Database
from provider.sandbox.errors import already_running, invalid, not_found

ACTIVE = ("Pending", "Running", "Paused")
TERMINAL = ("Succeeded", "Failed", "Stopped", "Terminated", "Skipped")
PENDING_SHARE = 0.2


class Runs:
    """The tenant's runs; `seconds` is how long one takes, `clock` gives epoch seconds."""

    def __init__(self, database: Database, clock: Callable[[], float], seconds: float) -> None:
        self._database = database
        self._clock = clock
        self._seconds = seconds

    def submit(self, slug: str, version: int, outcome: str) -> dict[str, Any]:
        """Start a run; ServiceError (500) while another one of the workflow is active."""
        if any(run["status"] in ACTIVE for run in self.of(slug)):
            raise already_running(slug)
        run_id = str(uuid.uuid4())
        statement = "INSERT INTO runs (run_id, slug, version, submitted_at, seconds, outcome) VALUES (?, ?, ?, ?, ?, ?)"
        self._database.run(statement, run_id, slug, version, self._clock(), self._seconds, outcome)
        return self.read(run_id)

    def read(self, run_id: str) -> dict[str, Any]:
        """`{run_id, slug, status, started_at}`; ServiceError (404) for an unknown run."""
        row = self._row(run_id)
        status = self._status(row)
        started = row["submitted_at"] + row["seconds"] * PENDING_SHARE
        text = None if status == "Pending" else datetime.fromtimestamp(started, UTC).isoformat()
        return {"run_id": run_id, "slug": row["slug"], "status": status, "started_at": text}

    def cancel(self, run_id: str) -> dict[str, Any]:
        """Stop an active run; one that has ended keeps its status and answers `cancelled: false`."""
        row = self._row(run_id)
        active = self._status(row) in ACTIVE
        status = "Stopped" if active else self._status(row)
        if active:
            self.set(run_id, status)
        return {"run_id": run_id, "cancelled": active, "status": status, "slug": row["slug"]}

    def set(self, run_id: str, status: Any) -> dict[str, Any]:
        """Fix a run's status from now on; ServiceError (404, or 400 for a status that is none)."""
        if status not in (*ACTIVE, *TERMINAL):
            raise invalid(f"status must be one of {', '.join((*ACTIVE, *TERMINAL))}")
        if not self._database.run("UPDATE runs SET status = ? WHERE run_id = ?", status, run_id):
            raise not_found("run", run_id)
        return self.read(run_id)

    def of(self, slug: str) -> list[dict[str, Any]]:
        """`[{run_id, status}]` of one workflow, oldest first."""
        rows = self._database.all("SELECT * FROM runs WHERE slug = ? ORDER BY rowid", slug)
        return [{"run_id": row["run_id"], "status": self._status(row)} for row in rows]

    def uncounted(self) -> list[sqlite3.Row]:
        """Runs that have Succeeded and are not counted yet, in the order of their ends, with their version."""
        statement = (
            "SELECT run_id, inputs, own_credential FROM runs JOIN versions USING (slug, version) WHERE NOT counted"
            " AND (status = 'Succeeded' OR status IS NULL AND outcome = 'Succeeded' AND ? - submitted_at >= seconds)"
            " ORDER BY submitted_at + seconds, runs.rowid"
        )
        return self._database.all(statement, self._clock())

    def count(self, run_id: str) -> None:
        self._database.run("UPDATE runs SET counted = 1 WHERE run_id = ?", run_id)

    def _row(self, run_id: str) -> sqlite3.Row:
        row = self._database.find("SELECT * FROM runs WHERE run_id = ?", run_id)
        if row is None:
            raise not_found("run", run_id)
        return row

    def _status(self, row: sqlite3.Row) -> str:
        elapsed = self._clock() - row["submitted_at"]
        if row["status"] is not None:
            return str(row["status"])
        if elapsed >= row["seconds"]:
            return str(row["outcome"])
        return "Pending" if elapsed < row["seconds"] * PENDING_SHARE else "Running"
