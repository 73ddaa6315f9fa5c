"""Check and compare the cron expressions (five fields) of schedules."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Final, TypeAlias

_FIELD_VALUES: Final = {
    "minute": "0-59",
    "hour": "0-23",
    "day-of-month": "1-31, L",
    "month": "1-12, JAN-DEC",
    "day-of-week": "0-7, SUN-SAT",
}
_DAYS_OF_SHORT_MONTHS: Final = {2: 29, 4: 30, 6: 30, 9: 30, 11: 30}

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
        return None if never_runs(cron) else str(error)
    return None


def never_runs(cron: str) -> str | None:
    """Return the reason why no date matches an expression, such as 31 February. Return None for any other text."""
    minute, hour, day, month, weekday = cron.split() if len(cron.split()) == len(_FIELD_VALUES) else [""] * 5
    try:
        _parse(cron)
    except ValueError:
        pass
    else:
        return None
    try:
        days = _parse(f"{minute} {hour} {day} * {weekday}")[2]
        months = _parse(f"{minute} {hour} * {month} {weekday}")[3]
    except ValueError:
        return None
    most = max(_DAYS_OF_SHORT_MONTHS.get(each, 31) for each in months)
    return (
        f"No date is day {_listed(days)} of month {_listed(months)}: the longest such month has {most} days. For the "
        "last day of a month, write L as the day."
    )


def _listed(numbers: Iterable[int]) -> str:
    *others, last = map(str, sorted(numbers))
    return f"{', '.join(others)} or {last}" if others else last


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
