"""Wait for a run: what ends the wait, and which errors do not."""

import logging
import math
import threading
from contextlib import closing

import pytest

from provider.client.api import AtlanApi
from provider.client.errors import AtlanError, NotFound, RequestNotSent
from provider.resources.run.status import has_ended, has_failed
from provider.resources.run.wait import format_duration, wait
from tests.support.http_server import Reply, ScriptedServer, free_port
from tests.support.provider_data import provider_data
from tests.support.run_resource import NOT_FOUND, STATE, Clock, client, context, running, warnings, watch

AWAY = Reply(500, {"code": 500, "message": "not now"})


@pytest.mark.parametrize("status", ["Pending", "Running", "Paused", "Unheard-of", None])
def test_a_run_goes_on_until_a_status_that_is_an_end(
    api: AtlanApi, server: ScriptedServer, clock: Clock, status: str | None
) -> None:
    """An unknown status, or none, is not an end."""
    server.plays(running(status))
    assert not watch(api, clock).look()
    assert (False, False) == (has_ended(status), has_failed(status))


@pytest.mark.parametrize("status", ["Succeeded", "Failed", "Error", "Stopped", "Terminated", "Cancelled", "Skipped"])
def test_a_terminal_status_is_the_end(api: AtlanApi, server: ScriptedServer, clock: Clock, status: str) -> None:
    """Success is Succeeded alone."""
    server.plays(running(status))
    assert watch(api, clock).look()
    assert (True, status != "Succeeded") == (has_ended(status), has_failed(status))


def test_a_value_that_a_read_leaves_out_stays_unchanged(api: AtlanApi, server: ScriptedServer, clock: Clock) -> None:
    """An earlier status and start stay in state."""
    server.plays(running("Running", started_at="2026-01-01T00:00:00Z"), running(None))
    watched = watch(api, clock)
    watched.look()
    watched.look()
    assert ("Running", "2026-01-01T00:00:00Z") == (watched.state["status"], watched.state["started_at"])


@pytest.mark.parametrize(
    ("statuses", "minutes", "expected"),
    [
        (["Odd", "Odd"], [9.9, 0.2], True),
        (["Odd", "Odd"], [9.9, 0], False),
        (["Odd", "Even", "Even"], [9, 9, 0.9], False),
        (["Odd", "Running", "Odd"], [9, 9, 9], False),
        (["Running", "Running"], [600, 600], False),
        ([None, None], [9.9, 0.2], True),
    ],
)
def test_a_status_that_is_not_known_is_stuck_after_ten_minutes(
    api: AtlanApi,
    server: ScriptedServer,
    clock: Clock,
    statuses: list[str | None],
    minutes: list[float],
    expected: bool,
) -> None:
    """Another status starts the time again, and a status that is known to be active is never stuck."""
    server.plays(*map(running, statuses))
    watched = watch(api, clock, status=None)
    for passing in minutes:
        watched.look()
        clock.now += passing * 60
    assert expected == watched.is_stuck()


class PassingTime(threading.Event):
    """A stop event that is never set. Each wait moves a clock instead."""

    def __init__(self, clock: Clock) -> None:
        super().__init__()
        self._clock = clock

    def wait(self, timeout: float | None = None) -> bool:
        self._clock.now += timeout or 0
        return False


@pytest.mark.parametrize("created", [True, False], ids=["created", "resumed"])
def test_a_wait_for_a_status_that_is_not_known_ends_with_a_warning(
    api: AtlanApi, server: ScriptedServer, clock: Clock, created: bool
) -> None:
    """The run is in the state that is returned and saved, and there is no error."""
    server.always = running("Odd")
    ctx = context()
    ctx.stop = PassingTime(clock)
    begin = clock.now
    state = wait(ctx, provider_data(api), STATE, math.inf, is_created=created, clock=clock)
    assert 600 <= clock.now - begin < 640
    assert ["The run r-1 of s-1 may have ended: its status is not known"] == warnings(ctx)
    assert ("r-1", "Odd", state) == (state["run_id"], state["status"], ctx.saved)


def test_a_wait_for_an_active_run_goes_on_for_hours(api: AtlanApi, server: ScriptedServer, clock: Clock) -> None:
    """Only a status that is not known ends a wait early."""
    begin = clock.now
    server.always = lambda _: running("Running" if clock.now - begin < 3600 else "Succeeded")
    ctx = context()
    ctx.stop = PassingTime(clock)
    state = wait(ctx, provider_data(api), STATE, math.inf, is_created=True, clock=clock)
    assert ("Succeeded", []) == (state["status"], warnings(ctx))


def test_each_change_of_status_is_one_line(
    api: AtlanApi, server: ScriptedServer, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    """With the run, the workflow and the time. The same status is not logged again."""
    caplog.set_level(logging.INFO, "provider.resources.run.wait")
    server.plays(running("Pending"), running(), running(), running("Succeeded"))
    watched = watch(api, clock)
    for _ in range(4):
        clock.now += 30
        watched.look()
    expected = ["Running, 1 min 0 s after it was submitted", "Succeeded, 2 min 0 s after it was submitted"]
    assert [f"run r-1 of s-1: {told}" for told in expected] == caplog.messages


@pytest.mark.parametrize(
    "reply",
    [
        AWAY,
        Reply(503, "away"),
        Reply(429, {"code": 429, "message": "slow down"}),
        Reply(404, "<html>"),
        Reply(act="drop"),
    ],
    ids=["500", "503", "429", "a gateway's 404", "no answer"],
)
def test_temporary_errors_are_ignored_for_five_minutes(
    api: AtlanApi, server: ScriptedServer, clock: Clock, reply: Reply
) -> None:
    """A read that succeeds in between starts the time again."""
    watched = watch(api, clock)
    for replies in ((reply, reply, running()), (reply, reply)):
        server.plays(*replies)
        for _ in replies:
            assert not watched.look()
            clock.now += 149
    clock.now += 3
    server.plays(reply)
    with pytest.raises(AtlanError):
        watched.look()


def test_an_unreachable_tenant_is_ignored_for_five_minutes(clock: Clock) -> None:
    """Like one that does not answer."""
    with closing(client(f"http://127.0.0.1:{free_port()}")) as api:
        watched = watch(api, clock)
        assert not watched.look()
        clock.now += 300
        with pytest.raises(RequestNotSent):
            watched.look()


@pytest.mark.parametrize("status", [400, 401, 403, 404])
def test_a_permanent_error_is_raised_at_once(api: AtlanApi, server: ScriptedServer, clock: Clock, status: int) -> None:
    """Such as a refused key, or a run that the service does not know."""
    server.plays(Reply(status, {"code": status, "message": "no"}))
    with pytest.raises(AtlanError) as raised:
        watch(api, clock, created=False).look()
    assert status == raised.value.status


def test_a_run_that_was_just_submitted_may_be_unknown_for_some_seconds(
    api: AtlanApi, server: ScriptedServer, clock: Clock
) -> None:
    """After them, the error is raised."""
    server.plays(NOT_FOUND, NOT_FOUND)
    watched = watch(api, clock)
    assert not watched.look()
    clock.now += 5
    with pytest.raises(NotFound):
        watched.look()


@pytest.mark.parametrize(
    ("seconds", "expected"),
    [(-1, "0 s"), (0.4, "0 s"), (59.4, "59 s"), (60, "1 min 0 s"), (3599, "59 min 59 s"), (90000, "25 h 0 min")],
)
def test_durations_have_their_two_largest_units(seconds: float, expected: str) -> None:
    """Up to hours."""
    assert expected == format_duration(seconds)
