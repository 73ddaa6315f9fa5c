"""The pages of the list of workflows."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from provider.client.errors import ENDLESS_REASON

if TYPE_CHECKING:
    from provider.client.responses import Workflow, WorkflowPage


class EndlessPages(Exception):  # noqa: N818 - the walk ends, and no user sees an error
    """The service reports more pages, but the page is empty or its cursor repeats."""


class Pages:
    """The pages in their order. Not safe for threads.

    ``fetch`` returns the page at a cursor. ``count`` is the number of pages requested so far. ``is_complete`` is True
    after the last page.
    """

    def __init__(self, fetch: Callable[[str | None], WorkflowPage]) -> None:
        self._fetch = fetch
        self._cursor: str | None = None
        self._cursors: set[str | None] = set()
        self.count = 0
        self.is_complete = False

    def next(self) -> list[Workflow]:
        """Return the workflows of the next page. Raises AtlanError or EndlessPages."""
        self.count += 1
        page = self._fetch(self._cursor)
        self._cursors.add(self._cursor)
        self._cursor = page.next_cursor
        if page.has_more and (not page.workflows or self._cursor in self._cursors):
            raise EndlessPages(ENDLESS_REASON)
        self.is_complete = not page.has_more
        return page.workflows
