"""The index is used from a Configure until the first write."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from provider.client.errors import NotFound
from provider.refresh.walk import LIMITS
from tests.support.refresh_tenant import WAIT_SECONDS, Clock, Tenant, app, index, refresh


def test_a_write_ends_it() -> None:
    """After it, each workflow is read by itself, and the list is not requested again."""
    tenant = Tenant(apps=100)
    made = index(tenant)
    refresh(made, tenant, range(100))
    read, pages = len(tenant.read), len(tenant.pages)
    made.end()
    refresh(made, tenant, range(100))
    assert (read + 100, pages) == (len(tenant.read), len(tenant.pages))


def test_a_write_ends_it_for_waiting_threads_too() -> None:
    """A page that was requested before the write is not trusted after it."""
    asked, told = threading.Event(), threading.Event()
    tenant = Tenant(apps=20, page_size=20)

    def hang(_: int) -> None:
        asked.set()
        assert told.wait(WAIT_SECONDS)

    tenant.before_page = hang
    made = index(tenant)
    refresh(made, tenant, range(LIMITS.first_reads))
    with ThreadPoolExecutor(1) as pool:
        try:
            waiting = pool.submit(refresh, made, tenant, range(19, 20))
            assert asked.wait(WAIT_SECONDS)
            made.end()
        finally:
            told.set()
        assert {19: app(19)} == waiting.result(WAIT_SECONDS)


def test_a_configure_begins_again() -> None:
    """Rows from before are not trusted, and the first workflows are read again."""
    tenant = Tenant(apps=100)
    made = index(tenant)
    refresh(made, tenant, range(100))
    changed = app(99, version=2)
    tenant.gets[99] = tenant.rows[99] = changed
    made.begin(enabled=True)
    assert changed == refresh(made, tenant, range(100))[99]
    assert 20 == len(tenant.pages)


def test_it_can_be_switched_off() -> None:
    """Then every workflow is read."""
    tenant = Tenant(apps=100)
    made = index(tenant)
    made.begin(enabled=False)
    refresh(made, tenant, range(100))
    assert ([], 100) == (tenant.pages, len(tenant.read))


def test_a_list_that_did_not_match_stays_off_for_the_process() -> None:
    """Another Configure does not change that."""
    tenant = Tenant(apps=100)
    tenant.gets[0] = None
    made = index(tenant)
    assert 99 == len(refresh(made, tenant, range(100)))
    pages = len(tenant.pages)
    made.begin(enabled=True)
    refresh(made, tenant, range(100))
    assert (pages, 200) == (len(tenant.pages), len(tenant.read))


def test_a_list_that_failed_is_requested_again_after_the_next_configure() -> None:
    """It is another command, and the service may work again."""
    tenant = Tenant(apps=100)
    tenant.before_page = lambda _: tenant.get(-1)
    tenant.gets[-1] = None
    made = index(tenant)
    refresh(made, tenant, range(100))
    assert [0] == tenant.pages
    tenant.before_page = lambda _: None
    made.begin(enabled=True)
    refresh(made, tenant, range(100))
    assert [0, *range(10)] == tenant.pages


def test_a_workflow_that_no_row_can_match_is_read_without_a_wait() -> None:
    """The read counts as one of the first, and neither requests a page nor waits for one."""
    tenant = Tenant(apps=100)
    made = index(tenant, Clock())
    for number in range(50):
        assert app(number) == made.read(f"app-{number}", lambda number=number: tenant.get(number), None)
    assert ([], 50) == (tenant.pages, len(tenant.read))
    refresh(made, tenant, range(99, 100))
    assert [*range(10)] == tenant.pages


def test_a_workflow_that_does_not_exist_raises_as_without_a_list() -> None:
    """The error of the GET is raised."""
    tenant = Tenant(apps=100)
    tenant.gets[5] = tenant.rows[5] = None
    made = index(tenant)
    with pytest.raises(NotFound):
        made.read("app-5", lambda: tenant.get(5), None)
