"""Runs, which advance by time: Pending, Running, then their outcome; or by a script, a step at each read.

No thread moves them: a status is computed from the submission's time whenever it is read, so a restart loses
no progress. A status set by a cancel, a script or the control plane stays. What a Succeeded run does to its connection
is counted once, whatever the control plane makes of the run afterwards. Rules where the facts are silent: of a run's
seconds the first fifth is Pending; the index names a run by the workflow's prefix and the run's id.
"""

from __future__ import annotations

import sqlite3
import uuid
from collections import deque
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from provider.sandbox.database import Database
from provider.sandbox.errors import already_running, invalid, not_found
from provider.sandbox.wire import dumps, loads

ACTIVE = ("Pending", "Running", "Paused")
TERMINAL = ("Succeeded", "Failed", "Stopped", "Terminated", "Skipped")
PENDING_SHARE = 0.2
INDEXED = "default/apps/automation_engine/workflows/"


class Runs:
    """The tenant's runs; `seconds` is how long one takes, `clock` gives epoch seconds."""

    def __init__(self, database: Database, clock: Callable[[], float], seconds: float) -> None:
        self._database = database
        self._clock = clock
        self._seconds = seconds
        self._scripts: deque[list[str]] = deque()

    def expect(self, statuses: Any) -> None:
        """Script a run that is submitted later: the first status then, one further at each read, the last for ever."""
        if not isinstance(statuses, list) or not statuses:
            raise invalid("statuses must be a list of at least one status")
        for status in statuses:
            _check(status)
        self._scripts.append(statuses)

    def expect_nothing(self) -> None:
        self._scripts.clear()

    def submit(self, slug: str, version: int, outcome: str) -> dict[str, Any]:
        """Start a run; ServiceError (500) while another one of the workflow is active."""
        if any(run["status"] in ACTIVE for run in self.of(slug)):
            raise already_running(slug)
        run_id = str(uuid.uuid4())
        statement = "INSERT INTO runs (run_id, slug, version, submitted_at, seconds, outcome) VALUES (?, ?, ?, ?, ?, ?)"
        self._database.run(statement, run_id, slug, version, self._clock(), self._seconds, outcome)
        if self._scripts:
            self._follow(run_id, self._scripts.popleft())
        return self._shown(self._row(run_id))

    def read(self, run_id: str) -> dict[str, Any]:
        """`{run_id, slug, status, started_at}`, a script's next step; ServiceError (404) for an unknown run."""
        script = loads(self._row(run_id)["script"])
        if script:
            self._follow(run_id, script)
        return self._shown(self._row(run_id))

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
        _check(status)
        self._row(run_id)
        self._follow(run_id, [status])
        return self._shown(self._row(run_id))

    def lose(self, run_id: str) -> None:
        """Forget a run altogether; ServiceError (404) for an unknown one."""
        self._row(run_id)
        self._database.run("DELETE FROM run_statuses WHERE run_id = ?", run_id)
        self._database.run("DELETE FROM runs WHERE run_id = ?", run_id)

    def of(self, slug: str) -> list[dict[str, Any]]:
        """`[{run_id, status}]` of one workflow, oldest first."""
        return [{"run_id": row["run_id"], "status": self._status(row)} for row in self._rows(slug)]

    def indexed(self, prefix: str, statuses: list[str], lag: float) -> list[dict[str, Any]]:
        """Entities `{typeName, guid, status, attributes}` of a workflow's runs that had one of these statuses then."""
        moment = self._clock() - lag
        slug = prefix.removeprefix(INDEXED).removesuffix("/") if prefix.startswith(INDEXED) else ""
        seen = [(row, self._status_at(row, moment)) for row in self._rows(slug)]
        return [_entity(row, status) for row, status in seen if status in statuses]

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

    def _rows(self, slug: str) -> list[sqlite3.Row]:
        return self._database.all("SELECT * FROM runs WHERE slug = ? ORDER BY rowid", slug)

    def _row(self, run_id: str) -> sqlite3.Row:
        row = self._database.find("SELECT * FROM runs WHERE run_id = ?", run_id)
        if row is None:
            raise not_found("run", run_id)
        return row

    def _follow(self, run_id: str, script: list[str]) -> None:
        status, *rest = script
        self._database.run("UPDATE runs SET status = ?, script = ? WHERE run_id = ?", status, dumps(rest), run_id)
        self._database.run("INSERT INTO run_statuses VALUES (?, ?, ?)", run_id, self._clock(), status)

    def _shown(self, row: sqlite3.Row) -> dict[str, Any]:
        status = self._status(row)
        started = row["submitted_at"] + row["seconds"] * PENDING_SHARE
        text = None if status == "Pending" else datetime.fromtimestamp(started, UTC).isoformat()
        return {"run_id": row["run_id"], "slug": row["slug"], "status": status, "started_at": text}

    def _status(self, row: sqlite3.Row) -> str:
        return str(row["status"] or _timed(row, self._clock()))

    def _status_at(self, row: sqlite3.Row, moment: float) -> str | None:
        """The status that a run had at a moment, None before it was submitted."""
        if moment < row["submitted_at"]:
            return None
        statement = "SELECT status FROM run_statuses WHERE run_id = ? AND at <= ? ORDER BY rowid DESC LIMIT 1"
        last = self._database.find(statement, row["run_id"], moment)
        return str(last["status"]) if last else _timed(row, moment)


def _check(status: Any) -> None:
    if status not in (*ACTIVE, *TERMINAL):
        raise invalid(f"status must be one of {', '.join((*ACTIVE, *TERMINAL))}")


def _timed(row: sqlite3.Row, moment: float) -> str:
    """The status of a run that time alone has moved."""
    elapsed = moment - row["submitted_at"]
    if elapsed >= row["seconds"]:
        return str(row["outcome"])
    return "Pending" if elapsed < row["seconds"] * PENDING_SHARE else "Running"


def _entity(row: sqlite3.Row, status: str | None) -> dict[str, Any]:
    qualified_name = f"{INDEXED}{row['slug']}/{row['run_id']}"
    attributes = {"qualifiedName": qualified_name, "name": row["run_id"], "appWorkflowRunStatus": status}
    guid = str(uuid.uuid5(uuid.NAMESPACE_URL, qualified_name))
    return {"typeName": "AppWorkflowRun", "guid": guid, "status": "ACTIVE", "attributes": attributes}
