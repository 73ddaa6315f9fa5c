"""``data.atlan_marketplace_apps``: the order, the filter, and tenants without the list."""

from typing import Any

import pytest

from provider.client.errors import Forbidden
from provider.data_sources.marketplace_apps import MarketplaceAppsDataSource
from provider.framework import UserError
from tests.support.data_source_answers import Read
from tests.support.http_server import Reply, ScriptedServer

APPS = [
    {"id": "c-crawler", "name": "C", "execution_mode": "native"},
    {"id": "a-crawler", "execution_mode": "legacy"},
    {"id": "b-crawler", "name": "B"},
]
ROWS = [
    {"id": "a-crawler", "name": None, "native": False},
    {"id": "b-crawler", "name": "B", "native": None},
    {"id": "c-crawler", "name": "C", "native": True},
]


def test_the_apps_are_sorted_by_id(read: Read, server: ScriptedServer) -> None:
    """A value that the tenant does not return is null."""
    server.plays(Reply(body={"apps": APPS}))
    found = read(MarketplaceAppsDataSource)
    assert ({"native": None, "apps": ROWS}, []) == (found.state, found.warnings)


@pytest.mark.parametrize(
    ("native", "row", "warning"),
    [(True, 2, "1 of the apps may be native"), (False, 0, "1 of the apps may be not native")],
)
def test_the_filter_leaves_out_what_is_not_known_with_a_warning(
    read: Read, server: ScriptedServer, native: bool, row: int, warning: str
) -> None:
    """Only apps that are certainly native, or certainly not."""
    server.plays(Reply(body=APPS))
    found = read(MarketplaceAppsDataSource, native=native)
    assert ([ROWS[row]], [warning]) == (found.state["apps"], found.warnings)


def test_entries_without_an_id_are_left_out_with_a_warning(read: Read, server: ScriptedServer) -> None:
    """The warning says how many."""
    server.plays(Reply(body={"apps": [*APPS, {"id": 5}, None, {"id": "a/b"}]}))
    found = read(MarketplaceAppsDataSource)
    assert (ROWS, ["Entries of the tenant's list of apps were left out: 3"]) == (found.state["apps"], found.warnings)


@pytest.mark.parametrize(
    ("reply", "summary"),
    [
        pytest.param(Reply(404, "<html>404</html>"), "This tenant does not list its apps", id="gateway"),
        pytest.param(Reply(404, {"code": 404, "message": "no"}), "This tenant does not list its apps", id="service"),
        pytest.param(Reply(405, "no"), "This tenant does not list its apps", id="method"),
        pytest.param(Reply(body={"apps": [{}]}), "The tenant's list of apps cannot be read", id="without ids"),
        pytest.param(Reply(body={"apps": [], "total": 5}), "The tenant's list of apps cannot be read", id="no pages"),
    ],
)
def test_without_a_list_the_error_says_what_to_use_instead(
    read: Read, server: ScriptedServer, reply: Any, summary: str
) -> None:
    """Another data source checks a single app."""
    server.plays(reply)
    with pytest.raises(UserError, match=summary) as raised:
        read(MarketplaceAppsDataSource)
    assert (
        "data.atlan_app_info checks a single app by its id.\n\nGET /api/service/marketplace/apps" in raised.value.detail
    )


def test_any_other_failure_is_that_of_the_request(read: Read, server: ScriptedServer) -> None:
    """Its advice is about the request."""
    server.plays(Reply(403, {"code": 403, "message": "no"}))
    with pytest.raises(Forbidden):
        read(MarketplaceAppsDataSource)
