"""``data.atlan_apps``: all workflows of the tenant."""

from __future__ import annotations

from collections.abc import Iterable
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Final

from provider.framework import (
    NUMBER,
    STRING,
    Attribute,
    Context,
    DataSource,
    Finding,
    Nested,
    Schema,
    State,
)
from provider.model import identifiers

if TYPE_CHECKING:
    from provider.client.responses import Workflow
    from provider.provider_data import ProviderData

_APP: Final[dict[str, tuple[Any, str]]] = {
    "slug": (STRING, "The workflow's identity, such as `bigquery-prod-AbC123`: what imports it."),
    "name": (STRING, "The workflow's label."),
    "app_id": (STRING, "The app that it runs, such as `bigquery-crawler`."),
    "version": (NUMBER, "The version that is published now, a whole number."),
    "owner": (STRING, "The user that owns it."),
}

_SCHEMA: Final = Schema(
    [
        Attribute("name", STRING, optional=True, description="Only workflows with exactly this label, case included."),
        Attribute(
            "app_id", STRING, optional=True, description="Only workflows of this app, such as `bigquery-crawler`."
        ),
        Attribute(
            "apps",
            nested=Nested(
                "LIST",
                [Attribute(name, kind, computed=True, description=text) for name, (kind, text) in _APP.items()],
            ),
            computed=True,
            description="The workflows that are not archived, in the order of their slugs. What the service does not "
            "tell in a list is null; `atlan_app` tells more of one.",
        ),
    ],
    description="All workflows of the tenant, or those of a name or an app, such as for `for_each` in `import` blocks.",
)


class AppsDataSource(DataSource[State]):
    """Workflows. Source: ``GET v1/app``, all of its pages."""

    name = "apps"
    schema = _SCHEMA
    provider_data: ProviderData

    def check_config(self, config: State) -> Iterable[Finding]:
        yield from identifiers.check(config, "app_id", "bigquery-crawler")

    def read(self, ctx: Context[State], config: State) -> State:
        name, app_id = config["name"], config["app_id"]
        found = sorted(self.provider_data.client.find_workflows(name), key=attrgetter("slug"))
        if app_id is not None:
            found = _of_app(ctx, found, app_id)
        return {"name": name, "app_id": app_id, "apps": [_row(app) for app in found]}


def _of_app(ctx: Context[State], found: list[Workflow], app_id: str) -> list[Workflow]:
    untold = [app.slug for app in found if app.app_id is None]
    if untold:
        ctx.warn(
            f"{len(untold)} of the workflows may be of {app_id}",
            f"The service does not tell their app in a list, so they are left out: {', '.join(untold)}.",
            ["app_id"],
        )
    return [app for app in found if app.app_id == app_id]


def _row(app: Workflow) -> State:
    return {name: getattr(app, name) for name in _APP}
