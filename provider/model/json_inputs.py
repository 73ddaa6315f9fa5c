"""Inputs that are objects or lists: as JSON text and back, and compared."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Final

from provider.framework import Unknown, UnknownType, Value, same

_MOST_DIGITS: Final = 4000  # Python writes no int of more than 4300 digits as text


class _UnknownInside(Exception):  # noqa: N818 - ends the encoding, is no error
    """The value contains something unknown."""


class _NotExact(ValueError):  # noqa: N818 - the text is a clause for users
    """JSON text cannot carry a number exactly."""


def as_json(value: Value) -> Value:
    """Return the object or list that a text contains as JSON, and any other value unchanged."""
    if not isinstance(value, str) or value.lstrip()[:1] not in ("{", "["):
        return value
    try:
        opened: Value = json.loads(value)
    except (ValueError, RecursionError):
        return value
    return opened


def equal(left: Value, right: Value) -> bool:
    """Return True if two values mean the same to the service: JSON text equals its object, 1 equals 1.0."""
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
    """Return True if two numbers are the same float: a decimal may have more digits than a float can store."""
    numbers = (int, float, Decimal)
    return isinstance(left, numbers) and isinstance(right, numbers) and float(left) == float(right)


def encode(value: Value) -> str | UnknownType:
    """Return an object or list as JSON text, or Unknown if it contains anything unknown.

    Raises ValueError, whose text is a clause for users, if JSON text cannot carry the value exactly.
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
        raise ValueError("it contains an infinite number") from None


def _number(value: Decimal | UnknownType) -> int | float:
    """Return a decimal as a number that Python writes. It is called for what JSON has no type for."""
    if isinstance(value, UnknownType):
        raise _UnknownInside
    if not value.is_finite():
        raise _NotExact("it contains an infinite number")
    if value.adjusted() < _MOST_DIGITS and value == value.to_integral_value():
        return int(value)
    nearest = float(value)
    if nearest in (float("inf"), float("-inf")) or Decimal(repr(nearest)) != value:
        raise _NotExact("it contains a number with more digits than JSON text can carry exactly")
    return nearest
