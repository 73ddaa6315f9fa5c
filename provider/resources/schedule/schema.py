"""The schema of ``atlan_app_schedule``."""

from __future__ import annotations

from typing import Final, TypedDict

from provider.framework import BOOL, NUMBER, STRING, Attribute, Schema, UnknownType
from provider.model import identifiers

SCHEMA: Final = Schema(
    [
        Attribute(
            "id",
            STRING,
            computed=True,
            identifier=True,
            description="The import id: the slug, a slash and the trigger's id (`slug/trigger_id`).",
        ),
        Attribute(
            "slug",
            STRING,
            required=True,
            requires_replace=True,
            identifier=True,
            validators=[identifiers.usable("bigquery-prod-AbC123")],
            description="The slug of the workflow to schedule, such as `atlan_app.bigquery.slug`. A change replaces "
            "the schedule.",
        ),
        Attribute(
            "cron",
            STRING,
            required=True,
            description="The times of the runs, a cron expression of five fields: minute, hour, day of the month, "
            "month and day of the week, such as `0 6 * * *` for six in the morning. A new expression with the same "
            "meaning is not a change.",
        ),
        Attribute(
            "timezone",
            STRING,
            optional=True,
            default="UTC",
            description="The IANA timezone of the cron expression, such as `Europe/Berlin`. Default: `UTC`.",
        ),
        Attribute(
            "app_version",
            NUMBER,
            optional=True,
            computed=True,
            description="The workflow's version, such as `atlan_app.bigquery.published_version`. Each change attaches "
            "the schedule again, to the version that is published then. If it is not set, the schedule is attached "
            "once, and the service decides which version it runs. An import stores the version that is published at "
            "that moment, and a version that is not greater changes nothing then.",
        ),
        Attribute(
            "adopt_existing",
            BOOL,
            optional=True,
            description="If `true`, a create adopts the trigger of the workflow that already has these times, instead "
            "of adding a second one. If `app_version` is set, a new trigger replaces the adopted one. It is an error "
            "if several triggers have these times, or if another resource of this configuration manages the trigger. "
            "The tenant must list schedules. Default: `false`.",
        ),
        Attribute(
            "trigger_id",
            STRING,
            computed=True,
            identifier=True,
            description="The trigger's id, created by the service. A change of `cron`, `timezone` or `app_version` "
            "creates a new trigger.",
        ),
        Attribute(
            "adopted_trigger_id",
            STRING,
            computed=True,
            identifier=True,
            description="The id of the trigger that the create adopted. Null if it adopted none.",
        ),
    ],
    description="A cron schedule of an Atlan app workflow. A workflow can have several schedules with different times. "
    "A schedule is attached to the version that is published at that moment. If the service lists schedules and the "
    "workflow already has a trigger with the same times, the plan of a create names it in a warning, because an apply "
    "that was killed may have left it. The apply adds a second trigger, unless `adopt_existing` is set.",
)


class ScheduleState(TypedDict):
    """The attributes of a schedule. After an import, ``cron`` is None if the tenant does not list schedules."""

    id: str | UnknownType
    slug: str
    cron: str | None
    timezone: str | None
    app_version: float | UnknownType | None
    adopt_existing: bool | UnknownType | None
    trigger_id: str | UnknownType
    adopted_trigger_id: str | UnknownType | None
