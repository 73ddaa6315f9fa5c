"""Decide whether to repeat a failed request, and how long to wait before the retry.

The class Retry of urllib3 is not used. It does not limit the total time, and a stop cannot end its waits. It sends each
attempt with the same request id. It has one rule for all methods, but only a GET can be repeated after a 502. After the
last retry it raises a separate error instead of the error of the last answer.
"""

import logging
import math
import random
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol, TypeVar

from provider.client.errors import AppNotReady, AtlanError, NoAnswer, RateLimited, RequestNotSent, ServerError

T = TypeVar("T")
_log = logging.getLogger("provider.client")


class Stop(Protocol):
    """The methods of threading.Event that end a wait early: both return True if the event is set."""

    def is_set(self) -> bool: ...

    def wait(self, timeout: float) -> bool: ...


@dataclass(frozen=True, slots=True)
class RetryPolicy:
    """The number of retries and the waits before them.

    There are at most ``max_retries`` retries, and none begins later than ``total_seconds`` after the first attempt. The
    wait before retry n is a random part of ``base`` * 2**n seconds, at most ``cap``, or the time that the answer asks
    for. If the answer asks for more than ``cap`` seconds, there is no retry.
    """

    max_retries: int = 5
    total_seconds: float = 120
    base: float = 0.5
    cap: float = 30

    def seconds_before(self, retry: int, retry_after: float | None, portion: float) -> float:
        """Return the seconds to wait before a retry. ``retry`` counts from 0, ``portion`` is random from 0 to 1."""
        if retry_after is not None:
            return max(0.0, retry_after)
        return portion * min(self.cap, self.base * 2.0 ** min(retry, 32))


@dataclass(frozen=True, slots=True)
class Retrier:
    """The runner of attempts under a policy. Tests replace the clock and the random number, so they do not wait."""

    policy: RetryPolicy
    stop: Stop
    clock: Callable[[], float] = time.monotonic
    random: Callable[[], float] = random.random

    def run(self, attempt: Callable[[], T], latest: float = math.inf, *, repeatable: bool) -> T:
        """Return the result of the first attempt that succeeds. Otherwise raises the error of the last attempt.

        No retry begins after ``latest``, a time of ``clock``. ``repeatable`` is True if it does no harm to carry out
        the request twice.
        """
        deadline = min(latest, self.clock() + self.policy.total_seconds)
        tried = 0
        while True:
            tried += 1
            try:
                return attempt()
            except AtlanError as error:
                # a request for a token that failed inside this attempt has counted its own attempts
                error.attempts = max(tried, error.attempts)
                if not may_repeat(error, repeatable=repeatable) or not self._wait_before_retry(error, tried, deadline):
                    raise

    def _wait_before_retry(self, error: AtlanError, tried: int, deadline: float) -> bool:
        if tried > self.policy.max_retries:
            return False
        seconds = self.policy.seconds_before(tried - 1, error.requested_wait, self.random())
        if seconds > self.policy.cap or self.clock() + seconds > deadline:
            return False
        _log.info(
            "%s %s failed with %s; attempt %d, the next in %.2f s",
            *(error.method, error.path, error.status or type(error).__name__, tried, seconds),
        )
        return not self.stop.wait(seconds)


def may_repeat(error: AtlanError, *, repeatable: bool) -> bool:
    """Return True if a request that ended with this error can be sent again without harm.

    It does no harm to carry out a ``repeatable`` request twice, such as a read. After a 500, such a request is repeated
    only if the body says so or if the app is not ready, because the service also refuses requests with this status.
    """
    if isinstance(error, RequestNotSent):
        return not error.permanent
    if isinstance(error, RateLimited):
        return True
    if isinstance(error, ServerError):
        if error.retryable is False:
            return False
        is_temporary = error.retryable is True or error.status in (502, 503, 504) or isinstance(error, AppNotReady)
        return not error.ambiguous or (repeatable and is_temporary)
    return repeatable and isinstance(error, NoAnswer)
