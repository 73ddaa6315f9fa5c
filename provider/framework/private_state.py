"""Private state: what a resource keeps beside its state, a JSON object that Terraform hands back as it came
(``private``, ``prior_private`` and ``planned_private`` of the resource messages)."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any, Final

Shape = Callable[[Any], bool]
"""Whether a value is such as its key may hold."""

_LIMIT: Final = 2**63


def text(value: Any) -> bool:
    """A string."""
    return isinstance(value, str)


def flag(value: Any) -> bool:
    """A boolean."""
    return isinstance(value, bool)


def number(value: Any) -> bool:
    """A number of 64 bits, whole or not; JSON as Python reads it has NaN, infinities and numbers of any length."""
    return isinstance(value, int | float) and not isinstance(value, bool) and -_LIMIT <= value < _LIMIT


def whole(value: Any) -> bool:
    """A whole number of 64 bits."""
    return isinstance(value, int) and number(value)


def optional(shape: Shape) -> Shape:
    """Null, or a value of that shape."""
    return lambda value: value is None or shape(value)


def list_of(shape: Shape) -> Shape:
    """A list whose items all have that shape."""
    return lambda value: isinstance(value, list) and all(shape(item) for item in value)


TEXTS: Final = list_of(text)


def load(data: bytes, shapes: Mapping[str, Shape]) -> dict[str, Any]:
    """The private state that stands in these bytes.

    What is not ours counts as not there: bytes that are no JSON object, and a value whose key holds another shape. A
    key that has no shape stays as it is: a later version of this provider may have written it.
    """
    try:
        loaded = json.loads(data) if data else {}
    except (ValueError, RecursionError):
        return {}
    if not isinstance(loaded, dict):
        return {}
    return {key: value for key, value in loaded.items() if key not in shapes or shapes[key](value)}


def dump(private: dict[str, Any]) -> bytes:
    """Private state as bytes; none for an empty one."""
    return json.dumps(private, sort_keys=True).encode() if private else b""
