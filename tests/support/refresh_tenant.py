"""A tenant in memory: its workflows as a GET and as the list return them."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from provider.client.errors import NotFound
from provider.client.responses import Workflow, WorkflowPage
from provider.refresh import RefreshIndex, Row, Unchanged

WAIT_SECONDS = 30


def app(number: int, **told: Any) -> Workflow:
    """A workflow as the list returns it."""
    return Workflow.model_validate(
        {"slug": f"app-{number}", "version": 1, "owner": "admin", "execution_mode": "native"} | told
    )


def unchanged(row: Row) -> bool:
    """Return True if a workflow is as `app` creates it."""
    return (row.version, row.owner) == (1, "admin")


class Tenant:
    """Lists `apps` workflows, `page_size` on each page, and records the requests. Safe for threads.

    `gets` and `rows` contain the workflows that differ, None for one that does not exist. `before_page` is called
    with the number of each page.
    """

    def __init__(self, apps: int, page_size: int = 10) -> None:
        self.apps = apps
        self.page_size = page_size
        self.gets: dict[int, Workflow | None] = {}
        self.rows: dict[int, Workflow | None] = {}
        self.before_page: Callable[[int], None] = lambda _: None
        self.pages: list[int] = []
        self.read: list[int] = []
        self.most_at_once = 0
        self._at_once = 0
        self._lock = threading.Lock()

    def with_timeout(self, seconds: float) -> "Tenant":
        assert seconds > 0
        return self

    def get_workflow_page(self, *, cursor: str | None) -> WorkflowPage:
        number = int(cursor or 0)
        with self._lock:
            self.pages.append(number)
            self._at_once += 1
            self.most_at_once = max(self.most_at_once, self._at_once)
        try:
            self.before_page(number)
        finally:
            with self._lock:
                self._at_once -= 1
        first, beyond = number * self.page_size, (number + 1) * self.page_size
        told = [self.rows.get(each, app(each)) for each in range(first, min(beyond, self.apps))]
        cursor = str(number + 1) if beyond < self.apps else None
        return WorkflowPage(workflows=[each for each in told if each], has_more=cursor is not None, next_cursor=cursor)

    def get(self, number: int) -> Workflow:
        with self._lock:
            self.read.append(number)
        found = self.gets.get(number, app(number))
        if found is None:
            raise NotFound("gone", method="GET", path=f"/app-{number}", status=404)
        return found


class Clock:
    """A clock that a test moves, in seconds."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def index(tenant: Tenant, clock: Callable[[], float] | None = None) -> RefreshIndex:
    """An index of that tenant after its first Configure."""
    made = RefreshIndex(lambda: tenant, clock or Clock())  # type: ignore[arg-type,return-value] - used instead of the api
    made.begin(enabled=True)
    return made


def refresh(made: RefreshIndex, tenant: Tenant, numbers: range, threads: int = 10) -> dict[int, Workflow | Unchanged]:
    """Return the results of a refresh of these workflows. Those that do not exist are left out."""

    def read(number: int) -> Workflow | Unchanged:
        return made.read(f"app-{number}", lambda: tenant.get(number), unchanged)

    with ThreadPoolExecutor(threads) as pool:
        started = {number: pool.submit(read, number) for number in numbers}
        return {
            number: each.result(WAIT_SECONDS)
            for number, each in started.items()
            if not isinstance(each.exception(WAIT_SECONDS), NotFound)
        }
