"""Check and compare the cron expressions (five fields) and the timezones (IANA names) of schedules."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache
from pkgutil import get_data
from typing import Final, TypeAlias

_FIELD_VALUES: Final = {
    "minute": "0-59",
    "hour": "0-23",
    "day-of-month": "1-31, L",
    "month": "1-12, JAN-DEC",
    "day-of-week": "0-7, SUN-SAT",
}


_Times: TypeAlias = frozenset[int]
_Meaning: TypeAlias = tuple[_Times, _Times, _Times, _Times, frozenset[int | tuple[int, int]], bool]
"""Minutes, hours, days, months, weekdays, and True if a time must match both the day and the weekday."""


def check_cron(cron: str) -> str | None:
    """Return the reason why a text is not a cron expression, or None if it is a cron expression."""
    count = len(cron.split())
    if count != len(_FIELD_VALUES):
        problem = f"It has {count} field{'' if count == 1 else 's'}"
        return f"{problem}, and a cron expression has five: {', '.join(_FIELD_VALUES)}. Daily at six is 0 6 * * *."
    try:
        _parse(cron)
    except ValueError as error:
        return str(error)
    return None


def same_cron(left: str, right: str) -> bool:
    """Return True if two expressions match the same times."""
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


def _explain(cron: str, error: str) -> str:
    """Return an error of the library ``cronsim`` with the value of the wrong field and the allowed values."""
    for (field, allowed), value in zip(_FIELD_VALUES.items(), cron.split(), strict=True):
        if error.endswith(field):
            return f'The {field} field is "{value}". It takes {allowed}, lists, ranges from low to high, steps and *.'
    return f"{error}."


def check_timezone(timezone: str) -> str | None:
    """Return the reason why a name is not an IANA timezone, or None if it is an IANA timezone."""
    names = _timezones()
    if timezone in names:
        return None
    import difflib

    by_lower = {name.lower(): name for name in names}
    similar = difflib.get_close_matches(timezone.lower(), by_lower, n=1)
    suggestion = f" Did you mean {by_lower[similar[0]]}?" if similar else ""
    return f"There is no such timezone.{suggestion} Use an IANA name such as Europe/Berlin or UTC."


@cache
def _timezones() -> frozenset[str]:
    """Return the names in the package ``tzdata``. The service may not know other names that the machine has."""
    return frozenset((get_data("tzdata", "zones") or b"").decode().split())
