"""Read the resources, data sources, functions and settings of the provider, for the pages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from provider.framework import Attribute, Diagnostics, Schema
from provider.provider import AtlanProvider

Path = tuple[str, ...]


@dataclass(frozen=True)
class Block:
    """A resource, a data source or the provider: its name in the file names, its name in HCL, and its schema."""

    name: str
    type_name: str
    schema: Schema

    @property
    def description(self) -> str:
        return self.schema.description or ""

    @property
    def attributes(self) -> Sequence[Attribute]:
        return list(self.schema.by_name.values())

    @cached_property
    def nested(self) -> list[tuple[Path, Attribute]]:
        """Each attribute with nested attributes, and its path."""
        return [(path, each) for path, each in walk(self.attributes) if each.nested]


@dataclass(frozen=True)
class Function:
    """A function: its name, and its signature as tf defines it."""

    name: str
    signature: Any


@dataclass(frozen=True)
class Everything:
    """All that a configuration can name."""

    provider: Block
    resources: list[Block]
    data_sources: list[Block]
    functions: list[Function]


def walk(attributes: Sequence[Attribute], within: Path = ()) -> Iterator[tuple[Path, Attribute]]:
    """Yield every attribute with its path. Nested attributes follow their parent."""
    for attribute in attributes:
        path = (*within, attribute.name)
        yield path, attribute
        if attribute.nested:
            yield from walk(attribute.nested.attributes, path)


def everything() -> Everything:
    """Return all that the provider of this checkout registers, sorted by name."""
    provider = AtlanProvider()
    return Everything(
        Block("index", "atlan", provider.get_provider_schema(Diagnostics())),
        _blocks(provider.get_resources()),
        _blocks(provider.get_data_sources()),
        sorted((Function(each.get_name(), each.get_signature()) for each in provider.get_functions()), key=_name),
    )


def _blocks(kinds: Sequence[Any]) -> list[Block]:
    blocks = [Block(kind.get_name(), f"atlan_{kind.get_name()}", kind.get_schema()) for kind in kinds]
    return sorted(blocks, key=_name)


def _name(each: Block | Function) -> str:
    return each.name
