"""Hypothesis strategies for schemas with a matching instance, and changes of instances."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

Drawn = tuple[Any, Any]
Path = tuple[str | int, ...]

NAMES = st.sampled_from(["name", "host_name", "include_filter", "kind", "Port", "a-b", "ä"])
TEXTS = st.one_of(st.sampled_from(["", "a", "direct", "{}", "2024-05-31", "5", "true"]), st.text(max_size=6))
NUMBERS = st.one_of(
    st.integers(-5, 5),
    st.integers(-(10**30), 10**30),
    st.floats(allow_nan=False, allow_infinity=False, width=32),
    st.decimals(allow_nan=False, allow_infinity=False, places=3, min_value=-100, max_value=100),
    st.sampled_from([1.0, Decimal("2.0"), Decimal("1e30")]),
)
LEAVES = st.one_of(st.none(), st.booleans(), NUMBERS, TEXTS)
VALUES = st.recursive(
    LEAVES,
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(NAMES, inner, max_size=3)),
    max_leaves=6,
)


def contracts() -> st.SearchStrategy[Drawn]:
    """Return a strategy for contracts (an object with definitions) and inputs that they allow."""
    return _contract()


@st.composite
def _contract(draw: Callable[[Any], Any]) -> Drawn:
    definitions: dict[str, Any] = {}
    schema, instance = draw(_object(definitions, 3))
    return {**schema, "$defs": definitions}, instance


@st.composite
def _any(draw: Callable[[Any], Any], definitions: dict[str, Any], depth: int) -> Drawn:
    kinds = [_text, _number, _boolean, _listed]
    if depth:
        kinds += [_object, _list, _either, _reference, _all, _condition, _not]
    drawn: Drawn = draw(draw(st.sampled_from(kinds))(definitions, depth - 1))
    return drawn


@st.composite
def _text(draw: Callable[[Any], Any], _definitions: dict[str, Any], _depth: int) -> Drawn:
    instance = draw(TEXTS)
    limits = [{}, {"minLength": len(instance)}, {"maxLength": len(instance) + 1}, {"pattern": "^"}, {"format": "path"}]
    return {"type": "string", **draw(st.sampled_from(limits))}, instance


@st.composite
def _number(draw: Callable[[Any], Any], _definitions: dict[str, Any], _depth: int) -> Drawn:
    instance = draw(st.integers(-100, 100))
    limits = [{}, {"minimum": instance}, {"maximum": instance + 1}, {"exclusiveMinimum": instance - 1}]
    kind = draw(st.sampled_from(["integer", "number"]))
    written = draw(st.sampled_from([int, float, Decimal]))
    return {"type": kind, **draw(st.sampled_from(limits))}, written(instance)


@st.composite
def _boolean(draw: Callable[[Any], Any], _definitions: dict[str, Any], _depth: int) -> Drawn:
    return {"type": "boolean"}, draw(st.booleans())


@st.composite
def _listed(draw: Callable[[Any], Any], _definitions: dict[str, Any], _depth: int) -> Drawn:
    instance = draw(VALUES)
    others = draw(st.lists(LEAVES, max_size=3))
    return _as_json(draw(st.sampled_from([{"const": instance}, {"enum": [*others, instance]}]))), instance


def _as_json(value: Any) -> Any:
    """Return the value as a contract contains it: JSON has no Decimal."""
    return json.loads(json.dumps(value, default=float))


@st.composite
def _object(draw: Callable[[Any], Any], definitions: dict[str, Any], depth: int) -> Drawn:
    names = draw(st.lists(NAMES, max_size=4, unique=True))
    drawn = {name: draw(_any(definitions, depth)) for name in names}
    given = [name for name in names if draw(st.booleans())]
    required = [name for name in given if draw(st.booleans())]
    schema: dict[str, Any] = {"type": "object", "properties": {name: each[0] for name, each in drawn.items()}}
    schema |= {"required": required} if required else {}
    schema |= draw(
        st.sampled_from(
            [
                {},
                {"additionalProperties": False},
                {"unevaluatedProperties": False},
                {"additionalProperties": {"type": "string"}},
                {"patternProperties": {"^x": {"type": "integer"}}},
                {"minProperties": len(given)},
                {"maxProperties": len(given) + 1},
                {"propertyNames": {"maxLength": 20}},
            ]
        )
    )
    return schema, {name: drawn[name][1] for name in given}


@st.composite
def _list(draw: Callable[[Any], Any], definitions: dict[str, Any], depth: int) -> Drawn:
    first = [draw(_any(definitions, depth)) for _ in range(draw(st.integers(0, 2)))]
    rest, item = draw(_any(definitions, depth))
    many = draw(st.integers(0, 1))
    instance = [each[1] for each in first] + [item] * many
    schema: dict[str, Any] = {"type": "array", "items": rest}
    if first:
        schema["prefixItems"] = [each[0] for each in first]
    limits: list[dict[str, Any]] = [{}, {"minItems": len(instance)}, {"maxItems": len(instance)}]
    limits += [{"contains": rest}, {"contains": rest, "maxContains": len(instance)}] if many else []
    limits += [{"uniqueItems": True}] if len(instance) < 2 else []
    return {**schema, **draw(st.sampled_from(limits))}, instance


@st.composite
def _either(draw: Callable[[Any], Any], definitions: dict[str, Any], depth: int) -> Drawn:
    fits, instance = draw(_any(definitions, depth))
    other = draw(st.one_of(st.just({"type": "null"}), _any(definitions, depth).map(lambda drawn: drawn[0])))
    return {"anyOf": draw(st.permutations([fits, other]))}, instance


@st.composite
def _reference(draw: Callable[[Any], Any], definitions: dict[str, Any], depth: int) -> Drawn:
    schema, instance = draw(_any(definitions, depth))
    name = f"D{len(definitions)}"
    definitions[name] = schema
    return {"$ref": f"#/$defs/{name}"}, instance


@st.composite
def _all(draw: Callable[[Any], Any], definitions: dict[str, Any], depth: int) -> Drawn:
    schema, instance = draw(_any(definitions, depth))
    return {"allOf": [schema, {"title": "A part"}]}, instance


@st.composite
def _condition(draw: Callable[[Any], Any], definitions: dict[str, Any], depth: int) -> Drawn:
    """Draw an object whose first key decides which schema the second key must match."""
    decides, value = draw(_any(definitions, depth))
    second, other = draw(_any(definitions, depth))
    then, otherwise = {"properties": {"second": second}}, {"properties": {"second": False}}
    instance = {"first": value, "second": other}
    return {"type": "object", "if": {"properties": {"first": decides}}, "then": then, "else": otherwise}, instance


@st.composite
def _not(draw: Callable[[Any], Any], definitions: dict[str, Any], depth: int) -> Drawn:
    schema, instance = draw(_object(definitions, depth))
    return {**schema, "not": {"required": ["never"]}}, instance


def paths(value: Any, path: Path = ()) -> Iterator[Path]:
    """Yield the path of every value inside, including objects and lists."""
    steps = value if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ()
    for step in steps:
        yield (*path, step)
        yield from paths(value[step], (*path, step))


def replaced(value: Any, path: Path, by: Any) -> Any:
    """Return a copy with another value at a path, or an equal copy if the path does not exist."""
    found = copy.deepcopy(value)
    inside = found
    for step in path[:-1]:
        inside = inside[step] if isinstance(inside, dict | list) else None
    if isinstance(inside, dict | list):
        inside[path[-1]] = by
    return found
