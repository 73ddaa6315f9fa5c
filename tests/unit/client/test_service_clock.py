"""The clock of the service."""

import time

import pytest

from provider.client.service_clock import ServiceClock

DATE = "Tue, 14 Nov 2023 22:13:20 GMT"


def test_the_clock_runs_on_from_the_last_date(monkeypatch: pytest.MonkeyPatch) -> None:
    """The clock of this machine does not matter. An answer without a date changes nothing."""
    now = 5.0
    monkeypatch.setattr(time, "monotonic", lambda: now)
    clock = ServiceClock()
    clock.add_date(DATE)
    clock.add_date(None)
    now = 8.5
    assert 1_700_000_003.5 == clock.earliest_time()


@pytest.mark.parametrize("date", [None, "", "tomorrow", "Tue, 99 Nov 2023 22:13:20 GMT"])
def test_a_date_that_cannot_be_read_is_no_time(date: str | None) -> None:
    """Nothing is derived from it."""
    clock = ServiceClock()
    clock.add_date(date)
    assert None is clock.earliest_time()
