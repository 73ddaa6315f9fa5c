"""A ``moved`` block moves a workflow from the generic REST provider to ``atlan_app``."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.acceptance.conftest import Start
from tests.support import restapi, secret_search
from tests.support.configurations import CONNECTION, app, schedule
from tests.support.sandbox import Sandbox
from tests.support.secret_search import CANARY
from tests.support.terraform import PROVIDER, Workspace
from tests.support.ui import archive, live, publish

MOVED = """
moved {
  from = restapi_object.crawler
  to   = atlan_app.crawler
}
"""
CREDENTIAL = {"authType": "basic", "name": "x", "connectorConfigName": "atlan-connectors-bigquery", "password": CANARY}
INPUTS = {
    "hidden_datasets": True,
    "filter_sharded_tables": True,
    "include_filter": '{"^a$": ["^b$"]}',
}
"""Inputs in both configurations. The second equals the contract's default, which an import leaves out."""

BODY = {
    "app_id": "bigquery-crawler",
    "name": "bigquery prod",
    "inputs": {"connection": CONNECTION, "credential": CREDENTIAL, "credential_guid": "", **INPUTS},
    "run": False,
}

Held = Callable[..., tuple[Sandbox, Workspace, str]]


@pytest.fixture
def held(start: Start, tmp_path: Path) -> Held:
    """Yield a function that creates a workflow in the state of the REST provider, with a workspace and a slug."""

    def held(configuration: str, *, poor: bool = False, address: str = restapi.ADDRESS, **options: Any) -> Any:
        sandbox, workspace = start(MOVED + configuration, **options)
        restapi.install(workspace, tmp_path / "restapi")
        slug = sandbox.call("POST", "/api/service/v1/app", BODY).json["slug"]
        answer = sandbox.call("GET", f"/api/service/v1/app/{slug}").json
        state = restapi.imported(slug) if poor else restapi.attributes(slug, BODY, answer)
        restapi.put_into_state(workspace, state, address)
        return sandbox, workspace, slug

    return held


def sent(sandbox: Sandbox) -> list[str]:
    """Return the methods of the requests that changed something."""
    return [each["method"] for each in sandbox.writes()]


def test_the_plan_of_a_move_changes_nothing_and_the_apply_publishes_nothing(held: Held) -> None:
    """The configuration equals the workflow. It has an input with the default value, and a filter as JSON text."""
    sandbox, workspace, slug = held(app(more="", **INPUTS))
    before = live(sandbox)
    planned = workspace.plan_json()["resource_changes"][0]
    moved = ("restapi_object.crawler", ["no-op"])
    assert moved == (planned["previous_address"], planned["change"]["actions"])
    workspace.apply("plan.tfplan").ok()
    assert (before, ["POST"]) == (live(sandbox), sent(sandbox))
    values = workspace.values("atlan_app.crawler")
    assert (slug, before[0]["version"]) == (values["slug"], values["version"])
    assert before[0]["inputs"]["credential_guid"] == values["credential_guid"]
    assert INPUTS.keys() == values["inputs"].keys()
    assert {} == workspace.plan_changes()


def test_a_moved_workflow_is_updated_in_place_ever_after(held: Held) -> None:
    """The plan of the move also updates an input and creates a schedule, and keeps an edit of the web UI."""
    sandbox, workspace, slug = held(app(more="", **INPUTS | {"hidden_datasets": False}) + schedule())
    publish(sandbox, slug, exclude_filter='{"^c$": []}')
    assert {"atlan_app.crawler": ["update"], "atlan_app_schedule.daily": ["create"]} == workspace.plan_changes()
    workspace.apply().ok()
    stored = live(sandbox)[0]["inputs"]
    assert (False, '{"^c$": []}') == (stored["hidden_datasets"], stored["exclude_filter"])
    assert {} == workspace.plan_changes()


def test_what_the_web_ui_changed_is_shown_by_the_plan_of_a_move(held: Held) -> None:
    """The value comes from the service, not from the state of the REST provider."""
    sandbox, workspace, slug = held(app(more="", **INPUTS))
    publish(sandbox, slug, hidden_datasets=False)
    change = workspace.plan_json()["resource_changes"][0]["change"]
    assert ["update"] == change["actions"]
    assert (False, True) == tuple(change[when]["inputs"]["hidden_datasets"] for when in ("before", "after"))


