"""Submit a run, at most once.

The service answers a submit with status 500 while a run of the workflow is active. After status 500 or a lost answer,
the provider searches for the run and does not submit another one. If the service could not connect to the app, no run
was started.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from provider.client.errors import AppNotReady, AtlanError, NotFound, ServerError
from provider.errors import no_workflow
from provider.framework.polling import Waiter
from provider.resources.run import errors
from provider.resources.run.active_runs import find_active_runs

if TYPE_CHECKING:
    from provider.client.responses import Run
    from provider.framework import Context
    from provider.provider_data import ProviderData
    from provider.resources.run.schema import RunState

_WORKFLOW_ADVICE: Final = (
    "A run needs an existing workflow. Set slug to the slug of its atlan_app. If the workflow is new, apply again."
)


def submit(ctx: Context[RunState], data: ProviderData, waiter: Waiter, slug: str, seconds: float) -> Run:
    """Submit a run. ``seconds`` is the timeout of the request.

    ``waiter`` waits for the search index after a failure. Terraform's stop must not set the waiter's event. Raises
    UserError if the workflow does not exist, or if it is not known whether a run was started. Raises AtlanError if no
    run was started.
    """
    client = data.client.with_timeout(seconds)
    try:
        return data.absence.until_found(slug, lambda: client.submit_run(slug), ctx.stop)
    except NotFound as error:
        raise no_workflow(slug, _WORKFLOW_ADVICE, str(error), ["slug"]) from error
    except AtlanError as error:
        if isinstance(error, AppNotReady) and not error.is_already_active:
            raise errors.app_not_ready(slug, error) from error
        if not error.ambiguous:
            raise
        active = find_active_runs(data.client, waiter, slug)
        if isinstance(error, ServerError) and error.status == 500:
            raise errors.submit_refused(slug, active, error) from error
        raise errors.submit_unanswered(slug, active, error) from error
