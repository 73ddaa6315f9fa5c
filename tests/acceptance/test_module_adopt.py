"""``adopt_existing`` of a module: an existing workflow and its trigger are adopted, without a credential."""

from __future__ import annotations

import json
from typing import Any

from scripts.lib.app_facts import apps
from tests.acceptance.conftest import Start
from tests.support import ui
from tests.support.campaigns.modules import call, write
from tests.support.configurations import CONNECTION
from tests.support.schedules import trigger_ids
from tests.support.ui import live

APP = next(app for app in apps.load() if app.app_id == "bigquery-crawler")
VERSIONS = """
output "versions" {
  value = [module.crawler.published_version, module.crawler.version]
}
"""
SCHEDULE = {"cron": "0 6 * * *", "timezone": "Europe/Berlin"}


def _module(**variables: Any) -> str:
    return call("crawler", APP, {"credential": {}, "schedule": SCHEDULE, **variables})


def test_a_module_adopts_a_workflow_and_needs_no_credential_afterwards(start: Start) -> None:
    """The connection keeps its name and admins. Without `adopt_existing`, the module needs its qualified name.

    A publish in the web UI changes the module's `version` and not its `published_version`.
    """
    sandbox, workspace = start(surface_schedules=True)
    slug = ui.create(sandbox, "crawler")
    adopted = ui.add_schedule(sandbox, slug, cron="0 6 * * *", timezone="Europe/Berlin")
    stored = CONNECTION["attributes"]
    sandbox.make_connection(stored["qualifiedName"], stored["name"], adminUsers=["owner"], adminGroups=["analysts"])
    write(workspace, [_module(connection={}, adopt_existing=True)])
    assert f"{slug} will be adopted" in workspace.plan().ok().text
    workspace.apply().ok()
    assert {} == workspace.plan_changes()
    kept = _connection(live(sandbox)[0])
    assert (stored["name"], ["owner"], ["analysts"]) == (kept["name"], kept["adminUsers"], kept["adminGroups"])
    assert [slug] == [each["slug"] for each in live(sandbox)]
    attached = workspace.values("module.crawler.atlan_app_schedule.this[0]")["trigger_id"]
    assert {attached} == trigger_ids(sandbox)
    assert attached != adopted, "the adopted trigger runs the version before the module's publish"
    write(workspace, [_module(connection={"qualified_name": stored["qualifiedName"]}), VERSIONS])
    ui.publish(sandbox, slug, team="x")
    requests = len(sandbox.requests())
    workspace.apply().ok()
    assert [] == [each for each in sandbox.requests()[requests:] if each["method"] in ("PUT", "DELETE")]
    assert [slug] == [each["slug"] for each in live(sandbox)]
    published, version = workspace.outputs()["versions"]
    assert published < version
    assert {} == workspace.plan_changes()


def _connection(workflow: dict[str, Any]) -> dict[str, Any]:
    value = workflow["inputs"]["connection"]
    attributes: dict[str, Any] = (json.loads(value) if isinstance(value, str) else value)["attributes"]
    return attributes
