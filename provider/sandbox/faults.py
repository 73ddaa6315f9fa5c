"""Faults: responses, delays and dropped connections that a test requests."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NotRequired, TypedDict

from starlette.responses import Response

from provider.sandbox.errors import cause, invalid, plain
from provider.sandbox.json_bodies import error_response, json_response
from provider.sandbox.json_codec import JsonObject
from provider.sandbox.json_schema import Validator, closed_object

BODY_SCHEMA = closed_object(
    {
        "method": {"type": "string"},
        "path": {"type": "string"},
        "times": {"type": "integer", "minimum": 1},
        "status": {"type": "integer", "minimum": 200, "maximum": 599},
        "headers": {"type": "object", "additionalProperties": {"type": "string"}},
        "body": {"type": ["object", "string"]},
        "delay_ms": {"type": "number", "minimum": 0},
        "drop": {"enum": ["before", "after"]},
        "reset": {"type": "boolean"},
        "made": {"type": "boolean"},
    },
    ["method", "path", "times"],
)


class FaultBody(TypedDict):
    """A fault as a test sends it: see `Fault`."""

    method: str
    path: str
    times: int
    status: NotRequired[int]
    headers: NotRequired[dict[str, str]]
    body: NotRequired[JsonObject | str]
    delay_ms: NotRequired[float]
    drop: NotRequired[str]
    reset: NotRequired[bool]
    made: NotRequired[bool]


VALIDATOR: Validator[FaultBody] = Validator(BODY_SCHEMA, "fault")


@dataclass
class Fault:
    """A fault for the next `times` requests with this method and path.

    `path` is searched in the path of the request. `drop` closes the connection "before" or "after" the service handles
    the request, and with `reset` it resets the connection. If `made` is True, the service handles the request first.
    Then the fault's response replaces the response of the service.
    """

    method: str
    path: re.Pattern[str]
    times: int
    status: int | None = None
    headers: dict[str, str] | None = None
    body: JsonObject | str | None = None
    delay_ms: float = 0
    drop: str | None = None
    made: bool = False
    reset: bool = False

    def matches(self, method: str, path: str) -> bool:
        return self.method == method and self.path.search(path) is not None

    def response(self) -> Response | None:
        """Return the response to send, or None if the service's own response is sent."""
        if self.status is None:
            return None
        response = self._response_without_headers(self.status)
        response.headers.update(self.headers or {})
        return response

    def _response_without_headers(self, status: int) -> Response:
        if self.body is None:
            return error_response(plain(status, "a requested fault"))
        if isinstance(self.body, str):
            return Response(self.body, status, media_type="text/plain")
        return json_response(self.body, status)


def _parse(body: JsonObject) -> Fault:
    fault = VALIDATOR.validate(body)
    try:
        path = re.compile(fault["path"])
    except re.error as error:
        message = f"the path is not a regular expression: {error}"
        raise invalid(message, cause(message, "fault.path")) from None
    return Fault(
        fault["method"].upper(),
        path,
        fault["times"],
        fault.get("status"),
        fault.get("headers"),
        fault.get("body"),
        fault.get("delay_ms", 0),
        fault.get("drop"),
        fault.get("made", False),
        fault.get("reset", False),
    )


class Faults:
    """The pending faults, oldest first. The first fault that matches a request applies to it."""

    def __init__(self) -> None:
        self._faults: list[Fault] = []

    def add(self, body: JsonObject) -> None:
        """Add a fault (a FaultBody). Raises ServiceError (400) if it is invalid."""
        self._faults.append(_parse(body))

    def take(self, method: str, path: str) -> Fault | None:
        """Return the first fault that matches, and count it as used once. Return None if none matches."""
        for fault in self._faults:
            if fault.matches(method, path):
                fault.times -= 1
                self._faults = [other for other in self._faults if other.times > 0]
                return fault
        return None

    def clear(self) -> None:
        self._faults = []
