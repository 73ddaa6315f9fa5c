"""Why runs failed: the status and the error message of each node of a run.

Real tenants may not offer this read, so it is off by default. Chosen here: a run has two nodes, `extract` and
`publish`, which start and end with the run. In a failed run, one node fails, and the nodes after it are skipped. The
run is not found without the execution mode of the engine, which the vendor's public code always sends.
"""

from __future__ import annotations

from collections import deque
from typing import NotRequired, TypedDict

from provider.sandbox.errors import not_found
from provider.sandbox.json_codec import JsonObject
from provider.sandbox.json_schema import Validator, closed_object
from provider.sandbox.run_bodies import Run
from provider.sandbox.runs import Runs

NODES = ("extract", "publish")
EXECUTION_MODE = "automation-engine"
FAILED_STATUSES = ("Failed", "Error")
TEXT_SCHEMA: JsonObject = {"type": "string"}


class Reason(TypedDict):
    """The node that failed, and its message. Without a message, `error_message` is null."""

    node: str
    message: NotRequired[str]


class Node(TypedDict):
    status: str
    started_at: str | None
    completed_at: str | None
    error_message: str | None


class NativeStatus(TypedDict):
    """The answer: the nodes by their names."""

    status: str
    run_id: str
    workflow_slug: str
    dag_nodes: dict[str, Node]


VALIDATOR: Validator[Reason] = Validator(
    closed_object({"node": TEXT_SCHEMA, "message": TEXT_SCHEMA}, ["node"]), "reason"
)
DEFAULT_REASON: Reason = {"node": NODES[0], "message": "the source refused the connection"}


class RunReasons:
    """The nodes of runs. The reasons are not stored in the database."""

    def __init__(self, runs: Runs) -> None:
        self._runs = runs
        self._next: deque[Reason] = deque()
        self._reasons: dict[str, Reason] = {}

    def script_next(self, body: JsonObject) -> None:
        """Set the reason of the next failed run whose nodes are read (a Reason). Raises ServiceError (400)."""
        self._next.append(VALIDATOR.validate(body))

    def clear(self) -> None:
        self._next.clear()
        self._reasons.clear()

    def read(self, run_id: str, execution_mode: str) -> NativeStatus:
        """Return the nodes of a run. A run's script does not advance. Raises ServiceError (404)."""
        if execution_mode != EXECUTION_MODE:
            raise not_found("run", run_id)
        run = self._runs.current(run_id)
        completed_at = self._runs.ended_at(run_id)
        is_failed = run["status"] in FAILED_STATUSES
        nodes = self._failed_nodes(run, completed_at) if is_failed else _nodes(run, completed_at)
        return {"status": run["status"], "run_id": run_id, "workflow_slug": run["slug"], "dag_nodes": nodes}

    def _failed_nodes(self, run: Run, completed_at: str | None) -> dict[str, Node]:
        if run["run_id"] not in self._reasons:
            self._reasons[run["run_id"]] = self._next.popleft() if self._next else DEFAULT_REASON
        reason = self._reasons[run["run_id"]]
        failed: Node = {**_node(run, run["status"], completed_at), "error_message": reason.get("message")}
        place = NODES.index(reason["node"]) if reason["node"] in NODES else len(NODES)
        before = {name: _node(run, "Succeeded", completed_at) for name in NODES[:place]}
        after = {name: _node(run, "Skipped", None) for name in NODES[place + 1 :]}
        return {**before, reason["node"]: failed, **after}


def _nodes(run: Run, completed_at: str | None) -> dict[str, Node]:
    return {name: _node(run, run["status"], completed_at) for name in NODES}


def _node(run: Run, status: str, completed_at: str | None) -> Node:
    return {"status": status, "started_at": run["started_at"], "completed_at": completed_at, "error_message": None}
