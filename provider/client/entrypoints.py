"""Retry a request without its entrypoint, as Atlan's SDK does."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, TypeVar

from provider.client.errors import ServiceError, UnknownEntrypoint

if TYPE_CHECKING:
    from provider.client.api import AtlanApi

T = TypeVar("T")


def with_entrypoint(api: AtlanApi, app_id: str, entrypoint: str | None, request: Callable[[str | None], T]) -> T:
    """Call ``request`` with the entrypoint. If the service refuses it with code 1003, call ``request`` with None.

    Return the result. Raises UnknownEntrypoint if the app does not declare the entrypoint, or if the service refuses
    None too. The code does not distinguish a mistyped entrypoint from a declared entrypoint without a contract.
    Therefore, this function reads the declared entrypoints, so that the default never replaces a mistyped one.
    """
    try:
        return request(entrypoint)
    except ServiceError as error:
        if not error.has_no_contract:
            raise
        declared = api.describe_app(app_id).entrypoints
        if entrypoint is None or entrypoint not in declared:
            raise _unknown_entrypoint(error, declared) from error
    try:
        return request(None)
    except ServiceError as error:
        if not error.has_no_contract:
            raise
        raise _unknown_entrypoint(error, declared) from error


def _unknown_entrypoint(error: ServiceError, declared: Sequence[str]) -> UnknownEntrypoint:
    found = error.as_kind(UnknownEntrypoint, error.message)
    found.entrypoints = tuple(declared)
    return found
