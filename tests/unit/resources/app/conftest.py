"""A scripted tenant with one app: real HTTP, and nothing behind it."""

import threading
from collections.abc import Iterator
from contextlib import ExitStack, closing
from typing import Any

import pytest

from provider.client.api import build_client
from provider.client.retries import RetryPolicy
from provider.contracts.cache import Contracts
from tests.support.app_resource import (
    APP_ID,
    Serve,
    Tenant,
)
from tests.support.http_server import Received, Reply, http_server


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
            api = build_client(server.url, key, request_timeout=10, retries=policy, stop=threading.Event())
            stack.enter_context(closing(api))
            return Tenant(api, Contracts(lambda: api))

        yield serve
