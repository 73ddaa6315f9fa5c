"""Wait for a run: what ends the wait, and which errors do not."""

import logging
from contextlib import closing

import pytest

from provider.client.api import AtlanApi
from provider.client.errors import AtlanError, NotFound, RequestNotSent
from provider.resources.run.status import has_ended, has_failed
from provider.resources.run.wait import format_duration
from tests.support.http_server import Reply, ScriptedServer, free_port
from tests.support.run_resource import NOT_FOUND, Clock, client, running, watch

AWAY = Reply(500, {"code": 500, "message": "not now"})


@pytest.mark.parametrize("status", ["Pending", "Running", "Paused", "Error", None])
def test_a_run_goes_on_until_a_status_that_is_an_end(
    api: AtlanApi, server: ScriptedServer, clock: Clock, status: str | None
) -> None:
    """An unknown status, or none, is not an end."""
    server.plays(running(status))
    assert not watch(api, clock).look()
    assert (False, False) == (has_ended(status), has_failed(status))


@pytest.mark.parametrize("status", ["Succeeded", "Failed", "Stopped", "Terminated", "Skipped"])
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
