"""When the index holds: from a Configure until the first write."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from provider.client.errors import NotFound
from provider.refresh.walk import LIMITS
from tests.unit.refresh.conftest import WAIT_SECONDS, Clock, Tenant, app, index, refresh


def test_a_write_ends_it() -> None:
    """After it each workflow is read by itself, and the list is not asked again."""
    tenant = Tenant(apps=100)
    made = index(tenant)
    refresh(made, tenant, range(100))
    read, pages = len(tenant.read), len(tenant.pages)
    made.end()
    refresh(made, tenant, range(100))
    assert (read + 100, pages) == (len(tenant.read), len(tenant.pages))


def test_a_write_ends_it_for_who_is_waiting_too() -> None:
    """What a page tells that was asked for before the write is not believed after it."""
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


def test_a_configure_begins_anew() -> None:
    """Nothing is believed that was told before, and the handful is read once more."""
    tenant = Tenant(apps=100)
    made = index(tenant)
    refresh(made, tenant, range(100))
    changed = app(99, version=2)
    tenant.gets[99] = tenant.rows[99] = changed
    made.begin(enabled=True)
    assert changed == refresh(made, tenant, range(100))[99]
    assert 20 == len(tenant.pages)


def test_it_can_be_switched_off() -> None:
    """Then every workflow is read, in whatever number."""
    tenant = Tenant(apps=100)
    made = index(tenant)
    made.begin(enabled=False)
    refresh(made, tenant, range(100))
    assert ([], 100) == (tenant.pages, len(tenant.read))


def test_a_list_that_was_caught_out_stays_off_for_the_process() -> None:
    """Another Configure does not make it any better."""
    tenant = Tenant(apps=100)
    tenant.gets[0] = None
    made = index(tenant)
    assert 99 == len(refresh(made, tenant, range(100)))
    pages = len(tenant.pages)
    made.begin(enabled=True)
    refresh(made, tenant, range(100))
    assert (pages, 200) == (len(tenant.pages), len(tenant.read))


def test_a_list_that_failed_is_asked_again_after_the_next_configure() -> None:
    """It is another command, and the service may be well again."""
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


def test_what_no_row_could_prove_is_read_and_waits_for_nothing() -> None:
    """It counts among the first reads, and neither asks for a page nor waits for one."""
    tenant = Tenant(apps=100)
    made = index(tenant, Clock())
    for number in range(50):
        assert app(number) == made.read(f"app-{number}", lambda number=number: tenant.get(number), None)
    assert ([], 50) == (tenant.pages, len(tenant.read))
    refresh(made, tenant, range(99, 100))
    assert [*range(10)] == tenant.pages


def test_a_workflow_that_is_gone_is_told_as_without_a_list() -> None:
    """The error of the get comes through."""
    tenant = Tenant(apps=100)
    tenant.gets[5] = tenant.rows[5] = None
    made = index(tenant)
    with pytest.raises(NotFound):
        made.read("app-5", lambda: tenant.get(5), None)
