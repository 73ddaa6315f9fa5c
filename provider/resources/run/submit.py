"""Submitting a run, once at most: what became of a submit that failed is looked up, and never tried again.

The service's facts: a submit is answered with a 500 while a run of the workflow is active; the index finds that run,
some seconds late.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from provider.client.errors import AtlanError, NotFound, ServerError
from provider.framework import UserError
from provider.framework.polling import Waiter

if TYPE_CHECKING:
    from provider.client.api import AtlanApi
    from provider.client.entities import RunEntity
    from provider.client.responses import Run

# How long the index is given to show a run; the look-up has time of its own, for the operation's may have run out.
_LAG_SECONDS: Final = 10.0


class _Active(NamedTuple):
    """A run in progress: its id, or where that could not be told, what the index calls it."""

    name: str
    status: str | None
    run_id: str | None = None

    def __str__(self) -> str:
        return f"{self.name} ({self.status or 'its status is not told'})"


def submit(api: AtlanApi, waiter: Waiter, slug: str, seconds: float) -> Run:
    """Start a run, within ``seconds``. Raises UserError where it is not known, or known why not.

    ``waiter`` is of the look-up that follows a failure. It must not end at Terraform's stop.
    """
    try:
        return api.within(seconds).submit_run(slug)
    except NotFound as error:
        raise UserError(
            f"There is no workflow with the slug {slug}",
            f"A run needs a live workflow. Take slug from the atlan_app it belongs to.\n\n{error}",
            ["slug"],
        ) from error
    except AtlanError as error:
        if not error.ambiguous:
            raise
        tell = _refused if isinstance(error, ServerError) and error.status == 500 else _unanswered
        raise tell(slug, _look_up(api, waiter, slug), error) from error


def import_block(run_id: str) -> str:
    """Ready to paste; the protocol does not tell a provider the address of a resource."""
    block = f'import {{\n  to = atlan_app_run.run\n  id = "{run_id}"\n}}'
    return f'{block}\n\nThe address after "to" is to be that of this resource.'


def _refused(slug: str, found: list[_Active] | None, error: AtlanError) -> UserError:
    if found:
        return UserError(
            f"A run of {slug} is active already: {_names(found)}",
            "The service starts no second run of a workflow beside it. Apply again once it has ended, or cancel it in "
            f"the web UI first.{_or_import(found)}\n\n{error}",
        )
    return UserError(
        f"The service failed to start a run of {slug}",
        f"It most often answers so while a run of the workflow is active. {_not_found(found)} Look at the workflow's "
        f"runs in the web UI before the next apply submits one.\n\n{error}",
    )


def _unanswered(slug: str, found: list[_Active] | None, error: AtlanError) -> UserError:
    if found:
        return UserError(
            f"A run of {slug} is active that may be the one of this apply: {_names(found)}",
            "The submit ended without an answer that tells, so the run is in no state, and nothing was submitted "
            "again. The next apply submits one, which the service refuses while this one is active."
            f"{_or_import(found)}\n\n{error}",
        )
    return UserError(
        f"It is not known whether a run of {slug} was started",
        f"The submit ended without an answer that tells, and nothing was submitted again. {_not_found(found)} Look at "
        f"the workflow's runs in the web UI before the next apply submits one.\n\n{error}",
    )


def _names(found: list[_Active]) -> str:
    return " and ".join(map(str, found))


def _or_import(found: list[_Active]) -> str:
    known = [each.run_id for each in found if each.run_id]
    return f" To wait for it instead of a new run, import it:\n\n{import_block(known[0])}" if len(known) == 1 else ""


def _not_found(found: list[_Active] | None) -> str:
    if found is None:
        return "Looking for an active run in the index failed too."
    return "The index shows no active run, but it lags behind by seconds, so that one may be there nevertheless."


def _look_up(api: AtlanApi, waiter: Waiter, slug: str) -> list[_Active] | None:
    """The active runs of a workflow, once the index shows any; None where looking failed."""
    found: list[_Active] = []

    def look() -> bool:
        bounded = api.recovering(_LAG_SECONDS)
        found[:] = filter(None, (_confirmed(bounded, slug, each) for each in bounded.find_active_runs(slug)))
        return bool(found)

    try:
        waiter.until(look, _LAG_SECONDS)
    except AtlanError:
        return None
    return found


def _confirmed(api: AtlanApi, slug: str, entity: RunEntity) -> _Active | None:
    """What the service itself says of a run that the index has as active; None where it has ended since."""
    unconfirmed = _Active(entity.qualified_name, entity.status)
    try:
        run = api.get_run(entity.last_segment)
    except AtlanError:
        return unconfirmed
    if run.slug not in (None, slug):
        return unconfirmed
    return None if run.finished else _Active(run.run_id, run.status, run.run_id)
