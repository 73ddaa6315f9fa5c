"""How far rows are believed."""

from typing import Any

import pytest

from provider.refresh.rows import SAMPLE_SIZE, Row, Rows, row_of
from tests.unit.refresh.conftest import app

TIMES = {"cron": "0 6 * * *", "timezone": "UTC"}
DAILY, HOURLY = {"trigger_id": "daily", **TIMES}, {"trigger_id": "hourly", **TIMES}


def rows(agreeing: int = SAMPLE_SIZE, **told: Any) -> Rows:
    """Rows of which as many agree with a get."""
    found = Rows()
    for number in range(agreeing):
        found.add(f"app-{number}", row_of(app(number, **told)))
        found.add_read(f"app-{number}", row_of(app(number, **told)))
    return found


def test_a_row_is_believed_once_enough_of_them_agree_with_gets() -> None:
    """One less is not enough."""
    row = Row(1, "admin", "native", None)
    for agreeing, expected in ((SAMPLE_SIZE - 1, None), (SAMPLE_SIZE, row)):
        found = rows(agreeing)
        found.add("another", row)
        assert expected == found.trusted("another")
    assert None is found.trusted("unlisted")


def test_a_get_before_its_row_counts_as_one_after_it() -> None:
    """The first reads are over when the list is walked."""
    found = Rows()
    for number in range(SAMPLE_SIZE):
        found.add_read(f"app-{number}", row_of(app(number)))
    assert not found.are_trusted
    for number in range(SAMPLE_SIZE):
        found.add(f"app-{number}", row_of(app(number)))
    assert found.are_trusted


@pytest.mark.parametrize(
    ("row", "told"),
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
def test_a_row_that_a_get_contradicts_ends_all_belief(row: Any, told: Any, row_first: bool) -> None:
    """Whichever came first, and whatever agreed before; the contradiction names the workflow."""
    found = rows()
    steps = [
        lambda: found.add("odd", row_of(app(99, **row))),
        lambda: found.add_read("odd", None if told is None else row_of(app(99, **told))),
    ]
    for step in steps if row_first else reversed(steps):
        step()
    assert None is found.trusted("app-0")
    assert "of odd" in (found.mismatch or "")


@pytest.mark.parametrize(
    ("row", "told", "believed"),
    [
        pytest.param({"schedules": [DAILY]}, {"schedules": [DAILY]}, True, id="both tell"),
        pytest.param({"schedules": [DAILY, HOURLY]}, {"schedules": [HOURLY, DAILY]}, True, id="in another order"),
        pytest.param({"schedules": None}, {"schedules": [DAILY]}, False, id="rows do not"),
        pytest.param({"schedules": [DAILY]}, {"schedules": None}, False, id="gets do not"),
        pytest.param({"schedules": [{"trigger_id": "daily"}]}, {"schedules": [DAILY]}, False, id="rows lack times"),
        pytest.param({"schedules": None}, {"schedules": None}, False, id="neither"),
    ],
)
def test_triggers_are_trusted_where_rows_and_gets_both_tell_them(row: Any, told: Any, believed: bool) -> None:
    """Where one of them is silent the rest of the row is believed, and its triggers are not."""
    found = Rows()
    for number in range(SAMPLE_SIZE):
        found.add(f"app-{number}", row_of(app(number, **row)))
        found.add_read(f"app-{number}", row_of(app(number, **told)))
    found.add("another", row_of(app(99, schedules=[DAILY])))
    shown = found.trusted("another")
    assert shown is not None
    assert (1, believed) == (shown.version, shown.triggers is not None)


def test_one_silent_row_among_telling_ones_keeps_triggers_from_being_believed() -> None:
    """A list that tells the triggers of some workflows alone proves nothing of them."""
    found = rows(schedules=[DAILY])
    found.add("silent", row_of(app(98)))
    found.add_read("silent", row_of(app(98, schedules=[DAILY])))
    shown = found.trusted("app-0")
    assert shown is not None
    assert None is shown.triggers


def test_a_row_may_be_silent_of_how_a_workflow_is_executed() -> None:
    """Not every list tells it."""
    found = rows()
    found.add("silent", row_of(app(98, execution_mode=None)))
    found.add_read("silent", row_of(app(98)))
    assert Row(1, "admin", None, None) == found.trusted("silent")


def test_a_workflow_that_is_listed_twice_in_two_ways_is_not_believed() -> None:
    """It changed while the list was walked; one that is listed twice alike is believed."""
    found = rows()
    for version in (1, 2):
        found.add("changed", row_of(app(98, version=version)))
        found.add("same", row_of(app(99)))
    found.add_read("changed", row_of(app(98, version=2)))
    assert (None, 1) == (found.trusted("changed"), getattr(found.trusted("same"), "version", None))
