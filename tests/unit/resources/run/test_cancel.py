"""Cancel a run, and wait for its end."""

import pytest

from provider.client.api import AtlanApi
from provider.client.errors import ServerError
from provider.framework import UserError
from provider.resources.run.cancel import cancel
from tests.support.http_server import Reply, ScriptedServer
from tests.support.run_resource import NOT_FOUND, STATE, context, running, warnings
from tests.support.tenants import ON_TENANT

REFUSED = Reply(500, {"code": 500, "message": "no"})


def cancelled(answer: bool = True, status: str | None = "Running") -> Reply:
    return Reply(body={"run_id": "r-1", "cancelled": answer, "status": status})


@pytest.mark.parametrize("reply", [running("Succeeded"), NOT_FOUND], ids=["ended", "gone"])
def test_a_run_that_has_ended_is_not_cancelled(api: AtlanApi, server: ScriptedServer, reply: Reply) -> None:
    """The status in state may be old, so the run is read first."""
    server.plays(reply)
    cancel(context(**ON_TENANT), api, STATE)
    assert ["GET"] == [each.method for each in server.requests]


@pytest.mark.parametrize(
    "replies",
    [
        pytest.param((cancelled(), running("Stopped")), id="ended soon"),
        pytest.param((cancelled(), NOT_FOUND), id="gone soon"),
        pytest.param((cancelled(status="Stopped"),), id="ended at once"),
        pytest.param((cancelled(status="Cancelled"),), id="ended at once as Cancelled"),
        pytest.param((cancelled(answer=False, status="Succeeded"),), id="ended before"),
        pytest.param((REFUSED, running("Failed")), id="refused, because the run has ended"),
    ],
)
def test_a_cancellation_succeeds_if_the_run_ends(
    api: AtlanApi, server: ScriptedServer, replies: tuple[Reply, ...]
) -> None:
    """However it ends."""
    server.plays(running(), *replies)
    ctx = context()
    cancel(ctx, api, STATE)
    assert ([], 1 + len(replies)) == (warnings(ctx), len(server.requests))


@pytest.mark.parametrize("status", ["Running", None])
def test_a_cancellation_that_cancelled_nothing_is_an_error(
    api: AtlanApi, server: ScriptedServer, status: str | None
) -> None:
    """The run is still active, also if only the read before says so."""
    server.plays(running(), cancelled(answer=False, status=status))
    with pytest.raises(UserError, match="The run r-1 of s-1 was not cancelled"):
        cancel(context(), api, STATE)


@pytest.mark.parametrize("status", ["Unheard-of", None])
def test_a_status_that_is_not_known_does_not_block_a_destroy(
    api: AtlanApi, server: ScriptedServer, status: str | None
) -> None:
    """The run may have ended, so the service may rightly cancel nothing. A warning names the run."""
    server.plays(running(status), cancelled(answer=False, status=status))
    ctx = context()
    cancel(ctx, api, STATE)
    assert ["The run r-1 of s-1 may still be active"] == warnings(ctx)


@pytest.mark.parametrize("status", [400, 404, 409, 500])
def test_a_refusal_does_not_block_a_destroy_if_the_status_is_not_known(
    api: AtlanApi, server: ScriptedServer, status: int
) -> None:
    """The service may refuse to cancel a run that has ended."""
    refusal = Reply(status, {"code": status, "message": "the run has ended"})
    server.plays(running("Unheard-of"), refusal, running("Unheard-of"))
    ctx = context()
    cancel(ctx, api, STATE)
    assert ["The run r-1 of s-1 may still be active"] == warnings(ctx)


def test_a_refused_cancellation_of_an_active_run_is_an_error(api: AtlanApi, server: ScriptedServer) -> None:
    """The error is the one of the request."""
    server.plays(running(), REFUSED, running())
    with pytest.raises(ServerError):
        cancel(context(), api, STATE)


def test_a_wait_for_the_end_that_is_stopped_is_a_warning(api: AtlanApi, server: ScriptedServer) -> None:
    """The service has accepted the request, so the destroy has succeeded."""
    server.plays(running(), cancelled(), running())
    ctx = context()
    ctx.stop.set()
    cancel(ctx, api, STATE)
    assert ["The run r-1 of s-1 has not ended yet"] == warnings(ctx)
