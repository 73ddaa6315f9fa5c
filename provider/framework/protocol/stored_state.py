"""Stored states as JSON: upgrade them to the schema of today.

A stored state is returned unchanged where possible. In JSON, a dynamic value contains its type, and a number can have
more digits than a float. A conversion could lose both.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from typing import Any, Final, TypeAlias

from provider.framework.diagnostics import UserError
from provider.framework.protocol.codec import DecodeError
from provider.framework.schema import Schema
from provider.framework.values import Json

Upgrader: TypeAlias = Callable[[dict[str, Json]], dict[str, Json]]
"""Return a stored state of the next schema version. A dynamic value is ``{"type": ..., "value": ...}`` or null."""

_BETWEEN: Final = re.compile(r"[\s,:]*")  # between the names and values of a JSON object
_INT64: Final = range(-(2**63), 2**64)


def upgrade(schema: Schema, raw_state: Any, version: int, upgraders: Mapping[int, Upgrader], type_name: str) -> bytes:
    """Return a stored state of a schema version as JSON of today's version.

    Apply the upgraders from that version on, one after another. A version without an upgrader needs no change.
    Leave out attributes that the schema does not have. Raises UserError for a newer version, DecodeError for bytes
    that are not a state.
    """
    if version > schema.version:
        raise UserError(
            f"The state of {type_name} is newer than this provider",
            f"The state has schema version {version}, and this provider knows versions up to {schema.version}. Use the "
            "version of the provider that wrote the state, or a newer one.",
        )
    if raw_state.flatmap:
        raise DecodeError("the state is in the format of Terraform 0.11, which this provider never wrote")
    text: bytes = raw_state.json
    steps = [upgraders[each] for each in range(version, schema.version) if each in upgraders]
    if steps:
        text = _upgraded(stored(raw_state, _exact), steps)
    # numbers are not parsed, because Python refuses the longest ones
    if _parsed(text, str).keys() <= schema.by_name.keys():
        return text
    return _only(schema.by_name.keys(), text.decode()).encode()


def stored(raw_state: Any, number: Callable[[str], Any] = str) -> dict[str, Json]:
    """Return the JSON object of a stored state. ``number`` converts the text of a number. Raises DecodeError."""
    return _parsed(raw_state.json, number)


def _parsed(text: bytes, number: Callable[[str], Any]) -> dict[str, Json]:
    try:
        found = json.loads(text, parse_int=number, parse_float=number)
    except ValueError as error:
        raise DecodeError("the stored state is not JSON") from error
    if not isinstance(found, dict):
        raise DecodeError("the stored state is not an object")
    return found


class _LongNumber(float):
    """A number that no float contains exactly, with its text."""

    text: str


def _exact(text: str) -> int | float:
    """Return a number of JSON. Its text is kept if no integer of 64 bits and no float contains it exactly."""
    if text.lstrip("-").isdigit() and len(text) < len(str(_INT64.stop)) + 1 and int(text) in _INT64:
        return int(text)
    found = _LongNumber(text)
    if Decimal(repr(float(found))) == Decimal(text):
        return float(found)
    found.text = text
    return found


def _upgraded(state: dict[str, Json], steps: Iterable[Upgrader]) -> bytes:
    for step in steps:
        state = step(state)
    return _dump(state).encode()


def _dump(value: Json) -> str:
    if isinstance(value, dict):
        return "{" + ",".join(f"{json.dumps(name)}:{_dump(item)}" for name, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(_dump, value)) + "]"
    return value.text if isinstance(value, _LongNumber) else json.dumps(value)


def _only(names: Iterable[str], text: str) -> str:
    """Return a JSON object with only these names. The text of their values is unchanged."""
    decoder = json.JSONDecoder(parse_int=str, parse_float=str)
    kept, at = [], _after(text, text.index("{") + 1)
    while text[at] != "}":
        name, end = decoder.raw_decode(text, at)
        _, value_end = decoder.raw_decode(text, _after(text, end))
        if name in names:
            kept.append(text[at:value_end])
        at = _after(text, value_end)
    return "{" + ",".join(kept) + "}"


def _after(text: str, at: int) -> int:
    """Return the index of the next name, value or bracket."""
    found = _BETWEEN.match(text, at)
    assert found is not None
    return found.end()
