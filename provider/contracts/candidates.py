"""The contracts that a workflow may have been published by: a get does not tell its entrypoint (the service's fact)."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable

from provider.client.errors import NotFound, UnknownEntrypoint
from provider.contracts.cache import Contracts
from provider.contracts.schema import Contract


def possible(
    contracts: Contracts, app_id: str, names: Collection[str], entrypoints: Callable[[], Iterable[str]]
) -> list[Contract]:
    """The app's contract; those of its entrypoints too where it does not know all inputs of these names.

    None where the app has none. Raises AtlanError where one could not be read.
    """
    default = _found(contracts, app_id, None)
    if default is not None and all(name in default.properties for name in names):
        return [default]
    others = (_found(contracts, app_id, entrypoint) for entrypoint in entrypoints())
    return [each for each in (default, *others) if each is not None]


def _found(contracts: Contracts, app_id: str, entrypoint: str | None) -> Contract | None:
    try:
        return contracts.fetch(app_id, entrypoint)
    except (NotFound, UnknownEntrypoint):
        return None
