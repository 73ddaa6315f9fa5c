"""Input contracts: what an app takes, as a JSON Schema, fetched once a process.

Source: ``GET v1/apps/{app_id}/inputs``. A contract belongs to an entrypoint; an app may have registered it at its
default slot alone, and then answers code 1003 to the entrypoint's name.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from provider.client.errors import ServiceError

if TYPE_CHECKING:
    from provider.client.api import AtlanApi


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
    """The contracts of one tenant. Threads that ask for the same one share a single fetch; failures are not kept."""

    def __init__(self, api: Callable[[], AtlanApi]) -> None:
        self._api = api
        self._lock = threading.Lock()
        self._held: dict[tuple[str, str | None], _Slot] = {}

    def fetch(self, app_id: str, entrypoint: str | None = None) -> Contract:
        """The contract of that entrypoint, or of the app's default slot where it stands there. Raises AtlanError."""
        with self._lock:
            slot = self._held.setdefault((app_id, entrypoint), _Slot())
        with slot.lock:
            if slot.contract is None:
                slot.contract = Contract(self._request(app_id, entrypoint))
            return slot.contract

    def _request(self, app_id: str, entrypoint: str | None) -> dict[str, Any]:
        try:
            return self._api().get_contract(app_id, entrypoint)
        except ServiceError as error:
            if entrypoint is None or not error.unknown_entrypoint or not self.declares(app_id, entrypoint):
                raise
        return self._api().get_contract(app_id)

    def declares(self, app_id: str, entrypoint: str) -> bool:
        """Whether the app has an entrypoint of that name, wherever its contract is registered."""
        return entrypoint in self._api().describe_app(app_id).entrypoints


class _Slot:
    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.contract: Contract | None = None
