"""JSON in and out, and the checking of bodies.

Numbers survive as they were sent: integers of any size, and a number that no float holds is refused rather
than turned into infinity. Messages name places, never values, for a value may be a secret.
"""

from __future__ import annotations

import json
import math
from typing import Any

import jsonschema_rs
from starlette.requests import Request
from starlette.responses import Response

from provider.sandbox.errors import ServiceError, cause, invalid

MASK = "[value]"


def _finite(text: str) -> float:
    number = float(text)
    if math.isinf(number):
        raise ValueError(f"{text[:24]} is out of range")
    return number


def _no_constant(name: str) -> float:
    raise ValueError(f"{name} is not JSON")


def loads(text: str | bytes) -> Any:
    """JSON text as data; ValueError for anything JSON itself does not allow."""
    try:
        return json.loads(text, parse_float=_finite, parse_constant=_no_constant)
    except RecursionError:
        raise ValueError("nested too deeply") from None


def dumps(data: Any) -> str:
    return json.dumps(data, separators=(",", ":"), allow_nan=False)


async def body_of(request: Request) -> dict[str, Any]:
    """The request's body, a JSON object; ServiceError (400) for anything else."""
    raw = await request.body()
    try:
        body = loads(raw)
        if b"\\ud" in raw or b"\\uD" in raw:
            json.dumps(body, ensure_ascii=False).encode()  # half a surrogate pair is no text
    except ValueError as error:
        raise invalid(f"the body is not JSON: {type(error).__name__}") from None
    if not isinstance(body, dict):
        raise invalid("the body must be a JSON object")
    return body


def answer(data: Any, status: int = 200) -> Response:
    return Response(dumps(data).encode(), status, media_type="application/json")


def failure(error: ServiceError) -> Response:
    return answer(error.body, error.status)


class Checker:
    """A JSON Schema that refuses with every violation at once.

    `check` raises ServiceError (400) whose causes each carry a location that starts with `at`.
    """

    def __init__(self, schema: dict[str, Any], at: str) -> None:
        self._validator = jsonschema_rs.validator_for(schema, mask=MASK)
        self._at = at

    def check(self, instance: Any) -> None:
        try:
            found = [cause(error.message, self._location(error)) for error in self._violations(instance)]
        except ValueError as error:
            found = [cause(str(error), self._at)]
        if found:
            raise invalid(f"{self._at} is invalid: {found[0]['errorMessage']}", *found)

    def _violations(self, instance: Any) -> list[jsonschema_rs.ValidationError]:
        return list(self._validator.iter_errors(instance))

    def _location(self, error: jsonschema_rs.ValidationError) -> str:
        return ".".join([self._at, *map(str, error.instance_path)])


def closed(properties: dict[str, Any], required: list[str]) -> dict[str, Any]:
    """The schema of an object that has these properties and no others."""
    return {
        "type": "object",
        "properties": properties,
        "required": required,
        "additionalProperties": False,
    }
