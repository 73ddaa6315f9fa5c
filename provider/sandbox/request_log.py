"""The request log: each request and the status of its response, without secrets."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TypedDict
from urllib.parse import parse_qsl, urlencode

SECRET_NAME_PATTERN = re.compile(r"secret|token|passw|api.?key|authorization", re.IGNORECASE)
REDACTED = "***"


class LogEntry(TypedDict):
    """One request. `at` is in epoch seconds; `status` is None until a response was sent."""

    method: str
    path: str
    query: str
    status: int | None
    request_id: str | None
    at: float


def redact(query: str) -> str:
    """Return a query string in which the value of each parameter that is named like a secret is redacted."""
    if not SECRET_NAME_PATTERN.search(query):
        return query
    pairs = parse_qsl(query, keep_blank_values=True)
    return urlencode([(name, REDACTED if SECRET_NAME_PATTERN.search(name) else value) for name, value in pairs])


class RequestLog:
    """The log's entries, in the order in which the requests arrived; `clock` returns epoch seconds."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self.entries: list[LogEntry] = []
        self._clock = clock

    def add(self, method: str, path: str, query: str, request_id: str | None) -> LogEntry:
        """Add an entry for a request that has arrived. The caller sets its status later."""
        entry: LogEntry = {
            "method": method,
            "path": path,
            "query": redact(query),
            "status": None,
            "request_id": request_id,
            "at": self._clock(),
        }
        self.entries.append(entry)
        return entry

    def clear(self) -> None:
        self.entries = []
