"""Rows are trusted if they match a sample of reads."""

from typing import Any

import pytest

from provider.refresh.rows import SAMPLE_SIZE, Row, Rows, row_of
from tests.support.refresh_tenant import app

TIMES = {"cron": "0 6 * * *", "timezone": "UTC"}
DAILY, HOURLY = {"trigger_id": "daily", **TIMES}, {"trigger_id": "hourly", **TIMES}


def rows(matching: int = SAMPLE_SIZE, **values: Any) -> Rows:
    """Rows that match their reads, in this number."""
    found = Rows()
    for number in range(matching):
        found.add(f"app-{number}", row_of(app(number, **values)))
        found.add_read(f"app-{number}", row_of(app(number, **values)))
    return found


def test_rows_are_trusted_once_enough_of_them_match_reads() -> None:
    """One less is not enough."""
    row = Row(1, "admin", "native", None)
    for matching, expected in ((SAMPLE_SIZE - 1, None), (SAMPLE_SIZE, row)):
        found = rows(matching)
        found.add("another", row)
        assert expected == found.trusted_row("another")
    assert None is found.trusted_row("unlisted")


def test_a_read_before_its_row_counts_as_one_after_it() -> None:
    """The first reads end before the list is requested."""
    found = Rows()
    for number in range(SAMPLE_SIZE):
        found.add_read(f"app-{number}", row_of(app(number)))
    assert not found.are_trusted
    for number in range(SAMPLE_SIZE):
        found.add(f"app-{number}", row_of(app(number)))
    assert found.are_trusted


@pytest.mark.parametrize(
    ("row", "read"),
    [
        pytest.param({"version": 1}, {"version": 2}, id="version"),
        pytest.param({"version": None}, {}, id="no version in the row"),
        pytest.param({"owner": "admin"}, {"owner": "other"}, id="owner"),
        pytest.param({"owner": None}, {}, id="no owner in the row"),
        pytest.param({"execution_mode": "native"}, {"execution_mode": "other"}, id="execution mode"),
        pytest.param({"schedules": []}, {"schedules": [DAILY]}, id="a trigger less"),
        pytest.param({"schedules": [HOURLY]}, {"schedules": [DAILY]}, id="another trigger"),
        pytest.param({"schedules": [{**DAILY, "timezone": "Asia/Tokyo"}]}, {"schedules": [DAILY]}, id="other times"),
        pytest.param({}, None, id="gone"),
    ],
)
@pytest.mark.parametrize("row_first", [True, False])
def test_a_row_that_does_not_match_its_read_ends_the_trust(row: Any, read: Any, row_first: bool) -> None:
    """The order and earlier matches do not matter. The mismatch names the workflow."""
    found = rows()
    steps = [
        lambda: found.add("odd", row_of(app(99, **row))),
        lambda: found.add_read("odd", None if read is None else row_of(app(99, **read))),
    ]
    for step in steps if row_first else reversed(steps):
        step()
    assert None is found.trusted_row("app-0")
    assert "odd is" in (found.mismatch or "")


@pytest.mark.parametrize(
    ("row", "read", "trusted"),
    [
        pytest.param({"schedules": [DAILY]}, {"schedules": [DAILY]}, True, id="both"),
        pytest.param({"schedules": [DAILY, HOURLY]}, {"schedules": [HOURLY, DAILY]}, True, id="in another order"),
        pytest.param({"schedules": None}, {"schedules": [DAILY]}, False, id="rows do not"),
        pytest.param({"schedules": [DAILY]}, {"schedules": None}, False, id="gets do not"),
        pytest.param({"schedules": [{"trigger_id": "daily"}]}, {"schedules": [DAILY]}, False, id="rows lack times"),
        pytest.param({"schedules": None}, {"schedules": None}, False, id="neither"),
    ],
)
def test_triggers_are_trusted_if_rows_and_reads_contain_them(row: Any, read: Any, trusted: bool) -> None:
    """If one of them lacks triggers, the rest of the row is trusted, and its triggers are not."""
    found = Rows()
    for number in range(SAMPLE_SIZE):
        found.add(f"app-{number}", row_of(app(number, **row)))
        found.add_read(f"app-{number}", row_of(app(number, **read)))
    found.add("another", row_of(app(99, schedules=[DAILY])))
    shown = found.trusted_row("another")
    assert shown is not None
    assert (1, trusted) == (shown.version, shown.triggers is not None)


def test_triggers_are_not_trusted_if_one_row_lacks_them() -> None:
    """A list that contains the triggers of some workflows only is not trusted for triggers."""
    found = rows(schedules=[DAILY])
    found.add("silent", row_of(app(98)))
    found.add_read("silent", row_of(app(98, schedules=[DAILY])))
    shown = found.trusted_row("app-0")
    assert shown is not None
    assert None is shown.triggers


def test_a_row_may_lack_the_execution_mode() -> None:
    """Not every list contains it."""
    found = rows()
    found.add("silent", row_of(app(98, execution_mode=None)))
    found.add_read("silent", row_of(app(98)))
    assert Row(1, "admin", None, None) == found.trusted_row("silent")


def test_a_workflow_that_is_listed_twice_with_different_values_is_not_trusted() -> None:
    """It changed between two pages. A workflow that is listed twice with the same values is trusted."""
    found = rows()
    for version in (1, 2):
        found.add("changed", row_of(app(98, version=version)))
        found.add("same", row_of(app(99)))
    found.add_read("changed", row_of(app(98, version=2)))
    assert (None, 1) == (found.trusted_row("changed"), getattr(found.trusted_row("same"), "version", None))
