"""Poll at growing intervals until a condition is true, a time limit is reached, or Terraform asks to stop."""

from __future__ import annotations

import math
import queue
import threading
import time
from collections.abc import Callable, Iterator
from enum import Enum, auto
from typing import Final, NamedTuple, Protocol, TypeVar

T = TypeVar("T")

_GROWTH: Final = 1.5
"""The growth of the interval from check to check."""
# How long a running check may delay a stop, or the end of the wait.
_NOTICE_SECONDS: Final = 0.1


class Stop(Protocol):
    """The methods of threading.Event that waiting uses."""

    def is_set(self) -> bool: ...

    def wait(self, timeout: float) -> bool: ...


class WaitResult(Enum):
    """The reason why a wait ended."""

    DONE = auto()
    STOPPED = auto()
    OUT_OF_TIME = auto()


def intervals(first: float = 1.0, longest: float = 30.0) -> Iterator[float]:
    """Yield the intervals between checks in seconds, without end: ``first``, then longer ones up to ``longest``."""
    while True:
        yield first
        first = min(first * _GROWTH, longest)


class Waiter(NamedTuple):
    """A wait for a condition, with a stop event and a clock in seconds."""

    stop: Stop
    clock: Callable[[], float] = time.monotonic

    def until(self, check: Callable[[], bool], seconds: float = math.inf) -> WaitResult:
        """Call ``check`` now and after each interval until it returns True, at most for ``seconds``.

        The last interval ends at the time limit, and ``check`` is called once more. If a check is still running when
        the wait ends, its result is ignored. Raises the exception of ``check``, unless a stop came first.
        """
        deadline = self.clock() + seconds
        waits = intervals()
        while True:
            result = self._check(check, deadline)
            if result is not None:
                return result
            left = deadline - self.clock()
            if left <= 0:
                return WaitResult.OUT_OF_TIME
            if self.stop.wait(min(next(waits), left)):
                return WaitResult.STOPPED

    def _check(self, check: Callable[[], bool], deadline: float) -> WaitResult | None:
        """Call ``check`` once. Return the result of the wait, or None if the wait continues."""
        answers: queue.SimpleQueue[bool | BaseException] = queue.SimpleQueue()
        threading.Thread(target=_put_answer, args=(check, answers), daemon=True).start()
        while True:
            try:
                answer = answers.get(timeout=_NOTICE_SECONDS)
            except queue.Empty:
                if self.stop.is_set():
                    return WaitResult.STOPPED
                if self.clock() >= deadline:
                    return WaitResult.OUT_OF_TIME
            else:
                return self._result_of(answer)

    def _result_of(self, answer: bool | BaseException) -> WaitResult | None:
        if not isinstance(answer, BaseException):
            return WaitResult.DONE if answer else None
        if self.stop.is_set():
            return WaitResult.STOPPED
        raise answer


def _put_answer(check: Callable[[], bool], answers: queue.SimpleQueue[bool | BaseException]) -> None:
    try:
        answers.put(check())
    except BaseException as error:  # noqa: BLE001 - the waiting thread raises it
        answers.put(error)
