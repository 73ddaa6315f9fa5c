"""One walk through the list, shared by all threads that refresh.

Reading one by one comes first: a small configuration never asks for the list. From then on, whoever finds that nobody
is at it fetches the next page, and the others wait for what it brings. There are never more pages than reads that were
asked for, and half as many where the pages tell of few of them. So where the tenant holds far more workflows than the
configuration, waiting ends soon: whoever comes then reads by itself, and adds a page now and then.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING, Final

from provider.client.errors import AtlanError
from provider.refresh.pages import Endless, Pages
from provider.refresh.rows import Row, Rows, row_of

if TYPE_CHECKING:
    from provider.client.responses import Workflow, WorkflowPage

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Bounds:
    """``first``: how many are read one by one before the list is asked. ``patience``: seconds from the first page on
    in which others wait for the walk. ``lifetime``: seconds from then on in which a row is believed."""

    first: int = 16
    patience: float = 5.0
    lifetime: float = 30.0


BOUNDS: Final = Bounds()


class _Step(Enum):
    FETCH = auto()
    READ = auto()


class Walk:
    """The walk of one Configure. Safe for threads. ``fetch`` gets the page after a cursor and raises AtlanError."""

    def __init__(
        self, fetch: Callable[[str | None], WorkflowPage], clock: Callable[[], float], bounds: Bounds = BOUNDS
    ) -> None:
        self._pages = Pages(fetch)
        self._clock = clock
        self._bounds = bounds
        self._changed = threading.Condition()
        self._rows = Rows()
        self._over = False
        self._asked = self._reading = self._answered = 0
        self._began: float | None = None
        self._fetching = self._behind = False

    @property
    def contradiction(self) -> str | None:
        """What the list and a get told differently of one workflow."""
        return self._rows.contradiction

    def end(self) -> None:
        """Believe nothing from now on."""
        with self._changed:
            self._over = True
            self._changed.notify_all()

    def row(self, slug: str) -> Row | None:
        """The row of a workflow that is to be refreshed, if it may be believed; else it is to be read by itself."""
        with self._changed:
            self._asked += 1
            if self._asked <= self._bounds.first:
                return None
        fetched = False
        while (step := self._next(slug, fetched=fetched)) is _Step.FETCH:
            self._fetch_page()
            fetched = True
        return step if isinstance(step, Row) else None

    @contextmanager
    def reading(self, *, asked: bool) -> Iterator[None]:
        """While a workflow is read by itself; ``asked`` where its row was asked for before."""
        with self._changed:
            self._asked += not asked
            self._reading += 1
        try:
            yield
        finally:
            with self._changed:
                self._reading -= 1
                self._changed.notify_all()

    def compare(self, slug: str, told: Row | None) -> None:
        """Hold what a get told against the row; None where the workflow is gone."""
        with self._changed:
            if not self._holds():
                return
            self._rows.add_get(slug, told)
            self._end_if_contradicted()

    def _next(self, slug: str, *, fetched: bool) -> Row | _Step:
        with self._changed:
            while self._holds():
                row = self._rows.believed(slug)
                if row is not None:
                    self._answered += 1
                    return row
                if self._fetching or (self._pages.complete and self._reading and not self._rows.are_believed):
                    if not self._wait():
                        return _Step.READ
                elif self._pages.complete or not self._may_go_on(fetched=fetched):
                    return _Step.READ
                else:
                    self._begin_fetching()
                    return _Step.FETCH
            return _Step.READ

    def _begin_fetching(self) -> None:
        self._fetching = True
        if self._began is None:
            self._began = self._clock()

    def _holds(self) -> bool:
        return not self._over and (self._began is None or self._clock() < self._began + self._bounds.lifetime)

    def _wait(self) -> bool:
        """Wait until something changed; whether it is worth to look again."""
        assert self._began is not None
        left = self._began + self._bounds.patience - self._clock()
        if self._behind or left <= 0:
            return False
        self._changed.wait(left)
        return True

    def _may_go_on(self, *, fetched: bool) -> bool:
        """Whether the one who asks is to fetch a page; nobody waits any more once the answer was no."""
        late = self._began is not None and self._clock() >= self._began + self._bounds.patience
        found = self._answered + self._rows.agreed
        worth = self._pages.count < min(self._asked, self._asked / 2 + 2 * found)
        if not self._behind and (late or not worth):
            _log.info(
                "%d pages of the list did not tell enough: what comes is read by itself meanwhile", self._pages.count
            )
            self._behind = True
            self._changed.notify_all()
        return worth and not (self._behind and fetched)

    def _fetch_page(self) -> None:
        """Fetch the next page, without the lock. Whatever is wrong with it ends the walk, and nothing else."""
        found: list[Workflow] = []
        why: str | None = "a page was not read to its end"
        try:
            found, why = self._pages.next(), None
        except (AtlanError, Endless) as error:
            why = str(error)
        finally:
            with self._changed:
                self._fetching = False
                self._take(found, why)
                self._changed.notify_all()

    def _take(self, found: list[Workflow], why: str | None) -> None:
        for app in found:
            self._rows.add(app.slug, row_of(app))
        self._end_if_contradicted()
        if why is not None and not self._over:
            _log.info("the list of workflows was given up, each is read by itself: %s", why)
            self._over = True
        elif self._pages.complete:
            _log.info("the list tells %d workflows on %d pages", len(self._rows), self._pages.count)

    def _end_if_contradicted(self) -> None:
        if self._rows.contradiction is not None and not self._over:
            _log.warning("the list of workflows is not believed: %s", self._rows.contradiction)
            self._over = True
            self._changed.notify_all()
