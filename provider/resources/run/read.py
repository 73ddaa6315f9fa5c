"""Read a run into state."""

from __future__ import annotations

from typing import TYPE_CHECKING

from provider.model import identifiers
from provider.resources.run.schema import RunState

if TYPE_CHECKING:
    from provider.client.responses import Run


def read(run: Run, current: RunState) -> RunState:
    """Return the state with the run's status and start. A value that the service does not return is unchanged."""
    return {
        **current,
        "status": run.status or current["status"],
        "started_at": run.started_at or current["started_at"],
    }


def run_id_of(state: RunState) -> str:
    """Return the run id in a stored state. Raises UserError if it is missing."""
    return identifiers.stored(state["run_id"], "run_id")
