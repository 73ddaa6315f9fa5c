"""A 404 of a workflow: whether it proves that the workflow is gone, and whether the request is sent again."""

import threading
from collections.abc import Callable

import pytest

from provider.absence import FRESH_SECONDS, Absence
from provider.client.errors import AtlanError, BadRequest, NoAnswer, NotFound, UnprovenNotFound
from tests.support.app_resource import SLUG, Workflows, stored_workflow

PATH = {"method": "GET", "path": f"/api/service/v1/app/{SLUG}"}
NOW = 1_700_000_000.0
LISTED, UNLISTED = Workflows(stored_workflow()), Workflows()


def with_code() -> NotFound:
    return NotFound("no such workflow", status=404, code="404", **PATH)


def without_code() -> UnprovenNotFound:
    return UnprovenNotFound("no such workflow", status=404, **PATH)


class Time(threading.Event):
    """A clock in epoch seconds that only waits move, and a stop after `stops_after` waits."""

    def __init__(self, stops_after: int = 1000) -> None:
        super().__init__()
        self.now = NOW
        self.waits: list[float] = []
        self._stops_after = stops_after

    def clock(self) -> float:
        return self.now

    def wait(self, timeout: float | None = None) -> bool:
        self.waits.append(timeout or 0)
        self.now += timeout or 0
        return len(self.waits) > self._stops_after


def absence(workflows: Workflows, time: Time | None = None) -> Absence:
    api: Callable[[], object] = lambda: workflows  # noqa: E731 - the type is that of a client
    return Absence(api, (time or Time()).clock)  # type: ignore[arg-type]


def failing(*errors: AtlanError) -> Workflows:
    workflows = Workflows()
    workflows.errors = [*errors]
    return workflows


@pytest.mark.parametrize("name", ["prod", None])
@pytest.mark.parametrize(
    ("error", "workflows", "age", "is_found", "expected", "evidence"),
    [
        (with_code, LISTED, None, True, NotFound, ""),
        (with_code, LISTED, FRESH_SECONDS, False, NotFound, ""),
        (with_code, LISTED, -FRESH_SECONDS, False, NotFound, ""),
        (with_code, LISTED, 59, True, UnprovenNotFound, f"but the list of workflows contains {SLUG}"),
        (with_code, UNLISTED, 59, True, NotFound, ""),
        (with_code, UNLISTED, 59, False, UnprovenNotFound, f"but {SLUG} was published just now"),
        (with_code, UNLISTED, -59, False, UnprovenNotFound, f"but {SLUG} was published just now"),
        (without_code, UNLISTED, 59, False, UnprovenNotFound, f"but {SLUG} was published just now"),
        (without_code, UNLISTED, None, True, NotFound, ""),
        (without_code, UNLISTED, 61, False, NotFound, ""),
        (without_code, LISTED, None, True, UnprovenNotFound, f"but the list of workflows contains {SLUG}"),
    ],
)
def test_a_workflow_is_gone_only_if_that_is_proven(
    error: Callable[[], AtlanError],
    workflows: Workflows,
    age: float | None,
    is_found: bool,
    expected: type[AtlanError],
    evidence: str,
    name: str | None,
) -> None:
    """The list decides about a 404 without a code, and about one in the first minute after a publish.

    A workflow that no request has found since its create is not gone in that minute.
    """
    judge = absence(Workflows(*workflows.workflows.values()))
    if age is not None:
        judge.add_publish(SLUG, NOW - age, is_found=is_found)
    with pytest.raises(expected) as raised, judge.proven(SLUG, name):
        raise error()
    assert (expected, "no such workflow") == (type(raised.value), raised.value.message)
    assert evidence in str(raised.value)
    assert bool(evidence) == getattr(raised.value, "exists", False)


@pytest.mark.parametrize("error", [with_code, without_code])
def test_a_list_that_cannot_be_read_proves_nothing(error: Callable[[], AtlanError]) -> None:
    """The error says so, and nothing says that the workflow exists."""
    judge = absence(failing(NoAnswer("no answer in time")))
    judge.add_publish(SLUG, NOW, is_found=True)
    with pytest.raises(UnprovenNotFound, match="the list of workflows could not be read") as raised, judge.proven(SLUG):
        raise error()
    assert not raised.value.exists


def test_other_errors_are_not_judged() -> None:
    """The list is not requested."""
    error = BadRequest("no", status=400, **PATH)
    with pytest.raises(BadRequest) as raised, absence(failing(NoAnswer("not asked"))).proven(SLUG):
        raise error
    assert error is raised.value


def test_a_workflow_that_was_found_once_is_decided_by_the_list() -> None:
    """After a success, a 404 is no longer that of a new slug."""
    judge = absence(UNLISTED)
    judge.add_publish(SLUG, NOW, is_found=False)
    with judge.proven(SLUG):
        pass
    with pytest.raises(NotFound), judge.proven(SLUG):
        raise with_code()


def test_publishes_are_forgotten_with_the_settings() -> None:
    """A later configure starts without them."""
    judge = absence(LISTED)
    judge.add_publish(SLUG, NOW, is_found=False)
    judge.clear()
    with pytest.raises(NotFound), judge.proven(SLUG):
        raise with_code()


@pytest.mark.parametrize("error", [with_code, without_code])
def test_a_request_is_sent_again_while_a_new_slug_answers_404(error: Callable[[], AtlanError]) -> None:
    """A 404 did nothing, so any request can be sent again. The waits grow."""
    time = Time()
    judge = absence(UNLISTED, time)
    judge.add_publish(SLUG, NOW, is_found=False)
    failures = [error() for _ in range(4)]

    def request() -> str:
        if failures:
            raise failures.pop()
        return "done"

    assert "done" == judge.until_found(SLUG, request, time)
    assert [0.5, 0.75, 1.125, 1.6875] == time.waits


@pytest.mark.parametrize(
    ("workflows", "is_found", "seconds", "expected", "waited"),
    [
        (UNLISTED, False, FRESH_SECONDS, NotFound, 60),
        (UNLISTED, False, 15, UnprovenNotFound, 15),
        (LISTED, True, FRESH_SECONDS, NotFound, 60),
        (UNLISTED, True, FRESH_SECONDS, NotFound, 0),
    ],
)
def test_the_wait_for_a_new_slug_has_an_end(
    workflows: Workflows, is_found: bool, seconds: float, expected: type[AtlanError], waited: float
) -> None:
    """It ends a minute after the publish, at the caller's limit, or as soon as the workflow is proven to be gone."""
    time = Time()
    judge = absence(workflows, time)
    judge.add_publish(SLUG, NOW, is_found=is_found)

    def request() -> None:
        raise with_code()

    with pytest.raises(expected) as raised:
        judge.until_found(SLUG, request, time, name="prod", seconds=seconds)
    assert (expected, pytest.approx(waited)) == (type(raised.value), sum(time.waits))


def test_a_stop_ends_the_wait_for_a_new_slug() -> None:
    """With the error of the last request."""
    time = Time(stops_after=1)
    judge = absence(UNLISTED, time)
    judge.add_publish(SLUG, NOW, is_found=False)

    def request() -> None:
        raise with_code()

    with pytest.raises(UnprovenNotFound):
        judge.until_found(SLUG, request, time)
    assert 2 == len(time.waits)


def test_a_request_about_a_workflow_that_is_not_new_is_sent_once() -> None:
    """A 404 without a code of a workflow in the list is an error at once."""
    time = Time()

    def request() -> None:
        raise without_code()

    with pytest.raises(UnprovenNotFound):
        absence(LISTED, time).until_found(SLUG, request, time, name="prod")
    assert [] == time.waits
