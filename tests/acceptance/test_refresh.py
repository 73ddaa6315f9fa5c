"""A refresh that reads unchanged workflows from the list: few requests, and the same plans as without the list."""

import json
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from tests.acceptance.conftest import Start
from tests.support import ui
from tests.support.sandbox import Sandbox
from tests.support.terraform import Result, Workspace

AT_ONCE = "-parallelism=50"
MANY = 22
KINDS = ("edited", "published", "owner", "archived", "removed_trigger", "as_it_was")
"""The names of the workflows, and what happens to each. The last one stays unchanged."""


def workflows(label: str, instances: str, key: str, name: str, filtered: str = "public", more: str = "") -> str:
    """Return workflows with a schedule each. `instances` sets their number, `key` is the key of one of them."""
    return f"""
resource "atlan_app" "{label}" {{
  {instances}
  app_id     = "bigquery-crawler"
  name       = {name}
  entrypoint = "crawler"
  asset_connection = {{
    name        = {name}
    admin_users = ["admin"]
  }}
  inputs = {{
    include_filter   = provider::atlan::anchored_filter({{ project = ["{filtered}"] }})
    temp_table_regex = {name}
  }}
  {more}
}}

resource "atlan_app_schedule" "{label}" {{
  {instances}
  slug = atlan_app.{label}[{key}].slug
  cron = "0 6 * * *"
}}
"""


def many(count: int = MANY) -> str:
    return workflows("many", f"count = {count}", "count.index", '"many ${count.index}"')


def late(*names: str, filtered: str = "public") -> str:
    """Return workflows that are read after all others."""
    instances = f"for_each = toset({json.dumps(names)})"
    return workflows("late", instances, "each.key", "each.key", filtered, "depends_on = [atlan_app_schedule.many]")


@contextmanager
def setting(workspace: Workspace, **env: str) -> Iterator[None]:
    """Set environment variables for the commands in the block."""
    workspace.env |= env
    yield
    for name in env:
        del workspace.env[name]


def one_by_one(workspace: Workspace) -> Any:
    return setting(workspace, ATLAN_REFRESH_FROM_LIST="false")


def requests_by_kind(sandbox: Sandbox) -> Counter[str]:
    """Return the number of requests so far, by kind: a page of the list, or a method and its first folder."""
    paths = [(each["method"], each["path"].removeprefix("/api/service/v1/")) for each in sandbox.requests()]
    return Counter("page" if path == "app" else f"{method} {path.partition('/')[0]}" for method, path in paths)


def plan_actions(result: Result) -> dict[str, dict[str, str]]:
    """Return the actions in a plan's JSON lines by address: first the drift, then the changes."""
    found: dict[str, dict[str, str]] = {"resource_drift": {}, "planned_change": {}}
    for event in result.ok().events:
        if event["type"] in found:
            found[event["type"]][event["change"]["resource"]["addr"]] = event["change"]["action"]
    return found


NOTHING = {"resource_drift": {}, "planned_change": {}}


def test_many_unchanged_workflows_take_few_requests(start: Start) -> None:
    """A refresh of 20 pages with schedules sends the requests of the pages and few others.

    Without the list, or if the list fails, each workflow is read. Only the log reports the failure.
    """
    apps = 60
    sandbox, workspace = start(many(apps), launch=True, surface_schedules=True, page_size=3)
    workspace.apply(AT_ONCE).ok()
    before = requests_by_kind(sandbox)
    assert 0 == workspace.plan("-detailed-exitcode").returncode
    requests = requests_by_kind(sandbox) - before
    assert 40 >= requests.total()
    assert (20, {"page", "GET app"}) == (requests["page"], requests.keys())

    before = requests_by_kind(sandbox)
    with one_by_one(workspace):
        assert NOTHING == plan_actions(workspace.plan("-json"))
    assert {"GET app": 2 * apps} == requests_by_kind(sandbox) - before

    before = requests_by_kind(sandbox)
    sandbox.fault("GET", "/v1/app$", times=3, delay_ms=1)
    sandbox.fault("GET", "/v1/app$", status=500, body="<html>")
    with setting(workspace, TF_LOG_PROVIDER="INFO"):
        result = workspace.plan("-json")
    assert "the list of workflows is not used" in result.stderr
    assert (NOTHING, []) == (plan_actions(result), result.diagnostics)
    requests = requests_by_kind(sandbox) - before
    assert 4 == requests["page"]
    assert 2 * (apps - 9) <= requests["GET app"] <= 2 * apps


