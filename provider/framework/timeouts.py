"""The ``timeouts`` attribute: how long each operation of a resource may take, as durations such as "90s"."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, Final

from tf.types import Unknown

from provider.framework.protocol.plan import State
from provider.framework.resource import Problem
from provider.framework.schema import STRING, Attribute, Nested

NAME: Final = "timeouts"

_PART: Final = re.compile(r"(\d+(?:\.\d+)?)(ms|s|m|h)")
_MAX_SECONDS: Final = 366 * 24 * 3600.0  # the system's timers overflow some way above
_SECONDS: Final = {"ms": 0.001, "s": 1.0, "m": 60.0, "h": 3600.0}
_UNSET: Final = "Unset ones are bounded by the provider's own `request_timeout` and `retry_timeout`."


def attribute(operations: Iterable[str], unset: str = _UNSET) -> Attribute:
    """The attribute, with one optional duration for each operation; ``unset`` says what holds without one."""
    return Attribute(
        NAME,
        nested=Nested(
            "SINGLE",
            [
                Attribute(
                    operation,
                    STRING,
                    optional=True,
                    description=f"How long {operation} may take in all, as a duration such as `90s`, `5m` or `1h30m`: "
                    "numbers with `ms`, `s`, `m` or `h`, a year at most.",
                )
                for operation in operations
            ],
        ),
        optional=True,
        description=f"How long operations may take in all, retries included; one that takes longer fails. {unset}",
    )


def seconds(state: State, operation: str) -> float | None:
    """The bound that is configured for an operation, None if there is none. Raises Problem for what is no duration."""
    configured: Any = state.get(NAME)
    duration = configured.get(operation) if isinstance(configured, dict) else None
    return _parsed(operation, duration)


def check(config: State) -> list[Problem]:
    """What is wrong with the durations that are there and known."""
    configured: Any = config.get(NAME)
    if configured is None or configured is Unknown:
        return []
    problems = []
    for operation, duration in configured.items():
        try:
            _parsed(operation, duration)
        except Problem as problem:
            problems.append(problem)
    return problems


def _parsed(operation: str, duration: Any) -> float | None:
    try:
        return None if duration is None or duration is Unknown else parse(duration)
    except ValueError as error:
        raise Problem(f"{NAME}.{operation} is not a duration", str(error), [NAME, operation]) from None


def parse(duration: str) -> float:
    """The seconds of a duration. Raises ValueError with a sentence for the user."""
    parts = _PART.findall(duration)
    if not parts or "".join(number + unit for number, unit in parts) != duration:
        raise ValueError(f'"{duration}" is not a duration. Write it like "90s", "5m" or "1h30m".')
    total = sum(float(number) * _SECONDS[unit] for number, unit in parts)
    if total <= 0:
        raise ValueError(f'"{duration}" leaves no time at all. Write it like "90s", "5m" or "1h30m".')
    if total > _MAX_SECONDS:
        raise ValueError(f'"{duration}" is longer than a year. Write it like "90s", "5m" or "1h30m".')
    return total
