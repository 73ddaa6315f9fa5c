"""Workflows as a configuration: an ``atlan_app`` each, and an ``atlan_app_schedule``."""

from collections.abc import Iterable

from scripts.generator.hcl import Expression, block
from scripts.generator.workflows import Workflow, workflows


def configuration(chosen: Iterable[Workflow] | None = None, *, schedules: bool = True) -> str:
    """Return the HCL for some workflows, or for all apps' own: resources alone, no provider settings."""
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
        "inputs": workflow.inputs,
    }
    given = {name: value for name, value in attributes.items() if value is not None}
    return block(f'resource "atlan_app" "{workflow.label}"', given)


def schedule_resource(workflow: Workflow) -> str:
    """Return ``resource "atlan_app_schedule"`` for one workflow, attached to its app's slug."""
    attributes = {
        "slug": Expression(f"atlan_app.{workflow.label}.slug"),
        "cron": workflow.schedule.cron,
        "timezone": workflow.schedule.timezone,
    }
    given = {name: value for name, value in attributes.items() if value is not None}
    return block(f'resource "atlan_app_schedule" "{workflow.label}"', given)
