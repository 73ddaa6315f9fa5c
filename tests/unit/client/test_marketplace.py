"""The apps of the marketplace: forms of the answer, pages, and answers that cannot be used."""

from typing import Any

import pytest

from provider.client.api import AtlanApi
from provider.client.errors import NotFound, UnusableAnswer
from provider.client.marketplace import MarketplaceApp
from tests.support.http_server import Reply, ScriptedServer

UUID = "019c72eb-f048-7a40-bb42-e5689dd8c150"
CARD = {"id": "mysql-crawler", "name": "mysql", "displayName": "MySQL Assets", "execution_mode": "native"}
EXPECTED = MarketplaceApp("mysql-crawler", "MySQL Assets", native=True)


def page(*ids: str, **beside: Any) -> Reply:
    return Reply(body={"apps": [{"id": each} for each in ids], **beside})


def ids(api: AtlanApi) -> list[str]:
    return [each.id for each in api.list_marketplace_apps().apps]


@pytest.mark.parametrize(
    "body",
    [
        {"apps": [CARD], "total": 1},
        [CARD],
        {"records": [CARD], "totalRecord": 1},
        {"data": [CARD]},
        {"data": {"items": [CARD], "has_more": False}},
        {"marketplaceApps": [CARD], "status": "ok"},
        {"apps": [CARD], "categories": ["databases"]},
    ],
)
def test_the_list_is_found_in_any_form(api: AtlanApi, server: ScriptedServer, body: Any) -> None:
    """Without an object around it, under a usual key, or as the only list."""
    server.plays(Reply(body=body))
    assert [EXPECTED] == api.list_marketplace_apps().apps
    assert [("GET", "/api/service/marketplace/apps", [])] == [(r.method, r.path, r.query) for r in server.requests]


@pytest.mark.parametrize(
    ("entry", "expected"),
    [
        ({"app_id": "a-crawler"}, ("a-crawler", None, None)),
        ({"appId": "a-crawler", "native_ready": True, "title": "A"}, ("a-crawler", "A", True)),
        ({"id": "a-crawler", "nativeReady": False, "display_name": "A", "name": "b"}, ("a-crawler", "A", False)),
        ({"id": "a-crawler", "executionMode": "Native", "name": "A"}, ("a-crawler", "A", True)),
        ({"id": "a-crawler", "execution_mode": "argo", "displayName": None, "name": "A"}, ("a-crawler", "A", False)),
        ({"id": "a-crawler", "native_ready": "yes", "execution_mode": "", "name": 1}, ("a-crawler", None, None)),
        ({"id": "a-crawler", "nativeReady": "true"}, ("a-crawler", None, True)),
        ({"id": "a-crawler", "native": "False", "execution_mode": "native"}, ("a-crawler", None, False)),
        ({"id": UUID, "app_id": "a-crawler"}, ("a-crawler", None, None)),
        ({"id": "a-crawler", "app_id": UUID}, ("a-crawler", None, None)),
        ({"id": UUID, "name": "a-crawler", "displayName": "A"}, ("a-crawler", "A", None)),
        ({"id": UUID, "name": "A crawler"}, (UUID, "A crawler", None)),
        ({"id": UUID}, (UUID, None, None)),
    ],
)
def test_an_app_has_its_id_name_and_mode_under_any_usual_key(
    api: AtlanApi, server: ScriptedServer, entry: Any, expected: tuple[Any, ...]
) -> None:
    """A UUID is the id only without a readable one. A value of a wrong type is not known."""
    server.plays(Reply(body=[entry]))
    assert [expected] == api.list_marketplace_apps().apps


def test_an_entry_without_a_usable_id_is_left_out(api: AtlanApi, server: ScriptedServer) -> None:
    """The id must be one that can be part of a path. The first entry of an id counts."""
    wrong = [{}, None, "a", 1, [], {"id": None}, {"id": 7}, {"id": ""}, {"id": "a/b"}, {"id": "a\n"}, {"name": "a"}]
    server.plays(Reply(body={"apps": [*wrong, {"id": "a", "name": "first"}, {"id": "a", "name": "second"}]}))
    assert ([MarketplaceApp("a", "first", None)], len(wrong)) == api.list_marketplace_apps()


@pytest.mark.parametrize("body", [[], {"apps": []}, {"apps": None, "total": 0}, {"data": {"records": None}}])
def test_an_empty_list_is_accepted(api: AtlanApi, server: ScriptedServer, body: Any) -> None:
    """The service can return null instead of an empty list."""
    server.plays(Reply(body=body))
    assert [] == api.list_marketplace_apps().apps


