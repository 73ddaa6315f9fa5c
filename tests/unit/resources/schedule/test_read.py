"""The state after a read, and when no read is needed."""

from typing import Any

import pytest

from provider.client.responses import Trigger
from provider.refresh import Row
from provider.resources.schedule.read import row_check, to_state
from tests.support.schedule_resource import context

PLANNED = {"slug": "a-1", "cron": "0 6 * * 1", "timezone": "UTC"}


def test_a_state_keeps_the_spelling_of_times_with_the_same_meaning() -> None:
    """A value that the list leaves out stays unchanged."""
    told = to_state(Trigger(trigger_id="t", cron="00 06 * * MON", timezone=None), PLANNED)
    assert {**PLANNED, "id": "a-1/t", "trigger_id": "t"} == told


@pytest.mark.parametrize(
    ("triggers", "proven"),
    [
        pytest.param([("t", "0 6 * * 1", "UTC")], True, id="the same"),
        pytest.param([("t", "00 06 * * MON", "UTC")], True, id="the same times"),
        pytest.param([("other", "0 7 * * *", "UTC"), ("t", "0 6 * * 1", "UTC")], True, id="among others"),
        pytest.param([("t", "0 7 * * 1", "UTC")], False, id="another hour"),
        pytest.param([("t", "0 6 * * 1", "Europe/Berlin")], False, id="another timezone"),
        pytest.param([("other", "0 6 * * 1", "UTC")], False, id="another trigger"),
        pytest.param([], False, id="none"),
        pytest.param(None, False, id="not in the answer"),
    ],
)
def test_a_row_check_a_schedule_by_its_trigger(
    triggers: list[tuple[str, str, str]] | None, proven: bool, data: Any
) -> None:
    """By its id and its times. The other values of the row do not matter."""
    row = Row(1, "admin", None, None if triggers is None else frozenset(triggers))
    assert proven == row_check(context(), data, {**PLANNED, "trigger_id": "t"})(row)


def test_a_schedule_without_times_matches_no_row(data: Any) -> None:
    """Such as one that was imported from a tenant that lists no schedules."""
    row = Row(1, "admin", None, frozenset([("t", "0 6 * * 1", "UTC")]))
    assert not row_check(context(), data, {**PLANNED, "trigger_id": "t", "cron": None})(row)


def test_a_row_with_a_new_trigger_needs_a_read(data: Any) -> None:
    """Unless another state contains the trigger. A row that matches records the other triggers."""
    state = {**PLANNED, "trigger_id": "t"}
    row = Row(1, "admin", None, frozenset([("t", "0 6 * * 1", "UTC"), ("new", "0 7 * * *", "UTC")]))
    ctx = context(other_triggers=[])
    assert (False, {"other_triggers": []}) == (row_check(ctx, data, state)(row), ctx.private)
    data.schedules.add_stored("new")
    assert (True, {"other_triggers": ["new"]}) == (row_check(ctx, data, state)(row), ctx.private)
