"""Cron expressions and timezones as schedules use them: five fields, and an IANA name."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache
from pkgutil import get_data
from typing import Final, TypeAlias

_FIELDS: Final = {
    "minute": "0-59",
    "hour": "0-23",
    "day-of-month": "1-31, L",
    "month": "1-12, JAN-DEC",
    "day-of-week": "0-7, SUN-SAT",
}


_Times: TypeAlias = frozenset[int]
_Meaning: TypeAlias = tuple[_Times, _Times, _Times, _Times, frozenset[int | tuple[int, int]], bool]
"""Minutes, hours, days, months, weekdays, and True if both the day and the weekday must match."""


def check_cron(cron: str) -> str | None:
    """Return why a text is not a cron expression, or None if it is one."""
    fields = len(cron.split())
    if fields != len(_FIELDS):
        found = f"It has {fields} field{'' if fields == 1 else 's'}"
        return f"{found}, and a cron expression has five: {', '.join(_FIELDS)}. Daily at six is 0 6 * * *."
    try:
        _parse(cron)
    except ValueError as error:
        return str(error)
    return None


def same_cron(left: str, right: str) -> bool:
    """Return True if two expressions fire at the same times."""
    try:
        return left == right or _parse(left) == _parse(right)
    except ValueError:
        return False


def _parse(cron: str) -> _Meaning:
    """Return the meaning of an expression. Two expressions with the same meaning are equal. Raises ValueError."""
    from cronsim import CronSim, CronSimError

    try:
        parsed = CronSim(cron, datetime(2024, 1, 1, tzinfo=UTC))
    except CronSimError as error:
        raise ValueError(_explain(cron, str(error))) from None
    weekdays = frozenset(0 if day == 7 else day for day in parsed.weekdays)
    every_day = len(parsed.days) == 31 or len(weekdays) == 7
    minutes, hours, days, months = map(frozenset, (parsed.minutes, parsed.hours, parsed.days, parsed.months))
    return minutes, hours, days, months, weekdays, parsed.day_and or every_day


def _explain(cron: str, why: str) -> str:
    """Return the error of cronsim with the value of the wrong field and the allowed values."""
    for (field, takes), value in zip(_FIELDS.items(), cron.split(), strict=True):
        if why.endswith(field):
            return f'The {field} field is "{value}". It takes {takes}, lists, ranges from low to high, steps and *.'
    return f"{why}."


def check_timezone(timezone: str) -> str | None:
    """Return why a name is not an IANA timezone, or None if it is one."""
    names = _timezones()
    if timezone in names:
        return None
    import difflib

    by_lower = {name.lower(): name for name in names}
    near = difflib.get_close_matches(timezone.lower(), by_lower, n=1)
    meant = f" Did you mean {by_lower[near[0]]}?" if near else ""
    return f"There is no such timezone.{meant} Use an IANA name such as Europe/Berlin or UTC."


@cache
def _timezones() -> frozenset[str]:
    """Return the names in the package of the IANA database. The service may not know other names of the machine."""
    return frozenset((get_data("tzdata", "zones") or b"").decode().split())
