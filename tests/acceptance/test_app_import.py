"""Import of ``atlan_app`` by slug or by name."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from scripts.lib.app_facts import apps
from scripts.lib.app_facts.credentials import ways
from tests.acceptance.conftest import Start
from tests.support import ui
from tests.support.configurations import CONNECTION, app, schedule
from tests.support.sandbox import Sandbox
from tests.support.sdk_workflows import Case, client, create
from tests.support.secret_search import CANARY
from tests.support.ui import live, publish
from tests.support.vendor_sdk import accepts_sdk_warnings

IMPORTED = """
import {
  to = atlan_app.taken_over
  id = "%s"
}
"""

MADE_ELSEWHERE = """
resource "atlan_app" "made_elsewhere" {
  app_id = "bigquery-crawler"
  name   = "made elsewhere"
  inputs = { hidden_datasets = true }
  %s
}
"""

CONFIGURED_CONNECTION = """
  asset_connection = { qualified_name = "default/bigquery/1700000000", name = "analytics", admin_users = ["admin"] }
"""

SEVERAL = {
    "app_id": "bigquery-crawler",
    "native_ready": True,
    "entrypoints": [{"name": "crawler"}, {"name": "profiler"}],
}

RUNTIME_KEYS = {"user-id", "user_id", "workflow_id", "correlation_id"}

SECRETS_INSIDE: dict[str, Any] = {
    "a list": {"token": [CANARY]},
    "an object": {"secret": {"value": CANARY}},
    "a number": {"pwd": 471147114711},
    "JSON text": {"settings": json.dumps({"jwt": CANARY})},
    "JSON text in JSON text": {"settings": json.dumps({"inner": json.dumps({"authorization": CANARY})})},
}


def by_sdk(sandbox: Sandbox) -> None:
    """Create a BigQuery crawler with the builder of the SDK, which sends every input."""
    known = next(each for each in apps.load() if each.app_id == "bigquery-crawler")
    with client(sandbox) as sdk:
        create(sdk, Case(known, ways(known)[0]), "made elsewhere")


def by_api(sandbox: Sandbox) -> None:
    """Create a BigQuery crawler with a request that contains a connection and no other input."""
    body = {"app_id": "bigquery-crawler", "name": "made elsewhere", "inputs": {"connection": CONNECTION}, "run": False}
    assert 200 == sandbox.call("POST", "/api/service/v1/app", body).status


@pytest.mark.parametrize("by", ["slug", "name"])
def test_an_import_block_takes_over_a_workflow_and_changes_nothing(start: Start, by: str) -> None:
    """An import with the original configuration plans no changes and publishes nothing."""
    sandbox, workspace = start(app(more=""))
    workspace.apply().ok()
    stored = live(sandbox)[0]
    workspace.state("rm", "atlan_app.crawler").ok()
    import_id = stored["slug"] if by == "slug" else f"name:{stored['name']}"
    workspace.write(app("taken_over", more="") + IMPORTED % import_id)
    assert {} == workspace.plan_changes()
    workspace.apply().ok()
    assert stored["version"] == workspace.values("atlan_app.taken_over")["version"]
    assert {} == workspace.plan_changes()


def test_an_import_does_not_know_the_entrypoint(start: Start) -> None:
    """The service does not return the entrypoint: the first plan sets the configured one.

    A plan with a change has the inputs in their configured form, here with the connection as a raw input.
    """
    sandbox, workspace = start(app())
    workspace.apply().ok()
    workspace.state("rm", "atlan_app.crawler").ok()
    workspace.write(app("taken_over") + IMPORTED % live(sandbox)[0]["slug"])
    change = workspace.plan_json()["resource_changes"][0]["change"]
    differing = {name for name, value in change["before"].items() if change["after"].get(name, value) != value}
    assert (["update"], {"entrypoint", "inputs"}) == (change["actions"], differing)
    workspace.apply().ok()
    assert {} == workspace.plan_changes()


def test_the_import_command_takes_over_a_workflow(start: Start) -> None:
    """``terraform import`` with a slug stores the workflow in state."""
    sandbox, workspace = start(app())
    workspace.apply().ok()
    workspace.state("rm", "atlan_app.crawler").ok()
    workspace.import_("atlan_app.crawler", live(sandbox)[0]["slug"]).ok()
    assert live(sandbox)[0]["slug"] == workspace.values("atlan_app.crawler")["slug"]


@accepts_sdk_warnings
@pytest.mark.parametrize("edited", ["before", "after"])
@pytest.mark.parametrize(
    ("make", "connection"), [(by_sdk, ""), (by_api, CONFIGURED_CONNECTION)], ids=["by the SDK", "by the API"]
)
def test_an_update_after_an_import_names_the_connection_echoes_no_runtime_key_and_keeps_what_the_ui_set(
    start: Start, make: Callable[[Sandbox], None], connection: str, edited: str
) -> None:
    """The update keeps an input that was edited in the UI before or after the import and is not configured."""
    sandbox, workspace = start(MADE_ELSEWHERE % connection)
    make(sandbox)
    slug = live(sandbox)[0]["slug"]
    if edited == "before":
        publish(sandbox, slug, filter_sharded_tables=False)
    workspace.import_("atlan_app.made_elsewhere", slug).ok()
    if edited == "after":
        publish(sandbox, slug, filter_sharded_tables=False)
    stored = live(sandbox)[0]
    said = workspace.apply().ok().output
    updated = live(sandbox)[0]
    sent = updated["inputs"]
    assert updated["version"] > stored["version"]
    assert stored["inputs"]["connection"]["attributes"]["qualifiedName"] == sent["connection_qualified_name"]
    assert (True, False) == (sent["hidden_datasets"], sent["filter_sharded_tables"])
    assert set() == RUNTIME_KEYS & sent.keys()
    assert (edited == "before") == ("Imported and not configured: filter_sharded_tables" in said)
    assert {} == workspace.plan_changes()


def test_a_generated_configuration_plans_to_no_changes(start: Start) -> None:
    """``-generate-config-out`` writes an app and a schedule without runtime keys and defaults, and a plan has no
    changes.
    """
    configured = app(hidden_datasets=True, include_filter='{"^a$": ["^b$"]}', filter_sharded_tables=True)
    sandbox, workspace = start(configured + schedule(timezone="Europe/Berlin"), surface_schedules=True)
    workspace.apply().ok()
    stored = live(sandbox)[0]
    workspace.write("")
    for address in ("atlan_app.crawler", "atlan_app_schedule.daily"):
        workspace.state("rm", address).ok()
    trigger = f"{stored['slug']}/{stored['schedules'][0]['trigger_id']}"
    workspace.write(
        IMPORTED % stored["slug"] + IMPORTED.replace("atlan_app.", "atlan_app_schedule.") % trigger, "import.tf"
    )
    workspace.plan("-generate-config-out=generated.tf").ok()
    generated = (workspace.directory / "generated.tf").read_text()
    assert [] == [name for name in ("user_id", "workflow_id", "filter_sharded_tables") if name in generated]
    assert {} == workspace.plan_changes()
    workspace.apply().ok()
    assert {} == workspace.plan_changes()
    assert [stored["version"]] == [each["version"] for each in live(sandbox)]


def test_an_import_without_a_known_app_is_refused(start: Start) -> None:
    """The import fails, because without an app the next plan would replace a live workflow."""
    sandbox, workspace = start(app())
    workspace.apply().ok()
    slug = live(sandbox)[0]["slug"]
    workspace.state("rm", "atlan_app.crawler").ok()
    sandbox.fault(method="GET", path=f"/v1/app/{slug}$", times=1, status=200, body={"slug": slug, "version": 1})
    workspace.import_("atlan_app.crawler", slug).failed(f"{slug} cannot be imported")


@pytest.mark.parametrize(
    ("import_id", "expected"),
    [
        ("no-such-slug", "There is no workflow with the slug no-such-slug"),
        ("not a slug", '"not a slug" is not an import id of atlan_app'),
        ("../../roles", '"../../roles" is not an import id of atlan_app'),
        ("name:nobody", 'There is no workflow named "nobody"'),
    ],
)
def test_an_import_id_without_an_object_is_an_error(start: Start, import_id: str, expected: str) -> None:
    """The error names the expected form of an id, or the workflow that does not exist."""
    _, workspace = start(app())
    workspace.import_("atlan_app.crawler", import_id).failed(expected)


@pytest.mark.parametrize("several", [True, False], ids=["several", "one"])
def test_an_import_says_that_the_entrypoint_is_not_known_where_there_are_several(start: Start, several: bool) -> None:
    """The warning lists the entrypoints of the app. There is no warning if the app has only one."""
    sandbox, workspace = start(app(more=""))
    workspace.apply().ok()
    slug = live(sandbox)[0]["slug"]
    workspace.state("rm", "atlan_app.crawler").ok()
    if several:
        sandbox.fault("GET", "/v1/apps/bigquery-crawler$", times=1, status=200, body=SEVERAL)
    said = workspace.import_("atlan_app.crawler", slug).ok().text
    assert several == (f"The entrypoint of {slug} was not imported" in said)
    assert several == ("several entrypoints (crawler, profiler)" in said)


@pytest.mark.parametrize("path", ["/v1/apps/bigquery-crawler$", "/v1/apps/bigquery-crawler/inputs$"])
def test_an_import_waits_for_the_contract_that_says_what_is_secret(start: Start, path: str) -> None:
    """The import fails without the contract and leaves state empty. The next import succeeds."""
    sandbox, workspace = start(app(more=""))
    workspace.apply().ok()
    slug = live(sandbox)[0]["slug"]
    workspace.state("rm", "atlan_app.crawler").ok()
    sandbox.fault("GET", path, times=1, status=500, body={"message": "not now"})
    workspace.import_("atlan_app.crawler", slug).failed(f"{slug} cannot be imported now", "not now")
    assert {} == workspace.resources()
    workspace.import_("atlan_app.crawler", slug).ok()
    assert {} == workspace.plan_changes()


@pytest.mark.parametrize("nested", SECRETS_INSIDE.values(), ids=SECRETS_INSIDE)
def test_a_secret_inside_an_input_reaches_no_state(start: Start, nested: Any) -> None:
    """An import and a data source leave the input out and name it."""
    sandbox, workspace = start('data "atlan_app" "it" {\n  name = "bigquery prod"\n}\n' + app(more=""))
    slug = ui.create(sandbox, "bigquery prod", control_config=nested)
    said = workspace.import_("atlan_app.crawler", slug).ok().output
    said += workspace.run("apply", "-refresh-only", "-auto-approve").ok().output
    assert f"Inputs of {slug} that were not imported: control_config" in said
    assert f"Inputs of {slug} that are not shown: control_config" in said
    written = said + (workspace.directory / "terraform.tfstate").read_text(encoding="utf-8")
    assert ([], True) == ([each for each in (CANARY, "471147114711") if each in written], slug in written)


def test_inputs_that_only_the_contract_of_an_entrypoint_knows_are_kept_secret_by_it(start: Start) -> None:
    """An input is left out if only the contract of an entrypoint marks the input as a password."""
    sandbox, workspace = start(app(temp_table_regex=CANARY, more=""))
    workspace.apply().ok()
    slug = live(sandbox)[0]["slug"]
    workspace.state("rm", "atlan_app.crawler").ok()
    secret = {"temp_table_regex": {"type": "string", "format": "password"}}
    for properties in ({}, secret):
        schema = {"title": "AppInputContract", "type": "object", "properties": properties}
        sandbox.fault("GET", "/v1/apps/bigquery-crawler/inputs$", times=1, status=200, body=schema)
    said = workspace.import_("atlan_app.crawler", slug).ok().output
    assert f"Inputs of {slug} that were not imported: temp_table_regex" in said
    assert CANARY not in said + (workspace.directory / "terraform.tfstate").read_text(encoding="utf-8")


def test_an_import_is_no_adoption(start: Start) -> None:
    """An update after the import does not show the attribute as unknown."""
    sandbox, workspace = start(app(hidden_datasets=True))
    workspace.apply().ok()
    workspace.state("rm", "atlan_app.crawler").ok()
    workspace.import_("atlan_app.crawler", live(sandbox)[0]["slug"]).ok()
    assert False is workspace.values("atlan_app.crawler")["adopted"]
    workspace.write(app(hidden_datasets=False))
    (change,) = workspace.plan_json()["resource_changes"]
    assert "adopted" not in change["change"]["after_unknown"]
