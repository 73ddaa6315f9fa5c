"""`on_write` is called before each write."""

import threading
from collections.abc import Callable
from contextlib import closing
from typing import Any

import pytest

from provider.client.api import AtlanApi, connect
from provider.client.auth import OAuthClient
from provider.client.errors import AtlanError
from provider.client.retries import RetryPolicy
from tests.support.http_server import Received, Reply, ScriptedServer
from tests.unit.client.conftest import KEY

GUID = "5c7a1e0e-0000-4000-8000-000000000001"
READS: dict[str, Callable[[AtlanApi], Any]] = {
    "get": lambda api: api.get_workflow("a"),
    "list": lambda api: api.list_workflows(),
    "run": lambda api: api.get_run("r"),
    "roles": lambda api: api.list_roles(),
    "search": lambda api: api.find_active_runs("a"),
}
WRITES: dict[str, Callable[[AtlanApi], Any]] = {
    "create": lambda api: api.create_workflow(app_id="a", name="n", inputs={}),
    "update": lambda api: api.within(10).update_workflow("a", inputs={}),
    "delete": lambda api: api.delete_workflow("a"),
    "submit": lambda api: api.submit_run("a"),
    "cancel": lambda api: api.cancel_run("r"),
    "add a schedule": lambda api: api.within(10).add_schedule("a", cron="0 6 * * *"),
    "remove a schedule": lambda api: api.recovering(10).remove_schedule("a", "t"),
    "vault": lambda api: api.vault_credential({"name": "n"}),
    "archive a credential": lambda api: api.archive_credential(GUID),
}


def told(server: ScriptedServer, call: Callable[[AtlanApi], Any], *, oauth: bool = False) -> list[int]:
    """Return the number of requests that had arrived at each call of `on_write`."""
    arrived: list[int] = []
    requests: list[Received] = []

    def reply(request: Received) -> Reply:
        if "oauth" in request.path:
            return Reply(body={"accessToken": "a-token", "tokenType": "Bearer", "expiresIn": 600})
        requests.append(request)
        return Reply(500)

    server.always = reply
    how: dict[str, Any] = {
        "request_timeout": 10,
        "retries": RetryPolicy(max_retries=0),
        "stop": threading.Event(),
        "on_write": lambda: arrived.append(len(requests)),
    }
    api = connect(server.url, OAuthClient("id", "secret") if oauth else KEY, **how)
    with closing(api), pytest.raises(AtlanError):
        call(api)
    assert 1 == len(requests)
    return arrived


@pytest.mark.parametrize("what", WRITES)
def test_a_write_is_told_before_it_is_sent(what: str, server: ScriptedServer) -> None:
    """With every view of the client."""
    assert [0] == told(server, WRITES[what])


@pytest.mark.parametrize("what", READS)
def test_a_read_is_no_write(what: str, server: ScriptedServer) -> None:
    """Also with a POST that only reads, and with a token that must be fetched."""
    assert [] == told(server, READS[what])
    assert [] == told(server, READS[what], oauth=True)
