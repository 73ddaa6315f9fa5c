"""One walk through the pages of the list, shared by all threads that refresh.

The first workflows are read one by one, so a small configuration never requests the list. After them, a thread that
needs a row fetches the next page, and the other threads wait for that page.

The number of pages is limited by the number of rows that threads needed so far. If the pages contain few of these
rows, the limit is half that number. So few pages are read on a tenant with far more workflows than the configuration.
At the limit, threads stop waiting. Each thread then fetches one page at most and reads its workflow separately.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import Enum, auto
from typing import TYPE_CHECKING, Final, NamedTuple

from provider.client.errors import AtlanError
from provider.refresh.pages import EndlessPages, Pages
from provider.refresh.rows import Row, Rows, row_of

if TYPE_CHECKING:
    from provider.client.responses import Workflow, WorkflowPage

_log = logging.getLogger(__name__)


class Limits(NamedTuple):
    """Limits of a walk.

    ``first_reads`` is the number of workflows that are read before the list is requested. The others are seconds
    since the first page: threads wait for pages during ``wait_seconds``, and rows are trusted during
    ``lifetime_seconds``.
    """

    first_reads: int = 16
    wait_seconds: float = 5.0
    lifetime_seconds: float = 30.0


LIMITS: Final = Limits()


class _Step(Enum):
    FETCH = auto()
    READ = auto()


class Walk:
    """The walk after one Configure. Safe for threads. ``fetch`` returns the page at a cursor, or raises AtlanError."""

    def __init__(
        self, fetch: Callable[[str | None], WorkflowPage], clock: Callable[[], float], limits: Limits = LIMITS
    ) -> None:
        self._pages = Pages(fetch)
        self._clock = clock
        self._limits = limits
        self._changed = threading.Condition()
        self._rows = Rows()
        self._has_ended = False
        self._requested = self._reading = self._answered = 0
        self._started_at: float | None = None
        self._is_fetching = False
        self._is_waiting_over = False

    @property
    def mismatch(self) -> str | None:
        """The first difference between a row and a read."""
        return self._rows.mismatch

    def end(self) -> None:
        """Trust no row from now on."""
        with self._changed:
            self._has_ended = True
            self._changed.notify_all()

    def row(self, slug: str) -> Row | None:
        """Return the trusted row of a workflow. Return None if the workflow must be read separately."""
        with self._changed:
            self._requested += 1
            if self._requested <= self._limits.first_reads:
                return None
        has_fetched = False
        while (step := self._next(slug, has_fetched=has_fetched)) is _Step.FETCH:
            self._fetch_page()
            has_fetched = True
        return step if isinstance(step, Row) else None

    @contextmanager
    def reading(self, *, is_counted: bool) -> Iterator[None]:
        """Wrap the read of one workflow. ``is_counted`` is True if its row was requested before."""
        with self._changed:
            self._requested += not is_counted
            self._reading += 1
        try:
            yield
        finally:
            with self._changed:
                self._reading -= 1
                self._changed.notify_all()

    def compare(self, slug: str, read: Row | None) -> None:
        """Compare the result of a read with the row. ``read`` is None if the workflow does not exist."""
        with self._changed:
            if not self._is_active():
                return
            self._rows.add_read(slug, read)
            self._end_on_mismatch()

    def _next(self, slug: str, *, has_fetched: bool) -> Row | _Step:
        """Return the trusted row, or the next step of the thread: fetch the next page or read the workflow."""
        with self._changed:
            while self._is_active():
                row = self._rows.trusted(slug)
                if row is not None:
                    self._answered += 1
                    return row
                if self._is_fetching or self._needs_more_reads():
                    if not self._wait():
                        return _Step.READ
                elif self._pages.is_complete or not self._may_fetch(has_fetched=has_fetched):
                    return _Step.READ
                else:
                    self._start_fetching()
                    return _Step.FETCH
            return _Step.READ

    def _is_active(self) -> bool:
        is_young = self._started_at is None or self._clock() < self._started_at + self._limits.lifetime_seconds
        return is_young and not self._has_ended

    def _needs_more_reads(self) -> bool:
        """Return True if the list is complete, and reads that are in progress may still make it trusted."""
        return self._pages.is_complete and self._reading > 0 and not self._rows.are_trusted

    def _start_fetching(self) -> None:
        self._is_fetching = True
        if self._started_at is None:
            self._started_at = self._clock()

    def _wait(self) -> bool:
        """Wait until something changes. Return False at once if threads wait no longer."""
        assert self._started_at is not None
        left = self._started_at + self._limits.wait_seconds - self._clock()
        if self._is_waiting_over or left <= 0:
            return False
        self._changed.wait(left)
        return True

    def _may_fetch(self, *, has_fetched: bool) -> bool:
        """Return True if this thread may fetch a page. After the first False, no thread waits any more."""
        is_late = self._started_at is not None and self._clock() >= self._started_at + self._limits.wait_seconds
        found = self._answered + self._rows.matched
        is_worthwhile = self._pages.count < min(self._requested, self._requested / 2 + 2 * found)
        if not self._is_waiting_over and (is_late or not is_worthwhile):
            _log.info("%d pages of the list contained too few workflows: others are read one by one", self._pages.count)
            self._is_waiting_over = True
            self._changed.notify_all()
        return is_worthwhile and not (self._is_waiting_over and has_fetched)

    def _fetch_page(self) -> None:
        """Fetch the next page without the lock. A failure ends only the walk."""
        found: list[Workflow] = []
        failure: str | None = "a page could not be read"
        try:
            found, failure = self._pages.next(), None
        except AtlanError as error:
            # a refresh has no configuration, so secrets that the service repeats could not be redacted
            failure = error.text(with_service_text=False)
        except EndlessPages as error:
            failure = str(error)
        finally:
            with self._changed:
                self._is_fetching = False
                self._add(found, failure)
                self._changed.notify_all()

    def _add(self, found: list[Workflow], failure: str | None) -> None:
        for workflow in found:
            self._rows.add(workflow.slug, row_of(workflow))
        self._end_on_mismatch()
        if failure is not None and not self._has_ended:
            _log.info("the list of workflows is not used, each workflow is read: %s", failure)
            self._has_ended = True
        elif self._pages.is_complete:
            _log.info("the list contains %d workflows on %d pages", len(self._rows), self._pages.count)

    def _end_on_mismatch(self) -> None:
        if self._rows.mismatch is not None and not self._has_ended:
            _log.warning("the list of workflows is not trusted: %s", self._rows.mismatch)
            self._has_ended = True
            self._changed.notify_all()
