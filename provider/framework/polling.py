"""Poll until: look again and again at growing intervals, until something has come about, time is over, or Terraform
asks to stop.
"""

from __future__ import annotations

import math
import queue
import threading
import time
from collections.abc import Callable
from enum import Enum, auto
from typing import Final, NamedTuple, Protocol, TypeVar

T = TypeVar("T")

# The interval after the first look, how it grows from look to look, and the longest.
_FIRST_SECONDS: Final = 1.0
_GROWTH: Final = 1.5
_LONGEST_SECONDS: Final = 30.0
# How long a stop, or the end of the time, may go unnoticed while a look takes its time.
_NOTICE_SECONDS: Final = 0.1


class Stop(Protocol):
    """What is asked of a stop event: the part of threading.Event that waiting needs."""

    def is_set(self) -> bool: ...

    def wait(self, timeout: float) -> bool: ...


class End(Enum):
    """How a wait ended."""

    DONE = auto()
    STOPPED = auto()
    OUT_OF_TIME = auto()


class Waiter(NamedTuple):
    """Waits with this clock and stop event."""

    stop: Stop
    clock: Callable[[], float] = time.monotonic

    def until(self, look: Callable[[], bool], seconds: float = math.inf) -> End:
        """Call ``look`` now and after each interval until it answers True; at most for ``seconds``.

        An exception of ``look`` is raised, unless a stop came before it. A look that outlasts the wait is left to
        end by itself; what it answers or raises is not noticed any more.
        """
        deadline = self.clock() + seconds
        interval = _FIRST_SECONDS
        while True:
            end = self._looked(look, deadline)
            if end is not None:
                return end
            left = deadline - self.clock()
            if left <= 0:
                return End.OUT_OF_TIME
            if self.stop.wait(min(interval, left)):
                return End.STOPPED
            interval = min(interval * _GROWTH, _LONGEST_SECONDS)

    def _looked(self, look: Callable[[], bool], deadline: float) -> End | None:
        """The end that one look brought about, None if it goes on."""
        answers: queue.SimpleQueue[bool | BaseException] = queue.SimpleQueue()
        threading.Thread(target=_answer, args=(look, answers), daemon=True).start()
        while True:
            try:
                answer = answers.get(timeout=_NOTICE_SECONDS)
            except queue.Empty:
                if self.stop.is_set():
                    return End.STOPPED
                if self.clock() >= deadline:
                    return End.OUT_OF_TIME
            else:
                return self._ended_by(answer)

    def _ended_by(self, answer: bool | BaseException) -> End | None:
        if not isinstance(answer, BaseException):
            return End.DONE if answer else None
        if self.stop.is_set():
            return End.STOPPED
        raise answer


def _answer(look: Callable[[], bool], answers: queue.SimpleQueue[bool | BaseException]) -> None:
    try:
        answers.put(look())
    except BaseException as error:  # noqa: BLE001 - it is raised where the answer is waited for
        answers.put(error)
