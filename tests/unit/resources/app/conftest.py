"""A scripted tenant with one app: real HTTP, and nothing behind it."""

import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from typing import Any, NamedTuple

import pytest

from provider.client.api import AtlanApi, connect
from provider.client.retries import RetryPolicy
from provider.contracts.cache import Contracts
from tests.support.http_server import Received, Reply, http_server

APP_ID = "bigquery-crawler"


class Tenant(NamedTuple):
    api: AtlanApi
    contracts: Contracts


Serve = Callable[[dict[str, Any]], Tenant]


@pytest.fixture
def serve() -> Iterator[Serve]:
    """Serve an app of this contract, with one entrypoint."""
    with ExitStack() as stack:

        def serve(contract: dict[str, Any]) -> Tenant:
            def reply(request: Received) -> Reply:
                asked = request.path.removeprefix(f"/api/service/v1/apps/{APP_ID}")
                return Reply(body=contract if asked == "/inputs" else {"app_id": APP_ID, "entrypoints": []})

            server = stack.enter_context(http_server())
            server.always = reply
            policy = RetryPolicy(max_retries=0)
            key = "not-a-real-key-4711"
            api = connect(server.url, key, request_timeout=10, retries=policy, stop=threading.Event())
            stack.enter_context(closing(api))
            return Tenant(api, Contracts(lambda: api))

        yield serve
