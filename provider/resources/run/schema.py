"""The schema of ``atlan_app_run``."""

from __future__ import annotations

from typing import Final, TypedDict

from provider.framework import BOOL, STRING, Attribute, Schema, UnknownType, map_of, timeouts
from provider.model import identifiers
from provider.model.attributes import RUN_STARTED_AT, RUN_STATUS
from provider.resources.run.status import UNKNOWN_STATUS_MINUTES

WAIT_SECONDS: Final = 24 * 3600.0
"""The longest wait for a run if ``timeouts.create`` is not configured."""

SCHEMA: Final = Schema(
    [
        Attribute("id", STRING, computed=True, keep=True, identifier=True, description="The same as `run_id`."),
        Attribute(
            "slug",
            STRING,
            required=True,
            requires_replace=True,
            identifier=True,
            validators=[identifiers.usable("bigquery-prod-AbC123")],
            description="The slug of the workflow to run, such as `atlan_app.bigquery.slug`. A change submits a new "
            "run.",
        ),
        Attribute(
            "triggers",
            map_of(STRING),
            optional=True,
            requires_replace=True,
            description="Any texts, such as `{ version = atlan_app.bigquery.published_version }`. A change submits "
            "a new run.",
        ),
        Attribute(
            "wait_for_completion",
            BOOL,
            optional=True,
            default=True,
            description="If `true`, an apply waits until the run has ended, and fails unless its status is "
            "`Succeeded`. If the run is still active after that, the next apply waits again. If a later plan finds "
            "that the run has ended without success, the run is replaced. If the run keeps a status that the provider "
            f"does not know for {UNKNOWN_STATUS_MINUTES} minutes, the apply ends with a warning, and the next apply "
            "waits again. Default: `true`.",
        ),
        Attribute(
            "cancel_on_destroy",
            BOOL,
            optional=True,
            default=True,
            description="If `true`, a destroy or a replacement cancels the run if it is still active. Default: `true`.",
        ),
        Attribute(
            "run_id",
            STRING,
            computed=True,
            keep=True,
            identifier=True,
            description="The run's id, created by the service.",
        ),
        RUN_STATUS,
        RUN_STARTED_AT,
        timeouts.attribute(
            ["create"], unset="Default: 24 hours. The timeout limits each wait, including a resumed wait."
        ),
    ],
    description="One execution of an Atlan app workflow. A create submits the run and waits for its end. A change of "
    "`triggers` submits a new run. A destroy cancels the run if it is active.",
)


class RunState(TypedDict):
    """The attributes of a run."""

    id: str | UnknownType
    slug: str
    triggers: dict[str, str] | None
    wait_for_completion: bool | UnknownType
    cancel_on_destroy: bool
    run_id: str | UnknownType
    status: str | UnknownType | None
    started_at: str | UnknownType | None
    timeouts: dict[str, str | None] | None
