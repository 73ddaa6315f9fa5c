"""Check the timezones (IANA names) of schedules, and suggest the name that a user probably meant."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pkgutil import get_data
from typing import Final

_ABBREVIATIONS: Final[Mapping[str, tuple[str, ...]]] = {
    "ACDT": ("Australia/Adelaide",),
    "ACST": ("Australia/Darwin", "Australia/Adelaide"),
    "ADT": ("America/Halifax",),
    "AEDT": ("Australia/Sydney",),
    "AEST": ("Australia/Brisbane", "Australia/Sydney"),
    "AKDT": ("America/Anchorage",),
    "AKST": ("America/Anchorage",),
    "AST": ("America/Halifax", "America/Puerto_Rico", "Asia/Riyadh"),
    "AWST": ("Australia/Perth",),
    "BRT": ("America/Sao_Paulo",),
    "BST": ("Europe/London", "Asia/Dhaka"),
    "CAT": ("Africa/Maputo",),
    "CDT": ("America/Chicago", "America/Havana"),
    "CEST": ("Europe/Berlin", "Europe/Paris"),
    "CST": ("America/Chicago", "Asia/Shanghai", "America/Havana"),
    "CT": ("America/Chicago",),
    "EAT": ("Africa/Nairobi",),
    "EDT": ("America/New_York",),
    "EEST": ("Europe/Athens", "Europe/Helsinki"),
    "ET": ("America/New_York",),
    "GST": ("Asia/Dubai",),
    "HKT": ("Asia/Hong_Kong",),
    "ICT": ("Asia/Bangkok", "Asia/Ho_Chi_Minh"),
    "IDT": ("Asia/Jerusalem",),
    "IST": ("Asia/Kolkata", "Europe/Dublin", "Asia/Jerusalem"),
    "JST": ("Asia/Tokyo",),
    "KST": ("Asia/Seoul",),
    "MDT": ("America/Denver",),
    "MSK": ("Europe/Moscow",),
    "MT": ("America/Denver",),
    "NDT": ("America/St_Johns",),
    "NST": ("America/St_Johns",),
    "NZDT": ("Pacific/Auckland",),
    "NZST": ("Pacific/Auckland",),
    "PDT": ("America/Los_Angeles",),
    "PHT": ("Asia/Manila",),
    "PKT": ("Asia/Karachi",),
    "PST": ("America/Los_Angeles", "Asia/Manila"),
    "PT": ("America/Los_Angeles",),
    "SAST": ("Africa/Johannesburg",),
    "SGT": ("Asia/Singapore",),
    "SST": ("Pacific/Pago_Pago",),
    "TRT": ("Europe/Istanbul",),
    "WAT": ("Africa/Lagos",),
    "WEST": ("Europe/Lisbon",),
    "WIB": ("Asia/Jakarta",),
}
"""Places by abbreviation. Only abbreviations that are not IANA names; some have several meanings."""

_PLACES_BY_OFFSET: Final[Mapping[int, str]] = {
    -570: "Pacific/Marquesas",
    -210: "America/St_Johns",
    -150: "America/St_Johns",
    210: "Asia/Tehran",
    270: "Asia/Kabul",
    330: "Asia/Kolkata",
    345: "Asia/Kathmandu",
    390: "Asia/Yangon",
    525: "Australia/Eucla",
    570: "Australia/Darwin",
    630: "Australia/Adelaide",
    765: "Pacific/Chatham",
    825: "Pacific/Chatham",
}
"""A place by its distance to UTC in minutes, if that is not a whole number of hours. Some are those of summer time."""

_UTC_NAMES: Final = frozenset({"z", "utc", "gmt", "coordinated universal time"})
_OFFSET: Final = re.compile(
    r"(?P<posix>etc/gmt)?(?:etc/)?(?:utc|gmt|z)?\s*(?P<sign>[+\-\u2212])\s*(?P<hours>\d{1,2})"
    r"(?::?(?P<minutes>\d{2})|[.,](?P<fraction>\d{1,2}))?",
    re.IGNORECASE,
)
_QUARTERS: Final[Mapping[str, int]] = {"25": 15, "5": 30, "50": 30, "75": 45}
"""The minutes of a decimal fraction of an hour."""

_PART_OF_OFFSET: Final = re.compile(r"[\d+=\u2212]|-\s*$")
_ETC: Final = re.compile("^etc/", re.IGNORECASE)
_MAX_ABBREVIATION: Final = 5
_MINUTES: Final = 60
_FIRST_HOUR, _LAST_HOUR = -12, 14  # of the names Etc/GMT+12 to Etc/GMT-14

_ADVICE: Final = "Use an IANA name such as Europe/Berlin or UTC."


def check_timezone(timezone: str) -> str | None:
    """Return the reason why a name is not an IANA timezone, or None if it is an IANA timezone."""
    if timezone in _timezones():
        return None
    return f"There is no such timezone. {_suggestion(timezone.strip())}"


def _suggestion(text: str) -> str:
    """Return the sentences about the timezone that a text probably means."""
    by_lower = {name.lower(): name for name in _timezones()}
    if found := by_lower.get(text.lower().replace(" ", "_")):
        return f"Did you mean {found}? {_ADVICE}"
    word = _ETC.sub("", text)
    if word.lower() in _UTC_NAMES:
        return "Did you mean UTC?"
    if places := _ABBREVIATIONS.get(word.upper()):
        listed = " or ".join(filter(None, [", ".join(places[:-1]), places[-1]]))
        return f"{word.upper()} is an abbreviation and not an IANA name. Write a place instead, such as {listed}."
    if offset := _OFFSET.fullmatch(text):
        return _for_offset(offset)
    similar = _same_place(text, by_lower) or (None if _has_no_similar_name(word) else _mistyped(text, by_lower))
    return f"Did you mean {similar}? {_ADVICE}" if similar else _ADVICE


def _has_no_similar_name(word: str) -> bool:
    """Return True if a similar name would be another timezone: for an abbreviation, and for a distance to UTC."""
    is_short = len(word) <= _MAX_ABBREVIATION and word.isalpha()
    return is_short or bool(_PART_OF_OFFSET.search(word))


def _for_offset(offset: re.Match[str]) -> str:
    """Return the sentences about a distance to UTC. The IANA names have the reverse sign: UTC+2 is Etc/GMT-2."""
    sign = 1 if (offset["sign"] == "+") != bool(offset["posix"]) else -1
    minutes = sign * (int(offset["hours"]) * _MINUTES + _minutes(offset))
    hours, rest = divmod(minutes, _MINUTES)
    if minutes == 0:
        return "Did you mean UTC?"
    if rest:
        place = _PLACES_BY_OFFSET.get(minutes)
        why = "The timezones with a distance to UTC, such as Etc/GMT-2, have whole hours only."
        return f"{why} Write a place{f', such as {place}' if place else ''}."
    if not _FIRST_HOUR <= hours <= _LAST_HOUR:
        return "The distances to UTC range from Etc/GMT+12, which is UTC-12, to Etc/GMT-14, which is UTC+14."
    name, meaning = f"Etc/GMT{-hours:+d}", f"UTC{hours:+d}"
    return (
        f"Did you mean {name}? In these names, the sign is reversed: {name} is {meaning}. A place, such as "
        "Europe/Berlin, also follows summer time."
    )


def _minutes(offset: re.Match[str]) -> int:
    """Return the minutes beside the hours: 30 for :30, 30, .30, .5 and ,5."""
    fraction = offset["fraction"]
    return int(offset["minutes"] or 0) if fraction is None else _QUARTERS.get(fraction, int(fraction))


def _same_place(text: str, by_lower: Mapping[str, str]) -> str | None:
    """Return the first name with the place of a text, or None. The region of the text can be wrong or missing.

    The region Etc contains no places.
    """
    names = sorted((lower, name) for lower, name in by_lower.items() if not lower.startswith("etc/"))
    places = {lower.rpartition("/")[2]: name for lower, name in reversed(names)}
    return places.get(text.lower().replace(" ", "_").rpartition("/")[2])


def _mistyped(text: str, by_lower: Mapping[str, str]) -> str | None:
    """Return the name in the region of a text whose place differs by one typing error, or None.

    Places that differ by more, such as Mumbai and Dubai, are usually two places.
    """
    region, _, place = text.lower().replace(" ", "_").rpartition("/")
    names = [name for lower, name in by_lower.items() if lower.rpartition("/")[0] == region]
    return next((name for name in sorted(names) if _is_one_error(place, name.lower().rpartition("/")[2])), None)


def _is_one_error(text: str, other: str) -> bool:
    """Return True if one character is missing, additional or another one, or if two neighbors are swapped."""
    pairs = enumerate(zip(text, other, strict=False))
    begin = next((index for index, (left, right) in pairs if left != right), min(len(text), len(other)))
    text, other = text[begin:], other[begin:]
    is_swapped = text[:2] == other[1::-1] and text[2:] == other[2:]
    return is_swapped or text[1:] == other[1:] or text[1:] == other or text == other[1:]


@cache
def _timezones() -> frozenset[str]:
    """Return the names in the package ``tzdata``. The service may not know other names that the machine has."""
    return frozenset((get_data("tzdata", "zones") or b"").decode().split())
