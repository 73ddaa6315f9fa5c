"""Find the subschemas of a contract's JSON Schema that apply to a value of the inputs.

Only this module follows references, alternatives, conditions and properties. It does not validate. A reference that
cannot be followed is treated as a schema that accepts any value and marks the value as secret.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Final, NamedTuple, TypeAlias
from urllib.parse import unquote

from provider.contracts.schema_keywords import (
    INNER_KEYWORDS,
    NAMED_SUBSCHEMA_KEYWORDS,
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

_REFERENCE_KEYWORDS: Final = ("$ref", "$dynamicRef", "$recursiveRef")
_CONDITION_KEYWORDS: Final = ("if", "then", "else")
_UNKNOWN_TARGET_SCHEMA: Final[Schema] = {"writeOnly": True, "patternProperties": {"": True}}


class Condition(NamedTuple):
    """The schema of an ``if``. ``depth`` is the length of the path of the value to which the schema applies."""

    depth: int
    schema: Json


class Trace(NamedTuple):
    """The schema that contains a failed keyword, and the conditions on the way to this schema."""

    schema: Schema
    conditions: list[Condition]


class SchemaWalker:
    """A search for the subschemas of a contract, by the path of a value in the inputs."""

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
        """Yield every subschema that can apply to the value at a path, or to a value that contains it.

        The subschemas for the inputs as a whole are left out.
        """
        schemas = self.at(())
        for step in path:
            schemas = self.below(schemas, step)
            yield from schemas

    def within(self, path: InputPath) -> list[Schema]:
        """Return every subschema that can apply to the value at a path, or to any value in it."""
        return _reachable(self.at(path), lambda schema: [*self._in_place(schema), *schemas_below(schema)])

    def below(self, schemas: Iterable[Schema], step: str | int) -> list[Schema]:
        """Return every subschema that can apply to a key or an element of a value. ``schemas`` apply to the value."""
        if isinstance(step, str):
            return self.expand(found for schema in schemas for found in schemas_for_key(schema, step))
        return self.expand(found for schema in schemas for found in schemas_for_index(schema, step))

    def expand(self, schemas: Iterable[Json]) -> list[Schema]:
        """Return the schemas and every subschema that applies to the same value.

        Such a subschema is the target of a reference, an alternative or a condition.
        """
        return _reachable(schemas, self._in_place)

    def alternatives(self, schemas: Iterable[Schema]) -> list[Schema]:
        """Return the schemas and their alternatives (anyOf, oneOf, allOf), each merged over its references."""
        return _reachable(map(self.resolve, schemas), lambda schema: map(self.resolve, alternatives_of(schema)))

    def resolve(self, schema: Json) -> Schema:
        """Return the schema merged over the schemas that it refers to."""
        if not isinstance(schema, dict):
            return {}
        if not any(key in schema for key in _REFERENCE_KEYWORDS):
            return schema
        if id(schema) not in self._resolved:
            self._resolved[id(schema)] = self._merged(schema)
        return self._resolved[id(schema)]

    def trace(self, keywords: Sequence[str | int]) -> Trace:
        """Return the last schema on a validator's evaluation path, and the conditions on the path."""
        node: Json = self._root
        schema, depth, conditions = self._root, 0, list[Condition]()
        steps = iter(keywords)
        for step in steps:
            if not isinstance(node, dict):
                break
            schema = node
            if step in ("then", "else"):
                conditions.append(Condition(depth, node.get("if")))
            depth += step in INNER_KEYWORDS
            node = self._next(node, str(step), steps)
        return Trace(schema, conditions)

    def _next(self, node: Schema, keyword: str, steps: Iterator[str | int]) -> Json:
        child = node.get(keyword)
        if keyword in _REFERENCE_KEYWORDS:
            return self._target(child)
        if keyword in NAMED_SUBSCHEMA_KEYWORDS or isinstance(child, list):
            return child_at(child, next(steps, None))
        return child

    def _in_place(self, schema: Schema) -> Iterator[Json]:
        """Yield the subschemas that apply to the same value."""
        yield from (self._target(schema[key]) for key in _REFERENCE_KEYWORDS if key in schema)
        yield from (schema[key] for key in _CONDITION_KEYWORDS if key in schema)
        yield from alternatives_of(schema)
        yield from object_at(schema, "dependentSchemas").values()

    def _merged(self, schema: Schema) -> Schema:
        merged, seen = Schema(), set[int]()
        while id(schema) not in seen:  # References can form a loop.
            seen.add(id(schema))
            merged = {**schema, **merged}
            reference = next((key for key in _REFERENCE_KEYWORDS if key in schema), None)
            schema = schema if reference is None else self._target(schema[reference])
        return {key: value for key, value in merged.items() if key not in _REFERENCE_KEYWORDS}

    def _target(self, reference: Json) -> Schema:
        if reference == "#":
            return self._root
        if isinstance(reference, str) and reference.startswith("#/"):
            return self._at_pointer(reference[2:].split("/"))
        if self._anchors is None:
            self._anchors = {name: schema for schema in _objects(self._root) for name in _anchors(schema)}
        return self._anchors.get(str(reference), _UNKNOWN_TARGET_SCHEMA)

    def _at_pointer(self, steps: list[str]) -> Schema:
        node: Json = self._root
        for step in steps:
            name = unquote(step).replace("~1", "/").replace("~0", "~")
            node = child_at(node, int(name) if isinstance(node, list) and name.isdigit() else name)
        return node if isinstance(node, dict) else _UNKNOWN_TARGET_SCHEMA if node is None else {}


def _reachable(schemas: Iterable[Json], children: Callable[[Schema], Iterable[Json]]) -> list[Schema]:
    """Return the schemas, their children, the children of these, and so on. Each schema is returned once."""
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
