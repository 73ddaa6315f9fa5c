"""Many apps: with schedules over an unreliable network, and with credentials from two processes at once."""

import re
import time
from collections import Counter
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from scripts.lib.shared.memory import Watch
from tests.acceptance.conftest import Start
from tests.support.campaigns.figures import Figures
from tests.support.campaigns.state_store import state_store
from tests.support.sandbox import Sandbox
from tests.support.terraform import PROVIDER, Result, Workspace
from tests.support.ui import live

APPS, SHORT = 1000, 50
PROCESSES = ("first", "second")
SECONDS = 3600.0
"""The longest time of one phase in seconds."""

CHAOS: dict[str, Any] = {"failing": 0.05, "latency_ms": (20, 200)}
REFUSED = (429, 503)

FLEET = """
locals {{
  kinds = ["bigquery-crawler", "snowflake-crawler", "postgres-crawler", "oracle-crawler", "teradata-crawler"]
}}

module "crawler" {{
  source   = "./crawler"
  for_each = {{ for number in range({apps}) : format("app %04d", number) => number }}
  app_id   = local.kinds[each.value % length(local.kinds)]
  name     = each.key
  minute   = each.value % 60
}}
"""
CRAWLER = (
    PROVIDER
    + """
variable "app_id" { type = string }
variable "name" { type = string }
variable "minute" { type = number }

resource "atlan_app" "it" {
  app_id     = var.app_id
  name       = var.name
  entrypoint = "crawler"
  asset_connection = {
    name        = var.name
    admin_users = ["admin"]
  }
  inputs = {
    include_filter   = provider::atlan::anchored_filter({ (var.name) = ["public"] })
    temp_table_regex = var.name
  }
}

resource "atlan_app_schedule" "it" {
  slug        = atlan_app.it.slug
  app_version = atlan_app.it.published_version
  cron        = "${var.minute} 6 * * *"
}
"""
)
"""A module for each app, because within one resource Terraform evaluates all instances for each reference to one."""


WITH_CREDENTIALS = """
module "crawler" {{
  source   = "./crawler"
  for_each = toset([for number in range({apps}) : format("{process} %04d", number)])
  name     = each.key
}}
"""
WITH_CREDENTIAL = (
    PROVIDER
    + """
variable "name" { type = string }

resource "atlan_app" "it" {
  app_id           = "bigquery-crawler"
  name             = var.name
  asset_connection = { name = var.name, admin_users = ["admin"] }
  credential_wo = {
    auth_type             = "basic"
    connector_config_name = "atlan-connectors-bigquery"
    password              = var.name
  }
  credential_wo_version = 1
}
"""
)


class Phases:
    """The commands of the test, with their times and their memory."""

    def __init__(self, workspace: Workspace, figures: Figures) -> None:
        self._workspace = workspace
        self._figures = figures

    def run(self, *arguments: str) -> Result:
        started = time.monotonic()
        with (
            self._workspace.start(*arguments, "-parallelism=50") as running,
            Watch(running.process.pid) as watch,
        ):
            result = running.wait(SECONDS)
        assert watch.peak, result.output
        self._figures.measure(f"load: seconds to {arguments[0]}", time.monotonic() - started)
        self._figures.measure(f"load: MiB of the provider at most, {arguments[0]}", watch.peak)
        return result


def test_many_apps_live_and_go_over_a_bad_network(start: Start, full: bool, seed: int, figures: Figures) -> None:
    """No command fails, each app has one workflow and one trigger, and a destroy leaves nothing."""
    apps = APPS if full else SHORT
    sandbox, workspace = start(surface_schedules=True)
    sandbox.chaos(seed=seed, **CHAOS)
    phases = Phases(workspace, figures)
    with state_store() as backend:
        workspace.write(backend, "backend.tf")
        configure(workspace, apps)
        phases.run("apply", "-auto-approve").ok()
        assert_one_of_each(sandbox, workspace, apps)
        assert 0 == phases.run("plan", "-detailed-exitcode").returncode
        phases.run("destroy", "-auto-approve").ok()
    assert [] == live(sandbox)
    assert [] == [each["slug"] for each in sandbox.workflows() if each["schedules"]]
    assert apps == len(sandbox.workflows())
    count_requests(sandbox, figures)


def test_two_processes_store_a_credential_for_each_app(
    start: Start, full: bool, figures: Figures, tmp_path: Path
) -> None:
    """All names are different, each workflow uses its own credential, and no plan has changes."""
    apps = (APPS if full else SHORT) // len(PROCESSES)
    sandbox, _ = start()
    workspaces = [with_credentials(sandbox, tmp_path / process, process, apps) for process in PROCESSES]
    started = time.monotonic()
    with ExitStack() as running:
        commands = [
            running.enter_context(each.start("apply", "-auto-approve", "-parallelism=50")) for each in workspaces
        ]
        for command in commands:
            command.wait(SECONDS).ok()
    figures.measure("load: seconds to store credentials from two processes", time.monotonic() - started)
    names = {each["name"] for each in sandbox.credentials()}
    assert len(PROCESSES) * apps == len(names) == len(sandbox.credentials())
    assert all(re.fullmatch("default-bigquery-[0-9a-f]{16}-0", name) for name in names)
    guids = {each["name"]: each["inputs"]["credential_guid"] for each in live(sandbox)}
    assert len(names) == len(set(guids.values()))
    assert all(sandbox.verify(guid, password=name) for name, guid in guids.items())
    assert [0, 0] == [each.run("plan", "-detailed-exitcode").returncode for each in workspaces]
    figures.count("load: different names of credentials from two processes", len(names))


def with_credentials(sandbox: Sandbox, directory: Path, process: str, apps: int) -> Workspace:
    """Return an initialized workspace that launches its own provider, with an app and a credential for each number."""
    (directory / "crawler").mkdir(parents=True)
    workspace = Workspace(directory, sandbox.url, sandbox.api_key)
    workspace.write(WITH_CREDENTIAL, "crawler/main.tf")
    workspace.write(WITH_CREDENTIALS.format(apps=apps, process=process))
    workspace.init().ok()
    return workspace


def configure(workspace: Workspace, apps: int) -> None:
    (workspace.directory / "crawler").mkdir()
    workspace.write(CRAWLER, "crawler/main.tf")
    workspace.write(FLEET.format(apps=apps))
    workspace.init().ok()


def assert_one_of_each(sandbox: Sandbox, workspace: Workspace, apps: int) -> None:
    """Assert that each app has its own workflow, trigger and connection, and that state contains them."""
    held = [each["values"] for each in workspace.resources().values()]
    there = live(sandbox)
    assert apps == len(there)
    assert {each["slug"] for each in there} == {each["slug"] for each in held if "app_id" in each}
    assert [1] * apps == [len(each["schedules"]) for each in there]
    triggers = {each["slug"]: each["schedules"][0]["trigger_id"] for each in there}
    assert triggers == {each["slug"]: each["trigger_id"] for each in held if "trigger_id" in each}
    assert apps == len({each["inputs"]["connection"]["attributes"]["qualifiedName"] for each in there})
    assert [] == workspace.tainted()


def count_requests(sandbox: Sandbox, figures: Figures) -> None:
    statuses = Counter(each["status"] for each in sandbox.requests())
    refused = sum(statuses.pop(status, 0) for status in REFUSED)
    assert refused
    assert {200} == statuses.keys()
    figures.count("load: requests", refused + statuses[200])
    figures.count("load: requests that were refused and sent again", refused)
