"""``data.atlan_marketplace_apps``: the apps that the tenant offers."""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING, Final, TypedDict

from provider.client.errors import NO_ROUTE, AtlanError, UnusableAnswer
from provider.framework import (
    BOOL,
    STRING,
    Attribute,
    Context,
    DataSource,
    Nested,
    Schema,
    UserError,
)

if TYPE_CHECKING:
    from provider.client.marketplace import MarketplaceApp, MarketplaceApps
    from provider.provider_data import ProviderData

_INSTEAD: Final = "data.atlan_app_info checks a single app by its id."

_SCHEMA: Final = Schema(
    [
        Attribute(
            "native",
            BOOL,
            optional=True,
            description="Return only apps that are native (`true`) or not native (`false`) on this tenant.",
        ),
        Attribute(
            "apps",
            nested=Nested(
                "LIST",
                [
                    Attribute(
                        "id",
                        STRING,
                        computed=True,
                        description="The app's id, such as `bigquery-crawler`, for `app_id`.",
                    ),
                    Attribute(
                        "name",
                        STRING,
                        computed=True,
                        description="The app's name in the marketplace. It is null if the tenant does not return it.",
                    ),
                    Attribute(
                        "native",
                        BOOL,
                        computed=True,
                        description="`true` if the app is native on this tenant, so that an `atlan_app` of the app can "
                        "be created. It is null if the tenant does not return it.",
                    ),
                ],
            ),
            computed=True,
            description="The apps, sorted by id.",
        ),
    ],
    description="Lists the apps that the tenant's marketplace offers: their ids for `atlan_app.app_id`, their names, "
    "and whether they are native on this tenant.",
)


class MarketplaceAppRow(TypedDict):
    """The attributes of one app in the list."""

    id: str
    name: str | None
    native: bool | None


class MarketplaceAppsData(TypedDict):
    """The attributes of a list of apps."""

    native: bool | None
    apps: list[MarketplaceAppRow]


class MarketplaceAppsDataSource(DataSource[MarketplaceAppsData]):
    """The data source for the apps that the tenant offers. Source: ``GET marketplace/apps``."""

    name = "marketplace_apps"
    schema = _SCHEMA
    provider_data: ProviderData

    def read(self, ctx: Context[MarketplaceAppsData], config: MarketplaceAppsData) -> MarketplaceAppsData:
        native = config["native"]
        found = self._list()
        apps = sorted(found.apps, key=attrgetter("id"))
        if found.without_id:
            ctx.warn(
                f"Entries of the tenant's list of apps were left out: {found.without_id}",
                "They have no id that the provider can use, so the list may be incomplete.",
                ["apps"],
            )
        if native is not None:
            apps = _filter_native(ctx, apps, native=native)
        return {"native": native, "apps": [{"id": each.id, "name": each.name, "native": each.native} for each in apps]}

    def _list(self) -> MarketplaceApps:
        try:
            return self.provider_data.client.list_marketplace_apps()
        except AtlanError as error:
            if error.status in NO_ROUTE:
                summary = "This tenant does not list its apps"
                reason = "The list of apps is not part of the documented API, and not every tenant has it."
            elif isinstance(error, UnusableAnswer) and not error.is_setup_error:
                summary = "The tenant's list of apps cannot be read"
                reason = "The API does not document the form of this list, and the provider does not know this one."
            else:
                raise
            raise UserError(summary, f"{reason} {_INSTEAD}\n\n{error}") from error


def _filter_native(
    ctx: Context[MarketplaceAppsData], apps: list[MarketplaceApp], *, native: bool
) -> list[MarketplaceApp]:
    """Return the apps that are native, or those that are not. Warn about apps for which this is not known."""
    unknown = [each.id for each in apps if each.native is None]
    if unknown:
        ctx.warn(
            f"{len(unknown)} of the apps may be {'native' if native else 'not native'}",
            "The tenant's list does not say whether these apps are native, so they are left out: "
            f"{', '.join(unknown)}. {_INSTEAD}",
            ["native"],
        )
    return [each for each in apps if each.native is native]
