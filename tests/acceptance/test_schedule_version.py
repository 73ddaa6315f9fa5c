"""``atlan_app_schedule.app_version``: a schedule runs the version that was published when its trigger was created."""

import json
from typing import Any

import pytest

from tests.acceptance.conftest import Start
from tests.support.configurations import app
from tests.support.sandbox import Sandbox
from tests.support.terraform import Workspace
from tests.support.ui import publish

FOLLOWS = "app_version = atlan_app.crawler.published_version"
DAILY = "atlan_app_schedule.daily"


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
    app_values = workspace.values("atlan_app.crawler")
    assert app_values["version"] == app_values["published_version"] == values["app_version"]
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


def edited_in_the_ui(start: Start) -> tuple[Sandbox, Workspace, int]:
    """Return a tenant with a schedule whose workflow was published in the web UI, and the version before that."""
    sandbox, workspace = start(app() + schedule(), surface_schedules=True)
    workspace.apply().ok()
    values = workspace.values("atlan_app.crawler")
    publish(sandbox, values["slug"], hidden_datasets=True)
    return sandbox, workspace, values["version"]


def test_an_edit_in_the_ui_attaches_no_schedule_again(start: Start) -> None:
    """An input that is not configured changes: the version rises, the published version and the schedule stay."""
    sandbox, workspace, before = edited_in_the_ui(start)
    attached = trigger_ids(sandbox)
    assert {} == workspace.plan_changes()
    workspace.apply().ok()
    values = workspace.values("atlan_app.crawler")
    assert before == values["published_version"] < values["version"]
    assert attached == trigger_ids(sandbox)
    workspace.write(app(filter_sharded_tables=True) + schedule())
    workspace.apply().ok()
    values = workspace.values("atlan_app.crawler")
    assert values["version"] == values["published_version"] == workspace.values(DAILY)["app_version"]
    assert attached != trigger_ids(sandbox)
    assert {} == workspace.plan_changes()


@pytest.mark.parametrize("refresh", [True, False])
def test_a_state_without_a_published_version_takes_the_version_that_it_has(start: Start, refresh: bool) -> None:
    """An earlier release wrote the state. The version in state counts, and not that of the refresh."""
    sandbox, workspace, before = edited_in_the_ui(start)
    attached = trigger_ids(sandbox)
    path = workspace.directory / "terraform.tfstate"
    state = json.loads(path.read_text())
    for resource in state["resources"]:
        if resource["type"] == "atlan_app":
            del resource["instances"][0]["attributes"]["published_version"]
    path.write_text(json.dumps(state))
    workspace.apply(f"-refresh={str(refresh).lower()}").ok()
    assert before == workspace.values("atlan_app.crawler")["published_version"]
    assert attached == trigger_ids(sandbox)
    assert {} == workspace.plan_changes()


def test_an_import_takes_the_version_that_is_published(start: Start) -> None:
    """An imported workflow counts as published by Terraform at the version of the import."""
    _, workspace, _ = edited_in_the_ui(start)
    slug = workspace.values("atlan_app.crawler")["slug"]
    workspace.state("rm", "atlan_app.crawler").ok()
    workspace.import_("atlan_app.crawler", slug).ok()
    values = workspace.values("atlan_app.crawler")
    assert values["version"] == values["published_version"]


@pytest.mark.parametrize("surfaced", [True, False])
def test_a_schedule_that_is_imported_after_its_app_is_not_attached_again(start: Start, surfaced: bool) -> None:
    """The schedule may run a later version than Terraform has published. Only a later publish attaches it again."""
    sandbox, workspace = start(app() + schedule(), surface_schedules=surfaced)
    workspace.apply().ok()
    publish(sandbox, workspace.values("atlan_app.crawler")["slug"], hidden_datasets=True)
    imported = workspace.values(DAILY)["id"]
    attached = trigger_ids(sandbox)
    workspace.state("rm", DAILY).ok()
    workspace.import_(DAILY, imported).ok()
    assert ({} if surfaced else {DAILY: ["update"]}) == workspace.plan_changes()
    if surfaced:
        workspace.apply().ok()
        assert attached == trigger_ids(sandbox)
        assert {} == workspace.plan_changes()
    workspace.write(app(filter_sharded_tables=True) + schedule())
    workspace.apply().ok()
    assert attached != trigger_ids(sandbox)
    assert workspace.values("atlan_app.crawler")["version"] == workspace.values(DAILY)["app_version"]
    assert {} == workspace.plan_changes()


@pytest.mark.parametrize("more", ["", FOLLOWS])
def test_an_imported_schedule_with_and_without_a_version_has_no_changes(start: Start, more: str) -> None:
    """An import stores the version, and a configuration without app_version keeps it."""
    _, workspace = start(app() + schedule(more), surface_schedules=True)
    workspace.apply().ok()
    imported = workspace.values(DAILY)["id"]
    workspace.state("rm", DAILY).ok()
    workspace.import_(DAILY, imported).ok()
    assert {} == workspace.plan_changes()


@pytest.mark.parametrize(("is_lost", "expected"), [(True, {"atlan_app.crawler", DAILY}), (False, set())])
def test_a_publish_whose_answer_was_lost_attaches_the_schedule(start: Start, is_lost: bool, expected: set[str]) -> None:
    """The next plan shows the published version. An edit in the web UI after a publish that failed is not one."""
    sandbox, workspace = start(app(hidden_datasets=True) + schedule())
    workspace.apply().ok()
    workspace.write(app(hidden_datasets=False) + schedule())
    lost = {"drop": "after"} if is_lost else {"status": 400, "body": {"message": "no"}}
    sandbox.fault(method="PUT", path="/v1/app/", times=100, **lost)
    workspace.apply().failed()
    sandbox.clear_faults()
    if not is_lost:
        workspace.write(app(hidden_datasets=True) + schedule())
        assert {} == workspace.plan_changes()
        workspace.apply().ok()
        publish(sandbox, workspace.values("atlan_app.crawler")["slug"], log_level="DEBUG")
    assert {address: ["update"] for address in expected} == workspace.plan_changes()
    before = writes(sandbox).count("PUT app")
    workspace.apply().ok()
    assert before == writes(sandbox).count("PUT app")
    app_values, schedule_values = workspace.values("atlan_app.crawler"), workspace.values(DAILY)
    assert schedule_values["app_version"] == app_values["published_version"]
    assert is_lost == (app_values["version"] == app_values["published_version"])
    assert {} == workspace.plan_changes()
