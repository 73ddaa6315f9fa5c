"""What somebody does in the web UI, behind Terraform's back."""

import threading
import time
from collections.abc import Callable
from typing import Any

from tests.support.sandbox import Sandbox

SECONDS = 60.0


def live(sandbox: Sandbox) -> list[dict[str, Any]]:
    """The workflows that are not archived, as they are stored."""
    return [each for each in sandbox.workflows() if not each["archived"]]


def publish(sandbox: Sandbox, slug: str, **changes: Any) -> None:
    """Change some inputs of a workflow and publish a new version."""
    stored = next(each["inputs"] for each in live(sandbox) if each["slug"] == slug)
    runtime = {"user-id", "user_id", "workflow_id", "correlation_id"}
    inputs = {name: value for name, value in stored.items() if name not in runtime} | changes
    _succeed(sandbox, "PUT", f"app/{slug}", {"inputs": inputs | {"credential_guid": ""}})


def archive(sandbox: Sandbox, slug: str) -> None:
    """Archive a workflow."""
    _succeed(sandbox, "DELETE", f"app/{slug}")


def remove_schedule(sandbox: Sandbox, slug: str, trigger_id: str) -> None:
    """Remove a schedule."""
    _succeed(sandbox, "DELETE", f"app/{slug}/schedule/{trigger_id}")


def _succeed(sandbox: Sandbox, method: str, path: str, body: Any = None) -> None:
    answer = sandbox.call(method, f"/api/service/v1/{path}", body)
    assert answer.status == 200, answer.text


def wait_for_requests(sandbox: Sandbox, count: int, method: str, path: str) -> None:
    """Return once that many requests have arrived, answered or not."""
    _wait(lambda: [(each["method"], each["path"]) for each in sandbox.requests()].count((method, path)) >= count)


def wait_for_workflows(sandbox: Sandbox, count: int) -> None:
    """Return once that many workflows are live."""
    _wait(lambda: len(live(sandbox)) >= count)


def _wait(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + SECONDS
    pause = threading.Event()
    while not condition():
        assert time.monotonic() < deadline, "it did not come about in time"
        pause.wait(0.05)
