"""Errors of a run, as a user reads them."""

from typing import Any

import pytest

from provider.client.api import AtlanApi
from provider.client.errors import AtlanError, NotFound
from provider.resources.run.errors import out_of_time, run_failed, wait_failed
from tests.support.http_server import ScriptedServer
from tests.support.run_resource import NOT_FOUND, Clock, watch


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ({}, "The next apply cancels it and submits a new run; to wait for this one instead, run terraform untaint"),
        (
            {"cancel_on_destroy": False},
            "submits a new run, which the service refuses until this one has ended; to wait",
        ),
        ({"created": False}, "The next apply waits for it again."),
    ],
    ids=["created", "created, not to be cancelled", "resumed"],
)
def test_a_time_out_says_how_to_go_on(api: AtlanApi, clock: Clock, options: dict[str, Any], expected: str) -> None:
    """The next apply does not do the same in each case."""
    watched = watch(api, clock, **options)
    clock.now += 4000
    problem = out_of_time(watched)
    assert "The run r-1 of s-1 did not end in time" == problem.summary
    assert "Its last status is Pending, 1 h 6 min after it was submitted." in problem.detail
    assert expected in problem.detail


def test_the_time_of_an_imported_run_counts_from_the_wait(api: AtlanApi, clock: Clock) -> None:
    """The time of its submit is not known."""
    watched = watch(api, clock, submitted=False, created=False, status=None)
    clock.now += 5
    assert "Its last status is not known, 5 s after the wait began." in out_of_time(watched).detail


def test_a_run_whose_status_is_not_known_is_not_said_to_be_active(api: AtlanApi, clock: Clock) -> None:
    """It may have ended."""
    assert "It may still be active, and" in out_of_time(watch(api, clock, status="Unheard-of")).detail
    assert "It is still active, and" in out_of_time(watch(api, clock, status="Paused")).detail


@pytest.mark.parametrize(
    ("status", "reason", "expected"),
    [
        ("Failed", None, "It ended 0 s after it was submitted. The web UI shows the reason. The next apply replaces"),
        ("Error", "The node extract failed.", "with a new run.\n\nThe node extract failed."),
        ("Skipped", None, "The service skips a run that is submitted while another run of the workflow is active"),
    ],
)
def test_a_failed_run_says_why(api: AtlanApi, clock: Clock, status: str, reason: str | None, expected: str) -> None:
    """With the reason of the tenant, or where to find it. A skipped run has one reason."""
    problem = run_failed(watch(api, clock, status=status), reason)
    assert f"The run r-1 of s-1 ended as {status}" == problem.summary
    assert expected in problem.detail


def test_a_lost_run_differs_from_one_that_cannot_be_read(api: AtlanApi, server: ScriptedServer, clock: Clock) -> None:
    """Only the service's own 404 means that it is gone."""
    server.plays(NOT_FOUND)
    watched = watch(api, clock, created=False)
    with pytest.raises(NotFound) as raised:
        watched.look()
    assert "The service no longer knows the run r-1 of s-1" == wait_failed(watched, raised.value).summary
    refused = wait_failed(watched, AtlanError("the key was refused"))
    assert "The run r-1 of s-1 cannot be read any more" == refused.summary
    assert "the key was refused" in refused.detail
