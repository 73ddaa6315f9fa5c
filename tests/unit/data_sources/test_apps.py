"""``data.atlan_apps``: pages, filters and order."""

from typing import Any

import pytest

from provider.client.errors import UnusableAnswer
from provider.data_sources.apps import AppsDataSource
from tests.support.data_source_answers import Read
from tests.support.http_server import Reply, ScriptedServer

NOTHING_ELSE = {"name": None, "app_id": None, "version": None, "owner": None}


def page(*rows: dict[str, Any], following: str | None = None) -> Reply:
    return Reply(body={"workflows": rows, "has_more": following is not None, "next_cursor": following})


def test_the_workflows_of_all_pages_are_sorted_by_slug(read: Read, server: ScriptedServer) -> None:
    """The order of the service does not matter. A workflow on two pages counts once, and a missing value is null."""
    whole = {"slug": "b", "name": "n", "app_id": "a-crawler", "version": 7, "owner": "admin"}
    server.plays(page({"slug": "c"}, whole, following="2"), page(whole, {"slug": "a"}))
    expected = [{"slug": "a", **NOTHING_ELSE}, whole, {"slug": "c", **NOTHING_ELSE}]
    found = read(AppsDataSource)
    assert ({"name": None, "app_id": None, "apps": expected}, []) == (found.state, found.warnings)
    assert [{}, {"cursor": "2"}] == [dict(request.query) for request in server.requests]


def test_no_workflows_are_an_empty_list(read: Read, server: ScriptedServer) -> None:
    """The service can return null instead of an empty list."""
    server.plays(Reply(body={"workflows": None}))
    assert [] == read(AppsDataSource).state["apps"]


@pytest.mark.parametrize(
    ("config", "expected"),
    [
        ({"app_id": "a-crawler"}, ["a1", "a2"]),
        ({"app_id": "bigquery-crawler"}, []),
        ({"name": "two"}, ["a2", "b2"]),
        ({"name": "two", "app_id": "a-crawler"}, ["a2"]),
    ],
)
def test_filters_are_exact(read: Read, server: ScriptedServer, config: dict[str, str], expected: list[str]) -> None:
    """The request contains only the name, and both filters are applied to the answer."""
    kinds = {"a": "a-crawler", "b": "a-crawler-too"}
    names = {"1": "one", "2": "two"}
    rows = [{"slug": k + n, "app_id": kinds[k], "name": names[n]} for k in kinds for n in names]
    server.plays(page(*rows))
    assert expected == [app["slug"] for app in read(AppsDataSource, **config).state["apps"]]
    assert config.get("name") == dict(server.requests[0].query).get("name")


def test_rows_without_an_app_are_left_out_with_a_warning(read: Read, server: ScriptedServer) -> None:
    """A row of the list can lack values that a GET returns."""
    server.plays(page({"slug": "a"}, {"slug": "b", "app_id": "a-crawler"}))
    found = read(AppsDataSource, app_id="a-crawler")
    assert ["b"] == [app["slug"] for app in found.state["apps"]]
    assert ["1 of the workflows may run a-crawler"] == found.warnings


APPS = Reply(body={"apps": [{"id": "legacy-crawler", "native": False}, {"id": "bigquery-crawler"}]})


@pytest.mark.parametrize(
    ("app_id", "replies", "warnings"),
    [
        pytest.param("a-crawler", [], [], id="a workflow matches"),
        pytest.param("bigquery-crawler", [], [], id="a known app"),
        pytest.param("legacy-crawler", [APPS], [], id="an app of the tenant"),
        pytest.param(
            "bigquery-crawlr", [APPS], ["No workflow runs bigquery-crawlr, and no app with this id is known"], id="typo"
        ),
    ],
)
def test_an_app_that_nobody_knows_is_a_warning(
    read: Read, server: ScriptedServer, app_id: str, replies: list[Reply], warnings: list[str]
) -> None:
    """Only if no workflow matches. The tenant is asked only then, and only about an app that is not known."""
    server.plays(page({"slug": "a", "app_id": "a-crawler"}), *replies)
    assert warnings == read(AppsDataSource, app_id=app_id).warnings
    assert 1 + len(replies) == len(server.requests)


def test_pages_without_an_end_are_an_error(read: Read, server: ScriptedServer) -> None:
    """A cursor that is returned again does not block a plan forever."""
    server.always = page({"slug": "a"}, following="again")
    with pytest.raises(UnusableAnswer, match="no last page of the list was found"):
        read(AppsDataSource)
    assert 2 == len(server.requests)
