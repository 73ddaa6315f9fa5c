"""What every group of operations stands on: the tenant's transport, and the paths below its base URL."""

from collections.abc import Mapping
from typing import Any, Self

from provider.client.answers import Answer
from provider.client.transport import Transport

# the largest tenant is far below this; a service whose pages never end must not hold a plan for ever
MOST_PAGES = 1000


class Operations:
    """The base of all: a view of one tenant, cheap to make anew with other bounds."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def within(self, seconds: float | None) -> Self:
        """The same tenant, for an operation that may take `seconds` from now on; itself without a bound."""
        return self if seconds is None else type(self)(self._transport.within(seconds))

    def recovering(self, seconds: float) -> Self:
        """The same tenant, for finding out what became of a write; a stop does not end its waits for a retry."""
        return type(self)(self._transport.recovering(seconds))

    def hiding(self, *secrets: Any) -> Self:
        """The same tenant, for an operation no error of which shows a value in `secrets`.

        Each may be a text or anything of JSON's shapes: every text and number in it counts. The request's own path is
        told as it is.
        """
        return type(self)(self._transport.hiding(*secrets))

    def redacted(self, text: str) -> str:
        """`text`, such as an error of another view of the tenant, without what this view hides."""
        return self._transport.redacted(text)

    def close(self) -> None:
        """Closes the pooled connections."""
        self._transport.close()

    def _service(
        self,
        method: str,
        *segments: str,
        query: Mapping[str, str] | None = None,
        body: Any = None,
        secrets: Any = None,
    ) -> Answer:
        path = ("api", "service", *segments)
        return self._transport.request(method, path, query=query, body=body, secrets=secrets)

    def _metadata(self, method: str, *segments: str, query: Mapping[str, str] | None = None) -> Answer:
        return self._transport.request(method, ("api", "meta", *segments), query=query)

    def _search(self, body: Any) -> Answer:
        return self._transport.request("POST", ("api", "meta", "search", "indexsearch"), body=body, repeatable=True)
