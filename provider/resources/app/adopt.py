"""Adopt an existing workflow that has the configured name (``adopt_existing``)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Final

from provider import errors
from provider.client.errors import AtlanError, NotFound
from provider.framework import Path, PlanContext, Unknown, UserError, Value, is_known, redaction
from provider.model.connection import ADMINS, ASSET_CONNECTION, WIRE_NAMES, ConnectionValue, from_wire, qualified_name
from provider.model.inputs import (
    CONNECTION,
    CREDENTIAL_GUID,
    as_object,
    connection_attributes,
    connection_qualified_name,
)
from provider.model.json_inputs import NullElement, merged
from provider.model.normal_form import normalized
from provider.ownership import SIBLING_SECONDS, check_adoption, is_replacement, moved_block, predecessor
from provider.resources.app.attribute_paths import attribute_path
from provider.resources.app.plan_connection import WorkflowNames, plan_adopted, plan_create
from provider.resources.app.read import known_value
from provider.resources.app.schema import AppState, new_state

if TYPE_CHECKING:
    from provider.client.api import AtlanApi
    from provider.client.responses import Workflow
    from provider.provider_data import ProviderData
    from provider.resources.app.publish import NameTakenError

_ATTRIBUTE_PATH: Final = ["adopt_existing"]
_OTHER_RAW: Final = f"another one in the input {CONNECTION}"


def plan(ctx: PlanContext[AppState], data: ProviderData, planned: AppState) -> tuple[AppState, Workflow | None]:
    """Return the planned state of a create that may adopt, and the workflow that it will adopt. Warn about it.

    ``adopted`` is False in the given state. It becomes Unknown if it is not known yet. Report why a workflow that was
    found cannot be adopted. A replacement never adopts: its own predecessor may have the name.
    """
    if is_replacement(ctx):
        _refuse_taken(ctx, data, planned)
        return planned, None
    possible: AppState = {**planned, "adopted": Unknown}
    if not (data.is_known and is_known([planned[name] for name in ("adopt_existing", "name", "app_id")])):
        _warn_possible(ctx, "Values that decide this are not known yet.")
        return possible, None
    try:
        workflow = _find_planned(data, ctx.config, planned)
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


def _refuse_taken(ctx: PlanContext[AppState], data: ProviderData, planned: AppState) -> None:
    """Report an error if another workflow than the replaced one has the name.

    Without the error, the apply would archive the replaced workflow first, and fail then.
    """
    if not (data.is_known and is_known(planned["name"])):
        return
    try:
        listed = [each.slug for each in data.client.list_workflows(planned["name"])]
    except AtlanError as error:
        data.setup_errors.raise_once(error)
        return
    others = [each for each in listed if each != predecessor(ctx)]
    if others:
        unmanaged = data.workflows.without_address(others, SIBLING_SECONDS)
        ctx.report([_taken_by(" and ".join(others), planned["name"], is_managed=not unmanaged).finding])


def _taken_by(others: str, name: Value, *, is_managed: bool) -> UserError:
    """Return the error about other workflows that have the name of a replacement.

    If this configuration manages them, the advice must not make it forget the workflow of this address.
    """
    summary, path = f"A replacement does not adopt {others}", _ATTRIBUTE_PATH if is_managed else ["name"]
    detail = (
        f'The name is "{name}", and names are unique on a tenant. The apply would archive the workflow of this '
        "address, and could not create another one. "
    )
    if is_managed:
        return UserError(
            summary,
            f"{detail}Another address of this configuration manages it. If you renamed an address, declare that, with "
            f"both addresses:\n\n{moved_block('atlan_app')}\n\nIf the indexes of `count` have shifted, or names are "
            "swapped, run `terraform state mv` for each workflow, so that state has it at its new address. Otherwise "
            "choose another name.",
            path,
        )
    return UserError(
        summary,
        f"{detail}Choose another name. To manage the existing workflow here instead, take the one of this address out "
        "of state with `terraform state rm`, and plan again.",
        path,
    )


def _find_planned(data: ProviderData, config: AppState, planned: AppState) -> Workflow | None:
    """Return the workflow to adopt, or None if no workflow has the name, except one that this apply archives.

    Raises UserError if it cannot be adopted.
    """
    with data.claims.turn(planned["name"]):  # A create of the same apply may be creating the workflow.
        listed = [each.slug for each in data.client.list_workflows(planned["name"])]
    slugs = [each for each in listed if not data.workflows.is_removed(each)]
    if not slugs:
        return None
    workflow = find(data.client, config, planned, slugs)
    check_adoption(data.workflows, workflow.slug)
    return workflow


def _warn_possible(ctx: PlanContext[AppState], reason: str) -> None:
    detail = f"{reason} If a workflow has the name, the apply adopts it."
    ctx.warn("The apply may adopt an existing workflow", detail, _ATTRIBUTE_PATH)


def taken(error: NameTakenError) -> UserError:
    """Return the error about a workflow that has the name, and that the plan did not find or did not look for."""
    return UserError(
        error.summary,
        "adopt_existing adopts only a workflow that the plan shows, and the plan did not show this one. Plan again."
        f"\n\n{error.detail}",
        _ATTRIBUTE_PATH,
    )


def find(client: AtlanApi, config: AppState, planned: AppState, slugs: Sequence[str]) -> Workflow:
    """Return the workflow to adopt. Raises UserError unless there is exactly one slug and the workflow fits the plan.

    ``config`` contains the write-only inputs, and ``planned`` does not. Raises AtlanError if the workflow cannot be
    read.
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
    reason = _refusal_reason(workflow, planned) or _other_connection_reason(workflow, config, planned[ASSET_CONNECTION])
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
    return None


