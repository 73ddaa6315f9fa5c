"""Reads of workflows: one workflow, a page of the list, or everything that is stored.

A row of the list has the keys of a workflow except `dag`. Options can hide schedules and inputs. A read does not
contain the entrypoint. The control plane can override the inputs of a read, and freeze the list.
"""

from __future__ import annotations

import base64
import binascii
from datetime import UTC, datetime

from provider.sandbox.errors import invalid
from provider.sandbox.inputs import inputs_in_response
from provider.sandbox.json_codec import Json, JsonObject, loads
from provider.sandbox.json_schema import Validator
from provider.sandbox.run_bodies import RunSummary
from provider.sandbox.schedules import Trigger
from provider.sandbox.stores import Stores
from provider.sandbox.workflow_responses import UpdatedWorkflow, Workflow, WorkflowPage, WorkflowSummary
from provider.sandbox.workflows import SummaryRow, WorkflowRow

DEFAULT_LIMIT = 50
LARGEST_NUMBER = 2**63 - 1
CURSOR_PREFIX = "after:"
FREEZE_VALIDATOR: Validator[bool] = Validator({"type": "boolean"}, "lags")


class StoredWorkflow(UpdatedWorkflow):
    """A workflow in the control plane, with the stored inputs."""

    name: str
    app_id: str
    entrypoint: str | None
    owner: str
    archived: bool
    inputs: JsonObject
    schedules: list[Trigger]
    runs: list[RunSummary]


class WorkflowQueries:
    """Reads of the tenant's workflows."""

    def __init__(self, stores: Stores) -> None:
        self._stores = stores
        self._inputs: dict[tuple[str, int], JsonObject] = {}
        self._frozen: list[tuple[int, WorkflowSummary]] | None = None

    def override_inputs(self, row: WorkflowRow, inputs: JsonObject) -> None:
        """Record inputs that later reads of this version return, until the sandbox is reset or restarts."""
        self._inputs[row["slug"], row["version"]] = inputs

    def freeze_list(self, freeze: Json) -> None:
        """Freeze the list as it is now, or release it. Raises ServiceError (400) if `freeze` is not a boolean."""
        self._frozen = (self._frozen or self._summaries(0, None, -1)) if FREEZE_VALIDATOR.validate(freeze) else None

    def clear_overrides(self) -> None:
        self._inputs.clear()
        self._frozen = None

    def workflow(self, row: WorkflowRow) -> Workflow:
        """Return the response for one workflow."""
        inputs: dict[str, JsonObject] = {}
        if self._stores.options.surface_inputs:
            override = self._inputs.get((row["slug"], row["version"]))
            inputs["args"] = self._inputs_in_response(row) if override is None else override
        return {**self._summary(row), "dag": {"extract": {"inputs": inputs}}}

    def page(self, limit: str | None, cursor: str | None, name: str | None) -> WorkflowPage:
        """Return one page of the list, oldest workflow first. Raises ServiceError (400) for a bad limit or cursor."""
        size = min(_parse_limit(limit), self._stores.options.page_size)
        rows = self._summaries(_parse_cursor(cursor), name, size + 1)
        more = len(rows) > size
        return {
            "workflows": [row for _, row in rows[:size]],
            "has_more": more,
            "next_cursor": _cursor(rows[size - 1][0]) if more else None,
        }

    def stored(self) -> list[StoredWorkflow]:
        """Return all workflows, archived ones too, oldest first."""
        statement = "SELECT * FROM workflows JOIN versions USING (slug, version) ORDER BY number"
        return [self._stored(row) for row in self._stores.database.rows(WorkflowRow, statement)]

    def _summaries(self, after: int, name: str | None, most: int) -> list[tuple[int, WorkflowSummary]]:
        """Return rows of the list with their numbers: at most `most` rows, or all if `most` is negative."""
        if self._frozen is not None:
            return [each for each in self._frozen if each[0] > after and name in (None, each[1]["name"])][:most]
        statement = (
            "SELECT workflows.*, published_at FROM workflows JOIN versions USING (slug, version)"
            " WHERE NOT archived AND number > ? AND (? IS NULL OR name = ?) ORDER BY number LIMIT ?"
        )
        rows = self._stores.database.rows(SummaryRow, statement, after, name, name, most)
        return [(row["number"], self._list_row(row)) for row in rows]

    def _list_row(self, row: SummaryRow) -> WorkflowSummary:
        summary = self._summary(row)
        return summary if self._stores.options.surface_row_schedules else {**summary, "schedules": None}

    def _summary(self, row: SummaryRow) -> WorkflowSummary:
        surface_schedules = self._stores.options.surface_schedules
        return {
            "slug": row["slug"],
            "name": row["name"],
            "version": row["version"],
            "owner": row["owner"],
            "app_id": row["app_id"],
            "execution_mode": "native",
            "created_at": _timestamp(row["created_at"]),
            "updated_at": _timestamp(row["published_at"]),
            "schedules": self._stores.schedules.of_workflow(row["slug"]) if surface_schedules else None,
        }

    def _inputs_in_response(self, row: WorkflowRow) -> JsonObject:
        app = self._stores.apps.get(row["app_id"])
        return inputs_in_response(app, loads(row["inputs"]), row["workflow_id"], row["correlation_id"])

    def _stored(self, row: WorkflowRow) -> StoredWorkflow:
        return {
            "slug": row["slug"],
            "name": row["name"],
            "app_id": row["app_id"],
            "entrypoint": row["entrypoint"],
            "version": row["version"],
            "owner": row["owner"],
            "archived": bool(row["archived"]),
            "inputs": loads(row["inputs"]),
            "schedules": self._stores.schedules.of_workflow(row["slug"]),
            "runs": self._stores.runs.of_workflow(row["slug"]),
        }


def _cursor(number: int) -> str:
    return base64.urlsafe_b64encode(f"{CURSOR_PREFIX}{number}".encode()).decode()


def _parse_cursor(cursor: str | None) -> int:
    """Return the number in a cursor. Raises ServiceError (400) for text that `_cursor` did not return."""
    if cursor is None:
        return 0
    try:
        text = base64.b64decode(cursor, altchars=b"-_", validate=True).decode("ascii")
        number = int(text.removeprefix(CURSOR_PREFIX))
    except (binascii.Error, ValueError):
        raise invalid("cursor is not valid") from None
    if not 0 < number <= LARGEST_NUMBER or _cursor(number) != cursor:
        raise invalid("cursor is not valid")
    return number


def _parse_limit(text: str | None) -> int:
    if text is None:
        return DEFAULT_LIMIT
    if not (text.isascii() and text.isdigit() and int(text[:19]) > 0):
        raise invalid("limit must be a positive integer")
    return int(text[:19])


def _timestamp(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, UTC).isoformat()
