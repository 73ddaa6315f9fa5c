"""Read a run into state."""

from __future__ import annotations

from typing import TYPE_CHECKING

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
    """Return the run id in a state. It is known in every state that Terraform has stored."""
    run_id = state["run_id"]
    assert isinstance(run_id, str)
    return run_id
