"""Faults: what should go wrong with the next requests."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from starlette.responses import Response

from provider.sandbox.errors import cause, invalid, plain
from provider.sandbox.wire import Checker, answer, closed, failure

BODY = closed(
    {
        "method": {"type": "string"},
        "path": {"type": "string"},
        "times": {"type": "integer", "minimum": 1},
        "status": {"type": "integer", "minimum": 200, "maximum": 599},
        "headers": {"type": "object", "additionalProperties": {"type": "string"}},
        "body": {"type": ["object", "string"]},
        "delay_ms": {"type": "number", "minimum": 0},
        "drop": {"enum": ["before", "after"]},
        "made": {"type": "boolean"},
    },
    ["method", "path", "times"],
)
CHECKER = Checker(BODY, "fault")


@dataclass
class Fault:
    """One fault; `times` counts down, `delay_ms` in milliseconds, `drop` is "before", "after" or None.

    `made`: the request is carried out all the same, and the fault's answer stands in place of its own.
    """

    method: str
    path: re.Pattern[str]
    times: int
    status: int | None = None
    headers: dict[str, str] | None = None
    body: dict[str, Any] | str | None = None
    delay_ms: float = 0
    drop: str | None = None
    made: bool = False

    def matches(self, method: str, path: str) -> bool:
        return self.method == method and self.path.search(path) is not None

    def response(self) -> Response | None:
        """The answer in the service's place, or None where the service answers itself."""
        if self.status is None:
            return None
        response = self._plain_response(self.status)
        response.headers.update(self.headers or {})
        return response

    def _plain_response(self, status: int) -> Response:
        if self.body is None:
            return failure(plain(status, "a fault that was asked for"))
        if isinstance(self.body, str):
            return Response(self.body, status, media_type="text/plain")
        return answer(self.body, status)


def _parsed(body: dict[str, Any]) -> Fault:
    CHECKER.check(body)
    try:
        path = re.compile(body["path"])
    except re.error as error:
        message = f"the path is not a regular expression: {error}"
        raise invalid(message, cause(message, "fault.path")) from None
    return Fault(**{**body, "method": body["method"].upper(), "path": path})


class Faults:
    """Faults in the order they were asked for; the first that matches wins, and is used up by one."""

    def __init__(self) -> None:
        self._faults: list[Fault] = []

    def add(self, body: dict[str, Any]) -> None:
        """ServiceError (400) for a fault that makes no sense."""
        self._faults.append(_parsed(body))

    def take(self, method: str, path: str) -> Fault | None:
        for fault in self._faults:
            if fault.matches(method, path):
                fault.times -= 1
                self._faults = [other for other in self._faults if other.times > 0]
                return fault
        return None

    def clear(self) -> None:
        self._faults = []
