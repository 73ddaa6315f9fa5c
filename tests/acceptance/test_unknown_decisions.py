"""Values that are known only in the apply and decide other values of a resource: the apply agrees with its plan."""

import json
from collections.abc import Callable

import pytest

from tests.acceptance.conftest import Start
from tests.support.adoption import adopting, slugs
from tests.support.configurations import CONNECTION, app
from tests.support.runs import run, runs
from tests.support.runs import workflow as make_workflow
from tests.support.sandbox import Sandbox
from tests.support.schedules import left
from tests.support.terraform import Workspace
from tests.support.ui import create

Prepare = Callable[[Sandbox, Workspace], str]

APP = """
resource "atlan_app" "crawler" {
  app_id     = "bigquery-crawler"
  entrypoint = "crawler"
  name       = "bigquery prod"
  %s
}
"""
LATER = "terraform_data.later.output"


def encoded(value: object) -> str:
    return f"jsondecode({json.dumps(json.dumps(value))})"


RAW = encoded({"connection": CONNECTION, "hidden_datasets": True})


def later(value: str) -> str:
    """A value that is not known before the apply."""
    return f'resource "terraform_data" "later" {{\n  input = {value}\n}}\n'


def imported(address: str, imported_id: str) -> str:
    return f'import {{\n  to = {address}\n  id = "{imported_id}"\n}}\n'


def import_beside_a_value(sandbox: Sandbox, workspace: Workspace) -> str:
    """The import puts the connection into the attribute. The inputs turn out to be unchanged."""
    slug = create(sandbox, "bigquery prod", hidden_datasets=True)
    inputs = f"inputs = {{ connection = {encoded(CONNECTION)}, hidden_datasets = {LATER} }}"
    return later("true") + APP % inputs + imported("atlan_app.crawler", slug)


def import_with_later_inputs(sandbox: Sandbox, workspace: Workspace) -> str:
    """All inputs are unknown, and turn out to contain the connection and a change."""
    slug = create(sandbox, "bigquery prod", hidden_datasets=False)
    return later(RAW) + APP % f"inputs = {LATER}" + imported("atlan_app.crawler", slug)


def adoption_with_later_inputs(sandbox: Sandbox, workspace: Workspace) -> str:
    """The inputs turn out to contain no connection, so the workflow keeps its own."""
    create(sandbox, "bigquery prod")
    return later("{ hidden_datasets = true }") + APP % f"adopt_existing = true\n  inputs = {LATER}"


def schedule_with_later_times(sandbox: Sandbox, workspace: Workspace) -> str:
    """The times turn out to be those of the imported trigger, so it keeps its version."""
    workspace.write(app())
    workspace.apply().ok()
    (slug,) = slugs(sandbox)
    resource = f'resource "atlan_app_schedule" "daily" {{\n  slug = atlan_app.crawler.slug\n  cron = {LATER}\n}}\n'
    trigger_id = left(sandbox, slug)
    return app() + later('"0 6 * * *"') + resource + imported("atlan_app_schedule.daily", f"{slug}/{trigger_id}")


def publish_of_later_write_only_inputs(sandbox: Sandbox, workspace: Workspace) -> str:
    """They turn out to contain the connection, which may have another credential."""
    workspace.write(APP % f"inputs_wo = {encoded({'connection': CONNECTION})}\n  inputs_wo_version = 1")
    workspace.apply().ok()
    return later(encoded({"connection": CONNECTION})) + APP % f"inputs_wo = {LATER}\n  inputs_wo_version = 2"


def later_write_only_inputs_instead_of_the_attribute(sandbox: Sandbox, workspace: Workspace) -> str:
    """The connection moves from the attribute to the write-only inputs."""
    workspace.write(adopting())
    workspace.apply().ok()
    stored = workspace.values("atlan_app.crawler")["asset_connection"]
    raw = {"typeName": "Connection", "attributes": {"qualifiedName": stored["qualified_name"], "name": "bigquery"}}
    return later(encoded({"connection": raw})) + APP % f"inputs_wo = {LATER}\n  inputs_wo_version = 1"


def later_entrypoint_beside_a_write_only_connection(sandbox: Sandbox, workspace: Workspace) -> str:
    """The entrypoint turns out to be unchanged, so nothing is published and the attribute keeps its value."""
    workspace.write(adopting().replace("adopt_existing   = true", ""))
    workspace.apply().ok()
    raw = {"typeName": "Connection", "attributes": {"qualifiedName": "default/bigquery/1700000000", "name": "it"}}
    block = APP.replace('"crawler"\n  name', f"{LATER}\n  name")
    return later('"crawler"') + block % f"inputs_wo = {encoded({'connection': raw})}"


@pytest.mark.parametrize(
    "prepare",
    [
        import_beside_a_value,
        import_with_later_inputs,
        adoption_with_later_inputs,
        schedule_with_later_times,
        publish_of_later_write_only_inputs,
        later_write_only_inputs_instead_of_the_attribute,
        later_entrypoint_beside_a_write_only_connection,
    ],
    ids=lambda prepare: prepare.__name__,
)
def test_a_later_value_is_applied(start: Start, prepare: Prepare) -> None:
    """The plan has no known value that the later value changes, so the first apply succeeds and is complete."""
    sandbox, workspace = start(surface_schedules=True)
    workspace.write(prepare(sandbox, workspace))
    workspace.apply().ok()
    assert {} == workspace.plan_changes()


def test_a_later_wait_for_a_failed_run_is_an_error_of_the_plan(start: Start) -> None:
    """It decides whether a new run is submitted, which a plan must show."""
    sandbox, workspace = start()
    slug = make_workflow(sandbox)
    workspace.write(run(slug, "wait_for_completion = false"))
    workspace.apply().ok()
    sandbox.set_run(runs(sandbox)[0]["run_id"], "Failed")
    workspace.write(later("true") + run(slug, f"wait_for_completion = {LATER}"))
    workspace.apply().failed("wait_for_completion is not known yet, and the run has failed", "with -target")
    assert 1 == len(runs(sandbox))
