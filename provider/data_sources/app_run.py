"""``data.atlan_app_run``: a run that somebody submitted, by its id."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tf.utils import Diagnostics

from provider.client.errors import NotFound
from provider.framework.resource import Context, DataSource, Problem, State
from provider.framework.schema import BOOL, STRING, Attribute, Schema
from provider.model import identifiers

if TYPE_CHECKING:
    from provider.provider import AtlanProvider

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


class AppRunDataSource(DataSource):
    """A run. Source: ``GET v1/app/runs/{run_id}``."""

    def __init__(self, provider: AtlanProvider) -> None:
        self.provider = provider

    @classmethod
    def get_name(cls) -> str:
        return "app_run"

    @classmethod
    def get_schema(cls) -> Schema:
        return _SCHEMA

    def validate(self, diags: Diagnostics, type_name: str, config: State) -> None:
        for problem in identifiers.check(config, "run_id", "5c7a1e0e-0000-4000-8000-000000000001"):
            diags.add_error(problem.summary, problem.detail, path=problem.path)

    def read(self, ctx: Context, config: State) -> State:
        run_id = config["run_id"]
        try:
            run = self.provider.api.get_run(run_id)
        except NotFound as error:
            raise Problem(
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