def test_a_state_with_only_the_id_is_read_like_an_import(held: Held) -> None:
    """A state that contains only the id, after an import without a read, plans no changes."""
    _, workspace, _ = held(app(more="", hidden_datasets=True, include_filter='{"^a$": ["^b$"]}'), poor=True)
    assert {} == workspace.plan_changes()


@pytest.mark.parametrize("poor", [False, True])
def test_a_move_without_a_refresh_never_replaces(held: Held, poor: bool) -> None:
    """The inputs are published again. If app and name are unknown, the plan fails."""
    sandbox, workspace, slug = held(app(more="", **INPUTS), poor=poor)
    if poor:
        workspace.plan("-refresh=false").failed(f"{slug} was moved and not read yet", "Plan with a refresh")
        return
    assert {"atlan_app.crawler": ["update"]} == workspace.plan_changes("-refresh=false")
    workspace.apply("-refresh=false").ok()
    assert [slug] == [each["slug"] for each in live(sandbox)]
    assert {} == workspace.plan_changes()


def test_a_tenant_that_hides_inputs_moves_with_a_warning(held: Held) -> None:
    """The read finds the app and the name, and the inputs are published once."""
    _, workspace, slug = held(app(more="", **INPUTS), surface_inputs=False)
    planned = workspace.plan().ok()
    assert "Plan: 0 to add, 1 to change, 0 to destroy." in planned.stdout
    assert f"The inputs of {slug} were not imported" in planned.stdout
    workspace.apply().ok()
    assert {} == workspace.plan_changes()


def test_a_moved_workflow_that_is_gone_is_an_error(held: Held) -> None:
    """The state of the other provider contains no tenant, so the workflow may be on another one."""
    sandbox, workspace, slug = held(app(more="", **INPUTS))
    archive(sandbox, slug)
    workspace.plan().failed(
        f"{slug} was not found, and state does not say on which tenant it is", "or the resource was moved"
    )


def test_another_app_or_name_in_the_configuration_is_a_replacement_that_is_shown(held: Held) -> None:
    """The move knows the app and the name of the workflow, so the plan shows the replacement."""
    _, workspace, _ = held(app(more="", name="another", **INPUTS))
    assert {"atlan_app.crawler": ["delete", "create"]} == workspace.plan_changes()


def test_a_move_from_another_provider_is_refused(held: Held) -> None:
    """Terraform's error names the resource type that can be moved."""
    _, workspace, _ = held(app(more="", **INPUTS))
    state = json.loads((workspace.directory / "terraform.tfstate").read_text())
    state["resources"][0]["type"] = "toy_plain"
    workspace.write(json.dumps(state), "terraform.tfstate")
    workspace.write(MOVED.replace("restapi_object", "toy_plain") + app(more=""))
    said = "can only be moved from restapi_object of the provider Mastercard/restapi. This is toy_plain"
    workspace.plan().failed("Cannot move toy_plain to atlan_app", said)


def test_no_secret_of_the_rest_providers_body_reaches_plan_state_or_output(held: Held) -> None:
    """The secret is only in the state file that Terraform keeps as a backup."""
    _, workspace, _ = held(app(more="", **INPUTS))
    said = [workspace.plan("-out=plan.tfplan").ok().output, workspace.apply("plan.tfplan").ok().output]
    said.append(json.dumps(workspace.show("plan.tfplan")))
    left = dict(secret_search.files(workspace.directory)) | {"output": "".join(said).encode()}
    assert ["terraform.tfstate.backup"] == secret_search.where(CANARY, left)


def test_a_workflow_goes_along_to_the_provider_of_another_registry(start: Start) -> None:
    """The move keeps the state unchanged: the plan contains only the move, and no request changes anything."""
    sandbox, workspace = start(app("before"), launch=True)
    workspace.apply().ok()
    before = workspace.values("atlan_app.before")
    workspace.write(PROVIDER.replace("atlanhq/atlan", "registry.opentofu.org/atlanhq/atlan"), "versions.tf")
    workspace.write(app("after") + "moved {\n  from = atlan_app.before\n  to   = atlan_app.after\n}\n")
    workspace.init().ok()
    assert {} == workspace.plan_changes()
    workspace.apply().ok()
    assert (before, ["POST"]) == (workspace.values("atlan_app.after"), sent(sandbox))
