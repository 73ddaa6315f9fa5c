"""``atlan_app_schedule.app_version``: a schedule runs the version that was published when its trigger was created."""

from typing import Any

import pytest

from tests.acceptance.conftest import Start
from tests.support.configurations import app
from tests.support.sandbox import Sandbox

FOLLOWS = "app_version = atlan_app.crawler.version"


def schedule(more: str = FOLLOWS, cron: str = "0 6 * * *") -> str:
    """Return a schedule of the crawler, with `more` in its block."""
    return f"""
    resource "atlan_app_schedule" "daily" {{
      slug = atlan_app.crawler.slug
      cron = "{cron}"
      {more}
    }}
    """


def writes(sandbox: Sandbox) -> list[str]:
    """Return the requests that publish or change a schedule, in order."""
    return [
        f"{each['method']} {'schedule' if '/schedule' in each['path'] else 'app'}"
        for each in sandbox.requests()
        if each["method"] != "GET"
    ]


def trigger_ids(sandbox: Sandbox) -> list[Any]:
    """Return the ids of the existing triggers."""
    return [trigger["trigger_id"] for each in sandbox.workflows() for trigger in each["schedules"]]


@pytest.mark.parametrize("surfaced", [True, False])
def test_a_published_version_attaches_the_schedule_again(start: Start, surfaced: bool) -> None:
    """One apply sends the PUT, adds the new trigger and removes the old one. The next plan has no changes."""
    sandbox, workspace = start(app() + schedule(), surface_schedules=surfaced)
    workspace.apply().ok()
    before = trigger_ids(sandbox)
    assert {} == workspace.plan_changes()
    workspace.write(app(hidden_datasets=False) + schedule())
    changes = workspace.plan_changes()
    assert {"atlan_app.crawler": ["update"], "atlan_app_schedule.daily": ["update"]} == changes
    workspace.apply().ok()
    assert ["POST app", "POST schedule", "PUT app", "POST schedule", "DELETE schedule"] == writes(sandbox)
    values = workspace.values("atlan_app_schedule.daily")
    assert [values["trigger_id"]] == trigger_ids(sandbox) != before
    assert workspace.values("atlan_app.crawler")["version"] == values["app_version"]
    assert {} == workspace.plan_changes()


@pytest.mark.parametrize(
    ("first", "second", "attached"),
    [("", FOLLOWS, 2), (FOLLOWS, "", 1), ("app_version = 1", "app_version = 2", 2), ("", "", 1)],
)
def test_only_another_version_attaches_the_schedule_again(start: Start, first: str, second: str, attached: int) -> None:
    """A new value of app_version adds a trigger, and its removal changes nothing on the tenant."""
    sandbox, workspace = start(app() + schedule(first))
    workspace.apply().ok()
    workspace.write(app() + schedule(second))
    workspace.apply().ok()
    assert attached == writes(sandbox).count("POST schedule")
    assert 1 == len(trigger_ids(sandbox))
    assert {} == workspace.plan_changes()
