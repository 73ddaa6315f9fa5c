"""The errors of a workflow: they show the right attribute, and no secret of the configuration."""

from typing import Any

import pytest

from tests.acceptance.conftest import Start
from tests.support.connections import NEW, app
from tests.support.sandbox import Sandbox
from tests.support.terraform import Result, Workspace
from tests.support.ui import live, publish

SHORT = "abc"
TOKEN = "c4nary-token"
PLACES = {
    "inputs.credential.connectorConfigName": "connector_config_name = ",
    "inputs.credential": "credential_wo = {",
    "inputs.connection.attributes.adminUsers": "asset_connection = {",
    "inputs.connection": "asset_connection = {",
    "inputs.hidden_datasets": "hidden_datasets = true",
    "inputs.control_config.token": "inputs_wo = { control_config",
}
"""Locations in an error of the service, and the line of the configuration for each."""


def with_secrets(version: int = 1) -> str:
    """Return a workflow with a short password in its credential, and a token among its inputs."""
    return app(
        NEW,
        more=f"""
  inputs = {{
    hidden_datasets = true
  }}
  inputs_wo = {{ control_config = jsonencode({{ token = "{TOKEN}" }}) }}
  inputs_wo_version = {version}
  credential_wo = {{
    auth_type             = "basic"
    connector_config_name = "atlan-connectors-bigquery"
    username              = "service"
    host                  = "api"
    password              = "{SHORT}"
  }}
  credential_wo_version = 1
""",
    )


def errors(result: Result) -> list[dict[str, Any]]:
    return [each for each in result.diagnostics if each["severity"] == "error"]


def refuse(sandbox: Sandbox, message: str, location: str, method: str = "POST") -> None:
    causes = [{"errorMessage": message, "location": location}]
    body = {"code": "1001", "message": message, "causes": causes}
    sandbox.fault(method, r"/v1/app(/it[^/]*)?$", times=1, status=400, body=body)


@pytest.mark.parametrize("location", PLACES)
def test_a_refusal_is_reported_on_its_attribute(start: Start, location: str) -> None:
    """The error of a create shows the line of the refused input, in each attribute that contains inputs."""
    sandbox, workspace = start(with_secrets())
    refuse(sandbox, "not so", location)
    (found,) = errors(workspace.apply("-json"))
    assert PLACES[location] in " ".join(found["snippet"]["code"].split())


def test_a_refused_update_is_reported_on_its_attribute(start: Start) -> None:
    """The error of an update shows the line of the refused input."""
    sandbox, workspace = start(with_secrets())
    workspace.apply().ok()
    workspace.write(with_secrets(version=2))
    refuse(sandbox, "not so", "inputs.credential.port", "PUT")
    (found,) = errors(workspace.apply("-json"))
    assert "credential_wo = {" in " ".join(found["snippet"]["code"].split())  # port is not configured


def test_a_short_secret_is_hidden_and_the_request_stays_readable(start: Start) -> None:
    """A password of three characters is replaced as a word. A user or host that equals a word of the path stays."""
    sandbox, workspace = start(with_secrets())
    refuse(sandbox, f"password {SHORT} of service is too short, abcd would do", "inputs.credential.password")
    said = workspace.apply().failed("password *** of service is too short, abcd would do").output
    assert "POST /api/service/v1/app was answered" in " ".join(said.split())


@pytest.mark.parametrize(
    ("validates", "title"),
    [("true", "were not checked"), ("false", "The input contract of bigquery-crawler could not be read")],
)
def test_a_contract_that_cannot_be_read_shows_no_secret(start: Start, validates: str, title: str) -> None:
    """The secrets are replaced in the message of the service, in the plan and in the apply."""
    provider = f'provider "atlan" {{\n  max_retries = 0\n  validate_inputs = {validates}\n}}\n'
    sandbox, workspace = start(provider + with_secrets())
    echo = {"message": f"no contract for {TOKEN} and {SHORT}", "code": "1"}
    sandbox.fault("GET", "/apps/bigquery-crawler/inputs", times=9, status=500, body=echo)
    said = workspace.apply().ok().text
    assert title in said
    assert "no contract for *** and ***" in said.replace("│ ", "")
    assert TOKEN not in said


def test_what_the_web_ui_adds_beside_a_secret_stays_out_of_state(start: Start) -> None:
    """A copy of a write-only value in the same object is not drift, and state does not contain it."""
    secret = f'inputs = {{ agent_json = {{ host = "h" }} }}\n  inputs_wo = {{ agent_json = {{ token = "{TOKEN}" }} }}'
    sandbox, workspace = start(app(NEW, more=f"{secret}\n  inputs_wo_version = 1"))
    workspace.apply().ok()
    slug = live(sandbox)[0]["slug"]
    publish(sandbox, slug, agent_json={"host": "h", "token": TOKEN, "token_copy": TOKEN})
    workspace.apply("-refresh-only").ok()
    assert TOKEN not in (workspace.directory / "terraform.tfstate").read_text()
    assert {"agent_json": {"host": "h"}} == workspace.values("atlan_app.it")["inputs"]
    publish(sandbox, slug, agent_json={"host": "other", "token": TOKEN})
    assert {"atlan_app.it": ["update"]} == workspace.plan_changes()


def raw(workspace: Workspace, password: str) -> None:
    credential = f'{{ authType = "basic", connectorConfigName = "atlan-connectors-bigquery", password = "{password}" }}'
    workspace.write(app(NEW, more=f"inputs = {{ credential = {credential} }}"))


def test_a_raw_credential_that_changes_is_planned_as_another_one(start: Start) -> None:
    """The plan shows the guid as unknown, and state contains the new guid after the apply."""
    sandbox, workspace = start("")
    raw(workspace, "first")
    workspace.apply().ok()
    first = workspace.values("atlan_app.it")["credential_guid"]
    raw(workspace, "second")
    unknown = workspace.plan_json()["resource_changes"][0]["change"]["after_unknown"]
    assert unknown["credential_guid"] is True
    workspace.apply().ok()
    second = workspace.values("atlan_app.it")["credential_guid"]
    assert (second, False) == (live(sandbox)[0]["inputs"]["credential_guid"], first == second)
    assert {} == workspace.plan_changes()
