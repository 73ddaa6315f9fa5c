"""Convert inputs between JSON text and objects or lists, and compare inputs."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Final

from provider.framework import Unknown, UnknownType, Value, same

_INFINITE_REASON: Final = "it contains an infinite number"
_MAX_DIGITS: Final = 4000  # Python refuses to write an int of more than 4300 digits as text.


class _UnknownInside(Exception):  # noqa: N818 - it ends the encoding and is not an error
    """The value contains an Unknown value."""


class _NotExact(ValueError):  # noqa: N818 - the text is a clause for users
    """JSON text cannot contain a number exactly."""


def as_json(value: Value) -> Value:
    """Return the object or list in a JSON text. Return any other value unchanged."""
    if not isinstance(value, str) or value.lstrip()[:1] not in ("{", "["):
        return value
    try:
        opened: Value = json.loads(value)
    except (ValueError, RecursionError):
        return value
    return opened


def equal(left: Value, right: Value) -> bool:
    """Return True if two values have the same meaning for the service: JSON text equals its object, 1 equals 1.0."""
    if isinstance(left, str) and left == right:
        return True
    left, right = as_json(left), as_json(right)
    if isinstance(left, dict) and isinstance(right, dict):
        return left.keys() == right.keys() and all(equal(left[key], right[key]) for key in left)
    if isinstance(left, list) and isinstance(right, list):
        return len(left) == len(right) and all(map(equal, left, right))
    if isinstance(left, Decimal) or isinstance(right, Decimal):
        return _same_float(left, right)
    return same(left, right)


def _same_float(left: Value, right: Value) -> bool:
    """Return True if two values are numbers and equal as floats. A Decimal can have more digits than a float."""
    numbers = (int, float, Decimal)
    return isinstance(left, numbers) and isinstance(right, numbers) and float(left) == float(right)


def encode(value: Value) -> str | UnknownType:
    """Return an object or list as JSON text, or Unknown if it contains an Unknown value.

    Raises ValueError if JSON text cannot contain the value exactly. The text of the error is a clause for users.
    """
    try:
        return json.dumps(value, default=_number, ensure_ascii=False, allow_nan=False)
    except _UnknownInside:
        return Unknown
    except RecursionError:
        raise ValueError("it is nested too deeply") from None
    except _NotExact:
        raise
    except ValueError:
        raise ValueError(_INFINITE_REASON) from None


def _number(value: Decimal | UnknownType) -> int | float:
    """Return a Decimal as a number that ``json.dumps`` can write. It calls this function for values of other types."""
    if isinstance(value, UnknownType):
        raise _UnknownInside
    if not value.is_finite():
        raise _NotExact(_INFINITE_REASON)
    if value.adjusted() < _MAX_DIGITS and value == value.to_integral_value():
        return int(value)
    nearest = float(value)
    if nearest in (float("inf"), float("-inf")) or Decimal(repr(nearest)) != value:
        raise _NotExact("it contains a number with more digits than JSON text can carry exactly")
    return nearest
