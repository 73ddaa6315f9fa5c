"""``data.atlan_apps``: all workflows of the tenant."""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING, Any, Final

from tf.utils import Diagnostics

from provider.framework.resource import Context, DataSource, State
from provider.framework.schema import NUMBER, STRING, Attribute, Nested, Schema
from provider.model import identifiers

if TYPE_CHECKING:
    from provider.client.responses import Workflow
    from provider.provider import AtlanProvider

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


class AppsDataSource(DataSource):
    """Workflows. Source: ``GET v1/app``, all of its pages."""

    def __init__(self, provider: AtlanProvider) -> None:
        self.provider = provider

    @classmethod
    def get_name(cls) -> str:
        return "apps"

    @classmethod
    def get_schema(cls) -> Schema:
        return _SCHEMA

    def validate(self, diags: Diagnostics, type_name: str, config: State) -> None:
        for problem in identifiers.check(config, "app_id", "bigquery-crawler"):
            diags.add_error(problem.summary, problem.detail, path=problem.path)

    def read(self, ctx: Context, config: State) -> State:
        name, app_id = config["name"], config["app_id"]
        found = sorted(self.provider.api.find_workflows(name), key=attrgetter("slug"))
        if app_id is not None:
            found = _of_app(ctx, found, app_id)
        return {"name": name, "app_id": app_id, "apps": [_row(app) for app in found]}


def _of_app(ctx: Context, found: list[Workflow], app_id: str) -> list[Workflow]:
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
