"""The resource and data source classes of a provider, by type name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

from provider.framework.data_source import DataSource
from provider.framework.diagnostics import UserError
from provider.framework.provider import Provider
from provider.framework.resource import Resource
from provider.framework.values import State

T = TypeVar("T")


def resources(provider: Provider) -> dict[str, type[Resource[State]]]:
    """Return the resource classes by type name."""
    kinds = [kind for kind in provider.get_resources() if issubclass(kind, Resource)]
    return {provider.get_model_prefix() + kind.get_name(): kind for kind in kinds}


def data_sources(provider: Provider) -> dict[str, type[DataSource[State]]]:
    """Return the data source classes by type name."""
    kinds = [kind for kind in provider.get_data_sources() if issubclass(kind, DataSource)]
    return {provider.get_model_prefix() + kind.get_name(): kind for kind in kinds}


def find(kinds: Mapping[str, T], name: str, what: str) -> T:
    """Return the class of a type name. Raises UserError with the names that exist."""
    if name not in kinds:
        raise UserError(f"No {what} {name}", f"This provider has: {', '.join(sorted(kinds)) or 'none'}.")
    return kinds[name]