def change(sandbox: Sandbox) -> None:
    """Change each workflow as its name says."""
    slugs = {each["name"]: each["slug"] for each in ui.live(sandbox)}
    ui.publish(sandbox, slugs["edited"], temp_table_regex="another")
    ui.publish(sandbox, slugs["published"])
    sandbox.hand_over(slugs["owner"], "another-owner")
    ui.archive(sandbox, slugs["archived"])
    [scheduled] = [each for each in ui.live(sandbox) if each["name"] == "removed_trigger"]
    ui.remove_schedule(sandbox, scheduled["slug"], scheduled["schedules"][0]["trigger_id"])


CHANGED = {
    "resource_drift": {
        'atlan_app.late["edited"]': "update",
        'atlan_app.late["published"]': "update",
        'atlan_app.late["owner"]': "update",
        'atlan_app.late["archived"]': "delete",
        'atlan_app_schedule.late["archived"]': "delete",
        'atlan_app_schedule.late["removed_trigger"]': "delete",
    },
    "planned_change": {
        'atlan_app.late["edited"]': "update",
        'atlan_app.late["archived"]': "create",
        'atlan_app_schedule.late["archived"]': "create",
        'atlan_app_schedule.late["removed_trigger"]': "create",
    },
}


KEPT = {
    kind: {address: action for address, action in actions.items() if '"archived"' not in address}
    for kind, actions in CHANGED.items()
}
"""The drift in the first minute after the creates, in which no 404 proves that the archived workflow is gone."""


def test_drift_is_shown_as_without_the_list_and_only_as_late_as_the_list_is(start: Start) -> None:
    """Drift is the same as without the list, as soon as the list shows the changes.

    An archived workflow is gone a minute after its create. Changes by an apply are known even if the list is late. A
    list that contradicts the first reads is not used.
    """
    sandbox, workspace = start(many() + late(*KINDS), launch=True, surface_schedules=True)
    workspace.apply(AT_ONCE).ok()
    sandbox.lag()
    change(sandbox)
    assert NOTHING == plan_actions(workspace.plan("-json"))
    with one_by_one(workspace):
        assert KEPT == plan_actions(workspace.plan("-json"))
    sandbox.lag(lags=False)
    workspace.age()
    with one_by_one(workspace):
        assert CHANGED == plan_actions(workspace.plan("-json", "-out=one-by-one.tfplan"))
    before = requests_by_kind(sandbox)
    assert CHANGED == plan_actions(workspace.plan("-json", "-out=listed.tfplan"))
    requests = requests_by_kind(sandbox) - before
    assert (1, True) == (requests["page"], requests["GET app"] < 2 * MANY)
    one_by_one_drift, drift = (workspace.show(f"{plan}.tfplan")["resource_drift"] for plan in ("one-by-one", "listed"))
    assert one_by_one_drift == drift

    sandbox.lag()
    workspace.write(many() + late(*KINDS[:-1], "made", filtered="another"))
    workspace.apply(AT_ONCE).ok()
    held = {each["values"]["slug"] for each in workspace.resources().values()}
    assert {each["slug"] for each in ui.live(sandbox)} == held
    assert NOTHING == plan_actions(workspace.plan("-json"))

    for each in ui.live(sandbox):
        sandbox.hand_over(each["slug"], "yet-another-owner")
    before = requests_by_kind(sandbox)
    with setting(workspace, TF_LOG_PROVIDER="WARN"):
        result = workspace.plan("-json")
    assert "the list of workflows is not trusted" in result.stderr
    apps = MANY + len(KINDS)
    assert (apps, {}) == (len(plan_actions(result)["resource_drift"]), plan_actions(result)["planned_change"])
    assert 2 * apps == (requests_by_kind(sandbox) - before)["GET app"]


def test_schedules_that_the_list_does_not_contain_are_read_one_by_one(start: Start) -> None:
    """The workflows come from the list, and the schedules from reads, so a removed trigger is found."""
    sandbox, workspace = start(many(), launch=True, surface_schedules=True, surface_row_schedules=False)
    workspace.apply(AT_ONCE).ok()
    gone = ui.live(sandbox)[0]
    ui.remove_schedule(sandbox, gone["slug"], gone["schedules"][0]["trigger_id"])
    before = requests_by_kind(sandbox)
    found = plan_actions(workspace.plan("-json"))
    assert (["delete"], ["create"]) == (list(found["resource_drift"].values()), list(found["planned_change"].values()))
    requests = requests_by_kind(sandbox) - before
    assert (1, True) == (requests["page"], MANY < requests["GET app"] < 2 * MANY)
    with one_by_one(workspace):
        assert found == plan_actions(workspace.plan("-json"))
