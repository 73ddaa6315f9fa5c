"""Reads of workflows: pages, cursors, the exact name, and what a read hides."""

from __future__ import annotations

import base64
from collections.abc import Iterator

import pytest

from tests.support.sandbox import Sandbox
from tests.support.sandbox_service import (
    APP,
    Service,
)


@pytest.fixture(scope="module")
def small_pages() -> Iterator[Sandbox]:
    with Sandbox(page_size=2) as running:
        yield running


@pytest.fixture
def paged(small_pages: Sandbox) -> Service:
    """Return an empty tenant whose pages contain at most two rows."""
    small_pages.reset()
    return Service(small_pages)


def _pages(service: Service, query: str) -> list[list[str]]:
    """Return the slugs of every page, following the cursors."""
    page = service.page(query)
    pages = [[row["slug"] for row in page["workflows"]]]
    while page["has_more"]:
        page = service.page(f"{query}&cursor={page['next_cursor']}")
        pages.append([row["slug"] for row in page["workflows"]])
    assert page["next_cursor"] is None
    return pages


def test_an_empty_tenant_has_one_empty_page(service: Service) -> None:
    """The list of an empty tenant is one page without a cursor."""
    assert {"workflows": [], "has_more": False, "next_cursor": None} == service.page()


@pytest.mark.parametrize("query", ["limit=100", "limit=2", ""])
def test_a_page_is_never_longer_than_the_tenant_allows(paged: Service, query: str) -> None:
    """The page size limits every page, and the cursors lead through all rows, oldest first."""
    slugs = [paged.slug(f"Example {number}") for number in range(4)]
    assert [slugs[:2], slugs[2:]] == _pages(paged, query)


def test_a_limit_may_be_smaller(paged: Service) -> None:
    """A limit below the page size applies."""
    slugs = [paged.slug(f"Example {number}") for number in range(3)]
    assert [[slug] for slug in slugs] == _pages(paged, "limit=1")


def test_the_default_is_fifty(service: Service) -> None:
    """Without a limit a page has 50 rows."""
    for number in range(51):
        service.slug(f"Example {number}")
    assert [50, 1] == [len(page) for page in _pages(service, "")]


def test_a_cursor_is_valid_after_changes_of_earlier_rows(paged: Service) -> None:
    """A workflow that is archived between two pages does not cause a repeated or a missing row."""
    slugs = [paged.slug(f"Example {number}") for number in range(4)]
    first = paged.page("limit=2")
    paged.call("DELETE", f"{APP}/{slugs[1]}")
    second = paged.page(f"cursor={first['next_cursor']}")
    assert slugs[2:] == [row["slug"] for row in second["workflows"]]


def test_a_name_matches_exactly(service: Service) -> None:
    """The filter matches only the whole name, in the same case."""
    slug = service.slug("Example")
    service.slug("Example 2")
    service.slug("EXAMPLE")
    assert [[slug]] == _pages(service, "name=Example")
    assert [[]] == _pages(service, "name=")


def test_a_row_has_the_keys_of_a_workflow_except_the_dag(service: Service) -> None:
    """A row of the list has the keys of a workflow, without `dag`."""
    found = service.get(service.slug()).json
    del found["dag"]
    assert [found] == service.page()["workflows"]


FORGED = [f"cursor={base64.urlsafe_b64encode(text).decode()}" for text in (b"after:-1", b"after:" + b"9" * 30)]


@pytest.mark.parametrize(
    "query",
    ["limit=0", "limit=-1", "limit=ten", "limit=", "limit=1.5", "cursor=", "cursor=nonsense", "cursor=%FF", *FORGED],
)
def test_a_bad_limit_or_cursor_is_refused(service: Service, query: str) -> None:
    """A limit that is not a positive number, and an invalid cursor, return a 400."""
    assert 400 == service.call("GET", f"{APP}?{query}").status


def test_the_list_can_be_frozen(paged: Service) -> None:
    """A frozen list and its pages do not change, while a read of one workflow does, until the list is released."""
    first, second, third = (paged.slug(f"Example {number}") for number in range(3))
    before = paged.page("name=Example%200")["workflows"]
    paged.sandbox.lag()
    paged.sandbox.hand_over(first, "another-owner")
    paged.call("DELETE", f"{APP}/{second}")
    new = paged.slug("Example 3")
    assert [[first, second], [third]] == _pages(paged, "")
    assert before == paged.page("name=Example%200")["workflows"]
    assert ("another-owner", 404) == (paged.get(first).json["owner"], paged.get(second).status)
    paged.sandbox.lag(lags=False)
    assert [[first, third], [new]] == _pages(paged, "")
    assert ["another-owner"] == [row["owner"] for row in paged.page("name=Example%200")["workflows"]]


def test_only_a_boolean_freezes_the_list(paged: Service) -> None:
    """A number returns a 400."""
    assert 400 == paged.call("POST", "/_sandbox/list", {"lags": 5}).status


def test_a_read_does_not_contain_the_entrypoint(service: Service) -> None:
    """A read contains the workflow's fields and inputs, but not the entrypoint. The control plane returns it."""
    slug = service.slug(entrypoint="crawler")
    found = service.get(slug).json
    assert ("Example", "bigquery-crawler", "service-account-apikey", None) == (
        found["name"],
        found["app_id"],
        found["owner"],
        found["schedules"],
    )
    assert "entrypoint" not in found
    assert "crawler" == service.sandbox.workflows()[0]["entrypoint"]


def test_inputs_can_be_hidden() -> None:
    """With hidden inputs a read has no `args`. With surfaced schedules a read and the list contain them."""
    with Sandbox(surface_inputs=False, surface_schedules=True) as sandbox:
        service = Service(sandbox)
        slug = service.slug()
        added = sandbox.call("POST", f"{APP}/{slug}/schedule", {"cron": "0 9 * * *"}).json
        found = service.get(slug).json
        assert {"extract": {"inputs": {}}} == found.pop("dag")
        assert [added] == found["schedules"]
        assert [found] == service.page()["workflows"]


def test_schedules_can_be_hidden_in_rows() -> None:
    """With surfaced schedules and hidden row schedules, a read contains the schedules and the list does not."""
    with Sandbox(surface_schedules=True, surface_row_schedules=False) as sandbox:
        service = Service(sandbox)
        slug = service.slug()
        added = sandbox.call("POST", f"{APP}/{slug}/schedule", {"cron": "0 9 * * *"}).json
        assert [added] == service.get(slug).json["schedules"]
        assert [None] == [row["schedules"] for row in service.page()["workflows"]]
