"""Adopt an existing workflow that has the configured name (``adopt_existing``)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from provider import errors
from provider.client.errors import AtlanError
from provider.framework import PlanContext, Unknown, UserError, Value
from provider.model.connection import ASSET_CONNECTION, qualified_name
from provider.model.inputs import CONNECTION, CREDENTIAL_GUID, connection_attributes
from provider.resources.app.read import known_value
from provider.resources.app.schema import AppState, new_state

if TYPE_CHECKING:
    from provider.client.api import AtlanApi
    from provider.client.responses import Workflow

_PATH: Final = ["adopt_existing"]


def warn(ctx: PlanContext[AppState], client: AtlanApi, planned: AppState) -> None:
    """Warn in the plan of a new workflow whose name is taken. Raises UserError if it cannot be adopted."""
    name = planned["name"]
    try:
        slugs = [each.slug for each in client.find_workflows(name)]
        workflow = find(client, planned, slugs) if slugs else None
    except AtlanError as error:
        why = f"The apply looks it up again.\n\n{errors.error_text(ctx, error)}"
        ctx.warn("The name could not be looked up", why, _PATH)
        return
    if workflow is None:
        return
    ctx.warn(
        f"{workflow.slug} will be adopted",
        f'Its name is "{name}". The apply publishes the configured inputs to it and keeps its slug, its connection '
        "and its other inputs. Make sure that no other configuration manages it.",
        _PATH,
    )


def find(client: AtlanApi, planned: AppState, slugs: Sequence[str]) -> Workflow:
    """Return the workflow to adopt. Raises UserError if there are several, or if it differs from the plan."""
    if len(slugs) != 1:
        raise UserError(
            f'It is not clear which workflow "{planned["name"]}" to adopt',
            f"Several workflows have the name: {', '.join(slugs)}. Import one of them by its slug."
            if slugs
            else "The name is taken, and the service does not return the workflow that has it. Apply again.",
            _PATH,
        )
    workflow = client.get_workflow(slugs[0])
    reason = _difference(workflow, planned)
    if reason is not None:
        raise UserError(f"{workflow.slug} cannot be adopted", reason, _PATH)
    return workflow


def _difference(workflow: Workflow, planned: AppState) -> str | None:
    """Return why a workflow cannot become the planned one, with advice."""
    if workflow.app_id != planned["app_id"]:
        return (
            f"It runs {workflow.app_id or 'an app that the service does not return'}, and the configuration says "
            f"{planned['app_id']}. Choose another name."
        )
    if workflow.inputs is None:
        return (
            "The service does not return its inputs, so its connection and its other inputs cannot be kept. "
            f"Import it instead, with the id {workflow.slug}, and configure its {ASSET_CONNECTION} by its "
            "qualified_name."
        )
    guid, own = known_value(planned["credential_guid"]), workflow.inputs.get(CREDENTIAL_GUID)
    if guid and own and guid != own:
        return (
            "It has a stored credential of its own, which the service keeps, and the configured credential_guid is "
            "another one. Remove credential_guid, or choose another name."
        )
    wanted, held = qualified_name(planned[ASSET_CONNECTION]), _qualified_name(workflow)
    if isinstance(wanted, str) and held is not None and wanted != held:
        return (
            f"It crawls into the connection {held}, and the configuration references {wanted}. Reference {held}, or "
            "choose another name."
        )
    return None


def as_update(workflow: Workflow, planned: AppState) -> tuple[AppState, AppState]:
    """Return the state and the plan of an update that publishes the plan to an adopted workflow."""
    connection, name = planned[ASSET_CONNECTION], _qualified_name(workflow)
    current: AppState = {**new_state(workflow.slug, planned["app_id"], planned["name"]), ASSET_CONNECTION: connection}
    # no version of a credential is configured for it yet, so the configured one is sent
    current["credential_wo_version"] = Unknown
    if isinstance(connection, dict) and isinstance(name, str) and name:
        connection = {**connection, "qualified_name": name}
    return current, {**planned, "id": workflow.slug, "slug": workflow.slug, ASSET_CONNECTION: connection}


def _qualified_name(workflow: Workflow) -> Value:
    return connection_attributes((workflow.inputs or {}).get(CONNECTION)).get("qualifiedName")
