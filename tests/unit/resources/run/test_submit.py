"""Submit a run once, and look for it after a failure."""

import threading
from dataclasses import dataclass
from typing import Any

import pytest

from provider.client.api import AtlanApi
from provider.client.errors import Forbidden
from provider.framework import UserError
from provider.framework.polling import Waiter
from provider.resources.run.submit import submit
from tests.support.http_server import Received, Reply, ScriptedServer
from tests.support.run_resource import NOT_FOUND

SLUG = "bigquery-prod-AbC123"
INDEXED = f"default/apps/automation_engine/workflows/{SLUG}"
FAILED = Reply(500, {"code": 500, "message": "no"})
REFUSED = (FAILED, f"A run of {SLUG} is active already: ", f"The service failed to start a run of {SLUG}")
UNKNOWN = f"A run of {SLUG} is active, and this apply may have started it: "
LOST = (Reply(act="drop"), UNKNOWN, f"It is not known whether a run of {SLUG} was started")
GATEWAY = (Reply(502, "<html>"), LOST[1], LOST[2])


class FakeTime(threading.Event):
    """A clock that only waits move."""

    now = 0.0

    def clock(self) -> float:
        return self.now

    def wait(self, timeout: float | None = None) -> bool:
        self.now += timeout or 0
        return False


@dataclass
class Tenant:
    """Answers a submit, a search for the names in the index and a read of a run."""

    submit: Reply
    indexed: tuple[str, ...] = ()
    run: Reply = NOT_FOUND
    search: Reply | None = None
    shown_from: int = 1
    searches: int = 0

    def __call__(self, request: Received) -> Reply:
        if request.path.endswith("/submit"):
            return self.submit
        return self._searched() if request.path.endswith("/indexsearch") else self.run

    def _searched(self) -> Reply:
        self.searches += 1
        shown = self.indexed if self.searches >= self.shown_from else ()
        attributes = [{"qualifiedName": name, "appWorkflowRunStatus": "Running"} for name in shown]
        return self.search or Reply(body={"entities": [{"attributes": each} for each in attributes]})


@pytest.fixture
def time() -> FakeTime:
    return FakeTime()


def problem(api: AtlanApi, time: FakeTime) -> UserError:
    with pytest.raises(UserError) as raised:
        submit(api, Waiter(time, time.clock), SLUG, 60)
    return raised.value


def submits(server: ScriptedServer) -> int:
    return len([each for each in server.requests if each.path.endswith("/submit")])


def test_a_run_that_starts_is_answered(api: AtlanApi, server: ScriptedServer, time: FakeTime) -> None:
    """The index is not searched."""
    server.always = Tenant(Reply(body={"run_id": "r-1", "slug": SLUG, "status": "Pending"}))
    run = submit(api, Waiter(time, time.clock), SLUG, 60)
    assert ("r-1", "Pending", 1) == (run.run_id, run.status, len(server.requests))


@pytest.mark.parametrize(("reply", "expected", "_"), [REFUSED, LOST, GATEWAY], ids=["500", "no answer", "502"])
def test_an_active_run_is_named_as_the_service_returns_it(
    api: AtlanApi, server: ScriptedServer, time: FakeTime, reply: Reply, expected: str, _: str
) -> None:
    """By its id and current status, with an import block. One submit was sent."""
    run = Reply(body={"run_id": "r-1", "slug": SLUG, "status": "Paused"})
    server.always = Tenant(reply, (f"{INDEXED}/r-1",), run)
    told = problem(api, time)
    assert f"{expected}r-1 (Paused)" == told.summary
    assert 'import {\n  to = atlan_app_run.run\n  id = "r-1"\n}' in told.detail
    assert 1 == submits(server)


@pytest.mark.parametrize(
    "run",
    [NOT_FOUND, FAILED, Reply(body={"run_id": "7", "slug": "other", "status": "Running"})],
    ids=["no such run", "not now", "another workflow's"],
)
def test_a_run_whose_id_is_not_in_the_index_has_its_name_there(
    api: AtlanApi, server: ScriptedServer, time: FakeTime, run: Reply
) -> None:
    """The last segment of its qualified name is its id only if the service has a run with that id."""
    server.always = Tenant(FAILED, (f"{INDEXED}/2026/7",), run)
    told = problem(api, time)
    assert f"{REFUSED[1]}{INDEXED}/2026/7 (Running)" == told.summary
    assert "import" not in told.detail


def test_the_index_is_given_time(api: AtlanApi, server: ScriptedServer, time: FakeTime) -> None:
    """It is some seconds behind."""
    run = Reply(body={"run_id": "r-1", "slug": SLUG, "status": "Running"})
    server.always = tenant = Tenant(FAILED, (f"{INDEXED}/r-1",), run, shown_from=4)
    assert f"{REFUSED[1]}r-1 (Running)" == problem(api, time).summary
    assert (4, 4.75) == (tenant.searches, time.now)


@pytest.mark.parametrize(("reply", "_", "expected"), [REFUSED, LOST, GATEWAY], ids=["500", "no answer", "502"])
@pytest.mark.parametrize(
    ("tenant", "why"),
    [
        ({}, "The index shows no active run, but it is some seconds behind"),
        ({"search": FAILED}, "The search for an active run in the index failed too."),
        (
            {"indexed": (f"{INDEXED}/r-1",), "run": Reply(body={"run_id": "r-1", "slug": SLUG, "status": "Succeeded"})},
            "The index shows no active run, but it is some seconds behind",
        ),
    ],
    ids=["none", "not to be asked", "one that has ended since"],
)
def test_the_error_says_what_is_not_known(
    api: AtlanApi, server: ScriptedServer, time: FakeTime, reply: Reply, _: str, expected: str, tenant: Any, why: str
) -> None:
    """No run was found in ten seconds, but there may be one."""
    server.always = Tenant(reply, **tenant)
    told = problem(api, time)
    assert expected == told.summary
    assert why in told.detail
    assert (1, time.now) == (submits(server), 0 if "search" in tenant else 10)


def test_a_missing_workflow_is_an_error_on_the_slug(api: AtlanApi, server: ScriptedServer, time: FakeTime) -> None:
    """No run was started."""
    server.always = Tenant(Reply(404, {"code": 404, "message": "no such workflow"}))
    told = problem(api, time)
    assert (f"There is no workflow with the slug {SLUG}", ["slug"]) == (told.summary, told.path)


def test_an_error_that_started_nothing_is_raised_unchanged(
    api: AtlanApi, server: ScriptedServer, time: FakeTime
) -> None:
    """The index is not searched."""
    server.always = Tenant(Reply(403, {"code": 403, "message": "no"}))
    with pytest.raises(Forbidden):
        submit(api, Waiter(time, time.clock), SLUG, 60)
    assert 1 == len(server.requests)
