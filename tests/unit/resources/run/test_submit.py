"""Submit a run once, and look for it after a failure."""

import threading
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import pytest

from provider.absence import Absence
from provider.client.api import AtlanApi, build_client
from provider.client.errors import Forbidden
from provider.client.retries import RetryPolicy
from provider.framework import UserError
from provider.framework.polling import Waiter
from provider.resources.run.submit import submit
from tests.support.api_clients import LimitClock
from tests.support.http_server import Act, Received, Reply, ScriptedServer
from tests.support.run_resource import NOT_FOUND, context

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


def data_of(api: AtlanApi) -> Any:
    return SimpleNamespace(client=api, absence=Absence(lambda: api))


def problem(api: AtlanApi, time: FakeTime) -> UserError:
    with pytest.raises(UserError) as raised:
        submit(context(), data_of(api), Waiter(time, time.clock), SLUG, 60)
    return raised.value


def submits(server: ScriptedServer) -> int:
    return len([each for each in server.requests if each.path.endswith("/submit")])


def test_a_run_that_starts_is_answered(api: AtlanApi, server: ScriptedServer, time: FakeTime) -> None:
    """The index is not searched."""
    server.always = Tenant(Reply(body={"run_id": "r-1", "slug": SLUG, "status": "Pending"}))
    run = submit(context(), data_of(api), Waiter(time, time.clock), SLUG, 60)
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


CODE = '{"code": "AE-WF-409-03", "message": "active"}'
CODED = {
    "in the message": Reply(500, {"code": 500, "message": f"the engine answered: {CODE}"}),
    "as the code": Reply(500, {"code": "AE-WF-409-03", "message": "active"}),
    "in a cause": Reply(500, {"message": "no", "causes": [{"errorMessage": CODE}]}),
    "as plain text": Reply(500, f"the engine answered: {CODE}"),
}


@pytest.mark.parametrize("reply", CODED.values(), ids=CODED)
def test_a_run_is_certainly_active_if_the_service_says_so(
    api: AtlanApi, server: ScriptedServer, time: FakeTime, reply: Reply
) -> None:
    """The index is searched for the id of the run, and the error is certain even if the index does not contain it."""
    server.always = Tenant(reply)
    told = problem(api, time)
    assert f"A run of {SLUG} is active already" == told.summary
    assert "The service started no second run, because one is active." in told.detail
    assert "usual reason" not in told.detail
    assert (1, 10) == (submits(server), time.now)
    server.always = Tenant(reply, (f"{INDEXED}/r-1",), Reply(body={"run_id": "r-1", "slug": SLUG, "status": "Running"}))
    assert f"A run of {SLUG} is active already: r-1 (Running)" == problem(api, time).summary


@pytest.mark.parametrize(
    "reply",
    [FAILED, Reply(502, {"code": "AE-WF-409-03", "message": "no"}), Reply(500, f"<html>{CODE}"), Reply(act="drop")],
    ids=["no code", "not a 500", "a page", "no answer"],
)
def test_an_active_run_is_not_certain_otherwise(
    api: AtlanApi, server: ScriptedServer, time: FakeTime, reply: Reply
) -> None:
    """The error says that it is not known, or names the usual reason."""
    server.always = Tenant(reply)
    assert f"A run of {SLUG} is active already" != problem(api, time).summary


REFUSAL = "Post http://app/start: dial tcp 10.0.0.1:8000: connect: Connection refused"


@pytest.mark.parametrize(
    ("reply", "when"),
    [
        (Reply(500, {"code": 500, "message": REFUSAL}), "Apply again."),
        (Reply(500, {"message": REFUSAL, "retryable": True, "retry_after": 30}), "Apply again in 30 s."),
        (Reply(500, {"message": "no", "errorCause": REFUSAL}), "Apply again."),
        (Reply(500, REFUSAL), "Apply again."),
    ],
    ids=["message", "advice", "cause", "plain text"],
)
def test_an_app_that_is_not_ready_started_nothing(
    api: AtlanApi, server: ScriptedServer, time: FakeTime, reply: Reply, when: str
) -> None:
    """The submit is not sent again, whatever the body says, and the index is not searched."""
    server.always = Tenant(reply)
    told = problem(api, time)
    assert f"The app of {SLUG} was not ready" == told.summary
    assert "No run was started, and nothing was submitted again." in told.detail
    assert when in told.detail
    assert 1 == len(server.requests)


