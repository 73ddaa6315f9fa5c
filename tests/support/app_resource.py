"""Workflows, connections and contexts for the tests of `atlan_app`, and a client that records what is sent."""

import threading
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any, NamedTuple

from provider.client.api import AtlanApi
from provider.client.errors import NotFound
from provider.client.responses import Workflow
from provider.contracts.cache import Contracts
from provider.framework import Context, Diagnostics
from provider.resources.app.schema import new_state

APP_ID = "bigquery-crawler"


class Tenant(NamedTuple):
    api: AtlanApi
    contracts: Contracts


SLUG = "prod-AbC123"
OWN = "default/bigquery/1700000000"
SHARED = "default/bigquery/2"
CONNECTION = {
    "name": "analytics",
    "qualified_name": OWN,
    "connector_name": "bigquery",
    "admin_users": ["admin"],
    "admin_groups": [],
    "admin_roles": [],
}
NEW = {**dict.fromkeys(CONNECTION), "name": "analytics", "admin_users": ["admin"]}
"""A connection as a configuration writes it."""
REFERENCE = {**dict.fromkeys(CONNECTION), "qualified_name": SHARED}


def app_state(**attributes: Any) -> Any:
    """A state or configuration of a workflow."""
    return {**new_state(SLUG, APP_ID, "prod"), **attributes}


def app_context(config: Any = None, kind: type[Any] = Context, **private: Any) -> Any:
    return kind(Diagnostics(), "atlan_app", threading.Event(), app_state() if config is None else config, private)


def summaries(ctx: Any) -> list[str]:
    return [each.summary for each in ctx.diagnostics.diagnostics]


def stored_workflow(inputs: dict[str, Any] | None = None, **attributes: Any) -> Workflow:
    """A workflow that the service returns."""
    args = {} if inputs is None else {"dag": {"extract": {"inputs": {"args": inputs}}}}
    return Workflow.model_validate({"slug": SLUG, "name": "prod", "app_id": APP_ID, "version": 7, **args, **attributes})


class Workflows:
    """A client that knows some workflows, and records what is sent. ``errors`` are raised by the next requests."""

    def __init__(self, *workflows: Workflow, connection: Any = None) -> None:
        self.workflows = {each.slug: each for each in workflows}
        self.connection = connection
        self.errors: list[Exception] = []
        self.sent: list[dict[str, Any]] = []
        self.time: float | None = 0

    def earliest_time(self) -> float | None:
        return self.time

    def _fail(self) -> None:
        if self.errors:
            raise self.errors.pop(0)

    def list_workflows(self, name: str | None = None) -> list[Workflow]:
        self._fail()
        return [each for each in self.workflows.values() if name in (None, each.name)]

    def get_workflow(self, slug: str) -> Workflow:
        self._fail()
        return self.workflows[slug]

    def get_connection(self, qualified_name: str) -> Any:
        self._fail()
        if self.connection is None:
            raise NotFound("no such entity", method="GET", path="/api/meta/entity", code="ATLAS-404-00-009")
        return self.connection

    def search_connections(self) -> list[Any]:
        self._fail()
        return [] if self.connection is None else [self.connection]

    def create_workflow(self, **request: Any) -> Any:
        self.sent.append(request)
        self._fail()
        return SimpleNamespace(slug=SLUG, version=7, execution_mode="native")

    def update_workflow(self, slug: str, **request: Any) -> Any:
        self.sent.append({"slug": slug, **request})
        self._fail()
        return SimpleNamespace(slug=slug, version=8)

    def for_recovery(self, seconds: float) -> Any:
        return self

    def with_timeout(self, seconds: float | None) -> Any:
        return self


Serve = Callable[[dict[str, Any]], Tenant]