def _other_connection_reason(workflow: Workflow, config: AppState, planned: ConnectionValue) -> str | None:
    """Return the reason why a workflow with another connection than the planned one cannot be adopted, or None.

    Texts of raw inputs are not shown, because a sensitive variable may contain them.
    """
    current_name, raw = connection_name(workflow), _raw_connection(config)
    if current_name is None:
        return None
    if isinstance(planned, dict) or raw is None:
        name = qualified_name(planned)
        is_other, referenced = isinstance(name, str) and name != current_name, str(name)
    else:
        name = connection_qualified_name(connection_attributes(raw))
        is_other, referenced = (isinstance(name, str) or is_known(raw)) and name != current_name, _OTHER_RAW
    if not is_other:
        return None
    redaction.add_answered_identifiers(lambda: [current_name])  # A secret input may begin or end like it.
    return (
        f"The workflow uses the connection {current_name}, and the configuration references {referenced}. "
        f"Reference {current_name}, or choose another name."
    )


def _raw_connection(config: AppState) -> Value:
    """Return the raw input ``connection`` of ``inputs`` and ``inputs_wo``, or None if neither certainly contains it."""
    try:
        inputs = merged(config["inputs"] or {}, config["inputs_wo"] or {})
    except NullElement:  # Another check reports it.
        return None
    return as_object(inputs).get(CONNECTION)


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
    data: ProviderData,
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
    configured, location, path = _configured_connection(ctx.config)
    changed = _changed_attributes(ctx, data, configured, name, workflow)
    if changed:
        ctx.warn(
            f"The apply changes the connection {name}",
            f"The configuration has other values than the tenant for: {', '.join(changed)}. To keep an attribute, "
            f"remove it from {location}.",
            path,
        )
    return plan_adopted(ctx, name)


def _configured_connection(config: AppState) -> tuple[Mapping[str, Value], str, Path]:
    """Return the configured attributes of the connection by their names in Terraform, where they are, and the path.

    An attribute that is not configured is None.
    """
    configured, raw = config[ASSET_CONNECTION], connection_attributes(_raw_connection(config))
    if isinstance(configured, dict) or not raw:
        return as_object(configured), ASSET_CONNECTION, [ASSET_CONNECTION]
    attributes = {name: raw.get(wire) for name, wire in WIRE_NAMES.items()}
    return attributes, f"the input {CONNECTION}", attribute_path(config, (CONNECTION,))


def _changed_attributes(
    ctx: PlanContext[AppState], data: ProviderData, configured: Mapping[str, Value], name: str, workflow: Workflow
) -> list[str]:
    """Return the names of the configured attributes whose stored value differs."""
    given = {each: value for each, value in configured.items() if value is not None and value is not Unknown}
    compared = [each for each in ("name", *ADMINS) if each in given]
    if not compared:
        return []
    attributes = _stored_attributes(ctx, data, name, workflow)
    stored = from_wire(as_object(normalized(dict(attributes))), configured)
    return [each for each in compared if stored[each] != given[each]]


def _stored_attributes(
    ctx: PlanContext[AppState], data: ProviderData, name: str, workflow: Workflow
) -> Mapping[str, Value]:
    """Return the attributes of the connection of a workflow, or else those that the workflow published for it.

    Warn if the connection cannot be read. No run may have created it yet.
    """
    try:
        return data.client.get_connection(name).attributes
    except NotFound:
        pass
    except AtlanError as error:
        if not data.setup_errors.raise_once(error):
            ctx.warn(
                f"The connection {name} was not compared with the configuration",
                "It could not be read, so the plan compares the values that the workflow has published. The apply may "
                f"change other attributes than the plan shows.\n\n{errors.error_text(ctx, error)}",
                [ASSET_CONNECTION],
            )
    return connection_attributes((workflow.inputs or {}).get(CONNECTION))


def connection_name(workflow: Workflow) -> str | None:
    """Return the qualified name of the connection of a workflow, or None if it has none."""
    name = connection_qualified_name(connection_attributes((workflow.inputs or {}).get(CONNECTION)))
    return name if isinstance(name, str) and name else None
