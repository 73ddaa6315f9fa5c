"""Cancel a run."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Final

from provider.client.errors import AtlanError, NotFound
from provider.framework import Context, UserError
from provider.framework.polling import Waiter, WaitResult
from provider.resources.run.read import run_id_of
from provider.resources.run.schema import RunState
from provider.resources.run.status import has_ended, is_known

if TYPE_CHECKING:
    from provider.client.api import AtlanApi
    from provider.client.responses import CancelledRun

# The longest wait for the end of a run that was asked to stop.
_CANCEL_SECONDS: Final = 60.0


def cancel(ctx: Context[RunState], client: AtlanApi, current: RunState) -> None:
    """Cancel the run unless it has ended, and wait up to 60 seconds for its end. Warn if the run is still active then.

    Raises UserError if the service cancels nothing. Raises AtlanError if a request fails and the run may be active.
    """
    run_id = run_id_of(current)
    if _has_ended(client, run_id):
        return
    run = f"The run {run_id} of {current['slug']}"
    answer = _request_cancel(client, run_id)
    if answer is None or has_ended(answer.status):
        return
    if not answer.cancelled and not is_known(answer.status):
        ctx.warn(
            f"{run} may still be active",
            f"The service answered that it cancelled nothing, and that the status is {answer.status or 'not known'}. "
            "This version of the provider does not know whether that status is final. Look at the run in the web UI.",
        )
        return
    if not answer.cancelled:
        raise UserError(
            f"{run} was not cancelled",
            "The service answered that it cancelled nothing. Apply again. If that does not help, cancel the run in the "
            "web UI, or set cancel_on_destroy to false to leave it active.",
        )
    if Waiter(ctx.stop).until(lambda: _has_ended(client, run_id), _CANCEL_SECONDS) is not WaitResult.DONE:
        ctx.warn(
            f"{run} has not ended yet",
            "The service accepted the request to cancel it. A new run cannot be submitted before this one has ended.",
        )


def _request_cancel(client: AtlanApi, run_id: str) -> CancelledRun | None:
    """Return the answer of the service. Return None if the request failed and the run has ended. Raises AtlanError."""
    try:
        return client.cancel_run(run_id)
    except AtlanError:
        with contextlib.suppress(AtlanError):
            if _has_ended(client, run_id):
                return None
        raise


def _has_ended(client: AtlanApi, run_id: str) -> bool:
    """Return True if the run has ended or does not exist."""
    try:
        return client.get_run(run_id).finished
    except NotFound:
        return True
