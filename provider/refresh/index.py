"""A refresh that does not ask for every workflow: the list answers for those that it proves unchanged."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from provider.client.errors import NotFound
from provider.refresh.rows import Row, row_of

if TYPE_CHECKING:
    from provider.client.api import AtlanApi
    from provider.client.responses import Workflow, WorkflowPage
    from provider.refresh.walk import Walk

# A page that takes longer, its retries included, is not worth to wait for.
_PAGE_SECONDS: Final = 10.0


class RefreshIndex:
    """What is known of the list, from a Configure until the first write or for 30 seconds. Safe for threads."""

    def __init__(self, api: Callable[[], AtlanApi], clock: Callable[[], float] = time.monotonic) -> None:
        self._api = api
        self._clock = clock
        self._walk: Walk | None = None
        self._believes = True

    def begin(self, *, enabled: bool) -> None:
        """A Configure: nothing that was told before counts. A list that was caught out stays off for the process."""
        from provider.refresh.walk import Walk  # a launch that is asked for the schema alone does not need it

        self.end()
        self._walk = Walk(self._page, self._clock) if enabled and self._believes else None

    def end(self) -> None:
        """A write, or a new Configure: from now on each workflow is read by itself."""
        walk, self._walk = self._walk, None
        if walk is not None:
            walk.end()
            self._believes = self._believes and walk.contradiction is None

    def read(self, slug: str, get: Callable[[], Workflow], proves: Callable[[Row], bool] | None) -> Workflow | None:
        """The workflow as a get tells it, or None where its row ``proves`` that a get would tell nothing new.

        Without ``proves`` nothing could prove that. Raises what ``get`` raises.
        """
        walk = self._walk
        if walk is None:
            return get()
        row = None if proves is None else walk.row(slug)
        if row is not None and proves is not None and proves(row):
            return None
        with walk.reading(asked=proves is not None):
            try:
                app = get()
            except NotFound:
                walk.compare(slug, None)
                raise
            walk.compare(slug, row_of(app))
            return app

    def _page(self, cursor: str | None) -> WorkflowPage:
        return self._api().within(_PAGE_SECONDS).list_workflows(cursor=cursor)
