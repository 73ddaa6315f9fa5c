"""Workflows for all apps at once, edited outside of Terraform, and the plans afterwards."""

import json
from dataclasses import dataclass, replace
from typing import Any

from scripts.lib.app_facts import apps
from scripts.lib.app_facts.apps import App
from scripts.lib.app_facts.configuration import configuration
from scripts.lib.app_facts.filters import sent
from scripts.lib.app_facts.inputs import all_inputs, another
from scripts.lib.app_facts.workflows import Workflow, workflow
from tests.support import ui
from tests.support.sandbox import Sandbox
from tests.support.terraform import Workspace

# A read never returns the first, and moves the guid of a stored credential to the second.
NEVER_RETURNED = ("connection_qualified_name", "credential_guid")
AT_ONCE = "-parallelism=20"


@dataclass(frozen=True)
class Applied:
    """A live workflow, with the configured and the published inputs."""

    app: App
    address: str
    slug: str
    configured: dict[str, Any]
    published: dict[str, Any]

    def edit(self, name: str) -> dict[str, Any]:
        """Return the published inputs with another value of one, or without it if the contract has no other value."""
        value = sent(another(self.app, name, self.configured[name]))
        if value == sent(self.configured[name]):
            return {key: kept for key, kept in self.published.items() if key != name}
        return {**self.published, name: value}


def opened(value: Any) -> Any:
    """Return the value of JSON text, or any other value unchanged."""
    return json.loads(value) if isinstance(value, str) and value[:1] in ("{", "[") else value


def with_every_input(app: App) -> Workflow:
    return replace(workflow(app), inputs=all_inputs(app))


def apply(sandbox: Sandbox, workspace: Workspace, chosen: list[Workflow]) -> list[Applied]:
    """Apply one workflow for each app, and return them with their slugs."""
    workspace.write(configuration(chosen, schedules=False))
    workspace.apply(AT_ONCE).ok()
    stored = {each["name"]: each for each in ui.live(sandbox)}
    return [
        Applied(app, f"atlan_app.{each.label}", stored[each.name]["slug"], each.inputs, stored[each.name]["inputs"])
        for app, each in zip(apps.load(), chosen, strict=True)
    ]


def planned(workspace: Workspace) -> dict[str, dict[str, Any]]:
    """Return the planned changes by address.

    An attribute of the connection that is neither configured nor stored is known after the apply, because the apply
    keeps what the tenant has then. It counts as unchanged.
    """
    changes = workspace.plan_json(AT_ONCE)["resource_changes"]
    changed = {each["address"]: each["change"] for each in changes if each["change"]["actions"] != ["no-op"]}
    for change in changed.values():
        unknown = change["after_unknown"].get("asset_connection")
        for name in unknown if isinstance(unknown, dict) and change["before"] else ():
            if unknown[name] is True and not change["before"]["asset_connection"][name]:
                change["after"]["asset_connection"][name] = change["before"]["asset_connection"][name]
    return changed


def differing(before: dict[str, Any], after: dict[str, Any]) -> dict[str, tuple[Any, Any]]:
    """Return the values before and after of each key that differs. The value of a missing key is None."""
    names = before.keys() | after.keys()
    return {name: (before.get(name), after.get(name)) for name in names if before.get(name) != after.get(name)}


PUBLISHED = {"version", "published_version"}
"""The attributes that change with each publish."""


def check_reverted(change: dict[str, Any], each: Applied, name: str, edited: dict[str, Any]) -> None:
    """Assert an update in place that changes only this input, from the edited to the configured value."""
    where, configured = f"{each.app.app_id}: {name}", sent(each.configured[name])
    assert ["update"] == change["actions"], where
    assert PUBLISHED == {key for key, value in change["after_unknown"].items() if value is True}, where
    assert {"inputs"} | PUBLISHED == differing(change["before"], change["after"]).keys(), where
    [(key, (before, after))] = differing(change["before"]["inputs"], change["after"]["inputs"]).items()
    assert (name, name in edited) == (key, key in change["before"]["inputs"]), where
    assert (opened(edited.get(name)), opened(configured)) == (opened(before), opened(after)), where
    assert {type(configured)} == {type(value) for value in (before, after) if value is not None}, where
