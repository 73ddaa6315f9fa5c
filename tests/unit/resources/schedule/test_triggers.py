"""Triggers with the planned times."""

import pytest

from provider.client.responses import Trigger
from provider.resources.schedule.triggers import with_times

PLANNED = {"slug": "a-1", "cron": "0 6 * * 1", "timezone": "UTC"}


@pytest.mark.parametrize(
    ("cron", "timezone", "expected"),
    [
        ("0 6 * * 1", "UTC", ["t"]),
        ("00 06 * * MON", "UTC", ["t"]),
        ("0 7 * * 1", "UTC", []),
        ("0 6 * * 1", "Europe/Berlin", []),
        (None, "UTC", []),
        ("0 6 * * 1", None, []),
        ("not cron", "UTC", []),
    ],
)
def test_triggers_are_compared_by_their_times(cron: str | None, timezone: str | None, expected: list[str]) -> None:
    """The spelling does not matter. A trigger without times in the list does not match."""
    trigger = Trigger(trigger_id="t", cron=cron, timezone=timezone)
    assert expected == [each.trigger_id for each in with_times([trigger], PLANNED, [])]
    assert [] == with_times([trigger], PLANNED, ["t"])
