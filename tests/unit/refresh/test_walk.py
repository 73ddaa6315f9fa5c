"""One walk through the list, shared by threads."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from provider.client.errors import AtlanError, NoAnswer
from provider.client.responses import WorkflowPage
from provider.refresh import UNCHANGED
from provider.refresh.rows import row_of
from provider.refresh.walk import LIMITS, Limits, Walk
from tests.support.refresh_tenant import WAIT_SECONDS, Clock, Tenant, app, index, refresh, unchanged


def failure() -> AtlanError:
    return NoAnswer("the connection was closed", method="GET", path="/app")


@pytest.mark.parametrize("threads", [1, 10, 64])
def test_a_list_of_many_workflows_is_walked_once_by_all_threads(threads: int) -> None:
    """No page is fetched twice or in parallel. The first workflows are read, and the others match their rows."""
    tenant = Tenant(apps=400, page_size=20)
    found = refresh(index(tenant), tenant, range(400), threads)
    assert 400 == len(found)
    assert (list(range(20)), 1) == (tenant.pages, tenant.most_at_once)
    assert 40 >= len(tenant.pages) + len(tenant.read)
    assert tenant.read == [number for number, told in found.items() if told is not UNCHANGED] or threads > 1
    assert len(tenant.read) == len(set(tenant.read)) == sum(told is not UNCHANGED for told in found.values())


def test_a_small_configuration_never_asks_for_the_list() -> None:
    """The first workflows are read one by one."""
    tenant = Tenant(apps=400)
    refresh(index(tenant), tenant, range(LIMITS.first_reads))
    assert ([], LIMITS.first_reads) == (tenant.pages, len(tenant.read))


def test_a_changed_workflow_is_read_by_itself() -> None:
    """Another version, another owner and a workflow that does not exist, among many that did not change."""
    tenant = Tenant(apps=100)
    changed = {50: app(50, version=2), 60: app(60, owner="other")}
    tenant.gets |= {**changed, 70: None}
    tenant.rows |= {**changed, 70: None}
    found = refresh(index(tenant), tenant, range(100))
    assert changed == {number: found[number] for number in changed}
    assert 70 not in found
    assert {50, 60, 70} <= set(tenant.read)
    assert 40 >= len(tenant.pages) + len(tenant.read)


@pytest.mark.parametrize("wanted", [12, 30, 60])
def test_a_tenant_of_far_more_workflows_costs_at_most_a_page_for_each_read(wanted: int) -> None:
    """The workflows of the configuration are at the end of a long list. They are read, and the walk stops."""
    tenant = Tenant(apps=20_000)
    found = refresh(index(tenant), tenant, range(20_000 - wanted, 20_000))
    assert wanted == len(found) == len(tenant.read)
    assert wanted >= len(tenant.pages)


def test_a_walk_that_went_ahead_goes_on_as_more_is_asked_for() -> None:
    """The list is longer than the first threads may fetch. Some workflows are read, and the others match rows."""
    tenant = Tenant(apps=600)
    found = refresh(index(tenant), tenant, range(599, -1, -1))
    assert 600 == len(found)
    assert 30 < len(tenant.pages) <= 60
    assert 300 > len(tenant.read)


@pytest.mark.parametrize("page", [0, 1, 5])
def test_a_list_that_fails_is_given_up(page: int, caplog: pytest.LogCaptureFixture) -> None:
    """It is not requested again, the log says why, and every workflow is read."""
    caplog.set_level("INFO", "provider.refresh")
    tenant = Tenant(apps=200)

    def fail(number: int) -> None:
        if number == page:
            raise failure()

    tenant.before_page = fail
    found = refresh(index(tenant), tenant, range(200))
    assert 200 == len(found)
    assert list(range(page + 1)) == tenant.pages
    assert ["the list of workflows is not used any more"] == [
        each.partition(",")[0] for each in caplog.messages if "not used" in each
    ]
    assert "the connection was closed" in caplog.text


@pytest.mark.parametrize(
    "beyond",
    [
        pytest.param(
            WorkflowPage(workflows=[app(0)], has_more=True, next_cursor="0"), id="a cursor that was there before"
        ),
        pytest.param(WorkflowPage(workflows=[app(0)], has_more=True, next_cursor=None), id="no cursor"),
        pytest.param(WorkflowPage(workflows=[], has_more=True, next_cursor="new"), id="nothing on the page"),
    ],
)
def test_a_list_without_an_end_is_given_up(beyond: WorkflowPage, caplog: pytest.LogCaptureFixture) -> None:
    """The cursor is an earlier one, none, or the page is empty."""
    caplog.set_level("INFO", "provider.refresh")
    asked: list[str | None] = []
    first = WorkflowPage(workflows=[app(number) for number in range(5)], has_more=True, next_cursor="0")

    def fetch(cursor: str | None) -> WorkflowPage:
        asked.append(cursor)
        return first if cursor is None else beyond

    walk = Walk(fetch, Clock(), Limits(first_reads=0))
    assert [None] * 9 == [walk.row("unlisted") for _ in range(9)]
    assert [None, "0"] == asked
    assert "no last page of the list was found" in caplog.text


def test_a_page_that_hangs_blocks_only_the_thread_that_requested_it() -> None:
    """The other threads stop waiting and read their workflows. None of them requests the page too."""
    asked, told = threading.Event(), threading.Event()
    pages: list[str | None] = []

    def fetch(cursor: str | None) -> WorkflowPage:
        pages.append(cursor)
        asked.set()
        assert told.wait(WAIT_SECONDS)
        return WorkflowPage(workflows=[], has_more=False)

    clock = Clock()
    walk = Walk(fetch, clock, Limits(first_reads=0, wait_seconds=0.01))
    for _ in range(10):
        with walk.reading(row_was_requested=False):
            pass
    with ThreadPoolExecutor(2) as pool:
        try:
            first = pool.submit(walk.row, "app-0")
            assert asked.wait(WAIT_SECONDS)
            other = pool.submit(walk.row, "app-1")
            clock.now += 1
            assert None is other.result(WAIT_SECONDS)
            assert not first.done()
        finally:
            told.set()
        assert None is first.result(WAIT_SECONDS)
    assert [None] == pages


def test_a_slow_list_is_not_waited_for() -> None:
    """After the wait, each thread fetches one page at most and reads its workflow."""
    tenant, clock = Tenant(apps=300), Clock()

    def take_long(number: int) -> None:
        clock.now += 2

    tenant.before_page = take_long
    found = refresh(index(tenant, clock), tenant, range(300))
    assert 300 == len(found)
    assert 15 >= len(tenant.pages)


def test_rows_are_trusted_for_thirty_seconds_at_most() -> None:
    """After that, each workflow is read, and the list is not requested again."""
    tenant, clock = Tenant(apps=100), Clock()
    made = index(tenant, clock)
    refresh(made, tenant, range(100))
    read, pages = len(tenant.read), len(tenant.pages)
    clock.now += LIMITS.lifetime_seconds - 0.1
    refresh(made, tenant, range(50))
    assert read == len(tenant.read)
    clock.now += 0.2
    refresh(made, tenant, range(50))
    assert (read + 50, pages) == (len(tenant.read), len(tenant.pages))


def test_a_mismatch_ends_the_walk_and_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    """One of the first reads returns another version than its row: no row is trusted, and all are read."""
    tenant = Tenant(apps=200)
    tenant.rows[3] = app(3, version=7)
    found = refresh(index(tenant), tenant, range(200))
    assert 200 == len(found)
    assert list(range(200)) == sorted(tenant.read)
    assert "app-3 is version 7, owner admin, native in the list" in caplog.text


def test_a_thread_that_waits_for_the_first_reads_is_not_blocked_by_a_failed_one() -> None:
    """The list is complete before the first read ends, and a read that fails does not block other threads."""
    tenant = Tenant(apps=8)
    walk = Walk(lambda cursor: tenant.get_workflow_page(cursor=cursor), Clock(), Limits(first_reads=0))
    with pytest.raises(AtlanError), walk.reading(row_was_requested=False):
        raise failure()
    with ThreadPoolExecutor(1) as pool, walk.reading(row_was_requested=False):
        waiting = pool.submit(walk.row, "app-7")
        while not tenant.pages:
            assert not waiting.done()
        for number in range(3):
            walk.add_read(f"app-{number}", row_of(app(number)))
    row = waiting.result(WAIT_SECONDS)
    assert row is not None
    assert unchanged(row)


def test_an_unexpected_error_of_a_page_is_raised_once() -> None:
    """The thread that fetched the page raises. The others continue without the list."""
    tenant = Tenant(apps=100)

    def fail(number: int) -> None:
        raise ZeroDivisionError

    tenant.before_page = fail
    made = index(tenant)
    refresh(made, tenant, range(LIMITS.first_reads))
    with pytest.raises(ZeroDivisionError):
        refresh(made, tenant, range(LIMITS.first_reads, LIMITS.first_reads + 1))
    assert 50 == len(refresh(made, tenant, range(50)))
    assert 1 == len(tenant.pages)


def test_once_threads_wait_no_longer_each_fetches_a_page_at_most() -> None:
    """Earlier reads would allow more pages, but this read must not wait for all of them."""
    tenant, clock = Tenant(apps=300), Clock()

    def take_long(_: int) -> None:
        clock.now += LIMITS.wait_seconds + 1

    tenant.before_page = take_long
    walk = Walk(lambda cursor: tenant.get_workflow_page(cursor=cursor), clock, Limits(first_reads=0))
    for _ in range(40):
        with walk.reading(row_was_requested=False):
            pass
    for pages in (1, 2, 3):
        assert None is walk.row("unlisted")
        assert pages == len(tenant.pages)


def test_a_complete_list_that_no_read_confirms_is_not_waited_for() -> None:
    """The only read in progress has failed, and there is no other."""
    tenant = Tenant(apps=8)
    walk = Walk(lambda cursor: tenant.get_workflow_page(cursor=cursor), Clock(), Limits(first_reads=0))
    with pytest.raises(AtlanError), walk.reading(row_was_requested=False):
        raise failure()
    with ThreadPoolExecutor(1) as pool:
        asking = pool.submit(walk.row, "app-7")
        try:
            assert None is asking.result(WAIT_SECONDS)
        finally:
            walk.end()


def test_no_thread_waits_for_a_walk_that_found_too_little() -> None:
    """The tenant is far larger, so other threads read at once while one fetches a page."""
    asked, told = threading.Event(), threading.Event()
    tenant = Tenant(apps=300)
    walk = Walk(lambda cursor: tenant.get_workflow_page(cursor=cursor), Clock(), Limits(first_reads=0))
    assert None is walk.row("unlisted")
    for _ in range(20):
        with walk.reading(row_was_requested=False):
            pass

    def hang(_: int) -> None:
        asked.set()
        assert told.wait(WAIT_SECONDS)

    tenant.before_page = hang
    with ThreadPoolExecutor(2) as pool:
        try:
            pool.submit(walk.row, "unlisted")
            assert asked.wait(WAIT_SECONDS)
            assert None is pool.submit(walk.row, "also-unlisted").result(WAIT_SECONDS)
        finally:
            told.set()
