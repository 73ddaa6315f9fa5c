"""The connections of the tenant, by name and connector.

All plans of a process need the same list, so the index is searched once.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from provider.client.errors import AtlanError
from provider.framework import nfc

if TYPE_CHECKING:
    from provider.client.api import AtlanApi
    from provider.client.entities import ConnectionEntity

_SECONDS: Final = 15.0
"""The longest time of the search, because a plan does not need it."""

_FAILURE_SECONDS: Final = 30.0
"""The time after which a failed search is sent again, because one configured process can make several plans."""


class ConnectionList:
    """The connections of the tenant. Safe for threads. ``clock`` returns seconds."""

    def __init__(self, api: Callable[[], AtlanApi], clock: Callable[[], float] = time.monotonic) -> None:
        self._api = api
        self._clock = clock
        self._lock = threading.Lock()
        self._by_name: dict[tuple[str, str], list[str]] | None = None
        self._retry_at: float | None = None
        self._reported: set[str] = set()

    def report(self, qualified_name: str) -> None:
        """Record that a warning has named a connection, so that no other warning of this plan repeats it."""
        with self._lock:
            self._reported.add(qualified_name)

    def named(self, name: str, connector: str) -> list[str]:
        """Return the sorted qualified names of the connections with this name and connector that no warning has named.

        Names are compared in NFC, and case matters. Raises AtlanError if the search fails, once for all resources of a
        plan: the others get an empty list.
        """
        with self._lock:  # Another thread waits, because it needs the same answer.
            if self._by_name is None:
                if self._retry_at is not None and self._clock() < self._retry_at:
                    return []
                self._by_name = self._search()
            return [each for each in self._by_name.get((nfc(name), connector), []) if each not in self._reported]

    def _search(self) -> dict[tuple[str, str], list[str]]:
        try:
            found = self._api().with_timeout(_SECONDS).search_connections()
        except AtlanError:
            self._retry_at = self._clock() + _FAILURE_SECONDS
            raise
        return _by_name(found)


def _by_name(connections: list[ConnectionEntity]) -> dict[tuple[str, str], list[str]]:
    grouped: dict[tuple[str, str], set[str]] = {}
    for each in connections:
        if each.name and each.connector_name and each.qualified_name:
            grouped.setdefault((nfc(each.name), each.connector_name), set()).add(each.qualified_name)
    return {key: sorted(names) for key, names in grouped.items()}
