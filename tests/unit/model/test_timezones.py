"""Timezones, and the suggestions for texts that are none."""

import pytest

from provider.model import timezones
from provider.model.timezones import check_timezone


@pytest.mark.parametrize("timezone", ["UTC", "Europe/Berlin", "Asia/Kolkata"])
def test_an_iana_name_is_a_timezone(timezone: str) -> None:
    """Names of the database pass."""
    assert None is check_timezone(timezone)


@pytest.mark.parametrize(
    ("timezone", "meant"),
    [
        ("Europe/Berln", "Did you mean Europe/Berlin?"),
        ("europe/berlin ", "Did you mean Europe/Berlin?"),
        ("New York", "Did you mean America/New_York?"),
        ("london", "Did you mean Europe/London?"),
        ("PST", "Write a place instead, such as America/Los_Angeles or Asia/Manila."),
        ("edt", "Write a place instead, such as America/New_York."),
        ("IST", "such as Asia/Kolkata, Europe/Dublin or Asia/Jerusalem."),
        ("BST", "such as Europe/London or Asia/Dhaka."),
        ("CEST", "such as Europe/Berlin or Europe/Paris."),
        ("Z", "Did you mean UTC?"),
        ("utc", "Did you mean UTC?"),
        ("GMT+00:00", "Did you mean UTC?"),
        ("UTC+2", "Did you mean Etc/GMT-2? In these names, the sign is reversed: Etc/GMT-2 is UTC+2."),
        ("utc -7", "Did you mean Etc/GMT+7?"),
        ("+0200", "Did you mean Etc/GMT-2?"),
        ("Etc/UTC+2", "Did you mean Etc/GMT-2?"),
        ("Etc/GMT+02", "Did you mean Etc/GMT+2?"),
        ("GMT+5:30", "have whole hours only. Write a place, such as Asia/Kolkata."),
        ("UTC-03:30", "have whole hours only. Write a place, such as America/St_Johns."),
        ("UTC+5.5", "have whole hours only. Write a place, such as Asia/Kolkata."),
        ("+5,5", "have whole hours only. Write a place, such as Asia/Kolkata."),
        ("UTC+5.30", "have whole hours only. Write a place, such as Asia/Kolkata."),
        ("GMT+5.75", "have whole hours only. Write a place, such as Asia/Kathmandu."),
        ("UTC+1.25", "have whole hours only. Write a place."),
        ("UTC+2.0", "Did you mean Etc/GMT-2?"),
        ("Paris", "Did you mean Europe/Paris?"),
        ("Asia/Berlin", "Did you mean Europe/Berlin?"),
        ("America/NewYork", "Did you mean America/New_York?"),
        ("Europe/Berlim", "Did you mean Europe/Berlin?"),
        ("Asia/Calcuta", "Did you mean Asia/Calcutta?"),
        ("Europe/Amstredam", "Did you mean Europe/Amsterdam?"),
        ("etc/pst", "PST is an abbreviation and not an IANA name."),
        ("Etc/Z", "Did you mean UTC?"),
        ("Etc/UTC ", "Did you mean Etc/UTC?"),
        ("UTC+1:15", "have whole hours only. Write a place."),
        ("UTC+15", "range from Etc/GMT+12, which is UTC-12, to Etc/GMT-14, which is UTC+14."),
    ],
)
def test_a_mistyped_timezone_is_answered_with_the_one_meant(timezone: str, meant: str) -> None:
    """The nearest name is offered."""
    assert meant in (check_timezone(timezone) or "")


@pytest.mark.parametrize("timezone", ["", "../../etc/passwd", "Europe", "/UTC", "\0", "localtime", "posix/UTC"])
def test_a_path_is_not_a_timezone(timezone: str) -> None:
    """Names that would reach into the file system are refused as any other."""
    assert "There is no such timezone." in (check_timezone(timezone) or "")


@pytest.mark.parametrize(
    "timezone",
    [
        *("XYZ", "MESZ", "NY", "ChST", "India", "Pacific Standard Time", "Tokyo Standard Time"),
        *("UTC+5.", "UTC 2", "gmt +", "gmt-", "Zone/GMT+2", "San Francisco", "Germany", "London/Europe"),
        *("CEST+2", "AEST-10", "SGT-8", "UTC=2", "EST5", "Mumbai", "Canada", "US/Western", "Etc/XTC"),
        *("Asia/Mumbai", "Asia/Osaka", "Asia/Delhi", "Europe/Munich", "Europe/Geneva", "Europe/Milan"),
        *("America/San_Francisco", "America/Washington", "America/Boston", "America/Houston"),
    ],
)
def test_no_timezone_is_suggested_that_is_only_spelled_in_a_similar_way(timezone: str) -> None:
    """Two short words that differ in one letter are different timezones. So are similar names in another region."""
    assert "There is no such timezone. Use an IANA name such as Europe/Berlin or UTC." == check_timezone(timezone)


def test_every_suggestion_is_a_timezone() -> None:
    """The places of the abbreviations and of the offsets exist, and no abbreviation is an IANA name itself."""
    places = {place for places in timezones._ABBREVIATIONS.values() for place in places}
    places |= set(timezones._PLACES_BY_OFFSET.values())
    assert dict.fromkeys(places) == {place: check_timezone(place) for place in places}
    assert [] == [name for name in timezones._ABBREVIATIONS if check_timezone(name) is None]
