"""Parse and write JSON text.

Integers of any size are kept. A number too large for a float is refused, so that it never becomes infinity.
"""

from __future__ import annotations

import json
import math
from typing import Any, TypeAlias

Json: TypeAlias = bool | int | float | str | list["Json"] | dict[str, "Json"] | None
JsonObject: TypeAlias = dict[str, Json]


def loads(text: str | bytes) -> Any:
    """Return the value of JSON text. Raises ValueError for anything that the JSON standard does not allow."""
    try:
        return json.loads(text, parse_float=_finite, parse_constant=_refuse_constant)
    except RecursionError:
        raise ValueError("nested too deeply") from None


def dumps(data: Any) -> str:
    """Return JSON text without spaces."""
    return json.dumps(data, separators=(",", ":"), allow_nan=False)


def _finite(text: str) -> float:
    number = float(text)
    if math.isinf(number):
        raise ValueError(f"{text[:24]} is out of range")
    return number


def _refuse_constant(name: str) -> float:
    raise ValueError(f"{name} is not JSON")
