"""Write and parse the JSON of the service. NaN and infinity are refused, because JSON does not have them."""

import json
import math
import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, NoReturn, TypeAlias

Json: TypeAlias = bool | int | float | str | list["Json"] | dict[str, "Json"] | None
"""A JSON value that the service sent."""

if TYPE_CHECKING:
    JsonObject: TypeAlias = dict[str, Json]
    """A JSON object that the service sent."""
else:
    JsonObject = dict  # pydantic cannot follow an alias that refers to itself, and parsed JSON needs no validation

Body: TypeAlias = bool | int | float | Decimal | str | Sequence["Body"] | Mapping[str, "Body"] | None
"""A value that can be sent as JSON."""

MOST_VALUES = 1_000_000
"""The most values in one JSON text: the smallest ones need 200 bytes each."""
_TEXT = re.compile(rb'"(?:[^"\\]|\\.)*"', re.DOTALL)

_MAX_DIGITS = 4000  # Python does not write an int of more than 4300 digits


def to_json(value: Body) -> bytes:
    """Return the value as UTF-8. Raises ValueError for NaN, infinity and a value that has no JSON form."""
    try:
        return json.dumps(value, default=_encoded_number, allow_nan=False, ensure_ascii=False).encode()
    except RecursionError:
        raise ValueError("The value is nested too deeply to be sent.") from None
    except UnicodeEncodeError:
        raise ValueError("A text contains half of a surrogate pair, which can't be sent.") from None


class TooManyValuesError(ValueError):
    """A JSON text has so many values that they would fill the memory. Compressed, such a text is small."""

    def __init__(self) -> None:
        super().__init__(f"it contains more than {MOST_VALUES:,} values")


def parse_json(text: bytes | bytearray | str) -> Json:
    """Return the value of a JSON text. Raises ValueError for any other text, also for NaN and infinity.

    Raises TooManyValuesError for more than ``MOST_VALUES`` values.
    """
    _check_number_of_values(text.encode() if isinstance(text, str) else text)
    try:
        value: Json = json.loads(text, parse_constant=_refuse_constant, parse_float=_finite_number)
    except RecursionError:
        raise ValueError("nested too deeply") from None
    return value


def has_more_values(value: Json, most: int) -> bool:
    """Return True if a JSON value consists of more values than ``most``. Keys do not count."""
    count, waiting = 0, [value]
    while waiting and count <= most:
        each = waiting.pop()
        count += 1
        if isinstance(each, dict):
            waiting.extend(each.values())
        elif isinstance(each, list):
            waiting.extend(each)
    return count > most


def _check_number_of_values(text: bytes | bytearray) -> None:
    """Raise TooManyValuesError for too many values. Texts are left out only if there may be, because that is slow."""
    if _starts(text, 0, len(text)) < MOST_VALUES:
        return
    values, position = 1, 0
    for match in _TEXT.finditer(text):
        values += _starts(text, position, match.start())
        position = match.end()
        if values > MOST_VALUES:
            raise TooManyValuesError
    if values + _starts(text, position, len(text)) > MOST_VALUES:
        raise TooManyValuesError


def _starts(text: bytes | bytearray, start: int, end: int) -> int:
    """Return the number of characters after which a value can start."""
    return sum(text.count(each, start, end) for each in b"[{,")


def _encoded_number(value: object) -> int | float:
    if not isinstance(value, Decimal):
        raise ValueError(f"A {type(value).__name__} has no JSON form.")  # noqa: TRY004 - callers catch one class
    if value.is_finite() and value.adjusted() > _MAX_DIGITS:
        raise ValueError("A number has too many digits to be sent.")
    if value.is_finite() and value == value.to_integral_value():
        return int(value)
    return float(value)


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not JSON")


def _finite_number(digits: str) -> float:
    number = float(digits)
    return number if math.isfinite(number) else _refuse_constant("infinity")
