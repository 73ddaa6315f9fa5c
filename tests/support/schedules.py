"""Schedules of a workflow in state and on a tenant that lists schedules."""

from collections.abc import Callable

from tests.support.configurations import app
from tests.support.sandbox import Sandbox
from tests.support.terraform import Workspace
from tests.support.ui import add_schedule

DAILY = "atlan_app_schedule.daily"
FOLLOWS = "app_version = atlan_app.crawler.published_version"
CREATES_FIRST = "lifecycle {\n    create_before_destroy = true\n  }"
TWICE = "Two addresses manage"


def with_lines(block: str, *lines: str) -> str:
    """Return a block with these lines added."""
    return block.rstrip().removesuffix("}") + "\n  ".join(lines) + "\n}\n"


def triggers(sandbox: Sandbox) -> list[tuple[str, str]]:
    """Return the id and the cron expression of every trigger."""
    return [(each["trigger_id"], each["cron"]) for app in sandbox.workflows() for each in app["schedules"]]


def trigger_ids(sandbox: Sandbox) -> set[str]:
    """Return the ids of all triggers."""
    return {each for each, _ in triggers(sandbox)}


def attached(
    start: Callable[..., tuple[Sandbox, Workspace]], text: str = "", *, launch: bool = False
) -> tuple[Sandbox, Workspace, str]:
    """Return a tenant that lists schedules, a workspace with an applied workflow, and the slug."""
    sandbox, workspace = start(app() + text, surface_schedules=True, launch=launch)
    workspace.apply().ok()
    return sandbox, workspace, workspace.values("atlan_app.crawler")["slug"]


def left(sandbox: Sandbox, slug: str, cron: str = "0 6 * * *") -> str:
    """Add a trigger that no state contains, as a killed apply leaves it, and return its id."""
    return add_schedule(sandbox, slug, cron=cron, timezone="UTC")


def in_state(workspace: Workspace, *labels: str) -> list[str]:
    """Return the trigger ids of these schedules in state."""
    return [workspace.values(f"atlan_app_schedule.{label}")["trigger_id"] for label in labels]
