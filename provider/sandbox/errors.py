"""Errors in the forms that the service uses.

An app endpoint returns `{code, message, causes?}`; an option leaves the code out of its 404. A duplicate name returns
`{message, slug, version}`, without a code. The metadata endpoints return `{errorCode, errorMessage}`.
"""

from __future__ import annotations

import json
from typing import TypedDict

UNKNOWN_ENTRYPOINT = 1003
ALREADY_ACTIVE = "AE-WF-409-03"


class Cause(TypedDict):
    """One violation. `location` is a dotted path from the top of the body."""

    errorType: str
    errorMessage: str
    location: str


class ErrorBody(TypedDict, total=False):
    """The keys of all forms."""

    code: int
    message: str
    causes: list[Cause]
    slug: str
    version: int
    errorCode: str
    errorMessage: str


class ServiceError(Exception):
    """A response that is not a success: its HTTP `status` and its `body`."""

    def __init__(self, status: int, body: ErrorBody) -> None:
        super().__init__(body.get("message", status))
        self.status = status
        self.body = body


def cause(message: str, location: str) -> Cause:
    return {"errorType": "ValidationError", "errorMessage": message, "location": location}


def plain(status: int, message: str) -> ServiceError:
    """Return an error whose code repeats the HTTP status."""
    return ServiceError(status, {"code": status, "message": message})


def unauthorized() -> ServiceError:
    return plain(401, "the bearer token is missing, unknown or expired")


def not_found(kind: str, name: str) -> ServiceError:
    return plain(404, f"{kind} {name!r} does not exist")


def invalid(message: str, *causes: Cause) -> ServiceError:
    body: ErrorBody = {"code": 400, "message": message}
    if causes:
        body["causes"] = list(causes)
    return ServiceError(400, body)


def unknown_entrypoint(app_id: str, entrypoint: str) -> ServiceError:
    message = f"unknown entrypoint {entrypoint!r}, or app {app_id!r} exposes no input contract there"
    return ServiceError(400, {"code": UNKNOWN_ENTRYPOINT, "message": message})


def name_taken(name: str, slug: str, version: int) -> ServiceError:
    message = f"a workflow named {name!r} already exists"
    return ServiceError(409, {"message": message, "slug": slug, "version": version})


def credential_name_taken() -> ServiceError:
    return plain(400, "violates unique constraint credentials_name_key")


def credential_not_stored() -> ServiceError:
    return plain(500, "failed to store credential")


def already_running(slug: str, *, coded: bool) -> ServiceError:
    """Return the 500. With `coded`, its message contains the answer of the engine, with the engine's code."""
    if not coded:
        return plain(500, f"workflow {slug!r} already has an active run")
    engine = json.dumps({"code": ALREADY_ACTIVE, "message": f"a run of workflow {slug!r} is active already"})
    return plain(500, f"the engine answered with status 409: {engine}")


def connection_refused(app_id: str) -> ServiceError:
    """Return the error of an app that is starting."""
    return plain(500, f'Get "http://{app_id}:8000/": dial tcp 10.0.0.7:8000: connect: connection refused')


def without_code(error: ServiceError) -> ServiceError:
    """Return a 404 that has its message alone. Return any other error unchanged."""
    if error.status != 404 or "message" not in error.body:
        return error
    return ServiceError(404, {"message": error.body["message"]})


def no_such_entity(type_name: str, qualified_name: str) -> ServiceError:
    message = f"no {type_name} has the qualified name {qualified_name!r}"
    return ServiceError(404, {"errorCode": "ATLAS-404-00-009", "errorMessage": message})
