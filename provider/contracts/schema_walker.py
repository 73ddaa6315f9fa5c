"""Walk through the JSON Schema of a contract: find the subschemas that apply to a value of the inputs.

References, alternatives, conditions and properties are followed only here. Nothing is validated. A reference that
cannot be followed counts as a secret that accepts any value.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Final, NamedTuple, TypeAlias
from urllib.parse import unquote

from provider.contracts.schema_keywords import (
    BELOW,
    BY_NAME,
    Schema,
    alternatives_of,
    child_at,
    object_at,
    schemas_below,
    schemas_for_index,
    schemas_for_key,
)
from provider.framework import Json

InputPath: TypeAlias = tuple[str | int, ...]
"""The path of a value in the inputs: the keys of objects and the indices of lists, from the top."""

_REFERENCES: Final = ("$ref", "$dynamicRef", "$recursiveRef")
_CONDITIONS: Final = ("if", "then", "else")
_NOT_FOLLOWED: Final[Schema] = {"writeOnly": True, "patternProperties": {"": True}}


class Condition(NamedTuple):
    """The schema of an ``if``, and how deep in the inputs the value is that it applies to."""

    depth: int
    schema: Json


class Trace(NamedTuple):
    """The schema that contains a failed keyword, and the conditions that led to it."""

    schema: Schema
    conditions: list[Condition]


class SchemaWalker:
    """Finds the subschemas of a contract by the path of the value that they apply to."""

    def __init__(self, root: Schema) -> None:
        self._root = root
        self._anchors: dict[str, Schema] | None = None
        self._resolved: dict[int, Schema] = {}

    def at(self, path: InputPath) -> list[Schema]:
        """Return every subschema that can apply to the value at a path."""
        schemas = self.expand([self._root])
        for step in path:
            schemas = self.below(schemas, step)
        return schemas

    def along(self, path: InputPath) -> Iterator[Schema]:
        """Yield every subschema that can apply to the value at a path, or to a value around it below the top."""
        schemas = self.at(())
        for step in path:
            schemas = self.below(schemas, step)
            yield from schemas

    def within(self, path: InputPath) -> list[Schema]:
        """Return every subschema that can apply to the value at a path, or to any value in it."""
        return _reachable(self.at(path), lambda schema: [*self._in_place(schema), *schemas_below(schema)])

    def below(self, schemas: Iterable[Schema], step: str | int) -> list[Schema]:
        """Return every subschema for a key or an element of the values that the expanded schemas apply to."""
        if isinstance(step, str):
            return self.expand(found for schema in schemas for found in schemas_for_key(schema, step))
        return self.expand(found for schema in schemas for found in schemas_for_index(schema, step))

    def expand(self, schemas: Iterable[Json]) -> list[Schema]:
        """Return the schemas and every subschema for the same value: by reference, alternative or condition."""
        return _reachable(schemas, self._in_place)

    def alternatives(self, schemas: Iterable[Schema]) -> list[Schema]:
        """Return the schemas and their alternatives (anyOf, oneOf, allOf), each merged over its references."""
        return _reachable(map(self.resolve, schemas), lambda schema: map(self.resolve, alternatives_of(schema)))

    def resolve(self, schema: Json) -> Schema:
        """Return the schema merged over the schemas that it refers to."""
        if not isinstance(schema, dict):
            return {}
        if not any(key in schema for key in _REFERENCES):
            return schema
        if id(schema) not in self._resolved:
            self._resolved[id(schema)] = self._merged(schema)
        return self._resolved[id(schema)]

    def trace(self, keywords: Sequence[str | int]) -> Trace:
        """Return the schema at the end of a validator's evaluation path."""
        node: Json = self._root
        schema, depth, conditions = self._root, 0, list[Condition]()
        steps = iter(keywords)
        for step in steps:
            if not isinstance(node, dict):
                break
            schema = node
            if step in ("then", "else"):
                conditions.append(Condition(depth, node.get("if")))
            depth += step in BELOW
            node = self._next(node, str(step), steps)
        return Trace(schema, conditions)

    def _next(self, node: Schema, keyword: str, steps: Iterator[str | int]) -> Json:
        child = node.get(keyword)
        if keyword in _REFERENCES:
            return self._target(child)
        if keyword in BY_NAME or isinstance(child, list):
            return child_at(child, next(steps, None))
        return child

    def _in_place(self, schema: Schema) -> Iterator[Json]:
        """Yield the subschemas that apply to the same value."""
        yield from (self._target(schema[key]) for key in _REFERENCES if key in schema)
        yield from (schema[key] for key in _CONDITIONS if key in schema)
        yield from alternatives_of(schema)
        yield from object_at(schema, "dependentSchemas").values()

    def _merged(self, schema: Schema) -> Schema:
        merged, seen = Schema(), set[int]()
        while id(schema) not in seen:  # references can form a loop
            seen.add(id(schema))
            merged = {**schema, **merged}
            reference = next((key for key in _REFERENCES if key in schema), None)
            schema = schema if reference is None else self._target(schema[reference])
        return {key: value for key, value in merged.items() if key not in _REFERENCES}

    def _target(self, reference: Json) -> Schema:
        if reference == "#":
            return self._root
        if isinstance(reference, str) and reference.startswith("#/"):
            return self._at_pointer(reference[2:].split("/"))
        if self._anchors is None:
            self._anchors = {name: schema for schema in _objects(self._root) for name in _anchors(schema)}
        return self._anchors.get(str(reference), _NOT_FOLLOWED)

    def _at_pointer(self, steps: list[str]) -> Schema:
        node: Json = self._root
        for step in steps:
            name = unquote(step).replace("~1", "/").replace("~0", "~")
            node = child_at(node, int(name) if isinstance(node, list) and name.isdigit() else name)
        return node if isinstance(node, dict) else _NOT_FOLLOWED if node is None else {}


def _reachable(schemas: Iterable[Json], children: Callable[[Schema], Iterable[Json]]) -> list[Schema]:
    """Return the schemas and all that `children` leads to, each once."""
    waiting, found = deque(schemas), dict[int, Schema]()
    while waiting:
        schema = waiting.popleft()
        if isinstance(schema, dict) and id(schema) not in found:
            found[id(schema)] = schema
            waiting.extend(children(schema))
    return list(found.values())


def _objects(node: Json) -> Iterator[Schema]:
    if isinstance(node, dict):
        yield node
    for each in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
        yield from _objects(each)


def _anchors(schema: Schema) -> Iterator[str]:
    for keyword, prefix in (("$anchor", "#"), ("$dynamicAnchor", "#"), ("$id", "")):
        if isinstance(schema.get(keyword), str):
            yield f"{prefix}{schema[keyword]}"
