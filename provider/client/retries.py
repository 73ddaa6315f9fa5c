"""When a request is tried again, and how long is waited before it.

urllib3's Retry can't do this: it holds no bound on the total time, can't be woken by a stop, sends each attempt
under the same request id, has one rule for a status whatever the method (a POST must not be repeated after
a 502, a GET may be), and reports that retries ran out where the caller needs the last answer.
"""

import logging
import math
import random
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol, TypeVar

from provider.client.errors import AtlanError, NoAnswer, RateLimited, RequestNotSent, ServerError

T = TypeVar("T")
_log = logging.getLogger("provider.client")


class Stop(Protocol):
    """What is asked of a stop: the part of threading.Event that waiting needs."""

    def wait(self, timeout: float) -> bool: ...


@dataclass(frozen=True, slots=True)
class RetryPolicy:
    """At most `max_retries` further attempts, the last of them begun within `total_seconds` of the first.

    The n-th waits up to `base` * 2**n seconds, a random part of it, or as long as the service asks for; never longer
    than `cap` seconds.
    """

    max_retries: int = 5
    total_seconds: float = 120
    base: float = 0.5
    cap: float = 30

    def wait(self, retry: int, retry_after: float | None, portion: float) -> float:
        """Seconds before the retry numbered `retry` (from 0); `portion` is a random number from 0 to 1."""
        if retry_after is not None:
            return min(self.cap, max(0.0, retry_after))
        return portion * min(self.cap, self.base * 2.0 ** min(retry, 32))


@dataclass(frozen=True, slots=True)
class Retrier:
    """Runs attempts under a policy; clock and random number are handed in so that nothing has to wait in a test."""

    policy: RetryPolicy
    stop: Stop
    clock: Callable[[], float] = time.monotonic
    random: Callable[[], float] = random.random

    def run(self, attempt: Callable[[], T], latest: float = math.inf, *, repeatable: bool) -> T:
        """The result of the first attempt that succeeds, or the last one's error; none begins after `latest`.

        `repeatable`: whether an attempt may be carried out twice.
        """
        deadline = min(latest, self.clock() + self.policy.total_seconds)
        tried = 0
        while True:
            tried += 1
            try:
                return attempt()
            except AtlanError as error:
                # a request for a token that failed within this attempt has counted its own
                error.attempts = max(tried, error.attempts)
                if not may_repeat(error, repeatable=repeatable) or not self._waited(error, tried, deadline):
                    raise

    def _waited(self, error: AtlanError, tried: int, deadline: float) -> bool:
        if tried > self.policy.max_retries:
            return False
        seconds = self.policy.wait(tried - 1, error.retry_after, self.random())
        if self.clock() + seconds > deadline:
            return False
        _log.info(
            "%s %s failed with %s; attempt %d, the next in %.2f s",
            *(error.method, error.path, error.status or type(error).__name__, tried, seconds),
        )
        return not self.stop.wait(seconds)


def may_repeat(error: AtlanError, *, repeatable: bool) -> bool:
    """Whether a request that ended in `error` can be sent again without the risk of doing harm twice.

    A `repeatable` one, such as a read, may be carried out twice; another one may not.
    A 500 is never repeated: the service's fact is that it is not transient (a second submit answers so).
    """
    if isinstance(error, RequestNotSent):
        return not error.permanent
    if isinstance(error, RateLimited):
        return True
    if isinstance(error, ServerError):
        return not error.ambiguous or (repeatable and error.status in (502, 503, 504))
    return repeatable and isinstance(error, NoAnswer)
