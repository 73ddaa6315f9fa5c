"""The request log: what arrived and how it was answered, without anything secret."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qsl, urlencode

SECRET = re.compile(r"secret|token|passw|api.?key|authorization", re.IGNORECASE)
MASK = "***"


def harmless(query: str) -> str:
    """A query string as it arrived, but for values whose name says that they are secret."""
    if not SECRET.search(query):
        return query
    pairs = parse_qsl(query, keep_blank_values=True)
    return urlencode([(name, MASK if SECRET.search(name) else value) for name, value in pairs])


class RequestLog:
    """Entries `{method, path, query, status, request_id, at}`; `at` in epoch seconds, `status` null until answered."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self.entries: list[dict[str, Any]] = []
        self._clock = clock

    def arrived(self, method: str, path: str, query: str, request_id: str | None) -> dict[str, Any]:
        """A new entry, to be completed with the status when there is one."""
        entry = {
            "method": method,
            "path": path,
            "query": harmless(query),
            "status": None,
            "request_id": request_id,
            "at": self._clock(),
        }
        self.entries.append(entry)
        return entry

    def clear(self) -> None:
        self.entries = []
