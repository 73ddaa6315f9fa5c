"""The objects of the campaign of ownership: those of a tenant, and those in a state."""

import base64
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypeAlias

from tests.support import ui
from tests.support.campaigns.ownership_blocks import PUBLISHED_FILTER
from tests.support.drift import opened
from tests.support.sandbox import Sandbox


@dataclass(frozen=True)
class Connection:
    """The connection of a workflow, as the last publish sent it."""

    qualified_name: str
    name: str
    admins: tuple[str, ...]


@dataclass(frozen=True)
class Workflow:
    """A live workflow. ``triggers`` has the cron expression of each trigger by its id."""

    slug: str
    name: str
    version: int
    connection: Connection
    triggers: Mapping[str, str]
    is_edited: bool
    """The filter is not the configured one."""

    def with_cron(self, cron: str) -> list[str]:
        """Return the ids of the triggers with this cron expression."""
        return [trigger_id for trigger_id, each in self.triggers.items() if each == cron]


Tenant: TypeAlias = Mapping[str, Workflow]
"""The live workflows by slug."""


def live(sandbox: Sandbox) -> Tenant:
    return {each["slug"]: _workflow(each) for each in ui.live(sandbox)}


def _workflow(row: Mapping[str, Any]) -> Workflow:
    inputs = row["inputs"]
    attributes = opened(inputs["connection"])["attributes"]
    return Workflow(
        row["slug"],
        row["name"],
        row["version"],
        Connection(attributes["qualifiedName"], attributes.get("name", ""), tuple(attributes.get("adminUsers") or ())),
        {each["trigger_id"]: each["cron"] for each in row["schedules"]},
        opened(inputs.get("include_filter")) != PUBLISHED_FILTER,
    )


@dataclass(frozen=True)
class Held:
    """An object in state. ``slug`` is that of its workflow, ``object_id`` the slug or the id of the trigger.

    ``replaced`` are the ids of the triggers that a schedule has replaced and must still remove.
    """

    address: str
    slug: str
    object_id: str
    is_tainted: bool = False
    is_deposed: bool = False
    replaced: frozenset[str] = frozenset()

    @property
    def text(self) -> str:
        more = [*(["deposed"] if self.is_deposed else []), *(f"replaced {each}" for each in self.replaced)]
        return " ".join([f"{self.address}={self.object_id}", *more])

    @property
    def is_app(self) -> bool:
        return self.slug == self.object_id

    def lives(self, tenant: Tenant) -> bool:
        workflow = tenant.get(self.slug)
        return workflow is not None and (self.is_app or self.object_id in workflow.triggers)

    def restored(self, tenant: Tenant) -> "Held":
        """Return the object with a replaced trigger instead of one that is gone, as the next read finds it."""
        found = [] if self.lives(tenant) else [each for each in self._triggers(tenant) if each in self.replaced]
        return replace(self, object_id=found[0], replaced=self.replaced - {found[0]}) if found else self

    def leaving(self, tenant: Tenant) -> set[str]:
        """Return the ids of the replaced triggers that exist."""
        return {each for each in self._triggers(tenant) if each in self.replaced}

    def _triggers(self, tenant: Tenant) -> list[str]:
        return [*tenant[self.slug].triggers] if self.slug in tenant else []

    def moved(self, moves: Mapping[str, str]) -> "Held":
        """Return the object at its new address. ``moves`` has new addresses by the old ones."""
        return replace(self, address=moves.get(self.address, self.address))


def held(path: Path) -> list[Held]:
    """Return the workflows and schedules in a state file."""
    if not path.exists():
        return []
    found = []
    for resource in json.loads(path.read_text())["resources"]:
        if resource["type"] not in ("atlan_app", "atlan_app_schedule"):
            continue
        for instance in resource["instances"]:
            values = instance["attributes"]
            address = f'{resource["type"]}.{resource["name"]}["{instance["index_key"]}"]'
            object_id = values.get("trigger_id", values["slug"])
            tainted = instance.get("status") == "tainted"
            found.append(Held(address, values["slug"], object_id, tainted, "deposed" in instance, _replaced(instance)))
    return found


def _replaced(instance: Mapping[str, Any]) -> frozenset[str]:
    private = base64.b64decode(instance.get("private") or "") or b"{}"
    return frozenset(json.loads(private).get("stale_triggers", ()))
