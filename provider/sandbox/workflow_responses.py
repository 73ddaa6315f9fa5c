"""The JSON bodies of the responses about workflows."""

from __future__ import annotations

from typing import NotRequired, TypedDict

from provider.sandbox.json_codec import JsonObject
from provider.sandbox.schedules import Trigger


class UpdatedWorkflow(TypedDict):
    slug: str
    version: int


class CreatedWorkflow(UpdatedWorkflow):
    execution_mode: str
    schedule_trigger_id: NotRequired[str]
    run_id: NotRequired[str]


class ArchivedWorkflow(TypedDict):
    slug: str
    archived: bool


class WorkflowSummary(UpdatedWorkflow):
    """A row of a list. Times are in ISO 8601; `schedules` is None while the options hide them."""

    name: str
    owner: str
    app_id: str
    execution_mode: str
    created_at: str
    updated_at: str
    schedules: list[Trigger] | None


class Workflow(WorkflowSummary):
    """One workflow. `dag` is `{"extract": {"inputs": {"args": inputs}}}`, without `args` while they are hidden."""

    dag: dict[str, dict[str, dict[str, JsonObject]]]


class WorkflowPage(TypedDict):
    workflows: list[WorkflowSummary]
    has_more: bool
    next_cursor: str | None
