"""A marketplace without HTTP: its apps, or the error of the request."""

from collections.abc import Collection
from typing import Any

from provider.client.errors import AtlanError
from provider.client.marketplace import MarketplaceApp, MarketplaceApps
from provider.contracts.app_ids import AppIds
from provider.setup_errors import SetupErrors


class Marketplace:
    """A client that lists apps with these ids, or fails. `seconds` has the time limit of each request."""

    def __init__(self, *ids: str, not_native: Collection[str] = (), error: AtlanError | None = None) -> None:
        self._apps = [MarketplaceApp(each, None, False if each in not_native else None) for each in ids]
        self._error = error
        self.seconds: list[float] = []

    def with_timeout(self, seconds: float) -> "Marketplace":
        self.seconds.append(seconds)
        return self

    def list_marketplace_apps(self) -> MarketplaceApps:
        if self._error is not None:
            raise self._error
        return MarketplaceApps(self._apps, 0)


def app_ids(*ids: str) -> AppIds:
    """Return the ids of a tenant that offers only these apps."""
    client: Any = Marketplace(*ids)
    return AppIds(lambda: client, SetupErrors().raise_once)
