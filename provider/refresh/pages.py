"""The list of workflows, page after page."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from provider.client.responses import Workflow, WorkflowPage


class Endless(Exception):  # noqa: N818 - it is no error of the provider's
    """The list leads nowhere, or back to where it was."""


class Pages:
    """``fetch`` gets the page after a cursor. For one thread at a time.

    ``count`` is how many were asked for, and ``complete`` whether the last of them was read.
    """

    def __init__(self, fetch: Callable[[str | None], WorkflowPage]) -> None:
        self._fetch = fetch
        self._cursor: str | None = None
        self._cursors: set[str | None] = set()
        self.count = 0
        self.complete = False

    def next(self) -> list[Workflow]:
        """The workflows on the next page. Raises AtlanError, or Endless."""
        self.count += 1
        page = self._fetch(self._cursor)
        self._cursors.add(self._cursor)
        self._cursor = page.next_cursor
        if page.has_more and (not page.workflows or self._cursor in self._cursors):
            raise Endless("its pages have no end")
        self.complete = not page.has_more
        return page.workflows
