"""Watching a run to its end, and what a user is told of how that went."""

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
    UnusableAnswer,
)
from provider.client.statuses import SUCCESS, TERMINAL_STATUSES
from provider.framework import State, TaintingError
from provider.framework.polling import End

if TYPE_CHECKING:
    from provider.client.api import AtlanApi
    from provider.client.responses import Run

# A run takes hours at times; a tenant that is away for some minutes of them does not end the wait.
_PATIENCE_SECONDS: Final = 300.0
# How long a run that was just submitted may be unknown to a read: the index takes seconds too.
_UNSEEN_SECONDS: Final = 5.0
_PASSING: Final = (NoAnswer, NoToken, UnusableAnswer, ServerError, RateLimited)

_log = logging.getLogger("provider.runs")


def has_ended(status: str | None) -> bool:
    """Whether the status will not change any more."""
    return status in TERMINAL_STATUSES


def ended_badly(status: str | None) -> bool:
    """Whether it ended, and not as wished."""
    return has_ended(status) and status != SUCCESS


def told_by(run: Run, known: State) -> State:
    """What a run says of itself, or what was known before where it does not."""
    return {"status": run.status or known["status"], "started_at": run.started_at or known["started_at"]}


class Watch:
    """A run that is looked at again and again; ``state`` is its resource's state, with what was told last.

    ``created``: the run was submitted by this very apply. ``submitted_at``: epoch seconds, None if that is not known.
    """

    def __init__(
        self,
        api: AtlanApi,
        state: State,
        *,
        created: bool,
        submitted_at: float | None,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._api = api
        self.state = state
        self._created = created
        self._clock = clock
        self._submitted_at = submitted_at
        self._begun_at = clock()
        self._failing_since: float | None = None

    def look(self) -> bool:
        """Whether the run has ended. Raises AtlanError; one that may pass, only when it has lasted some minutes."""
        try:
            run = self._api.get_run(self.state["run_id"])
        except AtlanError as error:
            if not self._bears(error):
                raise
            _log.warning("%s cannot be read, and is looked at again: %s", self, error.gist)
            return False
        self._failing_since = None
        told = told_by(run, self.state)
        if told["status"] != self.status:
            _log.info("%s: %s, %s", self, told["status"], self._age())
        self.state = {**self.state, **told}
        return run.finished

    @property
    def status(self) -> str | None:
        status: str | None = self.state["status"]
        return status

    def __str__(self) -> str:
        return f"run {self.state['run_id']} of {self.state['slug']}"

    def _bears(self, error: AtlanError) -> bool:
        if isinstance(error, NotFound):
            return self._created and self._clock() - self._begun_at < _UNSEEN_SECONDS
        if not isinstance(error, _PASSING) and not (isinstance(error, RequestNotSent) and not error.permanent):
            return False
        if self._failing_since is None:
            self._failing_since = self._clock()
        return self._clock() - self._failing_since < _PATIENCE_SECONDS

    def _age(self) -> str:
        if self._submitted_at is None:
            return f"{spoken(self._clock() - self._begun_at)} after the wait for it began"
        return f"{spoken(self._clock() - self._submitted_at)} after it was submitted"

    # What is told

    def problem(self, end: End) -> TaintingError | None:
        """What is wrong with a run whose wait ended so; None where nothing is."""
        if end is End.OUT_OF_TIME:
            return self.out_of_time()
        return self.unsuccessful() if end is End.DONE and ended_badly(self.status) else None

    def unsuccessful(self) -> TaintingError:
        return TaintingError(
            f"The {self} ended as {self.status}",
            f"That was {self._age()}. Look at it in the web UI for the reason. The next apply submits a new run in its "
            "place.",
        )

    def out_of_time(self) -> TaintingError:
        return TaintingError(
            f"The {self} did not end in time",
            f"Its last status is {self._last()}, {self._age()}. It goes on, and is in state. {self._how_to_go_on()} "
            "More time is given by timeouts.create.",
        )

    def unwatchable(self, error: AtlanError) -> TaintingError:
        if isinstance(error, NotFound):
            return TaintingError(
                f"The service no longer knows the {self}",
                f"Its last status was {self._last()}, and this {self._age()}. The next apply submits a new run in its "
                f"place.\n\n{error}",
            )
        return TaintingError(
            f"The {self} cannot be watched any more",
            f"Its last status was {self._last()}. It may go on, and is in state. {self._how_to_go_on()}\n\n{error}",
        )

    def interrupted(self) -> tuple[str, str]:
        """The summary and detail of a warning."""
        detail = (
            f"Terraform was asked to stop. The run goes on; its last status is {self._last()}, {self._age()}. It is in "
            "state, and the next apply waits for it again."
        )
        return f"The {self} is not waited for any more", detail

    def _last(self) -> str:
        return self.status or "not known"

    def _how_to_go_on(self) -> str:
        if not self._created:
            return "The next apply waits for it again."
        cancels = self.state["cancel_on_destroy"]
        follows = (
            "cancels it and submits a new run"
            if cancels
            else "submits a new run, which the service refuses until this one has ended"
        )
        return (
            f"The next apply {follows}; to wait for this one instead, run terraform untaint with the address of this "
            "resource first."
        )


def spoken(seconds: float) -> str:
    """A duration in its two largest units: 3 s, 2 min 5 s, 1 h 30 min."""
    whole = max(0, round(seconds))
    if whole < 60:
        return f"{whole} s"
    if whole < 3600:
        return f"{whole // 60} min {whole % 60} s"
    return f"{whole // 3600} h {whole % 3600 // 60} min"
