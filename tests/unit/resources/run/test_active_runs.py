"""The active runs that the search index shows."""

import threading
from types import SimpleNamespace
from typing import Any

import pytest

from provider.client.errors import NoAnswer
from provider.client.responses import Run
from provider.framework.polling import Waiter
from provider.resources.run.active_runs import ActiveRun, find_active_runs

SLUG = "bigquery-prod-AbC123"
NAME = f"default/apps/automation_engine/workflows/{SLUG}/run-1"
ERROR = NoAnswer("no answer in time", method="GET", path="/")


class Time(threading.Event):
    """A clock that only waits move."""

    now = 0.0

    def clock(self) -> float:
        return self.now

    def wait(self, timeout: float | None = None) -> bool:
        self.now += timeout or 0
        return False


class Client:
    """A client whose index shows one run from a search on, and which reads that run."""

    def __init__(self, run: Any, shown_from: int = 1, error: Exception | None = None) -> None:
        self.run, self.shown_from, self.error = run, shown_from, error
        self.searches = 0

    def for_recovery(self, seconds: float) -> "Client":
        return self

    def find_active_runs(self, slug: str) -> list[Any]:
        if self.error:
            raise self.error
        self.searches += 1
        entity = SimpleNamespace(qualified_name=NAME, last_segment="run-1", status="Running")
        return [entity] if self.searches >= self.shown_from else []

    def get_run(self, run_id: str) -> Run:
        if isinstance(self.run, Exception):
            raise self.run
        return self.run


def search(client: Client) -> list[ActiveRun] | None:
    time = Time()
    return find_active_runs(client, Waiter(time, time.clock), SLUG)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("run", "expected"),
    [
        pytest.param(
            Run(run_id="run-1", slug=SLUG, status="Pending"), [ActiveRun("run-1", "Pending", "run-1")], id="active"
        ),
        pytest.param(Run(run_id="run-1", slug=SLUG, status="Succeeded"), [], id="ended"),
        pytest.param(Run(run_id="run-1", slug="other", status="Running"), [ActiveRun(NAME, "Running")], id="another's"),
        pytest.param(ERROR, [ActiveRun(NAME, "Running")], id="unreadable"),
    ],
)
def test_a_run_of_the_index_is_read_again(run: Any, expected: list[ActiveRun]) -> None:
    """The index is late, and its name ends with the run's id only if the workflow has such a run."""
    assert expected == search(Client(run))


def test_the_index_may_show_a_run_some_seconds_later() -> None:
    """The search repeats for ten seconds at most."""
    run = Run(run_id="run-1", slug=SLUG, status="Running")
    assert [ActiveRun("run-1", "Running", "run-1")] == search(Client(run, shown_from=3))
    assert [] == search(Client(run, shown_from=100))


def test_a_search_that_fails_finds_nothing_out() -> None:
    """None differs from an empty list, which says that no run is active."""
    assert search(Client(ERROR, error=ERROR)) is None


def test_a_run_in_a_message_has_its_status() -> None:
    """A run without a status says so."""
    assert ["run-1 (Running)", "run-1 (status not known)"] == [
        str(ActiveRun("run-1", status)) for status in ("Running", None)
    ]
