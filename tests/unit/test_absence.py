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


CREATED, IN_LIST = f"but {SLUG} was created just now", f"but the list of workflows contains {SLUG}"


@pytest.mark.parametrize("name", ["prod", None])
@pytest.mark.parametrize(
    ("error", "workflows", "published", "created", "evidence"),
    [
        (with_code, LISTED, None, None, ""),
        (with_code, LISTED, FRESH_SECONDS, FRESH_SECONDS, ""),
        (with_code, LISTED, -FRESH_SECONDS, None, ""),
        (with_code, LISTED, 59, None, IN_LIST),
        (with_code, LISTED, 59, 3600, IN_LIST),
        (with_code, UNLISTED, 59, 3600, ""),
        (with_code, UNLISTED, 59, 59, CREATED),
        (with_code, UNLISTED, 1, 59, CREATED),
        (with_code, UNLISTED, -59, -59, CREATED),
        (without_code, UNLISTED, 59, 59, CREATED),
        (without_code, UNLISTED, None, None, ""),
        (without_code, UNLISTED, 61, 61, ""),
        (without_code, LISTED, None, None, IN_LIST),
    ],
)
def test_a_workflow_is_gone_only_if_that_is_proven(
    error: Callable[[], AtlanError],
    workflows: Workflows,
    published: float | None,
    created: float | None,
    evidence: str,
    name: str | None,
) -> None:
    """The list decides about a 404 without a code, and about one in the first minute after an update.

    In the first minute after its create, a workflow is not gone, whatever the list contains. Without evidence for it,
    the workflow is gone.
    """
    judge = absence(Workflows(*workflows.workflows.values()))
    if published is not None:
        judge.add_publish(SLUG, NOW - published, None if created is None else NOW - created)
    expected = UnprovenNotFound if evidence else NotFound
    with pytest.raises(expected) as raised, judge.proven(SLUG, name):
        raise error()
    assert (expected, "no such workflow") == (type(raised.value), raised.value.message)
    assert evidence in str(raised.value)
    assert bool(evidence) == getattr(raised.value, "exists", False)


@pytest.mark.parametrize("error", [with_code, without_code])
def test_a_new_workflow_that_this_process_archived_is_gone(error: Callable[[], AtlanError]) -> None:
    """Also if the list still contains it."""
    judge = absence(LISTED)
    judge.add_publish(SLUG, NOW, NOW)
    judge.add_archive(SLUG)
    with pytest.raises(NotFound), judge.proven(SLUG):
        raise error()


@pytest.mark.parametrize("error", [with_code, without_code])
def test_a_list_that_cannot_be_read_proves_nothing(error: Callable[[], AtlanError]) -> None:
    """The error says so, and nothing says that the workflow exists."""
    judge = absence(failing(NoAnswer("no answer in time")))
    judge.add_publish(SLUG, NOW)
    with pytest.raises(UnprovenNotFound, match="the list of workflows could not be read") as raised, judge.proven(SLUG):
        raise error()
    assert not raised.value.exists


def test_other_errors_are_not_judged() -> None:
    """The list is not requested."""
    error = BadRequest("no", status=400, **PATH)
    with pytest.raises(BadRequest) as raised, absence(failing(NoAnswer("not asked"))).proven(SLUG):
        raise error
    assert error is raised.value


def test_publishes_are_forgotten_with_the_settings() -> None:
    """A later configure starts without them."""
    judge = absence(LISTED)
    judge.add_publish(SLUG, NOW, NOW)
    judge.clear()
    with pytest.raises(NotFound), judge.proven(SLUG):
        raise with_code()


@pytest.mark.parametrize("error", [with_code, without_code])
def test_a_request_is_sent_again_while_a_new_slug_answers_404(error: Callable[[], AtlanError]) -> None:
    """A 404 did nothing, so any request can be sent again. The waits grow."""
    time = Time()
    judge = absence(UNLISTED, time)
    judge.add_publish(SLUG, NOW, NOW)
    failures = [error() for _ in range(4)]

    def request() -> str:
        if failures:
            raise failures.pop()
        return "done"

    assert "done" == judge.until_found(SLUG, request, time)
    assert [0.5, 0.75, 1.125, 1.6875] == time.waits


@pytest.mark.parametrize(
    ("workflows", "publish", "seconds", "expected", "waited"),
    [
        (UNLISTED, (NOW, NOW), FRESH_SECONDS, NotFound, 60),
        (UNLISTED, (NOW, NOW), 15, UnprovenNotFound, 15),
        (LISTED, (NOW, None), FRESH_SECONDS, NotFound, 60),
        (UNLISTED, (NOW, None), FRESH_SECONDS, NotFound, 0),
        (LISTED, (NOW - 61, NOW - 61), FRESH_SECONDS, NotFound, 0),
        (LISTED, None, FRESH_SECONDS, UnprovenNotFound, 10),
        (LISTED, None, 0, UnprovenNotFound, 0),
        (UNLISTED, None, FRESH_SECONDS, NotFound, 0),
    ],
)
def test_the_wait_for_a_new_slug_has_an_end(
    workflows: Workflows,
    publish: tuple[float, float | None] | None,
    seconds: float,
    expected: type[AtlanError],
    waited: float,
) -> None:
    """It ends a minute after the publish, at the caller's limit, or as soon as the workflow is proven to be gone.

    If the publish is not known, the list decides, and the wait is short.
    """
    time = Time()
    judge = absence(workflows, time)
    if publish is not None:
        judge.add_publish(SLUG, *publish)

    def request() -> None:
        raise with_code()

    with pytest.raises(expected) as raised:
        judge.until_found(SLUG, request, time, name="prod", seconds=seconds)
    assert (expected, pytest.approx(waited)) == (type(raised.value), sum(time.waits))


def test_a_stop_ends_the_wait_for_a_new_slug() -> None:
    """With the error of the last request."""
    time = Time(stops_after=1)
    judge = absence(UNLISTED, time)
    judge.add_publish(SLUG, NOW, NOW)

    def request() -> None:
        raise with_code()

    with pytest.raises(UnprovenNotFound):
        judge.until_found(SLUG, request, time)
    assert 2 == len(time.waits)


def test_a_request_about_a_workflow_that_is_not_new_is_sent_once() -> None:
    """A 404 without a code of a workflow in the list is an error at once."""
    time = Time()
    judge = absence(LISTED, time)
    judge.add_publish(SLUG, NOW - 3600)

    def request() -> None:
        raise without_code()

    with pytest.raises(UnprovenNotFound):
        judge.until_found(SLUG, request, time, name="prod")
    assert [] == time.waits
