"""One walk through the pages of the service's list of workflows, shared by all threads that refresh.

A row of the list describes one workflow. The first workflows are read one by one, so a small configuration never
requests the list. After them, a thread that needs a row fetches the next page, and the other threads wait for it.

For n workflows requested so far, the walk fetches at most n / 2 pages, and two more for each row that was useful, but
never more than n. Therefore the walk fetches few pages if the tenant has far more workflows than the configuration.
Waiting ends at this limit and after a limit of time. From then on, a request for a row fetches one page at most.
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
    since the request for the first page: threads wait for each other during ``wait_seconds``, and rows can be trusted
    during ``lifetime_seconds``.
    """

    first_reads: int = 16
    wait_seconds: float = 5.0
    lifetime_seconds: float = 30.0


LIMITS: Final = Limits()


class _Step(Enum):
    FETCH = auto()
    READ = auto()


class Walk:
    """The walk of one configured provider. Safe for threads.

    ``fetch`` returns the page at a cursor, or raises AtlanError. The cursor of the first page is None.
    """

    def __init__(
        self, fetch: Callable[[str | None], WorkflowPage], clock: Callable[[], float], limits: Limits = LIMITS
    ) -> None:
        self._pages = Pages(fetch)
        self._clock = clock
        self._limits = limits
        self._condition = threading.Condition()
        self._rows = Rows()
        self._has_ended = False
        self._needed_count = self._reads_in_progress = self._returned_count = 0
        self._started_at: float | None = None
        self._is_fetching = False
        self._is_waiting_over = False

    @property
    def mismatch(self) -> str | None:
        """A description of the first difference between a row and a read, or None."""
        return self._rows.mismatch

    def end(self) -> None:
        """Trust no row from now on."""
        with self._condition:
            self._has_ended = True
            self._condition.notify_all()

    def row(self, slug: str) -> Row | None:
        """Return the trusted row of a workflow. Return None if the workflow must be read separately.

        Fetch pages for it, or wait for the pages and reads of other threads.
        """
        with self._condition:
            self._needed_count += 1
            if self._needed_count <= self._limits.first_reads:
                return None
        has_fetched = False
        while (found := self._wait_for_row(slug, has_fetched=has_fetched)) is _Step.FETCH:
            self._fetch_page()
            has_fetched = True
        return found if isinstance(found, Row) else None

    @contextmanager
    def reading(self, *, row_was_requested: bool) -> Iterator[None]:
        """Count the read of one workflow as in progress during the block. Then wake the threads that wait."""
        with self._condition:
            self._needed_count += not row_was_requested
            self._reads_in_progress += 1
        try:
            yield
        finally:
            with self._condition:
                self._reads_in_progress -= 1
                self._condition.notify_all()

    def add_read(self, slug: str, read: Row | None) -> None:
        """Add the result of a read. ``read`` is None if the workflow does not exist.

        The walk compares the read with the row, now or when the row arrives. A difference ends the walk.
        """
        with self._condition:
            if not self._is_active():
                return
            self._rows.add_read(slug, read)
            self._end_on_mismatch()

    def _wait_for_row(self, slug: str, *, has_fetched: bool) -> Row | _Step:
        """Wait if that can help. Return the trusted row, or the next step of this thread.

        For FETCH, the walk expects that this thread fetches the next page now.
        """
        with self._condition:
            while self._is_active():
                row = self._rows.trusted_row(slug)
                if row is not None:
                    self._returned_count += 1
                    return row
                if self._is_fetching or self._should_wait_for_reads():
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

    def _should_wait_for_reads(self) -> bool:
        """Return True if all pages were fetched, and reads in progress can still make their rows trusted."""
        return self._pages.is_complete and self._reads_in_progress > 0 and not self._rows.are_trusted

    def _start_fetching(self) -> None:
        self._is_fetching = True
        if self._started_at is None:
            self._started_at = self._clock()

    def _wait(self) -> bool:
        """Wait for a page, a read or the end of the walk. Return False at once if the time for waiting is over."""
        assert self._started_at is not None
        left = self._started_at + self._limits.wait_seconds - self._clock()
        if self._is_waiting_over or left <= 0:
            return False
        self._condition.wait(left)
        return True

    def _may_fetch(self, *, has_fetched: bool) -> bool:
        """Return True if this thread may fetch a page. End all waiting at a limit."""
        is_late = self._started_at is not None and self._clock() >= self._started_at + self._limits.wait_seconds
        useful_rows = self._returned_count + self._rows.matched
        is_worthwhile = self._pages.count < min(self._needed_count, self._needed_count / 2 + 2 * useful_rows)
        if is_late or not is_worthwhile:
            self._end_waiting("took too long" if is_late else "contained too few of the workflows")
        return is_worthwhile and not (self._is_waiting_over and has_fetched)

    def _end_waiting(self, reason: str) -> None:
        if not self._is_waiting_over:
            _log.info(
                "%d pages of the list %s, so workflows without a row are read one by one", self._pages.count, reason
            )
            self._is_waiting_over = True
            self._condition.notify_all()

    def _fetch_page(self) -> None:
        """Fetch the next page without the lock. An AtlanError and endless pages end the walk and are not raised."""
        workflows: list[Workflow] = []
        failure: str | None = "a page could not be read"
        try:
            workflows, failure = self._pages.next(), None
        except AtlanError as error:
            # a refresh gets no configuration, so secrets in the service's text would not be redacted
            failure = error.text(with_service_text=False)
        except EndlessPages as error:
            failure = str(error)
        finally:
            with self._condition:
                self._is_fetching = False
                self._add(workflows, failure)
                self._condition.notify_all()

    def _add(self, workflows: list[Workflow], failure: str | None) -> None:
        for workflow in workflows:
            self._rows.add(workflow.slug, row_of(workflow))
        self._end_on_mismatch()
        if failure is not None and not self._has_ended:
            _log.info(
                "the list of workflows is not used any more, so the other workflows are read one by one: %s", failure
            )
            self._has_ended = True
        elif self._pages.is_complete:
            _log.info("the list contains %d workflows on %d pages", len(self._rows), self._pages.count)

    def _end_on_mismatch(self) -> None:
        if self._rows.mismatch is not None and not self._has_ended:
            _log.warning("the list of workflows is not trusted any more: %s", self._rows.mismatch)
            self._has_ended = True
            self._condition.notify_all()
