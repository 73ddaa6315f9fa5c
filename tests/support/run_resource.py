"""Answers, watches and contexts for the tests of `atlan_app_run`."""

import threading
from typing import Any

from provider.client.api import AtlanApi, build_client
from provider.client.retries import RetryPolicy
from provider.framework import Context, Diagnostics
from provider.resources.run.wait import Watch
from tests.support.http_server import Reply

STATE = {"run_id": "r-1", "slug": "s-1", "status": "Pending", "started_at": None, "cancel_on_destroy": True}
NOT_FOUND = Reply(404, {"code": 404, "message": "no such run"})


class Clock:
    """Epoch seconds that a test moves."""

    now = 1_700_000_000.0

    def __call__(self) -> float:
        return self.now


def running(status: str | None = "Running", **more: Any) -> Reply:
    return Reply(body={"run_id": "r-1", "slug": "s-1", "status": status, **more})


def client(url: str) -> AtlanApi:
    policy = RetryPolicy(max_retries=0)
    return build_client(url, "not-a-real-key-4711", request_timeout=10, retries=policy, stop=threading.Event())


def watch(api: AtlanApi, clock: Clock, *, created: bool = True, submitted: bool = True, **state: Any) -> Watch:
    submitted_at = clock() if submitted else None
    return Watch(api, STATE | state, is_created=created, submitted_at=submitted_at, clock=clock)


def context(kind: type[Any] = Context, **private: Any) -> Any:
    return kind(Diagnostics(), "atlan_app_run", threading.Event(), private=private)


def warnings(context: Any) -> list[str]:
    return [each.summary for each in context.diagnostics.diagnostics]
