"""The base of the operations: its paths, and its views with a limit of time."""

from collections.abc import Callable

import pytest

from provider.client.api import AtlanApi
from provider.client.errors import AtlanError, OutOfTime
from provider.client.operations import PATHS
from tests.support.http_server import Reply, ScriptedServer

CALLS: dict[str, Callable[[AtlanApi], object]] = {
    "/api/service/v1/app": lambda api: api.submit_run("a"),
    "/api/service/v1/apps": lambda api: api.describe_app("a"),
    "/api/service/marketplace/apps": lambda api: api.list_marketplace_apps(),
    "/api/service/credentials": lambda api: api.get_credential("c"),
    "/api/service/package-workflows/native-status": lambda api: api.get_failed_nodes("r"),
    "/api/service/roles": lambda api: api.list_roles(),
    "/api/meta/entity/uniqueAttribute/type/Connection": lambda api: api.get_connection("default/x/1"),
    "/api/meta/search/indexsearch": lambda api: api.find_active_runs("a"),
}


@pytest.mark.parametrize("path", CALLS)
def test_the_fixed_part_of_each_path_is_listed(path: str, api: AtlanApi, server: ScriptedServer) -> None:
    """So it stays readable in an error, even if a secret equals a part of it."""
    server.always = Reply(404, {"code": 404, "message": "no"})
    with pytest.raises(AtlanError):
        CALLS[path](api)
    assert path in PATHS
    assert f"{server.requests[0].path}/".startswith(f"{path}/")


def test_each_path_has_a_call() -> None:
    """The token of an OAuth client is requested by the authentication, not by an operation."""
    assert set(PATHS) == {*CALLS, "/api/service/oauth-clients/token"}


def test_a_view_ends_when_its_time_is_over(api: AtlanApi, server: ScriptedServer) -> None:
    """Without a time, it is the object itself. The object is not limited by its views."""
    server.always = Reply(body={"run_id": "r-1"})
    assert api is api.with_timeout(None)
    with pytest.raises(OutOfTime):
        api.with_timeout(0).get_run("r-1")
    assert "r-1" == api.get_run("r-1").run_id
