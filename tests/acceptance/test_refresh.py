"""A refresh that takes from the service's list what did not change: few requests, and the same plans as without."""

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
"""What happens to a workflow of that name; the last is left alone."""


def workflows(label: str, instances: str, key: str, name: str, filtered: str = "^public$", more: str = "") -> str:
    """Workflows, each with its schedule; `instances` says how many, and `key` is what tells one of them."""
    return f"""
resource "atlan_app" "{label}" {{
  {instances}
  app_id     = "bigquery-crawler"
  name       = {name}
  entrypoint = "crawler"
  connection = {{
    name        = {name}
    admin_users = ["admin"]
  }}
  inputs = {{
    include_filter   = {{ "^project$" = ["{filtered}"] }}
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


def late(*names: str, filtered: str = "^public$") -> str:
    """Workflows that are read after the many."""
    instances = f"for_each = toset({json.dumps(names)})"
    return workflows("late", instances, "each.key", "each.key", filtered, "depends_on = [atlan_app_schedule.many]")


@contextmanager
def setting(workspace: Workspace, **env: str) -> Iterator[None]:
    """These environment variables for some commands."""
    workspace.env |= env
    yield
    for name in env:
        del workspace.env[name]


def one_by_one(workspace: Workspace) -> Any:
    return setting(workspace, ATLAN_REFRESH_FROM_LIST="false")


def asked(sandbox: Sandbox) -> Counter[str]:
    """How many pages and workflows were asked for so far, and what else."""
    paths = [(each["method"], each["path"].removeprefix("/api/service/v1/")) for each in sandbox.requests()]
    return Counter("page" if path == "app" else f"{method} {path.partition('/')[0]}" for method, path in paths)


def shown(result: Result) -> dict[str, dict[str, str]]:
    """What a plan in JSON lines shows to have changed outside, and what it plans: actions by address."""
    found: dict[str, dict[str, str]] = {"resource_drift": {}, "planned_change": {}}
    for event in result.ok().events:
        if event["type"] in found:
            found[event["type"]][event["change"]["resource"]["addr"]] = event["change"]["action"]
    return found


NOTHING = {"resource_drift": {}, "planned_change": {}}


def test_many_unchanged_workflows_take_few_requests(start: Start) -> None:
    """Twenty pages of them, with schedules: the pages and a handful are asked for; all of them where it is switched off
    or the list fails, which is told to the log alone."""
    apps = 60
    sandbox, workspace = start(many(apps), launch=True, surface_schedules=True, page_size=3)
    workspace.apply(AT_ONCE).ok()
    before = asked(sandbox)
    assert 0 == workspace.plan("-detailed-exitcode").returncode
    requests = asked(sandbox) - before
    assert 40 >= requests.total()
    assert (20, {"page", "GET app"}) == (requests["page"], requests.keys())

    before = asked(sandbox)
    with one_by_one(workspace):
        assert NOTHING == shown(workspace.plan("-json"))
    assert {"GET app": 2 * apps} == asked(sandbox) - before

    before = asked(sandbox)
    sandbox.fault("GET", "/v1/app$", times=3, delay_ms=1)
    sandbox.fault("GET", "/v1/app$", status=500, body="<html>")
    with setting(workspace, TF_LOG_PROVIDER="INFO"):
        result = workspace.plan("-json")
    assert "the list of workflows is not used" in result.stderr
    assert (NOTHING, []) == (shown(result), result.diagnostics)
    requests = asked(sandbox) - before
    assert 4 == requests["page"]
    assert 2 * (apps - 9) <= requests["GET app"] <= 2 * apps


def change(sandbox: Sandbox) -> None:
    """Do to each workflow of a kind what its name says."""
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


def test_drift_is_shown_as_without_the_list_and_only_as_late_as_the_list_is(start: Start) -> None:
    """A list that lags shows nothing of it, and nothing else; one that has caught up shows all. What an apply did is
    known whatever the list tells, and a list that the first reads contradict is not used at all."""
    sandbox, workspace = start(many() + late(*KINDS), launch=True, surface_schedules=True)
    workspace.apply(AT_ONCE).ok()
    sandbox.lag()
    change(sandbox)
    assert NOTHING == shown(workspace.plan("-json"))
    with one_by_one(workspace):
        assert CHANGED == shown(workspace.plan("-json", "-out=one-by-one.tfplan"))
    sandbox.lag(lags=False)
    before = asked(sandbox)
    assert CHANGED == shown(workspace.plan("-json", "-out=listed.tfplan"))
    requests = asked(sandbox) - before
    assert (1, True) == (requests["page"], requests["GET app"] < 2 * MANY)
    one_by_one_drift, drift = (workspace.show(f"{plan}.tfplan")["resource_drift"] for plan in ("one-by-one", "listed"))
    assert one_by_one_drift == drift

    sandbox.lag()
    workspace.write(many() + late(*KINDS[:-1], "made", filtered="^another$"))
    workspace.apply(AT_ONCE).ok()
    held = {each["values"]["slug"] for each in workspace.resources().values()}
    assert {each["slug"] for each in ui.live(sandbox)} == held
    assert NOTHING == shown(workspace.plan("-json"))

    for each in ui.live(sandbox):
        sandbox.hand_over(each["slug"], "yet-another-owner")
    before = asked(sandbox)
    with setting(workspace, TF_LOG_PROVIDER="WARN"):
        result = workspace.plan("-json")
    assert "the list of workflows is not trusted" in result.stderr
    apps = MANY + len(KINDS)
    assert (apps, {}) == (len(shown(result)["resource_drift"]), shown(result)["planned_change"])
    assert 2 * apps == (asked(sandbox) - before)["GET app"]


def test_schedules_that_the_list_does_not_tell_are_read_one_by_one(start: Start) -> None:
    """Apps are taken from the list all the same, and a trigger that is gone is found."""
    sandbox, workspace = start(many(), launch=True, surface_schedules=True, surface_row_schedules=False)
    workspace.apply(AT_ONCE).ok()
    gone = ui.live(sandbox)[0]
    ui.remove_schedule(sandbox, gone["slug"], gone["schedules"][0]["trigger_id"])
    before = asked(sandbox)
    found = shown(workspace.plan("-json"))
    assert (["delete"], ["create"]) == (list(found["resource_drift"].values()), list(found["planned_change"].values()))
    requests = asked(sandbox) - before
    assert (1, True) == (requests["page"], MANY < requests["GET app"] < 2 * MANY)
    with one_by_one(workspace):
        assert found == shown(workspace.plan("-json"))
