"""States, contexts and a scripted tenant for the tests of `atlan_app_schedule`."""

import threading
from typing import Any

from provider.framework import Context, Diagnostics, Unknown
from tests.support.http_server import Received, Reply, ScriptedServer

SLUG = "prod-AbC123"
PLANNED = {
    "id": Unknown,
    "slug": SLUG,
    "cron": "0 6 * * 1",
    "timezone": "UTC",
    "app_version": None,
    "adopt_existing": None,
    "trigger_id": Unknown,
    "adopted_trigger_id": None,
}
STATE = PLANNED | {"id": f"{SLUG}/t", "trigger_id": "t"}
NOT_FOUND = Reply(404, {"code": 404, "message": "no such workflow"})
UNPROVEN = [Reply(404, {"message": "no such trigger"}), Reply(404, {"code": 404, "message": "no such trigger"})]
"""Answers that prove nothing: without a code, and with a code for a workflow that was published just now."""


def trigger(trigger_id: str, **changes: Any) -> dict[str, Any]:
    """A trigger of the planned times."""
    return {"trigger_id": trigger_id, "cron": "0 6 * * 1", "timezone": "UTC", **changes}


class Tenant:
    """Answers the requests about one workflow: its triggers, None if the tenant lists none."""

    def __init__(self, *triggers: dict[str, Any], lists: bool = True) -> None:
        self.triggers = [*triggers]
        self.lists = lists
        self.add: Reply | None = None
        self.get: Reply | None = None
        self.remove: Reply | None = None
        self.workflows: list[str] = []

    def __call__(self, request: Received) -> Reply:
        if request.method == "POST":
            return self.add or Reply(body=trigger("new"))
        if request.method == "DELETE":
            return self.remove or Reply(body={"deleted": True})
        if request.path.endswith("/v1/app"):
            return Reply(body={"workflows": [{"slug": slug} for slug in self.workflows], "has_more": False})
        schedules = self.triggers if self.lists else None
        return self.get or Reply(body={"slug": SLUG, "version": 1, "schedules": schedules})


def context(kind: type[Any] = Context, config: dict[str, Any] | None = None, **private: Any) -> Any:
    """Return a context. By default, a version is configured."""
    configured = {"app_version": 1} if config is None else config
    return kind(Diagnostics(), "atlan_app_schedule", threading.Event(), configured, private=private)


def details(context: Any) -> str:
    """Return the texts of all diagnostics."""
    return "\n".join(each.detail for each in context.diagnostics.diagnostics)


def warnings(context: Any) -> list[str]:
    return [each.summary for each in context.diagnostics.diagnostics]


def methods(server: ScriptedServer) -> list[str]:
    return [each.method for each in server.requests]
