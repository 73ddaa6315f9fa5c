"""``data.atlan_app_run``: an existing run, by its id."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypedDict

from provider import errors
from provider.client.errors import NotFound, UnprovenNotFound
from provider.framework import (
    BOOL,
    STRING,
    Attribute,
    Context,
    DataSource,
    Schema,
)
from provider.model import identifiers
from provider.model.attributes import RUN_STARTED_AT, RUN_STATUS

if TYPE_CHECKING:
    from provider.provider_data import ProviderData

_SCHEMA: Final = Schema(
    [
        Attribute(
            "run_id",
            STRING,
            required=True,
            identifier=True,
            validators=[identifiers.usable("5c7a1e0e-0000-4000-8000-000000000001")],
            description="The run's id, such as `atlan_app_run.now.run_id`.",
        ),
        Attribute("slug", STRING, computed=True, identifier=True, description="The slug of the run's workflow."),
        RUN_STATUS,
        RUN_STARTED_AT,
        Attribute(
            "is_terminal",
            BOOL,
            computed=True,
            description="`true` if the run has ended, so that the run's status will not change any more.",
        ),
        Attribute("is_success", BOOL, computed=True, description="`true` if the status is `Succeeded`."),
    ],
    description="Reads a run by its id: the run's workflow and its current status. The data source does not wait for "
    "the end of the run.",
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
    """The data source for a run. Source: ``GET v1/app/runs/{run_id}``."""

    name = "app_run"
    schema = _SCHEMA
    provider_data: ProviderData

    def read(self, ctx: Context[AppRunData], config: AppRunData) -> AppRunData:
        run_id = config["run_id"]
        try:
            run = self.provider_data.client.get_run(run_id)
        except (NotFound, UnprovenNotFound) as error:
            raise errors.no_run(run_id, error, str(error), ["run_id"]) from error
        return {
            "run_id": run_id,
            "slug": run.slug,
            "status": run.status,
            "started_at": run.started_at,
            "is_terminal": run.finished,
            "is_success": run.succeeded,
        }
