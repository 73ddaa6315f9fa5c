"""The base of all operations: the tenant's transport, and the paths below its base URL."""

from collections.abc import Mapping
from typing import Self, TypeAlias

from provider.client.answers import Answer
from provider.client.json_codec import Body
from provider.client.transport import Transport

# The largest tenant has far fewer pages. Without a limit, a list that never ends would block a plan.
MOST_PAGES = 1000

PATHS = (
    "/api/service/v1/app",
    "/api/service/v1/apps",
    "/api/service/marketplace/apps",
    "/api/service/credentials",
    "/api/service/package-workflows/native-status",
    "/api/service/roles",
    "/api/service/oauth-clients/token",
    "/api/meta/entity/uniqueAttribute/type/Connection",
    "/api/meta/search/indexsearch",
)
"""The fixed part of every path that an error can name."""


Query: TypeAlias = Mapping[str, str] | None


class Operations:
    """The base of the operations of one tenant. Views with different limits of time share its connections."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def with_timeout(self, seconds: float | None) -> Self:
        """Return a view for an operation that must end within ``seconds`` from now. With None, return this object."""
        return self if seconds is None else type(self)(self._transport.with_timeout(seconds))

    def for_recovery(self, seconds: float) -> Self:
        """Return a view for looking up the result of a write within ``seconds``.

        If Terraform stops the provider, the view still waits between attempts.
        """
        return type(self)(self._transport.for_recovery(seconds))

    def earliest_time(self) -> float | None:
        """Return an epoch second that the service's clock has reached, or None if it is not known."""
        return self._transport.clock.earliest_time()

    def close(self) -> None:
        """Close the pooled connections."""
        self._transport.close()

    def _request_service(
        self,
        method: str,
        *segments: str,
        query: Query = None,
        body: Body = None,
        timeout: float | None = None,
        trusts_404: bool = False,
    ) -> Answer:
        path = ("api", "service", *segments)
        return self._transport.request(method, path, query=query, body=body, timeout=timeout, trusts_404=trusts_404)

    def _request_metadata(self, method: str, *segments: str, query: Query = None) -> Answer:
        return self._transport.request(method, ("api", "meta", *segments), query=query)

    def _request_search(self, body: Body) -> Answer:
        return self._transport.request("POST", ("api", "meta", "search", "indexsearch"), body=body, repeatable=True)
