"""Write and parse the JSON of the service. NaN and infinity are refused, because JSON does not have them."""

import json
import math
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

_MAX_DIGITS = 4000  # Python does not write an int of more than 4300 digits


def to_json(value: Body) -> bytes:
    """Return the value as UTF-8. Raises ValueError for NaN, infinity and a value that has no JSON form."""
    try:
        return json.dumps(value, default=_encoded_number, allow_nan=False, ensure_ascii=False).encode()
    except RecursionError:
        raise ValueError("The value is nested too deeply to be sent.") from None
    except UnicodeEncodeError:
        raise ValueError("A text contains half of a surrogate pair, which can't be sent.") from None


def parse_json(text: bytes | str) -> Json:
    """Return the value of a JSON text. Raises ValueError for any other text, also for NaN and infinity."""
    try:
        value: Json = json.loads(text, parse_constant=_refuse_constant, parse_float=_finite_number)
    except RecursionError:
        raise ValueError("nested too deeply") from None
    return value


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
