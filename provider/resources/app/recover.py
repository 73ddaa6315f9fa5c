"""Find the workflow of a create whose answer was lost."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from provider import lookup
from provider.client.errors import AtlanError
from provider.framework import UserError, Value
from provider.model.json_inputs import equal
from provider.model.overlay import overlay

if TYPE_CHECKING:
    from provider.client.api import AtlanApi
    from provider.client.responses import CreatedWorkflow, Workflow

# The look-up has time of its own, because the operation may have run out of time, or a stop may have ended it.
_SECONDS: Final = 30.0


def look_up(client: AtlanApi, name: str) -> list[Workflow] | None:
    """Return the workflows of a name with their inputs, or None if the look-up failed."""
    client = client.for_recovery(_SECONDS)
    try:
        return [client.get_workflow(each.slug) for each in client.find_workflows(name)]
    except AtlanError:
        return None


def find_created(
    client: AtlanApi, app_id: str, name: str, inputs: Mapping[str, Value], error: AtlanError
) -> CreatedWorkflow:
    """Return the workflow that a create made. Raises UserError if it is not certain that the create made it."""
    from provider.client.responses import CreatedWorkflow

    found = look_up(client, name)
    ours = [each for each in found or () if _was_sent(each, app_id, inputs)]
    if len(ours) == 1:
        return CreatedWorkflow(slug=ours[0].slug, version=ours[0].version, execution_mode=ours[0].execution_mode)
    if found:
        raise UserError(
            f'"{name}" exists, and it is not known who created it',
            f"The create ended without a usable answer. If the workflow is yours, import it:\n\n"
            f"{lookup.import_block(name, *(each.slug for each in found))}\n\n{error}",
        ) from error
    looked = "Looking for it failed too." if found is None else "No workflow of that name was found afterwards."
    raise UserError(
        f'It is not known whether "{name}" was created',
        f"{looked} Apply again. If it was created after all, the next error says that the name is taken, with the "
        f"slug.\n\n{error}",
    ) from error


def _was_sent(workflow: Workflow, app_id: str, inputs: Mapping[str, Value]) -> bool:
    """Return True if a workflow runs the app with the inputs that were sent."""
    if workflow.app_id != app_id or workflow.inputs is None:
        return False
    return equal(overlay(inputs, workflow.inputs), inputs)
