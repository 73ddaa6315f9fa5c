"""Errors of a run, as a user reads them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from provider.client.errors import AtlanError, NotFound
from provider.framework import Finding, TaintingError, UserError, warning
from provider.resources.run.active_runs import ActiveRun

if TYPE_CHECKING:
    from provider.resources.run.wait import Watch


def submit_refused(slug: str, active: list[ActiveRun] | None, error: AtlanError) -> UserError:
    """Return the error about a submit that was answered with status 500."""
    if active:
        return UserError(
            f"A run of {slug} is active already: {_names(active)}",
            "The service starts no second run of a workflow beside it. Apply again once it has ended, or cancel it in "
            f"the web UI first.{_or_import(active)}\n\n{error}",
        )
    return UserError(
        f"The service failed to start a run of {slug}",
        f"It most often answers so while a run of the workflow is active. {_not_found(active)} Look at the workflow's "
        f"runs in the web UI before the next apply submits one.\n\n{error}",
    )


def submit_unanswered(slug: str, active: list[ActiveRun] | None, error: AtlanError) -> UserError:
    """Return the error about a submit that may have started a run."""
    if active:
        return UserError(
            f"A run of {slug} is active that may be the one of this apply: {_names(active)}",
            "The submit ended without an answer that tells, so the run is in no state, and nothing was submitted "
            "again. The next apply submits one, which the service refuses while this one is active."
            f"{_or_import(active)}\n\n{error}",
        )
    return UserError(
        f"It is not known whether a run of {slug} was started",
        f"The submit ended without an answer that tells, and nothing was submitted again. {_not_found(active)} Look at "
        f"the workflow's runs in the web UI before the next apply submits one.\n\n{error}",
    )


def wait_failed(watch: Watch, error: AtlanError) -> TaintingError:
    """Return the error about a wait that ended because the run could not be read."""
    if isinstance(error, NotFound):
        return TaintingError(
            f"The service no longer knows the {watch}",
            f"Its last status was {_status(watch)}, and this {watch.age()}. The next apply submits a new run in its "
            f"place.\n\n{error}",
        )
    return TaintingError(
        f"The {watch} cannot be watched any more",
        f"Its last status was {_status(watch)}. It may go on, and is in state. {_next_apply(watch)}\n\n{error}",
    )


def out_of_time(watch: Watch) -> TaintingError:
    """Return the error about a run that is still active at the end of the time."""
    return TaintingError(
        f"The {watch} did not end in time",
        f"Its last status is {_status(watch)}, {watch.age()}. It goes on, and is in state. {_next_apply(watch)} "
        "More time is given by timeouts.create.",
    )


def run_failed(watch: Watch) -> TaintingError:
    """Return the error about a run that has ended without success."""
    return TaintingError(
        f"The {watch} ended as {watch.status}",
        f"That was {watch.age()}. Look at it in the web UI for the reason. The next apply submits a new run in its "
        "place.",
    )


def wait_interrupted(watch: Watch) -> Finding:
    """Return the warning about a wait that Terraform's stop ended."""
    return warning(
        f"The {watch} is not waited for any more",
        f"Terraform was asked to stop. The run goes on; its last status is {_status(watch)}, {watch.age()}. It is in "
        "state, and the next apply waits for it again.",
    )


def _names(active: list[ActiveRun]) -> str:
    return " and ".join(map(str, active))


def _or_import(active: list[ActiveRun]) -> str:
    known = [each.run_id for each in active if each.run_id]
    return f" To wait for it instead of a new run, import it:\n\n{_import_block(known[0])}" if len(known) == 1 else ""


def _import_block(run_id: str) -> str:
    """Return an import block. The protocol does not send the address of a resource, so the user completes it."""
    block = f'import {{\n  to = atlan_app_run.run\n  id = "{run_id}"\n}}'
    return f'{block}\n\nThe address after "to" is to be that of this resource.'


def _not_found(active: list[ActiveRun] | None) -> str:
    if active is None:
        return "Looking for an active run in the index failed too."
    return "The index shows no active run, but it lags behind by seconds, so that one may be there nevertheless."


def _status(watch: Watch) -> str:
    return str(watch.status or "not known")


def _next_apply(watch: Watch) -> str:
    """Return what the next apply does. It replaces a run whose create failed."""
    if not watch.is_created:
        return "The next apply waits for it again."
    follows = (
        "cancels it and submits a new run"
        if watch.state["cancel_on_destroy"]
        else "submits a new run, which the service refuses until this one has ended"
    )
    return (
        f"The next apply {follows}; to wait for this one instead, run terraform untaint with the address of this "
        "resource first."
    )
