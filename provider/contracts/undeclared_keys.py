"""Find the keys that a contract does not declare, in objects that it leaves open."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice

from provider.contracts.schema_keywords import Schema, declares, property_names
from provider.contracts.schema_walker import InputPath, SchemaWalker
from provider.contracts.violations import UNKNOWN_KEY, Violation
from provider.framework import Value


def undeclared_keys(walker: SchemaWalker, inputs: Value, most_values: int) -> list[Violation]:
    """Return a warning for each undeclared key. The search ends after ``most_values`` values."""
    found: list[Violation] = []
    waiting: list[tuple[InputPath, Value, list[Schema]]] = [((), inputs, walker.at(()))]
    while waiting and most_values > 0:
        path, value, schemas = waiting.pop()
        most_values -= 1
        for step, item in islice(_items(value), most_values):
            below = walker.below(schemas, step)
            if isinstance(step, str) and not below and property_names(schemas) and not declares(schemas, step):
                found.append(Violation((*path, step), UNKNOWN_KEY, tuple(schemas), is_error=False))
            elif isinstance(item, dict | list) and below:
                waiting.append(((*path, step), item, below))
    return found


def _items(value: Value) -> Iterable[tuple[str | int, Value]]:
    if isinstance(value, dict):
        return value.items()
    return enumerate(value) if isinstance(value, list) else ()
