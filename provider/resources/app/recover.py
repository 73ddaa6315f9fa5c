"""Find the workflow of a create whose answer was lost."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from contextlib import suppress
from typing import TYPE_CHECKING, Final, NamedTuple

from provider import lookup
from provider.client.errors import AppNotReady, AtlanError, NotFound, UnprovenNotFound
from provider.framework import UserError, Value
from provider.framework.polling import Waiter
from provider.model.inputs import CREDENTIAL, as_object
from provider.model.json_inputs import equal
from provider.model.normal_form import normalized
from provider.model.overlay import overlay

if TYPE_CHECKING:
    from provider.client.api import AtlanApi
    from provider.client.responses import CreatedWorkflow, Workflow
    from provider.ownership import Ownership

# The look-up has a separate time limit, because a timeout or Terraform's stop may have ended the operation.
_LOOK_UP_SECONDS: Final = 30.0

# How far a version may be ahead of the service's clock. A greater one is not a time in seconds.
_AHEAD_SECONDS: Final = 300.0


class Request(NamedTuple):
    """A create whose answer was lost."""

    app_id: str
    name: str
    inputs: Mapping[str, Value]
    started_at: float | None
    """An epoch second that the service's clock had reached before the request was sent, or None."""
    has_new_connection: bool
    """True if the inputs contain a qualified name that this create has generated."""


def look_up(client: AtlanApi, name: str) -> list[Workflow] | None:
    """Return the workflows of a name with their inputs, or None if the look-up failed."""
    client = client.for_recovery(_LOOK_UP_SECONDS)
    try:
        return [_get(client, each.slug) for each in client.list_workflows(name)]
    except AtlanError:
        return None


def _get(client: AtlanApi, slug: str) -> Workflow:
    """Return a workflow that the list contains. A new workflow may be invisible for some seconds, so wait for it."""
    found: list[Workflow] = []

    def look() -> bool:
        with suppress(NotFound, UnprovenNotFound):
            found.append(client.get_workflow(slug))
        return bool(found)

    Waiter(threading.Event()).until(look, _LOOK_UP_SECONDS)
    return found[0] if found else client.get_workflow(slug)


def find_created(client: AtlanApi, owned: Ownership, request: Request, error: AtlanError) -> CreatedWorkflow:
    """Return the workflow that a create made, although its answer was lost.

    Raises UserError unless exactly one workflow has the name, the app and the inputs of the request, and is certainly
    new: see ``_is_new``.
    """
    from provider.client.responses import CreatedWorkflow

    app_id, name, inputs = request.app_id, request.name, request.inputs
    workflows = look_up(client, name)
    if workflows is not None:
        workflows = [each for each in workflows if not owned.is_removed(each.slug)]
    matching = [each for each in workflows or () if _matches_request(each, app_id, inputs)]
    if len(matching) == 1 and _is_new(client, owned, request, matching[0]):
        workflow = matching[0]
        return CreatedWorkflow(slug=workflow.slug, version=workflow.version, execution_mode=workflow.execution_mode)
    if workflows:
        raise UserError(
            f'"{name}" exists, and it is not known who created it',
            "The create ended without a usable answer, and nothing proves that it has created this workflow. If this "
            "configuration manages the workflow already, at this address or at another one, plan again. If it does "
            f"not, and the workflow is yours, import it:\n\n"
            f"{lookup.app_import_blocks(name, *(each.slug for each in workflows))}\n\n{error}",
        ) from error
    if isinstance(error, AppNotReady) and workflows is not None:
        result = "No workflow of that name was found afterwards. So no workflow was created."
        raise nothing_published(app_id, result, inputs, str(error)) from error
    result = (
        "The search for the workflow failed, too."
        if workflows is None
        else "No workflow of that name was found afterwards."
    )
    raise UserError(
        f'It is not known whether "{name}" was created',
        f"{result} Apply again. If the workflow exists, the next error says that the name is taken, and contains "
        f"its slug.\n\n{error}",
    ) from error


def _is_new(client: AtlanApi, owned: Ownership, request: Request, workflow: Workflow) -> bool:
    """Return True if the workflow did not exist before the request.

    That is certain if it has the connection that only this create has generated. Else its version must be a time since
    the request was sent, by the service's clock. A workflow that this process has seen at an address is not new.

    Source: a version is an integer that the service generates for each publish, an epoch second in examples.
    """
    if workflow.slug not in owned.without_address([workflow.slug]):
        return False
    if request.has_new_connection:
        return True
    now = client.earliest_time()
    if request.started_at is None or now is None or workflow.version is None:
        return False
    return int(request.started_at) <= workflow.version <= now + _AHEAD_SECONDS


def has_version(client: AtlanApi, slug: str, version: int | None) -> bool:
    """Return True if the workflow certainly has this version."""
    try:
        found = client.for_recovery(_LOOK_UP_SECONDS).get_workflow(slug).version
    except AtlanError:
        return False
    return version is not None and found == version


def nothing_published(app_id: str, result: str, inputs: Mapping[str, Value], text: str) -> UserError:
    """Return the error about a publish to an app that is starting. ``result`` is the proof that nothing was published.

    ``text`` is the text of the client's error. Source: a publish that fails may leave its credential behind.
    """
    credential = " Its credential may be stored." if inputs.get(CREDENTIAL) else ""
    return UserError(
        f"{app_id} is not ready",
        f"The service could not connect to the app, which may be starting. {result}{credential} Apply again in some "
        f"minutes.\n\n{text}",
    )


def _matches_request(workflow: Workflow, app_id: str, inputs: Mapping[str, Value]) -> bool:
    """Return True if a workflow runs the app with the inputs that were sent."""
    if workflow.app_id != app_id or workflow.inputs is None:
        return False
    return equal(overlay(inputs, as_object(normalized(workflow.inputs))), inputs)
