"""Workflows for all apps at once, edited behind Terraform's back, and what a plan says of them."""

import json
from dataclasses import dataclass, replace
from typing import Any

from scripts.lib.app_facts import apps
from scripts.lib.app_facts.apps import App
from scripts.lib.app_facts.configuration import configuration
from scripts.lib.app_facts.inputs import all_inputs, another
from scripts.lib.app_facts.workflows import Workflow, workflow
from scripts.lib.shared.hcl import JsonText
from tests.support import ui
from tests.support.sandbox import Sandbox
from tests.support.terraform import Workspace

# The service never tells the one, and moves the guid of a vaulted credential to the other.
NEVER_TOLD = ("connection_qualified_name", "credential_guid")
AT_ONCE = "-parallelism=20"


@dataclass(frozen=True)
class Applied:
    """A workflow that is live: as configured, and as it was published."""

    app: App
    address: str
    slug: str
    configured: dict[str, Any]
    published: dict[str, Any]

    def edit(self, name: str) -> dict[str, Any]:
        """The published inputs with another value of one; without it where the contract has no other."""
        value = plain(another(self.app, name, self.configured[name]))
        if value == plain(self.configured[name]):
            return {key: kept for key, kept in self.published.items() if key != name}
        return {**self.published, name: value}


def plain(value: Any) -> Any:
    """A configured value as it is sent."""
    return json.dumps(value.value) if isinstance(value, JsonText) else value


def opened(value: Any) -> Any:
    """What JSON text holds; any other value as it is."""
    return json.loads(value) if isinstance(value, str) and value[:1] in ("{", "[") else value


def with_every_input(app: App) -> Workflow:
    return replace(workflow(app), inputs=all_inputs(app))


def apply(sandbox: Sandbox, workspace: Workspace, chosen: list[Workflow]) -> list[Applied]:
    """Apply workflows, one for each app, and find them on the service."""
    workspace.write(configuration(chosen, schedules=False))
    workspace.apply(AT_ONCE).ok()
    stored = {each["name"]: each for each in ui.live(sandbox)}
    return [
        Applied(app, f"atlan_app.{each.label}", stored[each.name]["slug"], each.inputs, stored[each.name]["inputs"])
        for app, each in zip(apps.load(), chosen, strict=True)
    ]


def planned(workspace: Workspace) -> dict[str, dict[str, Any]]:
    """The changes that are planned, by address."""
    changes = workspace.plan_json(AT_ONCE)["resource_changes"]
    return {each["address"]: each["change"] for each in changes if each["change"]["actions"] != ["no-op"]}


def differing(before: dict[str, Any], after: dict[str, Any]) -> dict[str, tuple[Any, Any]]:
    """What differs, by key: before and after; None stands for a key that is not there."""
    names = before.keys() | after.keys()
    return {name: (before.get(name), after.get(name)) for name in names if before.get(name) != after.get(name)}


def check_planned_back(change: dict[str, Any], each: Applied, name: str, edited: dict[str, Any]) -> None:
    """Assert an update in place, from the edited value to the configured one, and of nothing else."""
    where, configured = f"{each.app.app_id}: {name}", plain(each.configured[name])
    assert ["update"] == change["actions"], where
    assert {"version": True} == {key: value for key, value in change["after_unknown"].items() if value is True}, where
    assert {"inputs", "version"} == differing(change["before"], change["after"]).keys(), where
    [(key, (before, after))] = differing(change["before"]["inputs"], change["after"]["inputs"]).items()
    assert (name, name in edited) == (key, key in change["before"]["inputs"]), where
    assert (opened(edited.get(name)), opened(configured)) == (opened(before), opened(after)), where
    assert {type(configured)} == {type(value) for value in (before, after) if value is not None}, where
