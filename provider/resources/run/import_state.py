"""Import of a run by its id."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from provider.client.errors import NotFound, UnprovenNotFound
from provider.errors import error_text, no_run, wrong_import_id
from provider.framework import Context, UserError
from provider.resources.run import private_state
from provider.resources.run.schema import RunState
from provider.resources.run.status import has_failed

if TYPE_CHECKING:
    from provider.client.api import AtlanApi

_IMPORT_ID_PATTERN: Final = r"[^/\s]+"


def import_(ctx: Context[RunState], client: AtlanApi, run_id: str) -> RunState:
    """Return the state of an existing run, and record in private state that the run was imported.

    The service does not return ``triggers``, so they are None. The options ``wait_for_completion`` and
    ``cancel_on_destroy`` have their default, True. Warn if the run has failed.

    Raises UserError if the id is malformed, or if the run or its workflow cannot be found. Raises AtlanError if the run
    cannot be read for another reason.
    """
    if not re.fullmatch(_IMPORT_ID_PATTERN, run_id):
        raise wrong_import_id(run_id, ctx.type_name, "Give the run's id.")
    try:
        run = client.get_run(run_id)
    except (NotFound, UnprovenNotFound) as error:
        raise no_run(run_id, error, error_text(ctx, error)) from error
    if run.slug is None:
        raise UserError(
            f"The run {run_id} cannot be imported", "The service does not say which workflow the run belongs to."
        )
    if has_failed(run.status):
        ctx.warn(
            f"The run {run_id} of {run.slug} ended as {run.status}",
            "The next apply replaces the failed run with a new run, unless wait_for_completion is false.",
        )
    private_state.set_imported(ctx, is_imported=True)
    return {
        "id": run_id,
        "slug": run.slug,
        "triggers": None,
        "wait_for_completion": True,
        "cancel_on_destroy": True,
        "run_id": run_id,
        "status": run.status,
        "started_at": run.started_at,
        "timeouts": None,
    }