@pytest.mark.parametrize(
    "reply", [FAILED, Reply(502, {"code": 502, "message": REFUSAL}), Reply(500, f"<html>{REFUSAL}")]
)
def test_another_failure_does_not_say_that_the_app_was_not_ready(
    api: AtlanApi, server: ScriptedServer, time: FakeTime, reply: Reply
) -> None:
    """The answer of a gateway proves nothing, and another 500 does not either."""
    server.always = Tenant(reply)
    assert "not ready" not in problem(api, time).summary


@pytest.mark.parametrize(
    ("submit_timeout", "seconds", "act"),
    [(20, 60, "answer"), (0.2, 60, "stall"), (20, 0.2, "stall")],
    ids=["long", "a short timeout of the submit", "a short timeout of the operation"],
)
def test_a_submit_has_its_own_timeout(
    server: ScriptedServer,
    time: FakeTime,
    monkeypatch: pytest.MonkeyPatch,
    submit_timeout: float,
    seconds: float,
    act: Act,
) -> None:
    """A late answer is an answer, even if `request_timeout` and the time for retries are shorter.

    If a timeout is too short, the error names the settings. Nothing is sent again.
    """
    clock, run = LimitClock(monkeypatch), {"run_id": "r-1", "slug": SLUG, "status": "Pending"}
    server.always = Tenant(Reply(body=run, act=act, on_arrival=lambda: clock.advance(0.5)))
    retries, stop = RetryPolicy(total_seconds=0), threading.Event()
    with closing(
        build_client(
            server.url, "not-a-key", request_timeout=0.2, submit_timeout=submit_timeout, retries=retries, stop=stop
        )
    ) as api:
        if act == "answer":
            assert "r-1" == submit(context(), data_of(api), Waiter(time, time.clock), SLUG, seconds).run_id
        else:
            with pytest.raises(UserError) as raised:
                submit(context(), data_of(api), Waiter(time, time.clock), SLUG, seconds)
            assert "request_timeout of the provider and timeouts.create limit it" in raised.value.detail
    assert 1 == submits(server)


def test_a_missing_workflow_is_an_error_on_the_slug(api: AtlanApi, server: ScriptedServer, time: FakeTime) -> None:
    """The list does not contain it, and no run was started."""
    listed = Reply(body={"workflows": [], "has_more": False})
    server.always = Tenant(Reply(404, {"code": 404, "message": "no such workflow"}), run=listed)
    told = problem(api, time)
    assert (f"There is no workflow with the slug {SLUG}", ["slug"]) == (told.summary, told.path)


def test_an_error_that_started_nothing_is_raised_unchanged(
    api: AtlanApi, server: ScriptedServer, time: FakeTime
) -> None:
    """The index is not searched."""
    server.always = Tenant(Reply(403, {"code": 403, "message": "no"}))
    with pytest.raises(Forbidden):
        submit(context(), data_of(api), Waiter(time, time.clock), SLUG, 60)
    assert 1 == len(server.requests)


def test_a_submit_for_a_new_workflow_is_sent_again(time: FakeTime, api: AtlanApi, server: ScriptedServer) -> None:
    """A 404 started no run, so the request is repeated until the workflow is visible."""
    data = data_of(api)
    data.absence.add_publish(SLUG, datetime.now(UTC).timestamp())
    server.plays(NOT_FOUND, Reply(404, {"message": "no such workflow"}))
    server.always = Tenant(Reply(body={"run_id": "r-1", "slug": SLUG, "status": "Pending"}))
    assert "r-1" == submit(context(), data, Waiter(time, time.clock), SLUG, 60).run_id
    assert 3 == len(server.requests)