@pytest.mark.parametrize(
    ("body", "why"),
    [
        ({}, "does not have the shape of a list of apps"),
        ("apps", "does not have the shape of a list of apps"),
        ({"apps": "wrong"}, "does not have the shape of a list of apps"),
        ({"apps": {"a-crawler": {}}}, "does not have the shape of a list of apps"),
        ({"data": {"data": {"data": {"apps": [CARD]}}}}, "does not have the shape of a list of apps"),
        ({"one": [CARD], "two": [CARD]}, "does not have the shape of a list of apps"),
        ({"apps": [{"title": "A"}, {}]}, "none of its entries has an id"),
    ],
)
def test_an_answer_without_apps_is_refused(api: AtlanApi, server: ScriptedServer, body: Any, why: str) -> None:
    """The reason says what is missing."""
    server.plays(Reply(body=body) if body != "apps" else Reply(body='"apps"'))
    with pytest.raises(UnusableAnswer, match=why):
        api.list_marketplace_apps()


@pytest.mark.parametrize(
    ("pages", "queries"),
    [
        ([page("a", "b", total=3), page("c", total=3)], [{}, {"offset": "2"}]),
        ([page("a", has_more=True), page("b")], [{}, {"offset": "1"}]),
        ([page("a", hasMore=True, nextCursor="x"), page("b", hasMore=False)], [{}, {"cursor": "x"}]),
        ([page("a", next_cursor=7), page(next_cursor=8), page("b")], [{}, {"cursor": "7"}, {"cursor": "8"}]),
        ([page("a", has_more=False, next_cursor="x")], [{}]),
        ([page("a", total=1, next_cursor=None)], [{}]),
    ],
)
def test_all_pages_are_read(api: AtlanApi, server: ScriptedServer, pages: list[Reply], queries: list[Any]) -> None:
    """By a cursor if the answer has one, or else by the number of entries."""
    server.plays(*pages)
    expected = sorted({each["id"] for reply in pages for each in reply.body["apps"]})
    assert expected == ids(api)
    assert queries == [dict(request.query) for request in server.requests]


@pytest.mark.parametrize(
    ("always", "why", "requests"),
    [
        (page("a", "b", total=3), "it repeats the apps of an earlier page, and only 2 apps were read", 2),
        (page(next_cursor="again"), "no last page of the list was found", 2),
        (page(total=5), "it says that there are more apps, and only 0 apps were read", 1),
        (page(has_more=True), "it says that there are more apps, and only 0 apps were read", 1),
    ],
)
def test_a_list_that_cannot_be_read_to_its_end_is_refused(
    api: AtlanApi, server: ScriptedServer, always: Reply, why: str, requests: int
) -> None:
    """A part of the list would look like the whole list."""
    server.always = always
    with pytest.raises(UnusableAnswer, match=why):
        api.list_marketplace_apps()
    assert requests == len(server.requests)


def test_a_list_that_ends_before_its_total_is_refused(api: AtlanApi, server: ScriptedServer) -> None:
    """As an empty list is, and one that repeats its apps."""
    server.plays(page("a", total=3), page(total=3))
    with pytest.raises(UnusableAnswer, match="it says that there are more apps, and only 1 apps were read"):
        api.list_marketplace_apps()
    assert [{}, {"offset": "1"}] == [dict(request.query) for request in server.requests]


def test_the_entries_without_an_id_are_counted_on_all_pages(api: AtlanApi, server: ScriptedServer) -> None:
    """They are also entries of the total."""
    rows: list[Any] = [[{"id": "a"}, {}], [None, {"id": "b"}]]
    server.plays(*(Reply(body={"apps": each, "total": 4}) for each in rows))
    found = api.list_marketplace_apps()
    assert (["a", "b"], 2) == ([each.id for each in found.apps], found.without_id)


@pytest.mark.parametrize(
    ("reply", "kind"),
    [(Reply(404, {"code": 404, "message": "no route"}), NotFound), (Reply(404, "<html>404</html>"), UnusableAnswer)],
)
def test_a_tenant_without_the_list_answers_404(
    api: AtlanApi, server: ScriptedServer, reply: Reply, kind: type[Exception]
) -> None:
    """With the service's own body or a page of its gateway."""
    server.plays(reply)
    with pytest.raises(kind) as raised:
        api.list_marketplace_apps()
    assert 404 == raised.value.status  # type: ignore[attr-defined]
