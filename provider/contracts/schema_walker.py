"""Where in a contract the schemas of an input stand: references followed, alternatives and conditions spread out.

This reads a schema and validates nothing. What cannot be followed counts as secret and as open.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final, NamedTuple
from urllib.parse import unquote

if TYPE_CHECKING:
    from provider.contracts.placeholders import Path

Schema = Mapping[str, Any]

REFERENCES: Final = ("$ref", "$dynamicRef", "$recursiveRef")
_IN_PLACE: Final = ("if", "then", "else")
_IN_PLACE_LISTS: Final = ("allOf", "anyOf", "oneOf")
_NAMED: Final = frozenset({"properties", "patternProperties", "dependentSchemas", "$defs", "definitions"})
_INSIDE: Final = frozenset(
    {
        "properties",
        "patternProperties",
        "additionalProperties",
        "unevaluatedProperties",
        "items",
        "prefixItems",
        "additionalItems",
        "unevaluatedItems",
        "contains",
    }
)
_NOT_FOLLOWED: Final[Schema] = {"writeOnly": True, "patternProperties": {"": True}}


class Trace(NamedTuple):
    """The schema that holds a failed keyword, and the conditions on the way: how deep, and their ``if``."""

    schema: Schema
    conditions: list[tuple[int, Any]]


class Places:
    """The schemas of a contract by the place in the inputs that they speak of."""

    def __init__(self, root: Schema) -> None:
        self._root = root
        self._anchors: dict[str, Schema] | None = None

    def at(self, path: Path) -> list[Schema]:
        """Every schema that may speak of the value at that path."""
        found = self.spread([self._root])
        for step in path:
            found = self.below(found, step)
        return found

    def within(self, path: Path) -> list[Schema]:
        """Every schema that may speak of the value at that path, or of anything in it."""
        waiting, seen = self.at(path), dict[int, Schema]()
        while waiting:
            schema = waiting.pop()
            if id(schema) not in seen:
                seen[id(schema)] = schema
                waiting += self.spread(_inside(schema))
        return list(seen.values())

    def below(self, schemas: Iterable[Schema], step: str | int) -> list[Schema]:
        """Every schema that may speak of a key or an element of what the schemas, spread out, speak of."""
        each = _of_key if isinstance(step, str) else _of_element
        return self.spread(found for schema in schemas for found in each(schema, step))

    def spread(self, schemas: Iterable[Any]) -> list[Schema]:
        """The schemas with all that speak of the same value: references, alternatives, conditions."""
        waiting, seen = list(schemas), dict[int, Schema]()
        while waiting:
            schema = waiting.pop(0)
            if isinstance(schema, dict) and id(schema) not in seen:
                seen[id(schema)] = schema
                waiting += self._beside(schema)
        return list(seen.values())

    def target(self, reference: Any) -> Schema:
        """What a reference points to."""
        if reference == "#":
            return self._root
        if isinstance(reference, str) and reference.startswith("#/"):
            return self._pointed_to(reference[2:].split("/"))
        return self._anchored().get(str(reference), _NOT_FOLLOWED)

    def trace(self, keywords: Sequence[str | int]) -> Trace:
        """The way that a validator took through the contract, by its evaluation path."""
        node: Any = self._root
        schema, depth, conditions = self._root, 0, []
        steps = iter(keywords)
        for step in steps:
            if not isinstance(node, dict):
                break
            schema = node
            if step in ("then", "else"):
                conditions.append((depth, node.get("if")))
            depth += step in _INSIDE
            node = self._next(node, step, steps)
        return Trace(schema, conditions)

    def _next(self, node: Schema, step: str | int, steps: Iterator[str | int]) -> Any:
        child = node.get(str(step))
        if step in REFERENCES:
            return self.target(child)
        if step in _NAMED or isinstance(child, list):
            name = next(steps, None)
            return _get(child, name)
        return child

    def _beside(self, schema: Schema) -> list[Any]:
        found = [self.target(schema[key]) for key in REFERENCES if key in schema]
        found += [schema[key] for key in _IN_PLACE if key in schema]
        found += [each for key in _IN_PLACE_LISTS for each in listed(schema, key)]
        return found + list(named(schema, "dependentSchemas").values())

    def _pointed_to(self, steps: list[str]) -> Schema:
        node: Any = self._root
        for step in steps:
            name = unquote(step).replace("~1", "/").replace("~0", "~")
            node = _get(node, int(name) if isinstance(node, list) and name.isdigit() else name)
        return node if isinstance(node, dict) else _NOT_FOLLOWED if node is None else {}

    def _anchored(self) -> dict[str, Schema]:
        if self._anchors is None:
            self._anchors = {name: schema for schema in _objects(self._root) for name in _anchors(schema)}
        return self._anchors


def named(schema: Schema, key: str) -> dict[str, Any]:
    """The object under a keyword; an empty one where there is none."""
    found = schema.get(key)
    return found if isinstance(found, dict) else {}


def listed(schema: Schema, key: str) -> list[Any]:
    """The list under a keyword; an empty one where there is none."""
    found = schema.get(key)
    return found if isinstance(found, list) else []


def is_secret(schema: Schema) -> bool:
    """Whether a schema marks what it speaks of as write-only or as a password."""
    return schema.get("writeOnly") is True or schema.get("format") == "password"


def matches(pattern: str, text: str) -> bool:
    """Whether a pattern is found in a text; one that Python cannot read is taken to be."""
    try:
        return re.search(pattern, text) is not None
    except re.error:
        return True


def _of_key(schema: Schema, key: Any) -> Iterator[Any]:
    declared = named(schema, "properties")
    patterns = [each for pattern, each in named(schema, "patternProperties").items() if matches(pattern, key)]
    yield from patterns
    if key in declared:
        yield declared[key]
    elif not patterns:
        yield schema.get("additionalProperties")
    yield schema.get("unevaluatedProperties")


def _of_element(schema: Schema, place: Any) -> Iterator[Any]:
    yield from (schema.get(key) for key in ("contains", "items", "additionalItems", "unevaluatedItems"))
    for key in ("prefixItems", "items"):
        yield _get(listed(schema, key), place)


def _inside(schema: Schema) -> Iterator[Any]:
    """The schemas of all keys and elements of what a schema speaks of."""
    for key in _INSIDE & schema.keys():
        child = schema[key]
        if key in _NAMED:
            yield from named(schema, key).values()
        else:
            yield from child if isinstance(child, list) else [child]


def _get(node: Any, step: Any) -> Any:
    try:
        return node[step]
    except (KeyError, IndexError, TypeError):
        return None


def _objects(node: Any) -> Iterator[Schema]:
    if isinstance(node, dict):
        yield node
    for each in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
        yield from _objects(each)


def _anchors(schema: Schema) -> Iterator[str]:
    for key in ("$anchor", "$dynamicAnchor"):
        if isinstance(schema.get(key), str):
            yield f"#{schema[key]}"
    if isinstance(schema.get("$id"), str):
        yield schema["$id"]
