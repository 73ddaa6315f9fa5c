"""The ``timeouts`` attribute: the longest time of each operation of a resource, as a duration such as "90s"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from tf.types import Unknown

from provider.framework.diagnostics import Finding, UserError
from provider.framework.schema import Attribute, Nested
from provider.framework.types import STRING
from provider.framework.values import Value

NAME: Final = "timeouts"

_NUMBER_AND_UNIT: Final = re.compile(r"(\d+(?:\.\d+)?)(ms|s|m|h)")
_DESCRIPTION: Final = "The longest time of each operation, retries included. An operation that takes longer fails."
_MAX_SECONDS: Final = 366 * 24 * 3600.0  # timers of the operating system overflow above this
_SECONDS_OF_UNIT: Final = {"ms": 0.001, "s": 1.0, "m": 60.0, "h": 3600.0}


def attribute(operations: Iterable[str], *, unset: str = "") -> Attribute:
    """Return the attribute, with one optional duration for each operation.

    ``unset`` is the last sentence of the description. It says what applies to an operation without a duration.
    """
    return Attribute(
        NAME,
        nested=Nested(
            "SINGLE",
            [
                Attribute(
                    operation,
                    STRING,
                    optional=True,
                    description=f"The longest time of {operation}, as a duration such as `90s`, `5m` or `1h30m`: "
                    "numbers with `ms`, `s`, `m` or `h`, at most a year.",
                )
                for operation in operations
            ],
        ),
        optional=True,
        description=f"{_DESCRIPTION} {unset}".strip(),
    )


def seconds(state: Mapping[str, Any], operation: str) -> float | None:
    """Return the configured time of an operation in seconds, or None. Raises UserError for an invalid duration."""
    configured = state.get(NAME)
    duration = configured.get(operation) if isinstance(configured, dict) else None
    problem = _problem(operation, duration)
    if problem is not None:
        raise UserError.of(problem)
    return None if duration is None or duration is Unknown else parse(duration)


def check(config: Mapping[str, Any]) -> Iterator[Finding]:
    """Yield an error for each known duration that is not valid."""
    configured = config.get(NAME)
    for operation, duration in configured.items() if isinstance(configured, dict) else ():
        problem = _problem(operation, duration)
        if problem is not None:
            yield problem


def _problem(operation: str, duration: Value) -> Finding | None:
    if duration is None or duration is Unknown:
        return None
    try:
        parse(str(duration))
    except ValueError as error:
        return Finding(f"{NAME}.{operation} is not valid", str(error), [NAME, operation])
    return None


def parse(duration: str) -> float:
    """Return the seconds of a duration. Raises ValueError with a sentence for the user."""
    parts = _NUMBER_AND_UNIT.findall(duration)
    if not parts or "".join(number + unit for number, unit in parts) != duration:
        raise ValueError(f'"{duration}" is not a duration. Write it like "90s", "5m" or "1h30m".')
    total = sum(float(number) * _SECONDS_OF_UNIT[unit] for number, unit in parts)
    if total <= 0:
        raise ValueError(f'"{duration}" is not longer than zero. Write it like "90s", "5m" or "1h30m".')
    if total > _MAX_SECONDS:
        raise ValueError(f'"{duration}" is longer than a year. Write it like "90s", "5m" or "1h30m".')
    return total
