"""Read the keywords of one JSON Schema. A keyword whose value has a wrong type is treated as missing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final, TypeAlias

from provider.framework import Json

Schema: TypeAlias = dict[str, Json]

NAMED_SUBSCHEMA_KEYWORDS: Final = frozenset(
    {"properties", "patternProperties", "dependentSchemas", "$defs", "definitions"}
)
"""Keywords whose value is an object of subschemas by name."""

INNER_KEYWORDS: Final = (
    "properties",
    "patternProperties",
    "additionalProperties",
    "unevaluatedProperties",
    "items",
    "prefixItems",
    "additionalItems",
    "unevaluatedItems",
    "contains",
)
"""Keywords with subschemas for the keys or elements of a value."""

_ALTERNATIVE_KEYWORDS: Final = ("anyOf", "oneOf", "allOf")
_TEXT_LIMIT_KEYWORDS: Final = ("enum", "const", "pattern", "format")
_JSON_FORMAT_NAMES: Final = ("json", "json-string")


def object_at(schema: Schema, keyword: str) -> Schema:
    """Return the object under a keyword, or an empty object."""
    found = schema.get(keyword)
    return found if isinstance(found, dict) else {}


def list_at(schema: Schema, keyword: str) -> list[Json]:
    """Return the list under a keyword, or an empty list."""
    found = schema.get(keyword)
    return found if isinstance(found, list) else []


def child_at(node: Json, step: str | int | None) -> Json:
    """Return the item under a key or an index, or None."""
    if isinstance(node, dict):
        return node.get(str(step))
    return node[step] if isinstance(node, list) and isinstance(step, int) and step < len(node) else None


def types_of(schema: Schema) -> list[str]:
    """Return the JSON types under the keyword ``type``."""
    declared = schema.get("type")
    return [name for name in (declared if isinstance(declared, list) else [declared]) if isinstance(name, str)]


def alternatives_of(schema: Schema) -> list[Json]:
    """Return the subschemas under anyOf, oneOf and allOf."""
    return [each for keyword in _ALTERNATIVE_KEYWORDS for each in list_at(schema, keyword)]


def is_marked_secret(schema: Schema) -> bool:
    """Return True if a schema marks its value as write-only or as a password."""
    return schema.get("writeOnly") is True or schema.get("format") == "password"


def limits_text(schema: Schema) -> bool:
    """Return True if a schema accepts only certain texts. A schema whose format is JSON accepts any JSON text."""
    return any(key in schema for key in _TEXT_LIMIT_KEYWORDS) and schema.get("format") not in _JSON_FORMAT_NAMES


def property_names(schemas: Iterable[Schema]) -> list[str]:
    """Return the names of the properties that schemas declare, without duplicates."""
    return list(dict.fromkeys(name for schema in schemas for name in object_at(schema, "properties")))


def contains_key(schemas: Iterable[Schema], key: str) -> bool:
    """Return True if a schema contains the key itself: as a property, or as required."""
    return any(key in object_at(schema, "properties") or key in list_at(schema, "required") for schema in schemas)


def declares(schemas: Iterable[Schema], key: str) -> bool:
    """Return True if a schema names the key: as a property, as required, or by a pattern."""
    schemas = list(schemas)
    return contains_key(schemas, key) or any(_for_pattern(schema, key) for schema in schemas)


def schemas_for_key(schema: Schema, key: str) -> Iterator[Json]:
    """Yield the subschemas for a key of an object."""
    declared = object_at(schema, "properties")
    by_pattern = _for_pattern(schema, key)
    yield from by_pattern
    if key in declared:
        yield declared[key]
    elif not by_pattern:
        yield schema.get("additionalProperties")
    yield schema.get("unevaluatedProperties")


def schemas_for_index(schema: Schema, index: int) -> Iterator[Json]:
    """Yield the subschemas for an element of a list."""
    yield from (schema.get(keyword) for keyword in ("contains", "items", "additionalItems", "unevaluatedItems"))
    yield from (child_at(list_at(schema, keyword), index) for keyword in ("prefixItems", "items"))


def schemas_below(schema: Schema) -> Iterator[Json]:
    """Yield the subschemas for all keys and elements."""
    for keyword in INNER_KEYWORDS:
        found = schema.get(keyword)
        if isinstance(found, dict) and keyword in NAMED_SUBSCHEMA_KEYWORDS:
            yield from found.values()
        else:
            yield from found if isinstance(found, list) else [found]


def _for_pattern(schema: Schema, key: str) -> list[Json]:
    return [each for pattern, each in object_at(schema, "patternProperties").items() if _matches(pattern, key)]


def _matches(pattern: str, key: str) -> bool:
    try:
        return re.search(pattern, key) is not None
    except re.error:
        # The validator can read this pattern although Python cannot. A key is treated as a match, because the schema
        # of the pattern may mark a secret.
        return True
