"""What a schema allows, in plain words."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any, Final

from provider.contracts.formatting import value_text, values_text
from provider.contracts.schema_walker import REFERENCES, Places, Schema, listed

MOST_VALUES: Final = 12

_TYPES: Final = {
    "string": "text",
    "number": "a number",
    "integer": "a whole number",
    "boolean": "true or false",
    "object": "an object",
    "array": "a list",
    "null": "null",
}
FORMATS: Final = {
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
    "uri-reference": "a URL or a path of one",
    "iri": "a URL such as https://example.com",
    "uuid": "a UUID",
    "regex": "a regular expression",
    "json-pointer": "a JSON pointer such as /a/0",
}


def types_text(types: Iterable[str]) -> str:
    """JSON types in plain words: ``text, a number or null``."""
    names = list(dict.fromkeys(types))
    if "number" in names and "integer" in names:
        names.remove("integer")
    return either([_TYPES.get(name, name) for name in sorted(names, key=lambda name: name == "null")])


def either(words: Iterable[str]) -> str:
    """``a, b or c``."""
    *rest, last = dict.fromkeys(words)
    return f"{', '.join(rest)} or {last}" if rest else last


def types_of(places: Places, schemas: Iterable[Schema]) -> list[str]:
    """The JSON types that the alternatives allow."""
    return list(dict.fromkeys(name for each in _alternatives(places, schemas) for name in _types(each)))


def values_of(places: Places, schemas: Iterable[Schema]) -> list[Any]:
    """The values that the alternatives name."""
    found = [value for each in _alternatives(places, schemas) for value in _values(each)]
    return list({json.dumps(value, sort_keys=True, default=str): value for value in found}.values())


def allowed_text(places: Places, schemas: Iterable[Schema]) -> str:
    """All that the alternatives allow; an empty text where they do not say."""
    alternatives = list(_alternatives(places, schemas))
    values = values_of(places, alternatives)
    words = [word for each in alternatives if not _values(each) for word in _words(each)]
    if values:
        words.insert(0, ("one of " if len(values) > 1 else "") + values_text(values, MOST_VALUES))
    ordered = sorted(dict.fromkeys(words), key=lambda word: word == "null")
    return either(ordered) if ordered else ""


def _alternatives(places: Places, schemas: Iterable[Schema]) -> Iterator[Schema]:
    """The schemas that say something of a value themselves, references and alternatives opened."""
    waiting, seen = list(schemas), set[int]()
    while waiting:
        schema = waiting.pop(0)
        if not isinstance(schema, dict) or id(schema) in seen:
            continue
        seen.add(id(schema))
        inside = [places.target(schema[key]) for key in REFERENCES if key in schema]
        inside += [each for key in ("anyOf", "oneOf", "allOf") for each in listed(schema, key)]
        waiting = inside + waiting
        if not inside or _values(schema):
            yield schema


def _values(schema: Schema) -> list[Any]:
    return [schema["const"]] if "const" in schema else listed(schema, "enum")


def _types(schema: Schema) -> list[str]:
    declared = schema.get("type")
    found = [declared] if isinstance(declared, str) else listed(schema, "type")
    return found or list(dict.fromkeys(map(json_type, _values(schema))))


def json_type(value: Any) -> str:
    """The JSON type of a value that came as JSON."""
    names = {type(None): "null", bool: "boolean", int: "integer", str: "string", list: "array", dict: "object"}
    return names.get(type(value), "number")


def _words(schema: Schema) -> Iterator[str]:
    for name in _types(schema):
        limits = [] if name == "null" else [text for text in _limits(name, schema) if text]
        format_text = FORMATS.get(str(schema.get("format"))) if name == "string" else None
        yield " ".join([format_text or _TYPES.get(name, name), *limits])


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
        matching = f"that matches {value_text(pattern)}" if isinstance(pattern, str) else ""
        return [_count(schema, "Length", "character"), matching]
    if kind in ("array", "object"):
        return [_count(schema, "Items", "element") if kind == "array" else _count(schema, "Properties", "key")]
    return []


def _range(least: Any, most: Any, between: str = "") -> str:
    if least is not None and most is not None:
        return f"{between}{value_text(least)} to {value_text(most)}"
    return _bound("at least", least) or _bound("at most", most)


def _count(schema: Schema, of: str, thing: str) -> str:
    least, most = schema.get(f"min{of}") or None, schema.get(f"max{of}")
    words = f"exactly {value_text(most)}" if least is not None and least == most else _range(least, most)
    return f"of {words} {thing}{'' if words.endswith(' 1') else 's'}" if words else ""


def _bound(word: str, limit: Any) -> str:
    return "" if limit is None or isinstance(limit, bool) else f"{word} {value_text(limit)}"
