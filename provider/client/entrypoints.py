"""Retry a request without its entrypoint, as Atlan's SDK does."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, TypeVar

from provider.client.errors import ServiceError, UnknownEntrypoint

if TYPE_CHECKING:
    from provider.client.api import AtlanApi

T = TypeVar("T")


def with_entrypoint(api: AtlanApi, app_id: str, entrypoint: str | None, request: Callable[[str | None], T]) -> T:
    """Return the result of ``request`` with the entrypoint, or without it if only the default has a contract.

    Raises UnknownEntrypoint if the app does not declare the entrypoint, or if the default also has no contract. So the
    default never replaces a mistyped entrypoint. The service's code 1003 only says that there is no contract.
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
    found = error.as_kind(UnknownEntrypoint, error.message)
    found.entrypoints = tuple(declared)
    return found
