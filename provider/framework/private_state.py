"""Private state: what a resource stores beside its state, a JSON object that Terraform returns unchanged.

Source: ``private``, ``prior_private`` and ``planned_private`` of the resource messages.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Final

from provider.framework.values import Json

Shape = Callable[[Json], bool]
"""A check of the value of a key: True if the value has the allowed form."""

_INT64_LIMIT: Final = 2**63


def string(value: Json) -> bool:
    """Accept a string."""
    return isinstance(value, str)


def boolean(value: Json) -> bool:
    """Accept a boolean."""
    return isinstance(value, bool)


def number(value: Json) -> bool:
    """Accept a number within 64 bits. Refuse NaN, infinities and larger numbers, which Python's JSON also reads."""
    return isinstance(value, int | float) and not isinstance(value, bool) and -_INT64_LIMIT <= value < _INT64_LIMIT


def integer(value: Json) -> bool:
    """Accept an integer of 64 bits."""
    return isinstance(value, int) and number(value)


def optional(shape: Shape) -> Shape:
    """Accept null, or a value of that shape."""
    return lambda value: value is None or shape(value)


def list_of(shape: Shape) -> Shape:
    """Accept a list whose elements all have that shape."""
    return lambda value: isinstance(value, list) and all(shape(item) for item in value)


STRINGS: Final = list_of(string)


def load(data: bytes, shapes: Mapping[str, Shape]) -> dict[str, Json]:
    """Return the private state in these bytes. It is empty if they are not a JSON object.

    A value that does not have the shape of its key is left out. A key without a shape is kept,
    because a later version of the provider may have written the key.
    """
    try:
        loaded = json.loads(data) if data else {}
    except (ValueError, RecursionError):
        return {}
    if not isinstance(loaded, dict):
        return {}
    return {key: value for key, value in loaded.items() if key not in shapes or shapes[key](value)}


def dump(private: Mapping[str, Json]) -> bytes:
    """Return private state as bytes, empty for empty private state."""
    return json.dumps(private, sort_keys=True).encode() if private else b""
