"""A refresh that takes from the service's list what did not change: few requests, and the same plans as without."""

from collections import Counter
from typing import Any

import pytest

from tests.acceptance import ui
from tests.acceptance.conftest import Start
from tests.support.sandbox import Sandbox
from tests.support.terraform import Workspace

AT_ONCE = "-parallelism=50"
ONE_BY_ONE = {"ATLAN_REFRESH_FROM_LIST": "false"}

MANY = 17
KINDS = ("edited", "published", "owner", "archived", "removed_trigger", "as_it_was")
"""What happens to a workflow of that name; the last is left alone."""


def fleet(many: int, kinds: tuple[str, ...] = (), *, schedules: bool = True) -> str:
    """As many workflows, and one for each kind that is read after all of them; each with its schedule."""
    written = f"""
module "many" {{
  source    = "./crawler"
  for_each  = toset([for number in range({many}) : format("many %03d", number)])
  name      = each.key
  scheduled = {str(schedules).lower()}
}}
"""
    if not kinds:
        return written
    names = ", ".join(f'"{kind}"' for kind in kinds)
    return f"""{written}
module "late" {{
  source     = "./crawler"
  for_each   = toset([{names}])
  name       = each.key
  scheduled  = {str(schedules).lower()}
  depends_on = [module.many]
}}
"""


CRAWLER = """
terraform {
  required_providers {
    atlan = {
      source = "atlanhq/atlan"
    }
  }
}

variable "name" { type = string }
variable "scheduled" { type = bool }

resource "atlan_app" "it" {
  app_id     = "bigquery-crawler"
  name       = var.name
  entrypoint = "crawler"
  connection = {
    name        = var.name
    admin_users = ["admin"]
  }
  inputs = {
    include_filter   = { "^project$" = ["^public$"] }
    temp_table_regex = var.name
  }
}

resource "atlan_app_schedule" "it" {
  count = var.scheduled ? 1 : 0
  slug  = atlan_app.it.slug
  cron  = "0 6 * * *"
}
"""


def begin(start: Start, configuration: str, **options: Any) -> tuple[Sandbox, Workspace]:
    """An applied fleet."""
    sandbox, workspace = start(**options)
    (workspace.directory / "crawler").mkdir()
    workspace.write(CRAWLER, "crawler/main.tf")
    workspace.write(configuration)
    workspace.init().ok()
    workspace.apply(AT_ONCE).ok()
    return sandbox, workspace


class Asked:
    """Plans, and what each of them asked the service."""

    def __init__(self, sandbox: Sandbox, workspace: Workspace) -> None:
        self._sandbox = sandbox
        self._workspace = workspace

    def plan(self, env: dict[str, str] | None = None) -> tuple[dict[str, Any], dict[str, Any], Counter[str]]:
        """What changed outside, what is planned (addresses and values), and how many gets and pages were asked for."""
        before = len(self._sandbox.requests())
        self._workspace.env |= env or {}
        try:
            told = self._workspace.plan_json()
        finally:
            for name in env or {}:
                del self._workspace.env[name]
        drift = {each["address"]: each["change"] for each in told.get("resource_drift", [])}
        planned = {
            each["address"]: each["change"]
            for each in told["resource_changes"]
            if each["change"]["actions"] != ["no-op"]
        }
        return drift, planned, Counter(map(_what, self._sandbox.requests()[before:]))


def _what(request: dict[str, Any]) -> str:
    path = request["path"].removeprefix("/api/service/v1/")
    return "page" if (request["method"], path) == ("GET", "app") else f"{request['method']} {path.partition('/')[0]}"


def change(sandbox: Sandbox) -> None:
    """Do to each workflow of a kind what its name says."""
    slugs = {each["name"]: each["slug"] for each in ui.live(sandbox)}
    ui.publish(sandbox, slugs["edited"], temp_table_regex="another")
    ui.publish(sandbox, slugs["published"])
    sandbox.hand_over(slugs["owner"], "another-owner")
    ui.archive(sandbox, slugs["archived"])
    [scheduled] = [each for each in ui.live(sandbox) if each["name"] == "removed_trigger"]
    ui.remove_schedule(sandbox, scheduled["slug"], scheduled["schedules"][0]["trigger_id"])


def address(kind: str, resource: str = "atlan_app.it") -> str:
    return f'module.late["{kind}"].{resource}'


SCHEDULE = "atlan_app_schedule.it[0]"
DRIFT = {
    address("edited"): ["update"],
    address("published"): ["update"],
    address("owner"): ["update"],
    address("archived"): ["delete"],
    address("archived", SCHEDULE): ["delete"],
    address("removed_trigger", SCHEDULE): ["delete"],
}
PLANNED = {
    address("edited"): ["update"],
    address("archived"): ["create"],
    address("archived", SCHEDULE): ["create"],
    address("removed_trigger", SCHEDULE): ["create"],
}


def actions(changes: dict[str, Any]) -> dict[str, list[str]]:
    return {name: each["actions"] for name, each in changes.items()}


