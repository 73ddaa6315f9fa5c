"""The state after a read, and when no read is needed."""

import pytest

from provider.client.responses import Trigger
from provider.refresh import Row
from provider.resources.schedule.read import row_matches, to_state

PLANNED = {"slug": "a-1", "cron": "0 6 * * 1", "timezone": "UTC"}


def test_a_state_keeps_the_spelling_of_times_that_mean_the_same() -> None:
    """What a listing leaves out stays as it was known."""
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
        pytest.param(None, False, id="not told"),
    ],
)
def test_a_row_proves_a_schedule_by_its_trigger(triggers: list[tuple[str, str, str]] | None, proven: bool) -> None:
    """Its id and its times; whatever else the row tells."""
    row = Row(1, "admin", None, None if triggers is None else frozenset(triggers))
    assert proven == row_matches({**PLANNED, "trigger_id": "t"})(row)


def test_a_schedule_whose_times_are_not_known_is_proved_by_no_row() -> None:
    """Such as one that was imported where schedules were hidden."""
    row = Row(1, "admin", None, frozenset([("t", "0 6 * * 1", "UTC")]))
    assert not row_matches({**PLANNED, "trigger_id": "t", "cron": None})(row)
