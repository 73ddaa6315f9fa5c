"""``data.atlan_app_info``: an app as the marketplace describes it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypedDict

from provider import errors
from provider.client.errors import NotFound
from provider.framework import (
    BOOL,
    STRING,
    Attribute,
    Context,
    DataSource,
    Schema,
    list_of,
)
from provider.model.attributes import APP_ID

if TYPE_CHECKING:
    from provider.provider_data import ProviderData

_SCHEMA: Final = Schema(
    [
        APP_ID,
        Attribute("name", STRING, computed=True, description="The app's name in the marketplace."),
        Attribute(
            "native_ready",
            BOOL,
            computed=True,
            description="`true` if the app is native on this tenant, so that this provider can create and run "
            "workflows of the app. If it is `false`, an `atlan_app` of the app fails.",
        ),
        Attribute(
            "execution_mode",
            STRING,
            computed=True,
            description="The execution mode of the app's workflows, such as `native`.",
        ),
        Attribute(
            "entrypoints",
            list_of(STRING),
            computed=True,
            description="The names of the app's entrypoints, for `atlan_app.entrypoint`. The list is empty if the app "
            "has a single entrypoint, and this entrypoint has no name.",
        ),
    ],
    description="Reads an app from the tenant's marketplace: the app's entrypoints, and whether the app is native "
    "on this tenant.",
)


class AppInfoData(TypedDict):
    """The attributes of an app."""

    app_id: str
    name: str | None
    native_ready: bool
    execution_mode: str | None
    entrypoints: list[str]


class AppInfoDataSource(DataSource[AppInfoData]):
    """The data source for an app. Source: ``GET v1/apps/{app_id}``."""

    name = "app_info"
    schema = _SCHEMA
    provider_data: ProviderData

    def read(self, ctx: Context[AppInfoData], config: AppInfoData) -> AppInfoData:
        app_id = config["app_id"]
        try:
            info = self.provider_data.client.describe_app(app_id)
        except NotFound as error:
            raise errors.no_app(app_id, str(error), self.provider_data.app_ids) from error
        return {
            "app_id": app_id,
            "name": info.name,
            "native_ready": info.native_ready,
            "execution_mode": info.execution_mode,
            "entrypoints": info.entrypoints,
        }
