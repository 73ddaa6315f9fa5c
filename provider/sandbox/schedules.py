"""Schedules: cron triggers that are attached to the version published at that moment."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from cronsim import CronSim, CronSimError

from provider.sandbox.database import Database
from provider.sandbox.errors import cause, invalid
from provider.sandbox.wire import Checker, closed

# The service's fact: a null timezone is refused; one that is left out means UTC.
BODY = closed({"cron": {"type": "string"}, "timezone": {"type": "string"}}, ["cron"])
CHECKER = Checker(BODY, "schedule")
FIELDS = 5
SOME_DAY = datetime(2000, 1, 1, tzinfo=UTC)


def _is_cron(text: str) -> bool:
    try:
        CronSim(text, SOME_DAY)
    except CronSimError:
        return False
    return len(text.split()) == FIELDS


def _is_timezone(text: str) -> bool:
    try:
        ZoneInfo(text)
    except (KeyError, ValueError, OSError):
        return False
    return True


def checked(body: Any) -> tuple[str, str]:
    """Cron and timezone of a schedule's body; ServiceError (400) with all that is wrong."""
    CHECKER.check(body)
    cron, timezone = body["cron"], body.get("timezone", "UTC")
    wrong = []
    if not _is_cron(cron):
        wrong.append(cause(f"{cron!r} is not a cron expression of five fields", "schedule.cron"))
    if not _is_timezone(timezone):
        wrong.append(cause(f"{timezone!r} is not an IANA timezone", "schedule.timezone"))
    if wrong:
        raise invalid(f"the schedule is invalid: {wrong[0]['errorMessage']}", *wrong)
    return cron, timezone


class Schedules:
    """The tenant's triggers."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, slug: str, version: int, cron: str, timezone: str) -> dict[str, Any]:
        trigger_id = str(uuid.uuid4())
        statement = "INSERT INTO schedules (trigger_id, slug, version, cron, timezone) VALUES (?, ?, ?, ?, ?)"
        self._database.run(statement, trigger_id, slug, version, cron, timezone)
        return {"trigger_id": trigger_id, "cron": cron, "timezone": timezone}

    def remove(self, slug: str, trigger_id: str) -> dict[str, Any]:
        """`deleted` tells whether there was such a trigger: the only proof the service gives."""
        statement = "DELETE FROM schedules WHERE slug = ? AND trigger_id = ?"
        return {"trigger_id": trigger_id, "deleted": bool(self._database.run(statement, slug, trigger_id))}

    def remove_all(self, slug: str) -> None:
        self._database.run("DELETE FROM schedules WHERE slug = ?", slug)

    def of(self, slug: str) -> list[dict[str, Any]]:
        statement = "SELECT trigger_id, cron, timezone FROM schedules WHERE slug = ? ORDER BY rowid"
        return [dict(row) for row in self._database.all(statement, slug)]
