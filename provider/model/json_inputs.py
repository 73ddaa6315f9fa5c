"""Objects and lists as JSON text, for inputs that travel so."""

from __future__ import annotations

import json
import math
from decimal import Decimal
from typing import Any, Final

from provider.framework import Unknown, is_known

_MOST_DIGITS: Final = 4000  # Python writes no int of more than 4300 digits as text


def encode(value: Any) -> Any:
    """An object or list as JSON text; Unknown where anything in it is.

    Raises ValueError, whose text is a clause for users, where JSON text would not carry it exactly.
    """
    try:
        if not is_known(value):
            return Unknown
        return json.dumps(_exact(value), ensure_ascii=False, allow_nan=False)
    except RecursionError:
        raise ValueError("it is nested too deeply") from None


def _exact(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _exact(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_exact(item) for item in value]
    return _number(value) if isinstance(value, float | Decimal) else value


def _number(number: float | Decimal) -> int | float:
    if not (math.isfinite(number) if isinstance(number, float) else number.is_finite()):
        raise ValueError("it holds an infinite number")
    if isinstance(number, float):
        return number
    if number.adjusted() < _MOST_DIGITS and number == number.to_integral_value():
        return int(number)
    nearest = float(number)
    if not math.isfinite(nearest) or Decimal(repr(nearest)) != number:
        raise ValueError("it holds a number with more digits than JSON text carries exactly")
    return nearest
