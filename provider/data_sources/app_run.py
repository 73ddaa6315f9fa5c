"""``data.atlan_app_run``: a run that somebody submitted, by its id."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Final, TypedDict

from provider.client.errors import NotFound
from provider.framework import (
    BOOL,
    STRING,
    Attribute,
    Context,
    DataSource,
    Finding,
    Schema,
    UserError,
)
from provider.model import identifiers

if TYPE_CHECKING:
    from provider.provider_data import ProviderData

_SCHEMA: Final = Schema(
    [
        Attribute("run_id", STRING, required=True, description="The run's id, such as `atlan_app_run.now.run_id`."),
        Attribute("slug", STRING, computed=True, description="The slug of the workflow that it is a run of."),
        Attribute(
            "status",
            STRING,
            computed=True,
            description="How far the run is: `Pending`, `Running` or `Paused`, and in the end `Succeeded`, `Failed`, "
            "`Stopped`, `Terminated` or `Skipped`.",
        ),
        Attribute(
            "started_at",
            STRING,
            computed=True,
            description="When it started, as the service writes it; null until it has.",
        ),
        Attribute(
            "is_terminal", BOOL, computed=True, description="Whether it has ended: its status will not change any more."
        ),
        Attribute("is_success", BOOL, computed=True, description="Whether it has ended as `Succeeded`."),
    ],
    description="A run as it is now, by its id: its workflow, how far it is, and whether it succeeded. It waits for "
    "nothing.",
)


class AppRunData(TypedDict):
    """The attributes of a run."""

    run_id: str
    slug: str | None
    status: str | None
    started_at: str | None
    is_terminal: bool
    is_success: bool


class AppRunDataSource(DataSource[AppRunData]):
    """A run. Source: ``GET v1/app/runs/{run_id}``."""

    name = "app_run"
    schema = _SCHEMA
    provider_data: ProviderData

    def check_config(self, config: AppRunData) -> Iterable[Finding]:
        yield from identifiers.check(config, "run_id", "5c7a1e0e-0000-4000-8000-000000000001")

    def read(self, ctx: Context[AppRunData], config: AppRunData) -> AppRunData:
        run_id = config["run_id"]
        try:
            run = self.provider_data.client.get_run(run_id)
        except NotFound as error:
            raise UserError(
                f"There is no run {run_id}",
                f"It may be mistyped, on another tenant, or so old that the service no longer knows it.\n\n{error}",
                ["run_id"],
            ) from error
        return {
            "run_id": run_id,
            "slug": run.slug,
            "status": run.status,
            "started_at": run.started_at,
            "is_terminal": run.finished,
            "is_success": run.succeeded,
        }
