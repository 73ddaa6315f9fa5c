"""A marketplace without HTTP: its apps, or the error of the request."""

from typing import Any

from provider.client.errors import AtlanError
from provider.client.marketplace import MarketplaceApp
from provider.contracts.app_ids import AppIds


class Marketplace:
    """A client that lists apps with these ids, or fails. `seconds` has the time limit of each request."""

    def __init__(self, *ids: str, error: AtlanError | None = None) -> None:
        self._apps = [MarketplaceApp(each, None, None) for each in ids]
        self._error = error
        self.seconds: list[float] = []

    def with_timeout(self, seconds: float) -> "Marketplace":
        self.seconds.append(seconds)
        return self

    def list_marketplace_apps(self) -> list[MarketplaceApp]:
        if self._error is not None:
            raise self._error
        return self._apps


def app_ids(*ids: str) -> AppIds:
    """Return the ids of a tenant that offers only these apps."""
    client: Any = Marketplace(*ids)
    return AppIds(lambda: client)
