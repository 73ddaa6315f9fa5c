"""Register a resource or data source without importing its class.

Terraform launches a provider several times for each command, and often only asks for the schema.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any, Protocol

from provider.framework.schema import Schema


class FromProviderData(Protocol):
    """A resource, data source or function. Each call creates an instance."""

    def __init__(self, provider_data: Any) -> None: ...


class Lazy:
    """A resource or data source whose class is imported by the first call of one of its RPCs.

    ``target`` is the class, such as ``pets.resources.cat.resource:CatResource``. ``name`` and ``schema`` are those of
    the class.
    """

    def __init__(self, name: str, schema: Schema, target: str) -> None:
        self.name, self.schema, self.target = name, schema, target

    def get_name(self) -> str:
        """Return the type name without the provider's prefix."""
        return self.name

    def get_schema(self) -> Schema:
        """Return the schema."""
        return self.schema

    def load(self) -> type[FromProviderData]:
        """Import and return the class. Raises TypeError if the class has another name or schema."""
        module, _, name = self.target.partition(":")
        found: type[FromProviderData] = getattr(import_module(module), name)
        if (getattr(found, "name", ""), getattr(found, "schema", None)) != (self.name, self.schema):
            raise TypeError(f"{self.target} does not match its registration as {self.name}")
        return found