@pytest.mark.parametrize(("schedules", "most"), [(False, 40), (True, 60)], ids=["apps", "apps with schedules"])
def test_many_unchanged_apps_take_few_requests(start: Start, schedules: bool, most: int) -> None:
    """Twenty pages of apps: the plan is quiet, and asks for the pages and a handful of apps; for all where switched off."""
    apps = 60
    sandbox, workspace = begin(start, fleet(apps, schedules=schedules), surface_schedules=schedules, page_size=3)
    asked = Asked(sandbox, workspace)
    drift, planned, requests = asked.plan()
    assert ({}, {}) == (drift, planned)
    assert {"page": 20} == {name: count for name, count in requests.items() if name == "page"}
    assert {"page", "GET app"} == requests.keys()
    assert most >= requests.total()
    assert ({}, {}, {"GET app": 2 * apps if schedules else apps}) == asked.plan(ONE_BY_ONE)


def test_drift_is_shown_alike_with_and_without_the_list_and_as_late_as_the_list_is(start: Start) -> None:
    """A lagging list shows it when it has caught up, and until then nothing is lost, invented or planned."""
    sandbox, workspace = begin(start, fleet(MANY, KINDS), surface_schedules=True)
    asked = Asked(sandbox, workspace)
    sandbox.lag()
    change(sandbox)
    drift, planned, requests = asked.plan()
    assert ({}, {}) == (drift, planned)
    assert requests["GET app"] < 2 * MANY
    drift, planned, _ = asked.plan(ONE_BY_ONE)
    assert (DRIFT, PLANNED) == (actions(drift), actions(planned))
    sandbox.lag(lags=False)
    *shown, requests = asked.plan()
    assert [drift, planned] == shown
    assert requests["GET app"] < 2 * MANY


def test_what_an_apply_did_is_known_whatever_the_list_tells(start: Start) -> None:
    """Made, changed and destroyed while the list lags: plans are quiet, and what was changed is read by itself."""
    sandbox, workspace = begin(start, fleet(MANY, ("changed", "destroyed")), surface_schedules=True)
    asked = Asked(sandbox, workspace)
    sandbox.lag()
    workspace.write(CRAWLER.replace("^public$", '${var.name == "changed" ? "^x$" : "^public$"}'), "crawler/main.tf")
    workspace.write(fleet(MANY, ("changed", "made")))
    workspace.apply().ok()
    held = {each["values"]["slug"] for each in workspace.resources().values()}
    assert {each["slug"] for each in ui.live(sandbox)} == held
    for lags in (True, False):
        sandbox.lag(lags=lags)
        drift, planned, requests = asked.plan()
        assert ({}, {}) == (drift, planned)
        assert 1 <= requests["page"]


def test_a_list_that_the_first_reads_contradict_is_not_used(start: Start) -> None:
    """Every workflow was handed over and the list does not know: each is read, and each new owner is shown."""
    sandbox, workspace = begin(start, fleet(MANY, schedules=False))
    asked = Asked(sandbox, workspace)
    sandbox.lag()
    for each in ui.live(sandbox):
        sandbox.hand_over(each["slug"], "another-owner")
    workspace.env["TF_LOG_PROVIDER"] = "WARN"
    assert "the list of workflows is not believed" in workspace.plan().ok().stderr
    del workspace.env["TF_LOG_PROVIDER"]
    drift, planned, requests = asked.plan()
    assert {} == planned
    assert ["another-owner"] * MANY == [each["after"]["owner"] for each in drift.values()]
    assert MANY == requests["GET app"]


@pytest.mark.parametrize(
    "options",
    [{"surface_schedules": True, "surface_row_schedules": False}, {"surface_schedules": False}],
    ids=["in rows", "everywhere"],
)
def test_schedules_that_rows_do_not_tell_are_read_one_by_one(start: Start, options: dict[str, bool]) -> None:
    """Hidden in rows, or in gets too: apps are taken from the list all the same, and one whose trigger is gone is found."""
    sandbox, workspace = begin(start, fleet(MANY), page_size=9, **options)
    asked = Asked(sandbox, workspace)
    for each in ui.live(sandbox)[:2]:
        ui.remove_schedule(sandbox, each["slug"], each["schedules"][0]["trigger_id"])
    drift, planned, requests = asked.plan()
    gone = 2 if options["surface_schedules"] else 0
    assert [["delete"]] * gone == list(actions(drift).values())
    assert [["create"]] * gone == list(actions(planned).values())
    assert MANY <= requests["GET app"] < 2 * MANY
    *shown, _ = asked.plan(ONE_BY_ONE)
    assert [drift, planned] == shown


def test_a_list_that_fails_is_given_up_without_a_word_to_the_user(start: Start) -> None:
    """On its first page or in the middle: the plan is quiet, every workflow is read, and the log says why."""
    sandbox, workspace = begin(start, fleet(MANY, schedules=False), page_size=5)
    asked = Asked(sandbox, workspace)
    workspace.env["TF_LOG_PROVIDER"] = "INFO"
    for page in (1, 3):
        if page > 1:
            sandbox.fault("GET", "/v1/app$", times=page - 1, delay_ms=1)
        sandbox.fault("GET", "/v1/app$", status=500, body="<html>")
        before = len(sandbox.requests())
        result = workspace.plan("-detailed-exitcode")
        assert (0, "") == (result.returncode, "".join(each for each in result.stdout.splitlines() if "arning" in each))
        assert "the list of workflows was given up" in result.stderr
        requests = Counter(map(_what, sandbox.requests()[before:]))
        assert page == requests["page"]
        assert requests["GET app"] >= MANY - 5 * (page - 1)
    assert ({}, {}, {"page": 4, "GET app": 10}) == asked.plan()
