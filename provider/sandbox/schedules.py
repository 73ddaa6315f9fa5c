"""Schedules: cron triggers of a workflow. A trigger is attached to the version that is published at that moment."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime
from typing import NotRequired, TypedDict
from zoneinfo import ZoneInfo

from cronsim import CronSim, CronSimError

from provider.sandbox.database import Database
from provider.sandbox.errors import cause, invalid
from provider.sandbox.json_codec import Json
from provider.sandbox.json_schema import Validator, closed_object

# A null timezone is refused. A missing timezone means UTC.
BODY_SCHEMA = closed_object({"cron": {"type": "string"}, "timezone": {"type": "string"}}, ["cron"])
CRON_FIELDS = 5
ANY_DAY = datetime(2000, 1, 1, tzinfo=UTC)


class ScheduleBody(TypedDict):
    cron: str
    timezone: NotRequired[str]


class Trigger(TypedDict):
    """A schedule of a workflow, both as a response and as a row of the table."""

    trigger_id: str
    cron: str
    timezone: str


class RemovedTrigger(TypedDict):
    """`deleted` is False if the workflow has no such trigger."""

    trigger_id: str
    deleted: bool


VALIDATOR: Validator[ScheduleBody] = Validator(BODY_SCHEMA, "schedule")


def parse_schedule(body: Json) -> tuple[str, str]:
    """Return cron and timezone of a ScheduleBody. Raises ServiceError (400) with every violation."""
    schedule = VALIDATOR.validate(body)
    cron, timezone = schedule["cron"], schedule.get("timezone", "UTC")
    causes = []
    if not _is_cron(cron):
        causes.append(cause(f"{cron!r} is not a cron expression of five fields", "schedule.cron"))
    if not _is_timezone(timezone):
        causes.append(cause(f"{timezone!r} is not an IANA timezone", "schedule.timezone"))
    if causes:
        raise invalid(f"the schedule is invalid: {causes[0]['errorMessage']}", *causes)
    return cron, timezone


class Schedules:
    """The tenant's triggers."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, slug: str, version: int, cron: str, timezone: str) -> Trigger:
        trigger_id = str(uuid.uuid4())
        statement = "INSERT INTO schedules (trigger_id, slug, version, cron, timezone) VALUES (?, ?, ?, ?, ?)"
        self._database.execute(statement, trigger_id, slug, version, cron, timezone)
        return {"trigger_id": trigger_id, "cron": cron, "timezone": timezone}

    def remove(self, slug: str, trigger_id: str) -> RemovedTrigger:
        statement = "DELETE FROM schedules WHERE slug = ? AND trigger_id = ?"
        return {"trigger_id": trigger_id, "deleted": bool(self._database.execute(statement, slug, trigger_id))}

    def remove_all(self, slug: str) -> None:
        self._database.execute("DELETE FROM schedules WHERE slug = ?", slug)

    def of_workflow(self, slug: str) -> list[Trigger]:
        """Return the triggers of one workflow, oldest first."""
        statement = "SELECT trigger_id, cron, timezone FROM schedules WHERE slug = ? ORDER BY rowid"
        return self._database.rows(Trigger, statement, slug)


def _is_cron(text: str) -> bool:
    try:
        CronSim(text, ANY_DAY)
    except CronSimError:
        return False
    return len(text.split()) == CRON_FIELDS


def _is_timezone(text: str) -> bool:
    try:
        ZoneInfo(text)
    except (KeyError, ValueError, OSError):
        return False
    return True
