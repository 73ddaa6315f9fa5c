"""Describe in words which values a schema allows."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Final

from provider.contracts.formatting import value_text, values_text
from provider.contracts.schema_keywords import Schema, alternatives_of, list_at, types_of
from provider.contracts.schema_walker import SchemaWalker
from provider.framework import Json

_MAX_LISTED_VALUES: Final = 12

_TYPE_TEXTS: Final = {
    "string": "text",
    "number": "a number",
    "integer": "a whole number",
    "boolean": "true or false",
    "object": "an object",
    "array": "a list",
    "null": "null",
}
FORMAT_TEXTS: Final = {
    "date-time": "a date and time such as 2024-05-31T12:00:00Z",
    "date": "a date such as 2024-05-31",
    "time": "a time such as 12:00:00Z",
    "duration": "a duration such as P1DT12H",
    "email": "an e-mail address",
    "idn-email": "an e-mail address",
    "hostname": "a host name",
    "idn-hostname": "a host name",
    "ipv4": "an IPv4 address",
    "ipv6": "an IPv6 address",
    "uri": "a URL such as https://example.com",
    "uri-reference": "a URL or a relative URL",
    "iri": "a URL such as https://example.com",
    "uuid": "a UUID",
    "regex": "a regular expression",
    "json-pointer": "a JSON pointer such as /a/0",
}


def allowed_types(walker: SchemaWalker, schemas: Iterable[Schema]) -> list[str]:
    """Return the JSON types that the schemas and their alternatives allow."""
    return list(dict.fromkeys(name for each in _alternatives(walker, schemas) for name in _types(each)))


def allowed_values(walker: SchemaWalker, schemas: Iterable[Schema]) -> list[Json]:
    """Return the values under ``enum`` and ``const`` in the schemas and their alternatives, without duplicates."""
    values = [value for each in _alternatives(walker, schemas) for value in _values(each)]
    return list({json.dumps(value, sort_keys=True, default=str): value for value in values}.values())


def describe_types(types: Iterable[str]) -> str:
    """Return the JSON types in words: ``text, a number or null``."""
    names = list(dict.fromkeys(types))
    if "number" in names and "integer" in names:
        names.remove("integer")
    return _join([_TYPE_TEXTS.get(name, name) for name in names])


def describe_allowed(walker: SchemaWalker, schemas: Iterable[Schema]) -> str:
    """Describe the values that the schemas and their alternatives allow.

    Return an empty text if every value is allowed.
    """
    alternatives = _alternatives(walker, schemas)
    values = allowed_values(walker, alternatives)
    words = [word for each in alternatives if not _values(each) for word in _describe_schema(each)]
    if values:
        words.insert(0, ("one of " if len(values) > 1 else "") + values_text(values, _MAX_LISTED_VALUES))
    return _join(words)


def _alternatives(walker: SchemaWalker, schemas: Iterable[Schema]) -> list[Schema]:
    """Return the alternatives that describe a value. A schema that only combines other schemas is left out."""
    return [each for each in walker.alternatives(schemas) if _values(each) or not alternatives_of(each)]


def _join(words: Iterable[str]) -> str:
    """Return ``a, b or c``, without duplicates and with null at the end."""
    ordered = sorted(dict.fromkeys(words), key=lambda word: word == "null")
    return " or ".join(filter(None, [", ".join(ordered[:-1]), *ordered[-1:]]))


def _values(schema: Schema) -> list[Json]:
    return [schema["const"]] if "const" in schema else list_at(schema, "enum")


def _types(schema: Schema) -> list[str]:
    return types_of(schema) or list(dict.fromkeys(map(_json_type, _values(schema))))


def _json_type(value: Json) -> str:
    names = {type(None): "null", bool: "boolean", int: "integer", str: "string", list: "array", dict: "object"}
    return names.get(type(value), "number")


def _describe_schema(schema: Schema) -> Iterator[str]:
    """Yield each type of a schema with its limits: ``a list of at least 1 element``."""
    for name in _types(schema):
        limits = filter(None, _limits(name, schema))
        format_text = FORMAT_TEXTS.get(str(schema.get("format"))) if name == "string" else None
        yield " ".join([format_text or _TYPE_TEXTS.get(name, name), *limits])


def _limits(kind: str, schema: Schema) -> list[str]:
    if kind in ("number", "integer"):
        return [
            _range(schema.get("minimum"), schema.get("maximum"), "from "),
            _bound("above", schema.get("exclusiveMinimum")),
            _bound("below", schema.get("exclusiveMaximum")),
            _bound("in steps of", schema.get("multipleOf")),
        ]
    if kind == "string":
        pattern = schema.get("pattern")
        return [_count(schema, "Length", "character"), _bound("that matches", pattern)]
    if kind in ("array", "object"):
        return [_count(schema, "Items", "element") if kind == "array" else _count(schema, "Properties", "key")]
    return []


def _range(least: Json, most: Json, before: str = "") -> str:
    if least is not None and most is not None:
        return f"{before}{value_text(least)} to {value_text(most)}"
    return _bound("at least", least) or _bound("at most", most)


def _count(schema: Schema, suffix: str, noun: str) -> str:
    least, most = schema.get(f"min{suffix}") or None, schema.get(f"max{suffix}")
    words = f"exactly {value_text(most)}" if least is not None and least == most else _range(least, most)
    return f"of {words} {noun}{'' if words.endswith(' 1') else 's'}" if words else ""


def _bound(words: str, limit: Json) -> str:
    return "" if limit is None or isinstance(limit, bool) else f"{words} {value_text(limit)}"
