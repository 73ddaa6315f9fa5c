"""Poll until: its intervals, and the ways it ends."""

import math
import threading
from collections.abc import Callable
from dataclasses import dataclass, field

import pytest

from provider.framework.polling import Waiter, WaitResult

HANGS_SECONDS = 30


@dataclass
class FakeTime:
    """A clock that only waiting moves, and the stop that is waited on: `stops_at` is the wait that it interrupts."""

    now: float = 1000.0
    waits: list[float] = field(default_factory=list)
    stops_at: int | None = None
    stopped: bool = False

    def clock(self) -> float:
        return self.now

    def is_set(self) -> bool:
        return self.stopped

    def wait(self, timeout: float) -> bool:
        self.waits.append(timeout)
        self.now += timeout
        self.stopped = self.stopped or self.stops_at == len(self.waits)
        return self.stopped


@pytest.fixture
def fake() -> FakeTime:
    return FakeTime()


@pytest.fixture
def waiter(fake: FakeTime) -> Waiter:
    return Waiter(fake, fake.clock)


def true_at(number: int) -> Callable[[], bool]:
    """A look that answers True from its n-th time on."""
    looks: list[None] = []

    def look() -> bool:
        looks.append(None)
        return len(looks) >= number

    return look


def test_what_has_come_about_already_is_not_waited_for(waiter: Waiter, fake: FakeTime) -> None:
    """The first look comes before the first interval."""
    assert (WaitResult.DONE, []) == (waiter.until(true_at(1)), fake.waits)


def test_intervals_grow_from_one_second_to_thirty(waiter: Waiter, fake: FakeTime) -> None:
    """By half each time; then they stay as they are."""
    assert WaitResult.DONE == waiter.until(true_at(13))
    expected = [1.0, 1.5, 2.25, 3.375, 5.0625, 7.59375, 11.390625, 17.0859375, 25.62890625, 30.0, 30.0, 30.0]
    assert expected == pytest.approx(fake.waits)


def test_the_last_look_is_at_the_end_of_the_time(waiter: Waiter, fake: FakeTime) -> None:
    """An interval that would pass the end is cut short, and what came about by then counts."""
    assert WaitResult.OUT_OF_TIME == waiter.until(lambda: False, 4)
    assert [1.0, 1.5, 1.5] == fake.waits
    fake.waits.clear()
    assert WaitResult.DONE == waiter.until(true_at(4), 4)


def test_a_stop_ends_the_interval(waiter: Waiter, fake: FakeTime) -> None:
    """There is no further look."""
    fake.stops_at = 3
    look = true_at(4)
    assert WaitResult.STOPPED == waiter.until(look)
    assert look()
    assert 3 == len(fake.waits)


def test_a_wait_that_begins_after_the_stop_looks_once(waiter: Waiter, fake: FakeTime) -> None:
    """A condition that is true by then is still noticed."""
    fake.stopped = True
    assert WaitResult.DONE == waiter.until(true_at(1))
    assert WaitResult.STOPPED == waiter.until(true_at(2))


def test_a_stop_does_not_wait_for_a_look_that_hangs() -> None:
    """The look is left to itself."""
    stop, looking, end = threading.Event(), threading.Event(), threading.Event()

    def look() -> bool:
        looking.set()
        return end.wait(HANGS_SECONDS)

    ends: list[WaitResult] = []
    waiting = threading.Thread(target=lambda: ends.append(Waiter(stop).until(look)))
    waiting.start()
    assert looking.wait(HANGS_SECONDS)
    stop.set()
    waiting.join(1)
    assert [WaitResult.STOPPED] == ends
    end.set()


def test_the_end_of_the_time_does_not_wait_for_a_look_that_hangs() -> None:
    """Nor does it need a stop."""
    end = threading.Event()
    assert WaitResult.OUT_OF_TIME == Waiter(threading.Event()).until(lambda: end.wait(HANGS_SECONDS), 0.3)
    end.set()


@pytest.mark.parametrize("seconds", [math.inf, 10])
def test_an_exception_of_a_look_is_raised(waiter: Waiter, seconds: float) -> None:
    """As it is."""
    with pytest.raises(ZeroDivisionError):
        waiter.until(lambda: 1 / 0 > 1, seconds)


def test_an_exception_after_a_stop_is_a_stop(waiter: Waiter, fake: FakeTime) -> None:
    """An exception that a stop causes is not a failure."""

    def look() -> bool:
        fake.stopped = True
        raise ZeroDivisionError

    assert WaitResult.STOPPED == waiter.until(look)
