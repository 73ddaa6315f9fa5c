"""The active runs of a workflow, from the search index."""

import threading

import pytest

from provider.client.api import AtlanApi
from provider.framework.polling import Waiter
from provider.resources.run.active_runs import ActiveRun, find_active_runs
from tests.support.http_server import Reply, ScriptedServer
from tests.support.run_resource import NOT_FOUND

SLUG = "bigquery-prod-AbC123"
NAME = f"default/apps/automation_engine/workflows/{SLUG}/r-1"
FOUND = Reply(body={"entities": [{"attributes": {"qualifiedName": NAME, "appWorkflowRunStatus": "Running"}}]})


def found(api: AtlanApi) -> list[ActiveRun] | None:
    stopped = threading.Event()
    stopped.set()  # one search
    return find_active_runs(api, Waiter(stopped), SLUG)


@pytest.mark.parametrize(
    ("run", "expected"),
    [
        (Reply(body={"run_id": "r-1", "slug": SLUG, "status": "Paused"}), [ActiveRun("r-1", "Paused", "r-1")]),
        (Reply(body={"run_id": "r-1", "slug": SLUG, "status": "Succeeded"}), []),
        (Reply(body={"run_id": "r-1", "slug": "other", "status": "Running"}), [ActiveRun(NAME, "Running")]),
        (NOT_FOUND, [ActiveRun(NAME, "Running")]),
    ],
    ids=["active", "ended", "of another workflow", "no such run"],
)
def test_a_run_of_the_index_has_its_current_status(
    run: Reply, expected: list[ActiveRun], api: AtlanApi, server: ScriptedServer
) -> None:
    """A run that the service does not know by that id keeps its name and status in the index."""
    server.plays(FOUND, run)
    assert expected == found(api)


def test_a_search_that_fails_is_not_an_empty_index(api: AtlanApi, server: ScriptedServer) -> None:
    """The result is None, and not an empty list."""
    server.always = Reply(500, {"code": 500, "message": "no"})
    assert None is find_active_runs(api, Waiter(threading.Event()), SLUG)
