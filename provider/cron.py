"""Cron expressions and timezones as schedules use them: five fields, and an IANA name."""

from __future__ import annotations

import difflib
from datetime import UTC, datetime
from typing import Any, Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

_FIELDS: Final = 5


def check_cron(cron: str) -> str | None:
    """Why this is no cron expression; None if it is one."""
    fields = len(cron.split())
    if fields != _FIELDS:
        return f"It has {fields} field{'' if fields == 1 else 's'}, and a cron expression has five."
    try:
        _parse(cron)
    except ValueError as error:
        return f"{error}."
    return None


def same_cron(left: str, right: str) -> bool:
    """Whether two expressions fire at the same times, however they are written."""
    try:
        return left == right or _parse(left) == _parse(right)
    except ValueError:
        return False


def _parse(cron: str) -> tuple[Any, ...]:
    """What an expression means, in a form that compares equal for equal meanings. Raises ValueError."""
    from cronsim import CronSim, CronSimError

    try:
        parsed = CronSim(cron, datetime(2024, 1, 1, tzinfo=UTC))
    except CronSimError as error:
        raise ValueError(str(error)) from None
    weekdays = frozenset(0 if day == 7 else day for day in parsed.weekdays)
    every_day = len(parsed.days) == 31 or len(weekdays) == 7
    times = tuple(frozenset(each) for each in (parsed.minutes, parsed.hours, parsed.days, parsed.months))
    return (*times, weekdays, parsed.day_and or every_day)


def check_timezone(timezone: str) -> str | None:
    """Why this is no IANA timezone; None if it is one."""
    try:
        ZoneInfo(timezone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return _unknown_timezone(timezone)
    return None


def _unknown_timezone(timezone: str) -> str:
    names = {name.lower(): name for name in available_timezones()}
    near = difflib.get_close_matches(timezone.lower(), names, n=1)
    meant = f" Did you mean {names[near[0]]}?" if near else ""
    return f"There is no such timezone.{meant} Use an IANA name such as Europe/Berlin or UTC."
