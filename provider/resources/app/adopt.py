"""Adopt an existing workflow that has the configured name (``adopt_existing``)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Final

from provider import errors
from provider.client.errors import AtlanError
from provider.framework import Context, PlanContext, Unknown, UserError, Value, is_known
from provider.model.connection import ADMINS, ASSET_CONNECTION, ConnectionValue, from_wire, qualified_name
from provider.model.inputs import CONNECTION, CREDENTIAL_GUID, connection_attributes, connection_qualified_name
from provider.ownership import check_adoption, is_replacement
from provider.resources.app.plan_connection import WorkflowNames, plan_adopted, plan_create
from provider.resources.app.read import known_value
from provider.resources.app.schema import AppState, new_state

if TYPE_CHECKING:
    from provider.client.api import AtlanApi
    from provider.client.responses import Workflow
    from provider.provider_data import ProviderData
    from provider.resources.app.publish import NameTakenError

_ATTRIBUTE_PATH: Final = ["adopt_existing"]


def plan(ctx: PlanContext[AppState], data: ProviderData, planned: AppState) -> tuple[AppState, Workflow | None]:
    """Return the planned state of a create that may adopt, and the workflow that it will adopt. Warn about it.

    ``adopted`` is False in the given state. It becomes Unknown if it is not known yet. Report why a workflow that was
    found cannot be adopted. A replacement never adopts: its own predecessor has the name.
    """
    if is_replacement(ctx):
        return planned, None
    possible: AppState = {**planned, "adopted": Unknown}
    if not (data.is_known and is_known([planned[name] for name in ("adopt_existing", "name", "app_id")])):
        _warn_possible(ctx, "Values that decide this are not known yet.")
        return possible, None
    try:
        workflow = _find_planned(data, planned)
    except AtlanError as error:
        if data.setup_errors.raise_once(error):
            return possible, None
        _warn_possible(ctx, f"The name could not be looked up.\n\n{errors.error_text(ctx, error)}")
        return possible, None
    except UserError as error:
        ctx.report([error.finding])
        return possible, None
    if workflow is None:
        return planned, None
    ctx.warn(
        f"{workflow.slug} will be adopted",
        f'Its name is "{planned["name"]}". The apply publishes the configured inputs to it and keeps its slug, its '
        "connection and its other inputs. Make sure that no other configuration manages it. If Terraform reports an "
        "inconsistent final plan, the tenant has changed since the plan: plan again.",
        _ATTRIBUTE_PATH,
    )
    return {**planned, "id": workflow.slug, "slug": workflow.slug, "adopted": True}, workflow


def _find_planned(data: ProviderData, planned: AppState) -> Workflow | None:
    """Return the workflow to adopt, or None if no workflow has the name, except one that this apply archives.

    Raises UserError if it cannot be adopted.
    """
    listed = [each.slug for each in data.client.list_workflows(planned["name"])]
    slugs = [each for each in listed if not data.workflows.is_removed(each)]
    if not slugs:
        return None
    workflow = find(data.client, planned, slugs)
    check_adoption(data.workflows, workflow.slug)
    return workflow


def _warn_possible(ctx: PlanContext[AppState], reason: str) -> None:
    detail = f"{reason} If a workflow has the name, the apply adopts it."
    ctx.warn("The apply may adopt an existing workflow", detail, _ATTRIBUTE_PATH)


def warn_kept(ctx: Context[AppState], slug: str) -> None:
    """Warn that a delete does not archive a workflow that another address has adopted in this apply."""
    ctx.warn(
        f"{slug} was not archived",
        "Another address has adopted this workflow in the same apply. The workflow lives on at that address.",
    )


def taken(error: NameTakenError) -> UserError:
    """Return the error about a name that somebody has taken since the plan."""
    return UserError(
        error.summary,
        "adopt_existing adopts only a workflow that the plan shows, and the plan found none with this name. Plan again."
        f"\n\n{error.detail}",
        _ATTRIBUTE_PATH,
    )


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
    planned_name, current_name = qualified_name(planned[ASSET_CONNECTION]), connection_name(workflow)
    if isinstance(planned_name, str) and current_name is not None and planned_name != current_name:
        return (
            f"The workflow uses the connection {current_name}, and the configuration references {planned_name}. "
            f"Reference {current_name}, or choose another name."
        )
    return None


def as_update(workflow: Workflow, planned: AppState) -> tuple[AppState, AppState]:
    """Return the current state and the planned state of the update that publishes to an adopted workflow."""
    connection, name = planned[ASSET_CONNECTION], connection_name(workflow)
    current: AppState = {**new_state(workflow.slug, planned["app_id"], planned["name"]), ASSET_CONNECTION: connection}
    # Unknown differs from every planned version, so the update sends the configured credential.
    current["credential_wo_version"] = Unknown
    if isinstance(connection, dict) and name is not None:
        connection = {**connection, "qualified_name": name}
    adopted: AppState = {**planned, "id": workflow.slug, "slug": workflow.slug, "adopted": True}
    return current, {**adopted, ASSET_CONNECTION: connection}


def plan_connection(
    ctx: PlanContext[AppState],
    client: AtlanApi,
    workflow: Workflow,
    planned: ConnectionValue,
    names: WorkflowNames,
) -> ConnectionValue:
    """Return the planned connection of an adopted workflow, and warn about its attributes that the apply changes.

    A workflow without a connection gets the configured one.
    """
    name = connection_name(workflow)
    if name is None:
        return plan_create(ctx, planned, names, may_adopt=False)
    changed = _changed_attributes(client, ctx.config[ASSET_CONNECTION], name, workflow)
    if changed:
        ctx.warn(
            f"The apply changes the connection {name}",
            f"The configuration has other values than the tenant for: {', '.join(changed)}. To keep an attribute, "
            f"remove it from {ASSET_CONNECTION}.",
            [ASSET_CONNECTION],
        )
    return plan_adopted(ctx, name)


def _changed_attributes(client: AtlanApi, configured: Value, name: str, workflow: Workflow) -> list[str]:
    """Return the names of the configured attributes whose stored value differs."""
    if not isinstance(configured, dict):
        return []
    attributes: Mapping[str, Value]
    try:
        attributes = client.get_connection(name).attributes
    except AtlanError:
        attributes = connection_attributes((workflow.inputs or {}).get(CONNECTION))
    stored = from_wire(attributes, configured)
    given = {each: value for each, value in configured.items() if value is not None and value is not Unknown}
    return [each for each, value in given.items() if each in ("name", *ADMINS) and stored[each] != value]


def connection_name(workflow: Workflow) -> str | None:
    """Return the qualified name of the connection of a workflow, or None if it has none."""
    name = connection_qualified_name(connection_attributes((workflow.inputs or {}).get(CONNECTION)))
    return name if isinstance(name, str) and name else None
