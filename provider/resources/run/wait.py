"""Wait for a run to end and report the result."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from provider.client.errors import (
    AtlanError,
    NoAnswer,
    NotFound,
    NoToken,
    RateLimited,
    RequestNotSent,
    ServerError,
    UnprovenNotFound,
    UnusableAnswer,
)
from provider.framework import Context
from provider.framework.polling import Waiter, WaitResult
from provider.resources.run import errors, failure_reason, private_state
from provider.resources.run.read import read, run_id_of
from provider.resources.run.schema import RunState
from provider.resources.run.status import UNKNOWN_STATUS_MINUTES, Status, has_ended, has_failed, is_known

if TYPE_CHECKING:
    from provider.client.api import AtlanApi
    from provider.provider_data import ProviderData

# A run can take hours, so a tenant that is unavailable for some minutes must not end the wait.
_FAILING_SECONDS: Final = 300.0
# A read may not find a run for some seconds after its submit.
_UNSEEN_SECONDS: Final = 5.0
_TEMPORARY_ERRORS: Final = (NoAnswer, NoToken, UnprovenNotFound, UnusableAnswer, ServerError, RateLimited)

_log = logging.getLogger(__name__)


def wait(
    ctx: Context[RunState],
    data: ProviderData,
    state: RunState,
    seconds: float,
    *,
    is_created: bool,
    clock: Callable[[], float] = time.time,
) -> RunState:
    """Return the state at the end of the run.

    Warn and return the latest state if Terraform's stop ends the wait, or if a status that is not known stays for too
    long. ``is_created`` is True if this apply submitted the run. ``clock`` returns epoch seconds. Raises TaintingError
    if the run failed, did not end in time or cannot be read. After such an error, Terraform replaces a run that it has
    just created.
    """
    submitted_at = private_state.submitted_at(ctx)
    watch = Watch(data.client, state, is_created=is_created, submitted_at=submitted_at, clock=clock)
    try:
        end = Waiter(ctx.stop).until(lambda: watch.look() or watch.is_stuck(), seconds)
    except AtlanError as error:
        ctx.save(watch.state)
        raise errors.wait_failed(watch, error) from error
    ctx.save(watch.state)
    if end is WaitResult.OUT_OF_TIME:
        raise errors.out_of_time(watch)
    if end is WaitResult.DONE and has_failed(watch.status):
        raise errors.run_failed(watch, failure_reason.find(data, watch.state))
    if end is WaitResult.DONE and not has_ended(watch.status):
        ctx.report([errors.unknown_status(watch)])
    if end is WaitResult.STOPPED:
        ctx.report([errors.wait_interrupted(watch)])
    return watch.state


class Watch:
    """A run that is read repeatedly until it ends. ``state`` contains the latest values.

    ``is_created`` is True if this apply submitted the run. ``submitted_at`` is in epoch seconds, None if not known.
    """

    def __init__(
        self,
        client: AtlanApi,
        state: RunState,
        *,
        is_created: bool,
        submitted_at: float | None,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self.state = state
        self.is_created = is_created
        self._client = client
        self._clock = clock
        self._submitted_at = submitted_at
        self._started_at = self._status_since = clock()
        self._failing_since: float | None = None

    @property
    def status(self) -> Status:
        """The latest status."""
        return self.state["status"]

    def __str__(self) -> str:
        return f"run {self.state['run_id']} of {self.state['slug']}"

    def look(self) -> bool:
        """Read the run, and return True if it has ended. Raises AtlanError.

        A temporary error is raised only if reads have failed for five minutes. NotFound is temporary in the first
        seconds after a submit.
        """
        try:
            run = self._client.get_run(run_id_of(self.state))
        except AtlanError as error:
            if not self._is_temporary(error):
                raise
            _log.warning("%s could not be read, and is read again: %s", self, error.summary)
            return False
        self._failing_since = None
        before, self.state = self.status, read(run, self.state)
        if self.status != before:
            self._status_since = self._clock()
            _log.info("%s: %s, %s", self, self.status, self.age())
        return run.finished

    def is_stuck(self) -> bool:
        """Return True if the status is not known and has stayed for so long that it may be final."""
        return not is_known(self.status) and self._clock() - self._status_since >= UNKNOWN_STATUS_MINUTES * 60

    def age(self) -> str:
        """Return the time since the submit, such as ``5 s after it was submitted``, or since the wait began."""
        if self._submitted_at is None:
            return f"{format_duration(self._clock() - self._started_at)} after the wait began"
        return f"{format_duration(self._clock() - self._submitted_at)} after it was submitted"

    def _is_temporary(self, error: AtlanError) -> bool:
        """Return True if a later read may succeed and reads have not failed for too long. Record the first failure."""
        if isinstance(error, NotFound):
            return self.is_created and self._clock() - self._started_at < _UNSEEN_SECONDS
        if not isinstance(error, _TEMPORARY_ERRORS) and not (isinstance(error, RequestNotSent) and not error.permanent):
            return False
        if self._failing_since is None:
            self._failing_since = self._clock()
        return self._clock() - self._failing_since < _FAILING_SECONDS


def format_duration(seconds: float) -> str:
    """Return a duration in its two largest units: 3 s, 2 min 5 s, 1 h 30 min."""
    total = max(0, round(seconds))
    if total < 60:
        return f"{total} s"
    if total < 3600:
        return f"{total // 60} min {total % 60} s"
    return f"{total // 3600} h {total % 3600 // 60} min"
