"""``data.atlan_apps``: the workflows of the tenant."""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING, Final, TypedDict

from provider.framework import (
    STRING,
    Attribute,
    Context,
    DataSource,
    Nested,
    Schema,
)
from provider.model import identifiers
from provider.model.attributes import WORKFLOW_APP_ID, WORKFLOW_OWNER, WORKFLOW_VERSION

if TYPE_CHECKING:
    from provider.client.responses import Workflow
    from provider.provider_data import ProviderData

_SCHEMA: Final = Schema(
    [
        Attribute(
            "name",
            STRING,
            optional=True,
            description="Return only workflows with exactly this label. Upper and lower case matter.",
        ),
        Attribute(
            "app_id",
            STRING,
            optional=True,
            validators=[identifiers.usable("bigquery-crawler")],
            description="Return only workflows of this app, such as `bigquery-crawler`.",
        ),
        Attribute(
            "apps",
            nested=Nested(
                "LIST",
                [
                    Attribute(
                        "slug",
                        STRING,
                        computed=True,
                        description="The workflow's slug, such as `bigquery-prod-AbC123`, which is also the import id.",
                    ),
                    Attribute("name", STRING, computed=True, description="The workflow's label."),
                    WORKFLOW_APP_ID,
                    WORKFLOW_VERSION,
                    WORKFLOW_OWNER,
                ],
            ),
            computed=True,
            description="The workflows that are not archived, sorted by slug. Values that the service does not return "
            "in a list are null. `data.atlan_app` returns more values of one workflow.",
        ),
    ],
    description="Lists the workflows of the tenant. `name` and `app_id` limit the list. For example, `for_each` of an "
    "`import` block can use the list.",
)


class AppRow(TypedDict):
    """The attributes of one workflow in the list."""

    slug: str
    name: str | None
    app_id: str | None
    version: int | None
    owner: str | None


class AppsData(TypedDict):
    """The attributes of a list of workflows."""

    name: str | None
    app_id: str | None
    apps: list[AppRow]


class AppsDataSource(DataSource[AppsData]):
    """The data source for a list of workflows. Source: all pages of ``GET v1/app``."""

    name = "apps"
    schema = _SCHEMA
    provider_data: ProviderData

    def read(self, ctx: Context[AppsData], config: AppsData) -> AppsData:
        name, app_id = config["name"], config["app_id"]
        workflows = sorted(self.provider_data.client.list_workflows(name), key=attrgetter("slug"))
        if app_id is not None:
            workflows = _filter_by_app(ctx, workflows, app_id)
        if app_id is not None and not workflows and not self.provider_data.app_ids.is_known(app_id):
            ctx.warn(
                f"No workflow runs {app_id}, and no app with this id is known",
                f"{self.provider_data.app_ids.did_you_mean(app_id)}Neither the tenant's list of apps, if it has one, "
                "nor the provider contains this id. Check the id in the tenant's marketplace.",
                ["app_id"],
            )
        return {"name": name, "app_id": app_id, "apps": [_row(each) for each in workflows]}


def _filter_by_app(ctx: Context[AppsData], workflows: list[Workflow], app_id: str) -> list[Workflow]:
    """Return the workflows of an app, and warn about workflows whose app is not in the service's list."""
    without_app = [each.slug for each in workflows if each.app_id is None]
    if without_app:
        ctx.warn(
            f"{len(without_app)} of the workflows may run {app_id}",
            "The service does not return the app of these workflows in a list, so they are left out: "
            f"{', '.join(without_app)}.",
            ["app_id"],
        )
    return [each for each in workflows if each.app_id == app_id]


def _row(workflow: Workflow) -> AppRow:
    return {
        "slug": workflow.slug,
        "name": workflow.name,
        "app_id": workflow.app_id,
        "version": workflow.version,
        "owner": workflow.owner,
    }
