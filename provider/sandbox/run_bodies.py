"""The statuses and the JSON bodies of runs, and their rows in the database."""

from __future__ import annotations

from typing import TypedDict

ACTIVE_STATUSES = ("Pending", "Running", "Paused")
TERMINAL_STATUSES = ("Succeeded", "Failed", "Error", "Stopped", "Terminated", "Cancelled", "Skipped")


class RunRow(TypedDict):
    """A row of the table. `status` is None until it is set. `script` is a JSON list of later statuses."""

    run_id: str
    slug: str
    version: int
    submitted_at: float
    seconds: float
    outcome: str
    status: str | None
    script: str
    applied: int


class StatusRow(TypedDict):
    """A status that was set, and the time in epoch seconds."""

    status: str
    at: float


class SucceededRow(TypedDict):
    """A run that succeeded, with the `inputs` of its version as JSON text, and the guid of its credential."""

    run_id: str
    inputs: str
    own_credential: str


class RunSummary(TypedDict):
    run_id: str
    status: str


class SubmittedRun(RunSummary):
    slug: str


class Run(SubmittedRun):
    """`started_at` is an ISO 8601 time, None while the run is Pending."""

    started_at: str | None


class CancelledRun(SubmittedRun):
    cancelled: bool
