"""Adopt an existing workflow that has the configured name (``adopt_existing``)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from provider import errors
from provider.client.errors import AtlanError
from provider.framework import PlanContext, Unknown, UserError, Value
from provider.model.connection import ASSET_CONNECTION, qualified_name
from provider.model.inputs import CONNECTION, CREDENTIAL_GUID, connection_attributes, connection_qualified_name
from provider.resources.app.read import known_value
from provider.resources.app.schema import AppState, new_state

if TYPE_CHECKING:
    from provider.client.api import AtlanApi
    from provider.client.responses import Workflow

_ATTRIBUTE_PATH: Final = ["adopt_existing"]


def find_planned(ctx: PlanContext[AppState], client: AtlanApi, planned: AppState) -> Workflow | None:
    """Return the workflow that the apply will adopt, and warn about it. Report why the apply cannot adopt one."""
    name = planned["name"]
    try:
        slugs = [each.slug for each in client.list_workflows(name)]
        workflow = find(client, planned, slugs) if slugs else None
    except AtlanError as error:
        detail = f"The apply looks the name up again.\n\n{errors.error_text(ctx, error)}"
        ctx.warn("The name could not be looked up", detail, _ATTRIBUTE_PATH)
        return None
    except UserError as error:
        ctx.report([error.finding])
        return None
    if workflow is not None:
        ctx.warn(
            f"{workflow.slug} will be adopted",
            f'Its name is "{name}". The apply publishes the configured inputs to it and keeps its slug, its connection '
            "and its other inputs. Make sure that no other configuration manages it.",
            _ATTRIBUTE_PATH,
        )
    return workflow


def find(client: AtlanApi, planned: AppState, slugs: Sequence[str]) -> Workflow:
    """Return the workflow to adopt. Raises UserError unless there is exactly one slug and the workflow fits the plan.

    Raises AtlanError if the workflow cannot be read.
    """
    if len(slugs) != 1:
        raise UserError(
            f'It is not clear which workflow "{planned["name"]}" to adopt',
            f"Several workflows have the name: {', '.join(slugs)}. Import one of them by its slug."
            if slugs
            else "The name is taken, and the service does not return the workflow that has it. Apply again.",
            _ATTRIBUTE_PATH,
        )
    workflow = client.get_workflow(slugs[0])
    reason = _refusal_reason(workflow, planned)
    if reason is not None:
        raise UserError(f"{workflow.slug} cannot be adopted", reason, _ATTRIBUTE_PATH)
    return workflow


def _refusal_reason(workflow: Workflow, planned: AppState) -> str | None:
    """Return the reason why a workflow cannot be adopted, with advice. Return None if it can."""
    if workflow.app_id != planned["app_id"]:
        return (
            f"The workflow runs {workflow.app_id or 'an app that the service does not return'}, and the configuration "
            f"says {planned['app_id']}. Choose another name."
        )
    if workflow.inputs is None:
        return (
            "The service does not return its inputs, so the connection and the inputs that are not configured cannot "
            f"be kept. Import the workflow instead, with the id {workflow.slug}, and configure qualified_name in "
            f"{ASSET_CONNECTION}."
        )
    planned_guid, own_guid = known_value(planned["credential_guid"]), workflow.inputs.get(CREDENTIAL_GUID)
    if planned_guid and own_guid and planned_guid != own_guid:
        return (
            "The workflow has its own stored credential, which the service keeps, and credential_guid is not its guid. "
            "Remove credential_guid, or choose another name."
        )
    planned_name, current_name = qualified_name(planned[ASSET_CONNECTION]), _current_name(workflow)
    if isinstance(planned_name, str) and current_name is not None and planned_name != current_name:
        return (
            f"The workflow uses the connection {current_name}, and the configuration references {planned_name}. "
            f"Reference {current_name}, or choose another name."
        )
    return None


def as_update(workflow: Workflow, planned: AppState) -> tuple[AppState, AppState]:
    """Return the current state and the planned state of the update that publishes to an adopted workflow."""
    connection, name = planned[ASSET_CONNECTION], _current_name(workflow)
    current: AppState = {**new_state(workflow.slug, planned["app_id"], planned["name"]), ASSET_CONNECTION: connection}
    # Unknown differs from every planned version, so the update sends the configured credential.
    current["credential_wo_version"] = Unknown
    if isinstance(connection, dict) and isinstance(name, str) and name:
        connection = {**connection, "qualified_name": name}
    return current, {**planned, "id": workflow.slug, "slug": workflow.slug, ASSET_CONNECTION: connection}


def _current_name(workflow: Workflow) -> Value:
    return connection_qualified_name(connection_attributes((workflow.inputs or {}).get(CONNECTION)))
