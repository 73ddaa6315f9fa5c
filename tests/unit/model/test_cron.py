"""Cron expressions."""

import pytest

from provider.model.cron import check_cron, never_runs, same_cron


@pytest.mark.parametrize("cron", ["0 6 * * *", "*/15 0-6,22 1 JAN mon-fri", "0 0 L * *", "59 23 31 12 7"])
def test_an_expression_of_five_valid_fields_is_accepted(cron: str) -> None:
    """The check accepts what the service accepts."""
    assert None is check_cron(cron)


@pytest.mark.parametrize(
    ("cron", "expected"),
    [
        ("", "It has 0 fields, and a cron expression has five"),
        ("@daily", "It has 1 field, and a cron expression has five"),
        ("0 0 6 * * *", "It has 6 fields, and a cron expression has five"),
        ("61 6 * * *", 'The minute field is "61". It takes 0-59'),
        ("0 6 32 2 *", 'The day-of-month field is "32". It takes 1-31'),
        ("0 6 * * MON-SUN", 'The day-of-week field is "MON-SUN". It takes 0-7, SUN-SAT'),
        ("0 6 ? * *", 'The day-of-month field is "?". It takes 1-31'),
    ],
)
def test_what_is_wrong_with_an_expression_is_said(cron: str, expected: str) -> None:
    """The text contains the wrong field, its value and the allowed values."""
    assert expected == (check_cron(cron) or "")[: len(expected)]


@pytest.mark.parametrize(
    ("cron", "expected"),
    [
        ("0 0 31 2 *", "No date is day 31 of month 2: the longest such month has 29 days."),
        ("0 0 30,31 FEB *", "No date is day 30 or 31 of month 2: the longest such month has 29 days."),
        ("0 0 31 4,6,9,11 */2", "No date is day 31 of month 4, 6, 9 or 11: the longest such month has 30 days."),
        ("0 0 30-31 2 *", "No date is day 30 or 31 of month 2"),
        ("0 0 29 2 *", ""),
        ("0 0 31 2,3 *", ""),
        ("0 0 31 2 MON", ""),  # every Monday of February, because either field can match
        ("0 0 L 2 *", ""),
        ("0 0 32 2 *", ""),  # no expression
        ("0 0 31 2", ""),
    ],
)
def test_an_expression_that_no_date_matches_never_runs(cron: str, expected: str) -> None:
    """The text says which days and months, and how many days the longest of the months has."""
    assert expected == (never_runs(cron) or "")[: len(expected) or None]
    assert not (never_runs(cron) and check_cron(cron))


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ("0 6 * * *", "00  06 * * *", True),
        ("0 6 * * 0", "0 6 * * SUN", True),
        ("0 6 * * 7", "0 6 * * 0", True),
        ("0 6 * * *", "0 6 * * 0-6", True),
        ("*/15 * * * *", "0,15,30,45 * * * *", True),
        ("0 6 * * *", "0 7 * * *", False),
        ("0 6 1 * 1", "0 6 1 * *", False),
        ("0 6 */2 * 1", "0 6 1-31/2 * 1", False),
        ("broken", "broken", True),
        ("broken", "0 6 * * *", False),
    ],
)
def test_expressions_that_fire_at_the_same_times_are_the_same(left: str, right: str, expected: bool) -> None:
    """Spelling does not matter; whether both day fields must match does."""
    assert expected == same_cron(left, right)
