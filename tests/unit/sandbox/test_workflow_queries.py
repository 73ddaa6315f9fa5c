"""Reads of workflows: pages, cursors, the exact name, and what a read hides."""

from __future__ import annotations

import base64
from collections.abc import Iterator

import pytest

from tests.support.sandbox import Sandbox
from tests.unit.sandbox.service import (
    APP,
    Service,
)


@pytest.fixture(scope="module")
def small_pages() -> Iterator[Sandbox]:
    with Sandbox(page_size=2) as running:
        yield running


@pytest.fixture
def paged(small_pages: Sandbox) -> Service:
    """An empty tenant whose pages hold two rows, whatever a client asks for."""
    small_pages.reset()
    return Service(small_pages)


def _pages(service: Service, query: str) -> list[list[str]]:
    """The slugs of every page, following the cursors."""
    page = service.page(query)
    pages = [[row["slug"] for row in page["workflows"]]]
    while page["has_more"]:
        page = service.page(f"{query}&cursor={page['next_cursor']}")
        pages.append([row["slug"] for row in page["workflows"]])
    assert page["next_cursor"] is None
    return pages


def test_an_empty_tenant_has_one_empty_page(service: Service) -> None:
    """A list of nothing says that there is no more."""
    assert {"workflows": [], "has_more": False, "next_cursor": None} == service.page()


@pytest.mark.parametrize("query", ["limit=100", "limit=2", ""])
def test_a_page_is_never_longer_than_the_tenant_allows(paged: Service, query: str) -> None:
    """The page size caps every limit, and the cursors lead through all rows, oldest first."""
    slugs = [paged.slug(f"Example {number}") for number in range(4)]
    assert [slugs[:2], slugs[2:]] == _pages(paged, query)


def test_a_limit_may_be_smaller(paged: Service) -> None:
    """A limit below the page size is honoured."""
    slugs = [paged.slug(f"Example {number}") for number in range(3)]
    assert [[slug] for slug in slugs] == _pages(paged, "limit=1")


def test_the_default_is_fifty(service: Service) -> None:
    """With no limit a page has 50 rows."""
    for number in range(51):
        service.slug(f"Example {number}")
    assert [50, 1] == [len(page) for page in _pages(service, "")]


def test_a_cursor_survives_changes_behind_it(paged: Service) -> None:
    """What is archived between two pages neither repeats nor hides a row."""
    slugs = [paged.slug(f"Example {number}") for number in range(4)]
    first = paged.page("limit=2")
    paged.call("DELETE", f"{APP}/{slugs[1]}")
    second = paged.page(f"cursor={first['next_cursor']}")
    assert slugs[2:] == [row["slug"] for row in second["workflows"]]


def test_a_name_matches_exactly(service: Service) -> None:
    """The filter takes no part of a name and no other case."""
    slug = service.slug("Example")
    service.slug("Example 2")
    service.slug("EXAMPLE")
    assert [[slug]] == _pages(service, "name=Example")
    assert [[]] == _pages(service, "name=")


def test_a_row_has_what_a_get_has_but_the_dag(service: Service) -> None:
    """A list row has a get's keys, without `dag`."""
    found = service.get(service.slug()).json
    del found["dag"]
    assert [found] == service.page()["workflows"]


FORGED = [f"cursor={base64.urlsafe_b64encode(text).decode()}" for text in (b"after:-1", b"after:" + b"9" * 30)]


@pytest.mark.parametrize(
    "query",
    ["limit=0", "limit=-1", "limit=ten", "limit=", "limit=1.5", "cursor=", "cursor=nonsense", "cursor=%FF", *FORGED],
)
def test_a_bad_limit_or_cursor_is_refused(service: Service, query: str) -> None:
    """A limit that is no positive number, and a cursor that was not given out, answer 400."""
    assert 400 == service.call("GET", f"{APP}?{query}").status


def test_the_list_lags_when_it_is_told_to(paged: Service) -> None:
    """It goes on telling what it told then, in pages too, while a get tells the truth; and it catches up."""
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


def test_only_a_boolean_makes_the_list_lag(paged: Service) -> None:
    """A number of seconds is no switch."""
    assert 400 == paged.call("POST", "/_sandbox/list", {"lags": 5}).status


def test_a_get_tells_no_entrypoint(service: Service) -> None:
    """A get has the workflow's facts and its inputs, but not the entrypoint; the control plane does."""
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
    """With inputs hidden a get has no `args`, and with schedules surfaced it and the list have them."""
    with Sandbox(surface_inputs=False, surface_schedules=True) as sandbox:
        service = Service(sandbox)
        slug = service.slug()
        added = sandbox.call("POST", f"{APP}/{slug}/schedule", {"cron": "0 9 * * *"}).json
        found = service.get(slug).json
        assert {"extract": {"inputs": {}}} == found.pop("dag")
        assert [added] == found["schedules"]
        assert [found] == service.page()["workflows"]


def test_rows_can_lack_what_a_get_tells_of_schedules() -> None:
    """With schedules surfaced and those of rows hidden, a get has them and the list does not."""
    with Sandbox(surface_schedules=True, surface_row_schedules=False) as sandbox:
        service = Service(sandbox)
        slug = service.slug()
        added = sandbox.call("POST", f"{APP}/{slug}/schedule", {"cron": "0 9 * * *"}).json
        assert [added] == service.get(slug).json["schedules"]
        assert [None] == [row["schedules"] for row in service.page()["workflows"]]
