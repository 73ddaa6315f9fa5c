"""Cancel a run."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Final, NamedTuple

from provider.client.errors import AtlanError, NotFound, ServiceError
from provider.framework import Context, UserError
from provider.framework.polling import Waiter, WaitResult
from provider.resources.run.read import run_id_of
from provider.resources.run.schema import RunState
from provider.resources.run.status import has_ended, is_known
from provider.tenant import check_gone

if TYPE_CHECKING:
    from provider.client.api import AtlanApi
    from provider.client.responses import Run

# The longest wait for the end of a run that was asked to stop.
_CANCEL_SECONDS: Final = 60.0


class _Result(NamedTuple):
    """The result of a request: ``cancelled`` is True if the service cancels the run, ``status`` is its last status."""

    cancelled: bool
    status: str | None


def cancel(ctx: Context[RunState], client: AtlanApi, current: RunState) -> None:
    """Cancel the run unless it has ended, and wait up to 60 seconds for its end. Warn if the run is still active then.

    Raises UserError if the service cancels nothing, or if it is not known whether the run is on this tenant. Raises
    AtlanError if a request fails and the run may be active.
    """
    run_id = run_id_of(current)
    run = f"The run {run_id} of {current['slug']}"
    try:
        active = client.get_run(run_id)
    except NotFound as error:
        check_gone(ctx, run, error)
        return
    if active.finished:
        return
    result = _request_cancel(client, active)
    if result is None or has_ended(result.status):
        return
    if not result.cancelled and not is_known(result.status):
        ctx.warn(
            f"{run} may still be active",
            f"The service cancelled nothing, and the status of the run is {result.status or 'not known'}. "
            "This version of the provider does not know whether that status is final. Look at the run in the web UI.",
        )
        return
    if not result.cancelled:
        raise UserError(
            f"{run} was not cancelled",
            "The service answered that it cancelled nothing. Apply again. If that does not help, cancel the run in the "
            "web UI, or set cancel_on_destroy to false to leave it active.",
        )
    if Waiter(ctx.stop).until(lambda: _read_active(client, run_id) is None, _CANCEL_SECONDS) is not WaitResult.DONE:
        ctx.warn(
            f"{run} has not ended yet",
            "The service accepted the request to cancel it. A new run cannot be submitted before this one has ended.",
        )


def _request_cancel(client: AtlanApi, active: Run) -> _Result | None:
    """Request the cancellation of an active run. Return None if it failed and the run has ended. Raises AtlanError.

    A status that is not known may be final. So a refusal for a run with such a status is a result.
    """
    try:
        answer = client.cancel_run(active.run_id)
    except AtlanError as error:
        found: Run | None = active
        with contextlib.suppress(AtlanError):
            found = _read_active(client, active.run_id)
        if found is None:
            return None
        if isinstance(error, ServiceError) and not is_known(found.status):
            return _Result(cancelled=False, status=found.status)
        raise
    return _Result(answer.cancelled, answer.status or active.status)


def _read_active(client: AtlanApi, run_id: str) -> Run | None:
    """Return the run, or None if it has ended or does not exist."""
    try:
        run = client.get_run(run_id)
    except NotFound:
        return None
    return None if run.finished else run
