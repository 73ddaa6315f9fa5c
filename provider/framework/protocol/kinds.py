"""The resources and data sources of a provider, by type name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Protocol

from provider.framework.diagnostics import UserError
from provider.framework.provider import Provider
from provider.framework.registration import Lazy
from provider.framework.schema import Schema


class Kind(Protocol):
    """A class of a resource or data source, or the registration of a class."""

    def get_name(self) -> str:
        """Return the type name without the provider's prefix."""

    def get_schema(self) -> Schema:
        """Return the schema."""


def resources(provider: Provider) -> dict[str, Kind]:
    """Return the resources by type name."""
    return _by_name(provider, provider.get_resources())


def data_sources(provider: Provider) -> dict[str, Kind]:
    """Return the data sources by type name."""
    return _by_name(provider, provider.get_data_sources())


def _by_name(provider: Provider, kinds: Iterable[Kind]) -> dict[str, Kind]:
    return {provider.get_model_prefix() + kind.get_name(): kind for kind in kinds}


def find(kinds: Mapping[str, Kind], name: str, what: str) -> Any:
    """Return the class of a type name, imported if it is lazy. Raises UserError with the names that exist."""
    if name not in kinds:
        raise UserError(f"No {what} {name}", f"This provider has: {', '.join(sorted(kinds)) or 'none'}.")
    kind = kinds[name]
    return kind.load() if isinstance(kind, Lazy) else kind
