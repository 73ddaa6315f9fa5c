"""The active runs of a workflow, from the search index. The index shows a run some seconds after its start."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from provider.client.errors import AtlanError
from provider.framework.polling import Waiter

if TYPE_CHECKING:
    from provider.client.api import AtlanApi
    from provider.client.entities import RunEntity

# The longest wait for the index. The look-up has its own limit, because the timeout of the operation may be over.
_INDEX_SECONDS: Final = 10.0


class ActiveRun(NamedTuple):
    """An active run. ``name`` is the id of the run, or the name in the index if the id is not known."""

    name: str
    status: str | None
    run_id: str | None = None

    def __str__(self) -> str:
        return f"{self.name} ({self.status or 'status not known'})"


def find_active_runs(client: AtlanApi, waiter: Waiter, slug: str) -> list[ActiveRun] | None:
    """Wait up to 10 seconds for an active run of a workflow in the index, and return all that it then contains.

    The list is empty if the index shows no active run. Return None if the search fails.
    """
    active: list[ActiveRun] = []

    def search() -> bool:
        bounded = client.for_recovery(_INDEX_SECONDS)
        runs = [_confirm(bounded, slug, each) for each in bounded.find_active_runs(slug)]
        active[:] = [each for each in runs if each is not None]
        return bool(active)

    try:
        waiter.until(search, _INDEX_SECONDS)
    except AtlanError:
        return None
    return active


def _confirm(client: AtlanApi, slug: str, entity: RunEntity) -> ActiveRun | None:
    """Return a run of the index with its current status. Return None if the run has ended.

    The last segment of a name in the index is a run id only if the workflow has a run with that id.
    """
    unconfirmed = ActiveRun(entity.qualified_name, entity.status)
    try:
        run = client.get_run(entity.last_segment)
    except AtlanError:
        return unconfirmed
    if run.slug not in (None, slug):
        return unconfirmed
    return None if run.finished else ActiveRun(run.run_id, run.status, run.run_id)
