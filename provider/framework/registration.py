"""Register a resource or data source without importing its class.

Terraform launches a provider several times for each command, and often only asks for the schema. So it would waste
time to import each class at each launch.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any, Protocol

from provider.framework.schema import Schema


class FromProviderData(Protocol):
    """A resource, data source or function. Each RPC that is about one creates an instance with the provider's data."""

    def __init__(self, provider_data: Any) -> None: ...


class Lazy:
    """The registration of a resource or data source. ``load`` imports the class when it is first called.

    ``target`` is the import path of the class, such as ``pets.resources.cat.resource:CatResource``. ``name`` and
    ``schema`` must equal the attributes of the class with these names.
    """

    def __init__(self, name: str, schema: Schema, target: str) -> None:
        self.name, self.schema, self.target = name, schema, target
        self._loaded: type[FromProviderData] | None = None

    def get_name(self) -> str:
        """Return the type name without the provider's prefix."""
        return self.name

    def get_schema(self) -> Schema:
        """Return the schema."""
        return self.schema

    def load(self) -> type[FromProviderData]:
        """Return the class, which the first call imports.

        Raises TypeError if the name or the schema of the class differs from this registration.
        """
        if self._loaded is None:
            self._loaded = self._import()
        return self._loaded

    def _import(self) -> type[FromProviderData]:
        module, _, class_name = self.target.partition(":")
        found: type[FromProviderData] = getattr(import_module(module), class_name)
        if (getattr(found, "name", ""), getattr(found, "schema", None)) != (self.name, self.schema):
            raise TypeError(f"The name or the schema of {self.target} differs from its registration as {self.name}")
        return found
