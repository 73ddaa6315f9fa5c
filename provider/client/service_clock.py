"""The clock of the service, from the ``Date`` header of its answers."""

from __future__ import annotations

import time
from email.utils import parsedate_to_datetime
from typing import Final

DATE: Final = "date"


class ServiceClock:
    """The service's time, as the last answer with a date says it. Safe for threads."""

    def __init__(self) -> None:
        self._last: tuple[str, float] | None = None

    def add_date(self, date: str | None) -> None:
        """Record the date of an answer that has just arrived."""
        if date is not None:
            self._last = date, time.monotonic()

    def earliest_time(self) -> float | None:
        """Return an epoch second that the service's clock has reached, or None if no answer had a usable date.

        The clock is later by at most a second and the time that the last answer took.
        """
        if self._last is None:
            return None
        date, arrived = self._last
        try:
            return parsedate_to_datetime(date).timestamp() + time.monotonic() - arrived
        except (ValueError, OverflowError, OSError):
            return None
