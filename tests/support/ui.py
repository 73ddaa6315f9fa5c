"""The actions of a user in the web UI, outside of Terraform."""

import json
import threading
import time
from collections.abc import Callable
from typing import Any

from tests.support.configurations import CONNECTION
from tests.support.sandbox import Sandbox

SECONDS = 60.0
RUNTIME_KEYS = ("user-id", "user_id", "workflow_id", "correlation_id")


def live(sandbox: Sandbox) -> list[dict[str, Any]]:
    """Return the stored workflows that are not archived."""
    return [each for each in sandbox.workflows() if not each["archived"]]


def create(sandbox: Sandbox, name: str, app_id: str = "bigquery-crawler", **inputs: Any) -> str:
    """Create a workflow that does not run, and return its slug."""
    given = {
        "app_id": app_id,
        "name": name,
        "inputs": {"connection": CONNECTION, **_as_declared(sandbox, app_id, inputs)},
        "run": False,
    }
    slug: str = _succeed(sandbox, "POST", "app", given)["slug"]
    return slug


def add_schedule(sandbox: Sandbox, slug: str, **schedule: str) -> str:
    """Add a schedule, and return the id of its trigger."""
    trigger_id: str = _succeed(sandbox, "POST", f"app/{slug}/schedule", schedule)["trigger_id"]
    return trigger_id


def submit(sandbox: Sandbox, slug: str) -> str:
    """Run a workflow, and return the run's id."""
    run_id: str = _succeed(sandbox, "POST", f"app/{slug}/submit")["run_id"]
    return run_id


def publish(sandbox: Sandbox, slug: str, **changes: Any) -> None:
    """Change some inputs of a workflow and publish a new version."""
    stored = next(each["inputs"] for each in live(sandbox) if each["slug"] == slug)
    inputs = {name: value for name, value in stored.items() if name not in RUNTIME_KEYS} | changes
    replace(sandbox, slug, inputs | {"credential_guid": ""})


def replace(sandbox: Sandbox, slug: str, inputs: dict[str, Any]) -> None:
    """Publish a new version with these inputs and no others."""
    app_id = next(each["app_id"] for each in live(sandbox) if each["slug"] == slug)
    _succeed(sandbox, "PUT", f"app/{slug}", {"inputs": _as_declared(sandbox, app_id, inputs)})


def _as_declared(sandbox: Sandbox, app_id: str, inputs: dict[str, Any]) -> dict[str, Any]:
    """Return the inputs with objects as JSON text, or JSON text as objects, where the contract accepts only these."""
    properties = _succeed(sandbox, "GET", f"apps/{app_id}/inputs")["properties"]
    return {name: _in_type(value, properties.get(name, {}).get("type", [])) for name, value in inputs.items()}


def _in_type(value: Any, types: list[str] | str) -> Any:
    if isinstance(value, dict) and "string" in types and "object" not in types:
        return json.dumps(value)
    return json.loads(value) if isinstance(value, str) and "object" in types and "string" not in types else value


def args(sandbox: Sandbox, slug: str) -> dict[str, Any]:
    """Return the inputs of a workflow from a read."""
    answer = sandbox.call("GET", f"/api/service/v1/app/{slug}")
    assert answer.status == 200, answer.text
    found: dict[str, Any] = answer.json["dag"]["extract"]["inputs"]["args"]
    return found


def archive(sandbox: Sandbox, slug: str) -> None:
    """Archive a workflow."""
    _succeed(sandbox, "DELETE", f"app/{slug}")


def remove_schedule(sandbox: Sandbox, slug: str, trigger_id: str) -> None:
    """Remove a schedule."""
    _succeed(sandbox, "DELETE", f"app/{slug}/schedule/{trigger_id}")


def _succeed(sandbox: Sandbox, method: str, path: str, body: Any = None) -> Any:
    answer = sandbox.call(method, f"/api/service/v1/{path}", body)
    assert answer.status == 200, answer.text
    return answer.json


def wait_for_requests(sandbox: Sandbox, count: int, method: str, path: str) -> None:
    """Wait for that number of requests, answered or not."""
    _wait(lambda: [(each["method"], each["path"]) for each in sandbox.requests()].count((method, path)) >= count)


def wait_for_workflows(sandbox: Sandbox, count: int) -> None:
    """Wait for that number of live workflows."""
    _wait(lambda: len(live(sandbox)) >= count)


def wait_for_triggers(sandbox: Sandbox, count: int) -> None:
    """Wait for that number of triggers of live workflows."""
    _wait(lambda: sum(len(each["schedules"]) for each in live(sandbox)) >= count)


def wait_until_older(sandbox: Sandbox, seconds: int = 2) -> None:
    """Wait until the last version of each workflow is older than that."""
    last = max(each["version"] for each in sandbox.workflows())
    _wait(lambda: time.time() > last + seconds)


def _wait(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + SECONDS
    pause = threading.Event()
    while not condition():
        assert time.monotonic() < deadline, "the condition was not true in time"
        pause.wait(0.05)
