"""A cache of contracts, so that a configured provider fetches each contract only once."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from provider.client.entrypoints import with_entrypoint
from provider.client.errors import AtlanError
from provider.framework import deferred

with deferred("provider.contracts.schema"):
    from provider.contracts import schema

if TYPE_CHECKING:
    from provider.client.api import AtlanApi
    from provider.contracts.schema import Contract

_FAILURE_CACHE_SECONDS: Final = 30.0


class Contracts:
    """The contracts of one tenant. Threads that need the same contract share one request.

    A failure is cached for 30 seconds, so that many resources of one app do not each wait for the same failure.
    """

    def __init__(self, api: Callable[[], AtlanApi], clock: Callable[[], float] = time.monotonic) -> None:
        self._api = api
        self._clock = clock
        self._lock = threading.Lock()
        self._entries: dict[tuple[str, str | None], _Entry] = {}

    def fetch(self, app_id: str, entrypoint: str | None = None, *, seconds: float | None = None) -> Contract:
        """Return the contract of an entrypoint, or the contract at the default slot if the app has only that one.

        ``seconds`` limits the time of a request that this call starts. Raises NotFound if the app has no native
        contract, UnknownEntrypoint if the entrypoint has none, and other AtlanErrors if the request fails.
        """
        with self._lock:
            entry = self._entries.setdefault((app_id, entrypoint), _Entry())
        with entry.lock:
            if entry.contract is None:
                entry.contract = self._fetch(entry, app_id, entrypoint, seconds)
            return entry.contract

    def _fetch(self, entry: _Entry, app_id: str, entrypoint: str | None, seconds: float | None) -> Contract:
        if entry.failure is not None and self._clock() < entry.retry_at:
            raise entry.failure
        try:
            api = self._api().with_timeout(seconds)
            return schema.Contract(
                with_entrypoint(api, app_id, entrypoint, lambda name: api.get_contract(app_id, name))
            )
        except AtlanError as error:
            entry.failure, entry.retry_at = error, self._clock() + _FAILURE_CACHE_SECONDS
            raise


class _Entry:
    """The contract or the last failure of one request."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.contract: Contract | None = None
        self.failure: AtlanError | None = None
        self.retry_at = 0.0
