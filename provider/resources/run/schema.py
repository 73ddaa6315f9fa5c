"""The schema of ``atlan_app_run``."""

from __future__ import annotations

from typing import Final, TypedDict

from provider.framework import BOOL, STRING, Attribute, Schema, UnknownType, map_of, timeouts

WAIT_SECONDS: Final = 24 * 3600.0
"""The longest wait for a run if ``timeouts.create`` is not configured."""

SCHEMA: Final = Schema(
    [
        Attribute("id", STRING, computed=True, keep=True, description="The same as `run_id`."),
        Attribute(
            "slug",
            STRING,
            required=True,
            requires_replace=True,
            description="The slug of the workflow to run, such as `atlan_app.bigquery.slug`. A change submits a new "
            "run.",
        ),
        Attribute(
            "triggers",
            map_of(STRING),
            optional=True,
            requires_replace=True,
            description="Texts that a new run is to follow, such as `{ version = atlan_app.bigquery.version }`. A "
            "change submits a new run.",
        ),
        Attribute(
            "wait_for_completion",
            BOOL,
            optional=True,
            default=True,
            description="Whether an apply waits for the run's end, and fails unless that is `Succeeded`. A waited run "
            "that is still active is waited for again by the next apply, and one that is found to have ended otherwise "
            "is replaced. Default: `true`.",
        ),
        Attribute(
            "cancel_on_destroy",
            BOOL,
            optional=True,
            default=True,
            description="Whether a destroy or a replacement cancels the run if it is still active. Default: `true`.",
        ),
        Attribute("run_id", STRING, computed=True, keep=True, description="The run's identity, minted by the service."),
        Attribute(
            "status",
            STRING,
            computed=True,
            description="How far the run is: `Pending`, `Running` or `Paused`, and in the end `Succeeded`, `Failed`, "
            "`Stopped`, `Terminated` or `Skipped`.",
        ),
        Attribute(
            "started_at",
            STRING,
            computed=True,
            description="When the run started, as the service writes it; null until it has.",
        ),
        timeouts.attribute(["create"], unset="Unset: 24 hours. It bounds the wait, also one that is resumed."),
    ],
    description="One execution of an Atlan app workflow: submitted on create, and anew whenever `triggers` change. It "
    "is waited for, and cancelled by a destroy while it is active.",
)


class RunState(TypedDict):
    """The attributes of a run."""

    id: str | UnknownType
    slug: str
    triggers: dict[str, str] | None
    wait_for_completion: bool
    cancel_on_destroy: bool
    run_id: str | UnknownType
    status: str | UnknownType | None
    started_at: str | UnknownType | None
    timeouts: dict[str, str | None] | None
