"""Write workflows as a configuration: an ``atlan_app`` and an ``atlan_app_schedule`` for each."""

from collections.abc import Iterable, Mapping

from scripts.lib.app_facts.workflows import Workflow, workflows
from scripts.lib.shared.hcl import Expression, Value, block


def configuration(chosen: Iterable[Workflow] | None = None, *, schedules: bool = True) -> str:
    """Return the resources of some workflows as HCL, by default of one workflow for each known app."""
    parts: list[str] = []
    for each in workflows() if chosen is None else chosen:
        parts.append(app_resource(each))
        if schedules:
            parts.append(schedule_resource(each))
    return "\n".join(parts)


def app_resource(workflow: Workflow) -> str:
    """Return ``resource "atlan_app"`` for one workflow."""
    attributes = {
        "app_id": workflow.app_id,
        "entrypoint": workflow.entrypoint,
        "name": workflow.name,
        "asset_connection": workflow.connection,
        "inputs": workflow.inputs,
        "credential_wo": workflow.credential,
        "credential_wo_version": None if workflow.credential is None else 1,
    }
    given = {name: value for name, value in attributes.items() if value is not None}
    return block(f'resource "atlan_app" "{workflow.label}"', given)


def schedule_resource(workflow: Workflow) -> str:
    """Return ``resource "atlan_app_schedule"`` for one workflow. It refers to the slug of the workflow's resource."""
    attributes: dict[str, Value] = {
        "slug": Expression(f"atlan_app.{workflow.label}.slug"),
        "cron": workflow.schedule.cron,
        "timezone": workflow.schedule.timezone,
    }
    given = {name: value for name, value in attributes.items() if value is not None}
    return block(f'resource "atlan_app_schedule" "{workflow.label}"', given)


def credential_resource(label: str, attributes: Mapping[str, Value]) -> str:
    """Return ``resource "atlan_credential"``, for an input that takes the guid of a stored credential."""
    return block(f'resource "atlan_credential" "{label}"', attributes)


def ephemeral_variable(name: str, kind: str = "map(string)") -> str:
    """Return an ephemeral variable, for secrets: Terraform writes its value to no plan and no state."""
    return block(f'variable "{name}"', {"type": Expression(kind), "ephemeral": True})
