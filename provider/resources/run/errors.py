"""Errors of a run, as a user reads them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from provider import lookup
from provider.client.errors import AppNotReady, AtlanError, NoAnswer, NotFound, ServerError
from provider.client.statuses import SKIPPED
from provider.framework import Finding, TaintingError, UserError, warning
from provider.resources.run.active_runs import ActiveRun
from provider.resources.run.status import UNKNOWN_STATUS_MINUTES, is_known

if TYPE_CHECKING:
    from provider.resources.run.wait import Watch

_LOOK_ADVICE: Final = "Look at the workflow's runs in the web UI before the next apply submits a run."


def submit_refused(slug: str, active: list[ActiveRun] | None, error: AtlanError) -> UserError:
    """Return the error about a submit that the service answered with status 500."""
    is_certain = isinstance(error, ServerError) and error.is_already_active
    if active:
        return UserError(
            f"A run of {slug} is active already: {_names(active)}",
            "The service starts no second run of a workflow while one is active. Apply again once it has ended, or "
            f"cancel it in the web UI first.{_import_sentence(active)}\n\n{error}",
        )
    if is_certain:
        return UserError(
            f"A run of {slug} is active already",
            "The service started no second run, because one is active. The index does not show that run yet, so its id "
            f"is not known. Apply again once it has ended, or cancel it in the web UI first.\n\n{error}",
        )
    return UserError(
        f"The service failed to start a run of {slug}",
        f"The usual reason is that a run of the workflow is active. {_search_sentence(active)} {_LOOK_ADVICE}"
        f"\n\n{error}",
    )


def app_not_ready(slug: str, error: AppNotReady) -> UserError:
    """Return the error about a submit that failed because the service could not connect to the app."""
    wait = error.requested_wait
    when = f" in {wait:g} s" if wait else ""
    return UserError(
        f"The app of {slug} was not ready",
        "The service could not connect to the app, as happens while an app starts. No run was started, and nothing was "
        f"submitted again. Apply again{when}.\n\n{error}",
    )


def submit_unanswered(slug: str, active: list[ActiveRun] | None, error: AtlanError) -> UserError:
    """Return the error about a submit that may have started a run."""
    if active:
        return UserError(
            f"A run of {slug} is active, and this apply may have started it: {_names(active)}",
            "The submit ended without a usable answer, so the run is not in state, and nothing was submitted again. "
            f"The next apply submits a run, which the service refuses while this one is active.{_late_sentence(error)}"
            f"{_import_sentence(active)}\n\n{error}",
        )
    return UserError(
        f"It is not known whether a run of {slug} was started",
        f"The submit ended without a usable answer, and nothing was submitted again. {_search_sentence(active)} "
        f"{_LOOK_ADVICE}{_late_sentence(error)}\n\n{error}",
    )


def wait_failed(watch: Watch, error: AtlanError) -> TaintingError:
    """Return the error about a wait that ended because the run could not be read."""
    if isinstance(error, NotFound):
        return TaintingError(
            f"The service no longer knows the {watch}",
            f"Its last status was {_status(watch)}. The error came {watch.age()}. The next apply submits a new run "
            f"instead.\n\n{error}",
        )
    return TaintingError(
        f"The {watch} cannot be read any more",
        f"Its last status was {_status(watch)}. It may still be active, and it is in state. {_next_apply(watch)}"
        f"\n\n{error}",
    )


def out_of_time(watch: Watch) -> TaintingError:
    """Return the error about a run that is still active when the timeout is over."""
    return TaintingError(
        f"The {watch} did not end in time",
        f"Its last status is {_status(watch)}, {watch.age()}. {_is_active(watch)}, and it is in state. "
        f"{_next_apply(watch)} For a longer wait, set timeouts.create.",
    )


def run_failed(watch: Watch, reason: str | None) -> TaintingError:
    """Return the error about a run that has ended without success. ``reason`` is what the tenant says about it."""
    summary = f"The {watch} ended as {watch.status}"
    if watch.status == SKIPPED:
        return TaintingError(
            summary,
            "The service skips a run that is submitted while another run of the workflow is active, so this run did "
            "nothing. Wait until the other run has ended, or cancel it in the web UI. Then apply again: the next apply "
            "replaces the skipped run with a new run.",
        )
    where = "more" if reason else "the reason"
    advice = f"It ended {watch.age()}. The web UI shows {where}. The next apply replaces the failed run with a new run."
    return TaintingError(summary, f"{advice}\n\n{reason}" if reason else advice)


def unknown_status(watch: Watch) -> Finding:
    """Return the warning about a wait that ended because the run kept a status that is not known."""
    return warning(
        f"The {watch} may have ended: its status is not known",
        f"Its status is {_status(watch)}, {watch.age()}, and has not changed for {UNKNOWN_STATUS_MINUTES} minutes. "
        "This version of the provider does not know whether that status is final. Look at the run in the web UI. It is "
        "in state, and the next apply waits for it again. To submit a new run instead, run terraform apply with "
        "-replace and the address of this resource.",
    )


def wait_interrupted(watch: Watch) -> Finding:
    """Return the warning about a wait that ended because Terraform was asked to stop."""
    return warning(
        f"The {watch} is still active: the wait was interrupted",
        f"Terraform was asked to stop. The last status of the run is {_status(watch)}, {watch.age()}. It is in state, "
        "and the next apply waits for it again.",
    )


def _names(active: list[ActiveRun]) -> str:
    return " and ".join(map(str, active))


def _import_sentence(active: list[ActiveRun]) -> str:
    ids = [each.run_id for each in active if each.run_id]
    return (
        f" To wait for that run instead of starting a new one, import it:\n\n{_import_block(ids[0])}"
        if len(ids) == 1
        else ""
    )


def _import_block(run_id: str) -> str:
    """Return an import block. The protocol does not send the address of a resource, so its label is ``run``."""
    return lookup.import_blocks("atlan_app_run.run", run_id)


def _search_sentence(active: list[ActiveRun] | None) -> str:
    if active is None:
        return "The search for an active run in the index failed too."
    return "The index shows no active run, but it is some seconds behind, so there may be one."


def _late_sentence(error: AtlanError) -> str:
    if not (isinstance(error, NoAnswer) and error.is_late):
        return ""
    return " A submit can take minutes: request_timeout of the provider and timeouts.create limit it."


def _is_active(watch: Watch) -> str:
    return "It is still active" if is_known(watch.status) else "It may still be active"


def _status(watch: Watch) -> str:
    return str(watch.status or "not known")


def _next_apply(watch: Watch) -> str:
    """Return a sentence that says what the next apply does with the run.

    A run that this apply created is tainted, so the next apply replaces it.
    """
    if not watch.is_created:
        return "The next apply waits for it again."
    action = (
        "cancels it and submits a new run"
        if watch.state["cancel_on_destroy"]
        else "submits a new run, which the service refuses until this one has ended"
    )
    return (
        f"The next apply {action}; to wait for this one instead, run terraform untaint with the address of this "
        "resource first."
    )
