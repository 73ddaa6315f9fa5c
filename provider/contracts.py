"""Input contracts: what an app takes, as a JSON Schema, fetched once a process.

Source: ``GET v1/apps/{app_id}/inputs``. A contract belongs to an entrypoint; an app may have registered it at its
default slot alone, and then answers code 1003 to the entrypoint's name.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from provider.client.errors import AtlanError, ServiceError

if TYPE_CHECKING:
    from provider.client.api import AtlanApi

_FAILURE_SECONDS: Final = 30.0


@dataclass(frozen=True)
class Contract:
    """The input contract of an app's entrypoint; ``schema`` is the JSON Schema as it came."""

    schema: Mapping[str, Any]

    @cached_property
    def properties(self) -> dict[str, dict[str, Any]]:
        """The schema of each input, with references into ``$defs`` followed."""
        declared = self.schema.get("properties")
        named = declared.items() if isinstance(declared, dict) else ()
        return {name: self._resolved(each) for name, each in named}

    @cached_property
    def required(self) -> list[str]:
        """The names of the inputs that must be given."""
        declared = self.schema.get("required")
        return [name for name in declared if isinstance(name, str)] if isinstance(declared, list) else []

    @cached_property
    def defaults(self) -> dict[str, Any]:
        """The default of each input that has one."""
        return {name: each["default"] for name, each in self.properties.items() if "default" in each}

    def types(self, name: str) -> frozenset[str]:
        """The JSON types that an input may have; none where the contract does not say."""
        return frozenset(self._types(self.properties.get(name, {})))

    def allowed_values(self, name: str) -> list[Any] | None:
        """The values that an input may have, those of its alternatives together; None where any is allowed."""
        found = [value for each in self._alternatives(self.properties.get(name, {})) for value in _listed(each, "enum")]
        return found or None

    def _types(self, schema: Mapping[str, Any]) -> set[str]:
        found: set[str] = set()
        for each in self._alternatives(schema):
            declared = each.get("type")
            found |= {declared} if isinstance(declared, str) else set(_listed(each, "type"))
        return found

    def _alternatives(self, schema: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
        """The schema itself and every alternative that it offers."""
        yield schema
        for key in ("anyOf", "oneOf"):
            for option in _listed(schema, key):
                yield from self._alternatives(self._resolved(option))

    def _resolved(self, schema: Any) -> dict[str, Any]:
        if not isinstance(schema, dict):
            return {}
        reference = schema.get("$ref")
        if not isinstance(reference, str):
            return schema
        target = (self.schema.get("$defs") or {}).get(reference.removeprefix("#/$defs/"))
        return {**(target if isinstance(target, dict) else {}), **schema}


def _listed(schema: Mapping[str, Any], key: str) -> list[Any]:
    found = schema.get(key)
    return found if isinstance(found, list) else []


class Contracts:
    """The contracts of one tenant: threads that ask for the same one share a fetch, and its failure for a while."""

    def __init__(self, api: Callable[[], AtlanApi], clock: Callable[[], float] = time.monotonic) -> None:
        self._api = api
        self._clock = clock
        self._lock = threading.Lock()
        self._held: dict[tuple[str, str | None], _Slot] = {}

    def fetch(self, app_id: str, entrypoint: str | None = None, *, seconds: float | None = None) -> Contract:
        """The contract of that entrypoint, or of the app's default slot where it stands there. Raises AtlanError.

        ``seconds`` bounds a fetch that this call begins.
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
            return Contract(_request(self._api().within(seconds), app_id, entrypoint))
        except AtlanError as error:
            slot.failure, slot.retry_at = error, self._clock() + _FAILURE_SECONDS
            raise


def _request(api: AtlanApi, app_id: str, entrypoint: str | None) -> dict[str, Any]:
    try:
        return api.get_contract(app_id, entrypoint)
    except ServiceError as error:
        # a mistyped entrypoint must not be answered with the default's contract
        if entrypoint is None or not error.unknown_entrypoint or entrypoint not in api.describe_app(app_id).entrypoints:
            raise
    return api.get_contract(app_id)


class _Slot:
    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.contract: Contract | None = None
        self.failure: AtlanError | None = None
        self.retry_at = 0.0
