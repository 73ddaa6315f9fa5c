"""``data.atlan_app_info``: an app as the marketplace describes it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tf.utils import Diagnostics

from provider.client.errors import NotFound
from provider.framework.resource import Context, DataSource, Problem, State
from provider.framework.schema import BOOL, STRING, Attribute, Schema, list_of
from provider.model import identifiers

if TYPE_CHECKING:
    from provider.provider import AtlanProvider

_SCHEMA: Final = Schema(
    [
        Attribute("app_id", STRING, required=True, description="The app's id, such as `bigquery-crawler`."),
        Attribute("name", STRING, computed=True, description="What the app is called in the marketplace."),
        Attribute(
            "native_ready",
            BOOL,
            computed=True,
            description="Whether workflows of it can be created and run by this provider on this tenant: an "
            "`atlan_app` of one that is not native fails.",
        ),
        Attribute(
            "execution_mode", STRING, computed=True, description="How its workflows are executed, such as `native`."
        ),
        Attribute(
            "entrypoints",
            list_of(STRING),
            computed=True,
            description="The names of its operations, which `atlan_app.entrypoint` takes; empty where it has but one "
            "with no name.",
        ),
    ],
    description="An app as the tenant's marketplace describes it: whether it is native here, and its entrypoints.",
)


class AppInfoDataSource(DataSource):
    """An app. Source: ``GET v1/apps/{app_id}``."""

    def __init__(self, provider: AtlanProvider) -> None:
        self.provider = provider

    @classmethod
    def get_name(cls) -> str:
        return "app_info"

    @classmethod
    def get_schema(cls) -> Schema:
        return _SCHEMA

    def validate(self, diags: Diagnostics, type_name: str, config: State) -> None:
        for problem in identifiers.check(config, "app_id", "bigquery-crawler"):
            diags.add_error(problem.summary, problem.detail, path=problem.path)

    def read(self, ctx: Context, config: State) -> State:
        app_id = config["app_id"]
        try:
            info = self.provider.api.describe_app(app_id)
        except NotFound as error:
            raise Problem(
                f"There is no app {app_id}",
                f"Check the id against the tenant's marketplace.\n\n{error}",
                ["app_id"],
            ) from error
        return {
            "app_id": app_id,
            "name": info.name,
            "native_ready": info.native_ready,
            "execution_mode": info.execution_mode,
            "entrypoints": info.entrypoints,
        }
