"""Errors in the forms the service gives them.

A ServiceError carries a status and the JSON object of the body. The service's facts: an object with a code
and a message, perhaps `causes[] {errorType, errorMessage, location}`; a duplicate name answers with a message,
a slug and a version, and no code; the metadata endpoints say `errorCode` and `errorMessage`.
"""

from __future__ import annotations

from typing import Any

UNKNOWN_ENTRYPOINT = 1003


class ServiceError(Exception):
    """An answer that is not a success: `status` and the `body` that goes with it."""

    def __init__(self, status: int, body: dict[str, Any]) -> None:
        super().__init__(body.get("message", status))
        self.status = status
        self.body = body


def cause(message: str, location: str, kind: str = "ValidationError") -> dict[str, str]:
    """One entry of `causes`; `location` is a dotted path from the body's top."""
    return {"errorType": kind, "errorMessage": message, "location": location}


def plain(status: int, message: str) -> ServiceError:
    """An error whose code repeats the HTTP status."""
    return ServiceError(status, {"code": status, "message": message})


def unauthorized() -> ServiceError:
    return plain(401, "the bearer token is missing, unknown or expired")


def not_found(kind: str, name: str) -> ServiceError:
    return plain(404, f"{kind} {name!r} does not exist")


def invalid(message: str, *causes: dict[str, str]) -> ServiceError:
    body: dict[str, Any] = {"code": 400, "message": message}
    if causes:
        body["causes"] = list(causes)
    return ServiceError(400, body)


def unknown_entrypoint(app_id: str, entrypoint: str) -> ServiceError:
    message = f"unknown entrypoint {entrypoint!r}, or app {app_id!r} exposes no input contract there"
    return ServiceError(400, {"code": UNKNOWN_ENTRYPOINT, "message": message})


def name_taken(name: str, slug: str, version: int) -> ServiceError:
    message = f"a workflow named {name!r} already exists"
    return ServiceError(409, {"message": message, "slug": slug, "version": version})


def already_running(slug: str) -> ServiceError:
    return plain(500, f"workflow {slug!r} already has an active run")


def no_such_entity(type_name: str, qualified_name: str) -> ServiceError:
    message = f"no {type_name} has the qualified name {qualified_name!r}"
    return ServiceError(404, {"errorCode": "ATLAS-404-00-009", "errorMessage": message})
