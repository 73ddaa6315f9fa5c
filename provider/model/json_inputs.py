"""Convert inputs between JSON text and objects or lists, and compare and merge inputs.

In an object, null has the meaning of a missing key, as in Terraform. So a publish sends no null.
"""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Final

from provider.framework import Unknown, UnknownType, Value, same
from provider.model.normal_form import normalized

_INFINITE_REASON: Final = "it contains an infinite number"
_MAX_DIGITS: Final = 4000  # Python refuses to write an int of more than 4300 digits as text.


class _UnknownInside(Exception):  # noqa: N818 - it ends the encoding and is not an error
    """The value contains an Unknown value."""


class NullElement(Exception):  # noqa: N818 - the name says it, and the caller makes the error for users
    """A list contains null."""


class _NotExact(ValueError):  # noqa: N818 - the text is a clause for users
    """JSON text cannot contain a number exactly."""


def as_json(value: Value) -> Value:
    """Return the object or list in a JSON text, in the normal form of Terraform. Return any other value unchanged."""
    if not isinstance(value, str) or value.lstrip()[:1] not in ("{", "["):
        return value
    try:
        opened: Value = json.loads(value)
    except (ValueError, RecursionError):
        return value
    return opened if value.isascii() and "\\u" not in value else normalized(opened)


def equal(left: Value, right: Value) -> bool:
    """Return True if two values have the same meaning for the service.

    JSON text equals its object, 1 equals 1.0, and a null in an object equals a missing key.
    """
    if isinstance(left, str) and left == right:
        return True
    left, right = as_json(left), as_json(right)
    if isinstance(left, dict) and isinstance(right, dict):
        return all(equal(left.get(key), right.get(key)) for key in left.keys() | right.keys())
    if isinstance(left, list) and isinstance(right, list):
        return len(left) == len(right) and all(map(equal, left, right))
    if isinstance(left, Decimal) or isinstance(right, Decimal):
        return _same_float(left, right)
    return same(left, right)


def _same_float(left: Value, right: Value) -> bool:
    """Return True if two values are numbers and equal as floats. A Decimal can have more digits than a float."""
    numbers = (int, float, Decimal)
    return isinstance(left, numbers) and isinstance(right, numbers) and float(left) == float(right)


def merged(inputs: Value, inputs_wo: Value = None) -> Value:
    """Merge write-only inputs into the other inputs, and leave out nulls, both at every depth of objects.

    JSON text is read as the object in it if an object is merged into it, and is otherwise unchanged. A write-only list
    replaces a list. The result is Unknown if an object is merged into an Unknown value. Raises NullElement.
    """
    value, rest = inputs if inputs_wo is None else inputs_wo, dict[str, Value]()
    if inputs is not None and inputs_wo is not None:
        ours, theirs = as_json(inputs), as_json(inputs_wo)
        if ours is Unknown and isinstance(theirs, dict):
            return Unknown
        if isinstance(ours, dict) and isinstance(theirs, dict):
            value, rest = ours, theirs
    if isinstance(value, dict):
        items = {key: merged(value.get(key), rest.get(key)) for key in {**value, **rest}}
        return {key: item for key, item in items.items() if item is not None}
    if isinstance(value, list) and None in value:
        raise NullElement
    return [merged(item) for item in value] if isinstance(value, list) else value


def without_nulls(value: Value) -> Value:
    """Return the value without nulls in objects, at every depth. JSON text and nulls in lists are unchanged."""
    if isinstance(value, dict):
        return {key: without_nulls(item) for key, item in value.items() if item is not None}
    return [without_nulls(item) for item in value] if isinstance(value, list) else value


def has_null_element(value: Value, *, in_text: bool = False) -> bool:
    """Return True if a list contains null, at any depth. JSON text is searched only if ``in_text`` is True."""
    value = as_json(value) if in_text else value
    items = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    is_list = isinstance(value, list)
    return any((is_list and item is None) or has_null_element(item, in_text=in_text) for item in items)


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
