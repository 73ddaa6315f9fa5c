"""The schema of ``atlan_app_schedule``."""

from __future__ import annotations

from typing import Final, TypedDict

from provider.framework import NUMBER, STRING, Attribute, Schema, UnknownType

SCHEMA: Final = Schema(
    [
        Attribute(
            "id",
            STRING,
            computed=True,
            description="The slug and the trigger's id with a slash between, `slug/trigger_id`: what an import takes.",
        ),
        Attribute(
            "slug",
            STRING,
            required=True,
            requires_replace=True,
            description="The slug of the workflow to schedule, such as `atlan_app.bigquery.slug`. A change replaces "
            "the schedule.",
        ),
        Attribute(
            "cron",
            STRING,
            required=True,
            description="When to run, as a cron expression of five fields: minute, hour, day of the month, month and "
            "day of the week, such as `0 6 * * *` for six in the morning. Expressions that mean the same do not "
            "differ.",
        ),
        Attribute(
            "timezone",
            STRING,
            optional=True,
            default="UTC",
            description="The IANA timezone that the cron expression is read in, such as `Europe/Berlin`. Default: "
            "`UTC`.",
        ),
        Attribute(
            "app_version",
            NUMBER,
            optional=True,
            description="The workflow's version, such as `atlan_app.bigquery.version`: whenever it changes, the "
            "schedule is attached anew, to what is published then. Unset, a schedule stays as it was attached; whether "
            "it follows later versions is up to the service.",
        ),
        Attribute(
            "trigger_id",
            STRING,
            computed=True,
            description="The trigger's identity, minted by the service. A change of `cron`, `timezone` or "
            "`app_version` makes a new one.",
        ),
    ],
    description="A cron schedule of an Atlan app workflow. A workflow may have several, of different times. It is "
    "attached to the version that is published at that moment. Where the service lists schedules, a trigger of the "
    "same times that is there already, such as one that a killed apply left behind, is taken up instead of doubled, "
    "and the plan says so.",
)


class ScheduleState(TypedDict):
    """The attributes of a schedule. After an import on a tenant that lists no schedules, its times are None."""

    id: str | UnknownType
    slug: str
    cron: str | None
    timezone: str | None
    app_version: float | None
    trigger_id: str | UnknownType
