"""Find the contracts that may describe the inputs of a workflow.

The service does not return the entrypoint of a workflow, and each entrypoint can have its own contract.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from typing import TYPE_CHECKING

from provider.client.errors import NotFound, UnknownEntrypoint
from provider.contracts.cache import Contracts

if TYPE_CHECKING:
    from provider.contracts.schema import Contract


def candidate_contracts(
    contracts: Contracts, app_id: str, input_names: Collection[str], entrypoints: Callable[[], Iterable[str]]
) -> list[Contract]:
    """Return the app's default contract if it declares all inputs.

    Otherwise also return the contracts of the app's entrypoints. The list is empty if the app has no contract. Raises
    AtlanError if a contract may exist but could not be read.
    """
    default = _fetch(contracts, app_id, None)
    if default is not None and all(name in default.properties for name in input_names):
        return [default]
    others = (_fetch(contracts, app_id, entrypoint) for entrypoint in entrypoints())
    return [each for each in (default, *others) if each is not None]


def _fetch(contracts: Contracts, app_id: str, entrypoint: str | None) -> Contract | None:
    try:
        return contracts.fetch(app_id, entrypoint)
    except (NotFound, UnknownEntrypoint):
        return None
