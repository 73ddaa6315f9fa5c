"""Read the JSON body of a request, and build JSON responses."""

from __future__ import annotations

import json
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from provider.sandbox.errors import ServiceError, invalid
from provider.sandbox.json_codec import Json, JsonObject, dumps, loads


async def read_object(request: Request) -> JsonObject:
    """Return the request's body. Raises ServiceError (400) if it is not a JSON object."""
    raw = await request.body()
    try:
        body: Json = loads(raw)
        if b"\\ud" in raw or b"\\uD" in raw:
            json.dumps(body, ensure_ascii=False).encode()  # half of a surrogate pair is not valid text
    except ValueError as error:
        raise invalid(f"the body is not JSON: {type(error).__name__}") from None
    if not isinstance(body, dict):
        raise invalid("the body must be a JSON object")
    return body


def json_response(data: Any, status: int = 200) -> Response:
    return Response(dumps(data).encode(), status, media_type="application/json")


def error_response(error: ServiceError) -> Response:
    return json_response(error.body, error.status)
