"""Chaos: fail and delay requests at random. The same seed gives the same faults."""

from __future__ import annotations

import random
import re
import time
from collections.abc import Callable, Sequence
from email.utils import formatdate
from typing import TypedDict

from provider.sandbox.errors import cause, invalid
from provider.sandbox.faults import Fault
from provider.sandbox.json_codec import JsonObject
from provider.sandbox.json_schema import Validator, closed_object

REFUSAL_STATUSES = (429, 503)
RETRY_AFTER_SECONDS = 1
ANY_PATH_PATTERN = re.compile("")
MILLISECONDS_SCHEMA: JsonObject = {"type": "number", "minimum": 0, "maximum": 3_600_000}
BODY_SCHEMA = closed_object(
    {
        "seed": {"type": "integer"},
        "failing": {"type": "number", "minimum": 0, "maximum": 1},
        "latency_ms": {"type": "array", "items": MILLISECONDS_SCHEMA, "minItems": 2, "maxItems": 2},
    },
    ["seed", "failing", "latency_ms"],
)


class ChaosBody(TypedDict):
    """`failing` is the share of requests that fail, 0 to 1; `latency_ms` is the shortest and the longest delay."""

    seed: int
    failing: float
    latency_ms: list[float]


VALIDATOR: Validator[ChaosBody] = Validator(BODY_SCHEMA, "chaos")


class Chaos:
    """Refuse and delay requests at random. A refused request changes nothing. At the start, chaos is off.

    A refusal is a 429 or a 503. Its `Retry-After` is in seconds, is a date, or is missing. A 503 to a write
    always contains the header, because otherwise the client could not know that the request changed nothing.
    """

    def __init__(self, clock: Callable[[], float] = time.time) -> None:
        self._clock = clock
        self.clear()

    def clear(self) -> None:
        self._set(seed=0, failing=0, latency_ms=(0, 0))

    def change(self, body: JsonObject) -> None:
        """Start with these settings (a ChaosBody). Raises ServiceError (400) if they are invalid."""
        settings = VALIDATOR.validate(body)
        shortest, longest = settings["latency_ms"]
        if shortest > longest:
            message = "latency_ms must start with the shorter time"
            raise invalid(message, cause(message, "chaos.latency_ms"))
        self._set(**settings)

    def _set(self, seed: int, failing: float, latency_ms: Sequence[float]) -> None:
        self._random = random.Random(seed)  # noqa: S311 - not used for secrets
        self._failing = failing
        self._latency = latency_ms

    def next(self, method: str) -> Fault:
        """Return the fault for the next request. While chaos is off, the fault changes nothing."""
        fault = Fault(method, ANY_PATH_PATTERN, 1, delay_ms=self._random.uniform(*self._latency))
        if self._random.random() < self._failing:
            fault.status = self._random.choice(REFUSAL_STATUSES)
            fault.headers = self._random.choice(self._retry_headers(method, fault.status))
        return fault

    def _retry_headers(self, method: str, status: int) -> list[dict[str, str]]:
        times = [str(RETRY_AFTER_SECONDS), formatdate(self._clock() + RETRY_AFTER_SECONDS, usegmt=True)]
        headers = [{"Retry-After": text} for text in times]
        return headers if status == 503 and method != "GET" else [*headers, {}]
