"""Contracts, fetched once a process."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from provider.client.entrypoints import with_entrypoint
from provider.client.errors import AtlanError
from provider.contracts.schema import Contract

if TYPE_CHECKING:
    from provider.client.api import AtlanApi

_FAILURE_SECONDS: Final = 30.0


class Contracts:
    """The contracts of one tenant: threads that ask for the same one share a fetch, and its failure for a while."""

    def __init__(self, api: Callable[[], AtlanApi], clock: Callable[[], float] = time.monotonic) -> None:
        self._api = api
        self._clock = clock
        self._lock = threading.Lock()
        self._held: dict[tuple[str, str | None], _Slot] = {}

    def fetch(self, app_id: str, entrypoint: str | None = None, *, seconds: float | None = None) -> Contract:
        """The contract of that entrypoint, or of the app's default slot where it stands there.

        ``seconds`` bounds a fetch that this call begins. Raises NotFound where the app has no native contract,
        UnknownEntrypoint, with those that the app has, and other AtlanErrors where the contract could not be read.
        """
        with self._lock:
            slot = self._held.setdefault((app_id, entrypoint), _Slot())
        with slot.lock:
            if slot.contract is None:
                slot.contract = self._fetch_into(slot, app_id, entrypoint, seconds)
            return slot.contract

    def _fetch_into(self, slot: _Slot, app_id: str, entrypoint: str | None, seconds: float | None) -> Contract:
        if slot.failure is not None and self._clock() < slot.retry_at:
            raise slot.failure
        try:
            api = self._api().within(seconds)
            return Contract(with_entrypoint(api, app_id, entrypoint, lambda name: api.get_contract(app_id, name)))
        except AtlanError as error:
            slot.failure, slot.retry_at = error, self._clock() + _FAILURE_SECONDS
            raise


class _Slot:
    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.contract: Contract | None = None
        self.failure: AtlanError | None = None
        self.retry_at = 0.0
