"""Weather: answers that fail now and then, and take their time, drawn by a seed."""

from __future__ import annotations

import random
import re
import time
from collections.abc import Callable, Sequence
from email.utils import formatdate
from typing import Any

from provider.sandbox.errors import cause, invalid
from provider.sandbox.faults import Fault
from provider.sandbox.wire import Checker, closed

STATUSES = (429, 503)
RETRY_SECONDS = 1
MILLISECONDS = {"type": "number", "minimum": 0, "maximum": 3_600_000}
BODY = closed(
    {
        "seed": {"type": "integer"},
        "failing": {"type": "number", "minimum": 0, "maximum": 1},
        "latency_ms": {"type": "array", "items": MILLISECONDS, "minItems": 2, "maxItems": 2},
    },
    ["seed", "failing", "latency_ms"],
)
CHECKER = Checker(BODY, "weather")
ANYWHERE = re.compile("")


class Weather:
    """Fair until it is changed: the share `failing` of requests is refused, undone, with a 429 or a 503.

    A refusal says when to come back in seconds, by a date, or not at all; a 503 of anything but a GET always says,
    for one that does not leaves open whether the request was carried out. `latency_ms` is a range in milliseconds.
    """

    def __init__(self, clock: Callable[[], float] = time.time) -> None:
        self._clock = clock
        self.clear()

    def clear(self) -> None:
        self._set(seed=0, failing=0, latency_ms=(0, 0))

    def change(self, body: dict[str, Any]) -> None:
        """ServiceError (400) for a weather that makes no sense."""
        CHECKER.check(body)
        least, most = body["latency_ms"]
        if least > most:
            message = "latency_ms is a range, the shorter time first"
            raise invalid(message, cause(message, "weather.latency_ms"))
        self._set(**body)

    def _set(self, seed: int, failing: float, latency_ms: Sequence[float]) -> None:
        self._random = random.Random(seed)  # noqa: S311 - it keeps no secret
        self._failing = failing
        self._latency = latency_ms

    def next(self, method: str) -> Fault:
        """What the next request meets; nothing at all in fair weather."""
        fault = Fault(method, ANYWHERE, 1, delay_ms=self._random.uniform(*self._latency))
        if self._random.random() < self._failing:
            fault.status = self._random.choice(STATUSES)
            fault.headers = self._random.choice(self._retry_headers(method, fault.status))
        return fault

    def _retry_headers(self, method: str, status: int) -> list[dict[str, str]]:
        told = [str(RETRY_SECONDS), formatdate(self._clock() + RETRY_SECONDS, usegmt=True)]
        headers = [{"Retry-After": text} for text in told]
        return headers if status == 503 and method != "GET" else [*headers, {}]
