"""The list of workflows as a source for refreshes."""

from __future__ import annotations

import time
from collections.abc import Callable
from enum import Enum
from typing import TYPE_CHECKING, Final

from provider.client.errors import NotFound
from provider.refresh.rows import Row, row_of

if TYPE_CHECKING:
    from provider.client.api import AtlanApi
    from provider.client.responses import Workflow, WorkflowPage
    from provider.refresh.walk import Walk

# A page that takes longer, retries included, is abandoned, because single reads are faster then.
_PAGE_SECONDS: Final = 10.0


class Unchanged(Enum):
    """The result of a read that sent no request, because the workflow's row matches the state."""

    UNCHANGED = "unchanged"


UNCHANGED: Final = Unchanged.UNCHANGED


class RefreshIndex:
    """The rows of the list, from a Configure until the first write, for at most 30 seconds. Safe for threads."""

    def __init__(self, api: Callable[[], AtlanApi], clock: Callable[[], float] = time.monotonic) -> None:
        self._api = api
        self._clock = clock
        self._walk: Walk | None = None
        self._is_trusted = True

    def begin(self, *, enabled: bool) -> None:
        """Start to use the list after a Configure, if ``enabled``.

        A list that contradicted a read is not used again until the process ends.
        """
        from provider.refresh.walk import Walk  # a launch that only answers the schema does not need it

        self.end()
        self._walk = Walk(self._page, self._clock) if enabled and self._is_trusted else None

    def end(self) -> None:
        """Stop the use of the list. Call this before a write and before the next Configure."""
        walk, self._walk = self._walk, None
        if walk is not None:
            walk.end()
            self._is_trusted = self._is_trusted and walk.mismatch is None

    def read(
        self, slug: str, get: Callable[[], Workflow], matches: Callable[[Row], bool] | None
    ) -> Workflow | Unchanged:
        """Return the workflow that ``get`` returns, or UNCHANGED if a trusted row ``matches`` the state.

        Without ``matches``, no row is requested. With it, this method may wait for pages of the list.
        Raises what ``get`` raises.
        """
        walk = self._walk
        if walk is None:
            return get()
        row = None if matches is None else walk.row(slug)
        if row is not None and matches is not None and matches(row):
            return UNCHANGED
        with walk.reading(row_was_requested=matches is not None):
            try:
                workflow = get()
            except NotFound:
                walk.add_read(slug, None)
                raise
            walk.add_read(slug, row_of(workflow))
            return workflow

    def _page(self, cursor: str | None) -> WorkflowPage:
        return self._api().with_timeout(_PAGE_SECONDS).get_workflow_page(cursor=cursor)
