"""Runs of workflows. A run is Pending, then Running, and then has its outcome, unless a script sets its statuses.

A status is computed from the time of submission at each read, so a run advances while the program is stopped. A
status that was set by a cancel, a script or the control plane does not change by time.
Chosen here: a run is Pending for the first fifth of its time. A run that the service skips is Skipped after that time,
and other runs do not wait for it. A cancel stops a run (Stopped). Only a script and the control plane set Cancelled. A
status that is not one of the service's is not an active one.
"""

from __future__ import annotations

import uuid
from collections import deque
from collections.abc import Callable
from datetime import UTC, datetime

from provider.sandbox.database import Database
from provider.sandbox.entities import Entity
from provider.sandbox.errors import already_running, invalid, not_found
from provider.sandbox.json_codec import Json, dumps, loads
from provider.sandbox.options import SECOND_SUBMITS
from provider.sandbox.run_bodies import (
    ACTIVE_STATUSES,
    TERMINAL_STATUSES,
    CancelledRun,
    Run,
    RunRow,
    RunSummary,
    StatusRow,
    SucceededRow,
)

PENDING_SHARE = 0.2
SKIPPED = "Skipped"
INDEX_PREFIX = "default/apps/automation_engine/workflows/"


class Runs:
    """The tenant's runs. A run takes `seconds`; `clock` returns epoch seconds.

    `second_submit` is one of `SECOND_SUBMITS`.
    """

    def __init__(
        self, database: Database, clock: Callable[[], float], seconds: float, second_submit: str = SECOND_SUBMITS[0]
    ) -> None:
        self._database = database
        self._clock = clock
        self._seconds = seconds
        self._second_submit = second_submit
        self._scripts: deque[list[str]] = deque()

    def script_next(self, statuses: Json, *, allow_unknown: bool = False) -> None:
        """Add a script for the next submitted run that has no script yet.

        The run starts with the first status, and each read sets the next one. The last status stays. With
        `allow_unknown`, the service need not have these statuses. Raises ServiceError (400) if `statuses` is not a list
        of statuses.
        """
        if not isinstance(statuses, list) or not statuses:
            raise invalid("statuses must be a list of at least one status")
        self._scripts.append([_checked(status, allow_unknown=allow_unknown) for status in statuses])

    def clear_scripts(self) -> None:
        self._scripts.clear()

    def submit(self, slug: str, version: int, outcome: str) -> Run:
        """Start a run. While another run of the workflow is active, raises ServiceError (500), or skips the new run."""
        is_second = any(self._blocks_others(row) for row in self._rows(slug))
        if is_second and self._second_submit != "skipped":
            raise already_running(slug, coded=self._second_submit == "coded-error")
        if is_second:
            outcome = SKIPPED
        run_id = str(uuid.uuid4())
        statement = "INSERT INTO runs (run_id, slug, version, submitted_at, seconds, outcome) VALUES (?, ?, ?, ?, ?, ?)"
        self._database.execute(statement, run_id, slug, version, self._clock(), self._seconds, outcome)
        if self._scripts and not is_second:
            self._set_statuses(run_id, self._scripts.popleft())
        return self._response(self._row(run_id))

    def read(self, run_id: str) -> Run:
        """Return the run. If it has a script, first set its next status. Raises ServiceError (404)."""
        script = loads(self._row(run_id)["script"])
        if script:
            self._set_statuses(run_id, script)
        return self._response(self._row(run_id))

    def current(self, run_id: str) -> Run:
        """Return the run with its current status. Raises ServiceError (404)."""
        return self._response(self._row(run_id))

    def ended_at(self, run_id: str) -> str | None:
        """Return the ISO 8601 time of the end of a run, or None if it is active. Raises ServiceError (404)."""
        row = self._row(run_id)
        if self._status(row) in ACTIVE_STATUSES:
            return None
        last = self._last_status(row, self._clock())
        share = PENDING_SHARE if row["outcome"] == SKIPPED else 1
        return _iso_time(last["at"] if last else row["submitted_at"] + row["seconds"] * share)

    def cancel(self, run_id: str) -> CancelledRun:
        """Stop an active run. A run that has ended keeps its status, and `cancelled` is False."""
        row = self._row(run_id)
        active = self._status(row) in ACTIVE_STATUSES
        status = "Stopped" if active else self._status(row)
        if active:
            self.set_status(run_id, status)
        return {"run_id": run_id, "cancelled": active, "status": status, "slug": row["slug"]}

    def set_status(self, run_id: str, status: Json, *, allow_unknown: bool = False) -> Run:
        """Set a run's status permanently. Raises ServiceError: 404 for an unknown run, 400 for an unknown status.

        With `allow_unknown`, any text is a status.
        """
        checked = _checked(status, allow_unknown=allow_unknown)
        self._row(run_id)
        self._set_statuses(run_id, [checked])
        return self._response(self._row(run_id))

    def delete(self, run_id: str) -> None:
        """Delete a run. Raises ServiceError (404) if it does not exist."""
        self._row(run_id)
        self._database.execute("DELETE FROM run_statuses WHERE run_id = ?", run_id)
        self._database.execute("DELETE FROM runs WHERE run_id = ?", run_id)

    def of_workflow(self, slug: str) -> list[RunSummary]:
        """Return the runs of one workflow, oldest first."""
        return [{"run_id": row["run_id"], "status": self._status(row)} for row in self._rows(slug)]

    def search(self, prefix: str, statuses: list[str], lag_seconds: float) -> list[Entity]:
        """Return the runs whose qualified names have this prefix and that had one of the statuses `lag_seconds` ago."""
        moment = self._clock() - lag_seconds
        slug = prefix.removeprefix(INDEX_PREFIX).removesuffix("/") if prefix.startswith(INDEX_PREFIX) else ""
        found = [(row, self._status_at(row, moment)) for row in self._rows(slug)]
        return [_entity(row, status) for row, status in found if status in statuses]

    def not_applied(self) -> list[SucceededRow]:
        """Return the runs that have succeeded and are not applied yet, in the order of their ends."""
        statement = (
            "SELECT run_id, inputs, own_credential FROM runs JOIN versions USING (slug, version) WHERE NOT applied"
            " AND (status = 'Succeeded' OR status IS NULL AND outcome = 'Succeeded' AND ? - submitted_at >= seconds)"
            " ORDER BY submitted_at + seconds, runs.rowid"
        )
        return self._database.rows(SucceededRow, statement, self._clock())

    def mark_applied(self, run_id: str) -> None:
        self._database.execute("UPDATE runs SET applied = 1 WHERE run_id = ?", run_id)

    def _rows(self, slug: str) -> list[RunRow]:
        return self._database.rows(RunRow, "SELECT * FROM runs WHERE slug = ? ORDER BY rowid", slug)

    def _row(self, run_id: str) -> RunRow:
        row = self._database.row(RunRow, "SELECT * FROM runs WHERE run_id = ?", run_id)
        if row is None:
            raise not_found("run", run_id)
        return row

    def _set_statuses(self, run_id: str, statuses: list[str]) -> None:
        """Set the first status now, and store the others as the run's script."""
        status, *script = statuses
        change = "UPDATE runs SET status = ?, script = ? WHERE run_id = ?"
        self._database.execute(change, status, dumps(script), run_id)
        self._database.execute("INSERT INTO run_statuses VALUES (?, ?, ?)", run_id, self._clock(), status)

    def _response(self, row: RunRow) -> Run:
        status = self._status(row)
        started = row["submitted_at"] + row["seconds"] * PENDING_SHARE
        started_at = None if status == "Pending" else _iso_time(started)
        return {"run_id": row["run_id"], "slug": row["slug"], "status": status, "started_at": started_at}

    def _blocks_others(self, row: RunRow) -> bool:
        is_to_be_skipped = row["status"] is None and row["outcome"] == SKIPPED
        return self._status(row) in ACTIVE_STATUSES and not is_to_be_skipped

    def _status(self, row: RunRow) -> str:
        return row["status"] or _status_by_time(row, self._clock())

    def _status_at(self, row: RunRow, moment: float) -> str | None:
        """Return the status that a run had at a moment, or None if it was not submitted yet."""
        if moment < row["submitted_at"]:
            return None
        last = self._last_status(row, moment)
        return last["status"] if last else _status_by_time(row, moment)

    def _last_status(self, row: RunRow, moment: float) -> StatusRow | None:
        """Return the status that was last set before a moment, or None if none was set."""
        statement = "SELECT status, at FROM run_statuses WHERE run_id = ? AND at <= ? ORDER BY rowid DESC LIMIT 1"
        return self._database.row(StatusRow, statement, row["run_id"], moment)


def _iso_time(moment: float) -> str:
    return datetime.fromtimestamp(moment, UTC).isoformat()


def _checked(status: Json, *, allow_unknown: bool) -> str:
    is_known = status in (*ACTIVE_STATUSES, *TERMINAL_STATUSES)
    if not isinstance(status, str) or not status or not (is_known or allow_unknown):
        raise invalid(f"status must be one of {', '.join((*ACTIVE_STATUSES, *TERMINAL_STATUSES))}")
    return status


def _status_by_time(row: RunRow, moment: float) -> str:
    elapsed = moment - row["submitted_at"]
    if elapsed < row["seconds"] * PENDING_SHARE:
        return "Pending"
    return row["outcome"] if elapsed >= row["seconds"] or row["outcome"] == SKIPPED else "Running"


def _entity(row: RunRow, status: str | None) -> Entity:
    qualified_name = f"{INDEX_PREFIX}{row['slug']}/{row['run_id']}"
    guid = str(uuid.uuid5(uuid.NAMESPACE_URL, qualified_name))
    return {
        "typeName": "AppWorkflowRun",
        "guid": guid,
        "status": "ACTIVE",
        "attributes": {"qualifiedName": qualified_name, "name": row["run_id"], "appWorkflowRunStatus": status},
    }
