"""The entrypoint's second try, as the SDK makes it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, TypeVar

from provider.client.errors import ServiceError, UnknownEntrypoint

if TYPE_CHECKING:
    from provider.client.api import AtlanApi

T = TypeVar("T")


def with_entrypoint(api: AtlanApi, app_id: str, entrypoint: str | None, request: Callable[[str | None], T]) -> T:
    """The answer to `request` with the entrypoint, or without it where the app has its contract at the default slot.

    Code 1003 says no more than that there is no contract; a mistyped entrypoint must not be taken for the default.
    Raises UnknownEntrypoint where the app does not name it, or has nothing at its default slot either.
    """
    try:
        return request(entrypoint)
    except ServiceError as error:
        if not error.unknown_entrypoint:
            raise
        declared = api.describe_app(app_id).entrypoints
        if entrypoint is None or entrypoint not in declared:
            raise _unknown(error, declared) from error
    try:
        return request(None)
    except ServiceError as error:
        if not error.unknown_entrypoint:
            raise
        raise _unknown(error, declared) from error


def _unknown(error: ServiceError, declared: Sequence[str]) -> UnknownEntrypoint:
    found = UnknownEntrypoint(
        error.message,
        method=error.method,
        path=error.path,
        status=error.status,
        code=error.code,
        request_id=error.request_id,
        causes=error.causes,
        attempts=error.attempts,
    )
    found.entrypoints = tuple(declared)
    return found
