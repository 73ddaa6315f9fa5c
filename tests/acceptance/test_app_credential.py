"""``atlan_app.credential_wo`` and ``inputs_wo`` are sent to the service and are never written to a file."""

from pathlib import Path
from typing import Any

import pytest

from tests.acceptance.conftest import Start
from tests.support.sandbox import Sandbox
from tests.support.secret_search import CANARY, ROTATED, files, where
from tests.support.terraform import Workspace
from tests.support.ui import live, publish

WRITE_ONLY_INPUT = "canary-input-Pm3/z+1=u"


def app(version: int = 1, more: str = "", hidden: bool = False) -> str:
    return f"""
variable "secret" {{
  type      = string
  ephemeral = true
}}

variable "input" {{
  type      = string
  ephemeral = true
  default   = null
}}

resource "atlan_app" "it" {{
  app_id     = "bigquery-crawler"
  name       = "it"
  asset_connection = {{ name = "analytics", admin_users = ["admin"] }}
  inputs     = {{ hidden_datasets = {str(hidden).lower()} }}

  credential_wo = {{
    auth_type             = "basic"
    connector_config_name = "atlan-connectors-bigquery"
    username              = "crawler@example.com"
    password              = var.secret
    extra                 = {{ project_id = "my-project", key = var.secret }}
  }}
  credential_wo_version = {version}
  {more}
}}
"""


def give(workspace: Workspace, **variables: str) -> None:
    workspace.env = {**workspace.env, **{f"TF_VAR_{name}": value for name, value in variables.items()}}


def guid(sandbox: Sandbox) -> str:
    found: str = live(sandbox)[0]["inputs"]["credential_guid"]
    return found


def puts(sandbox: Sandbox) -> int:
    return len([each for each in sandbox.requests() if each["method"] == "PUT"])


def matches(sandbox: Sandbox, credential: str, password: str) -> Any:
    return sandbox.call("POST", f"/_sandbox/credentials/{credential}/verify", {"password": password}).json["matches"]


def assert_not_in_files(secret: str, folder: Path) -> None:
    """Assert that no form of the secret is in a file of the folder. The tenant itself stores this secret."""
    assert [] == where(secret, dict(files(folder)))


def test_a_rotated_secret_is_sent_by_exactly_one_put(start: Start) -> None:
    """The plan shows what changes, one PUT contains the new secret, and the next plan has no changes."""
    sandbox, workspace = start(app())
    give(workspace, secret=CANARY)
    workspace.apply().ok()
    first = guid(sandbox)
    assert (first, True) == (workspace.values("atlan_app.it")["credential_guid"], matches(sandbox, first, CANARY))
    give(workspace, secret=ROTATED)
    assert {} == workspace.plan_changes()
    workspace.write(app(version=2))
    unknown = workspace.plan_json()["resource_changes"][0]["change"]["after_unknown"]
    assert {"credential_guid", "published_version", "version"} == {
        name for name, value in unknown.items() if value is True
    }
    workspace.apply().ok()
    second = guid(sandbox)
    assert (1, True, False) == (puts(sandbox), matches(sandbox, second, ROTATED), second == first)
    assert {} == workspace.plan_changes()


def test_a_change_of_an_input_keeps_the_stored_credential(start: Start) -> None:
    """The PUT contains no credential."""
    sandbox, workspace = start(app())
    give(workspace, secret=CANARY)
    workspace.apply().ok()
    first = guid(sandbox)
    give(workspace, secret=ROTATED)
    workspace.write(app(hidden=True))
    workspace.apply().ok()
    assert (1, first, True) == (puts(sandbox), guid(sandbox), matches(sandbox, first, CANARY))
    assert {} == workspace.plan_changes()


def test_write_only_inputs_are_published_and_never_read_into_state(start: Start) -> None:
    """Every publish merges inputs_wo into inputs, a read removes them, and an edit of another input is drift."""
    more = "inputs_wo = { control_config = jsonencode({ token = var.input }) }\n  inputs_wo_version = 1"
    sandbox, workspace = start(app(more=more))
    give(workspace, secret=CANARY, input=WRITE_ONLY_INPUT)
    workspace.apply().ok()
    assert WRITE_ONLY_INPUT in str(live(sandbox)[0]["inputs"]["control_config"])
    assert {} == workspace.plan_changes()
    publish(sandbox, live(sandbox)[0]["slug"], hidden_datasets=True)
    assert {"atlan_app.it": ["update"]} == workspace.plan_changes()
    workspace.apply().ok()
    assert WRITE_ONLY_INPUT in str(live(sandbox)[0]["inputs"]["control_config"])
    assert {} == workspace.plan_changes()
    assert_not_in_files(WRITE_ONLY_INPUT, workspace.directory)


def test_a_lost_answer_to_a_publish_brings_no_write_only_input_into_state(start: Start) -> None:
    """If the response to the publish is lost, the next refresh still removes the write-only input from state."""
    plain = app().replace("inputs     = {", "inputs     = { control_config = { size = 1 },")
    sandbox, workspace = start(plain)
    give(workspace, secret=CANARY, input=WRITE_ONLY_INPUT)
    workspace.apply().ok()
    secret = "inputs_wo = { control_config = { token = var.input } }\n  inputs_wo_version = 1"
    workspace.write(plain.replace("credential_wo_version = 1", f"credential_wo_version = 1\n  {secret}"))
    sandbox.fault(method="PUT", path="/v1/app/", times=1, drop="after")
    workspace.apply().failed()
    assert WRITE_ONLY_INPUT in str(live(sandbox)[0]["inputs"]["control_config"])
    workspace.run("apply", "-refresh-only", "-auto-approve").ok()
    assert_not_in_files(WRITE_ONLY_INPUT, workspace.directory)
    workspace.apply().ok()
    assert {} == workspace.plan_changes()


@pytest.mark.parametrize(
    ("configuration", "expected"),
    [
        pytest.param(app(more='credential_guid = "g"'), "Two credentials", id="credential and guid"),
        pytest.param(
            app(more="inputs_wo = { hidden_datasets = true }"),
            "inputs.hidden_datasets is in inputs_wo, too",
            id="a leaf in both",
        ),
    ],
)
def test_a_contradiction_is_one_error(start: Start, configuration: str, expected: str) -> None:
    """The plan reports the error without the secret, and sends no request."""
    sandbox, workspace = start(configuration)
    give(workspace, secret=CANARY)
    assert CANARY not in workspace.plan().failed(expected).output
    assert [] == sandbox.requests()


def test_a_credential_and_a_guid_are_valid_together_if_one_is_null(start: Start) -> None:
    """Unknown values are accepted, as in a module that passes both on. Known values are checked."""
    both = app(more="credential_guid = var.guid") + 'variable "guid" {\n  type    = string\n  default = null\n}\n'
    _, workspace = start(both)
    give(workspace, secret=CANARY)
    workspace.validate().ok()
    workspace.plan().ok()
    workspace.plan("-var=guid=g").failed("Two credentials")


def test_a_raw_credential_in_inputs_works_and_warns(start: Start) -> None:
    """The service accepts it. The warning names the attribute to use instead."""
    raw = """
resource "atlan_app" "it" {
  app_id     = "bigquery-crawler"
  name       = "it"
  asset_connection = { name = "analytics", admin_users = ["admin"] }
  inputs = {
    credential = { authType = "basic", connectorConfigName = "atlan-connectors-bigquery", password = "p" }
  }
}
"""
    sandbox, workspace = start(raw)
    assert "Write the credential as credential_wo instead" in workspace.apply().ok().text
    assert guid(sandbox) == workspace.values("atlan_app.it")["credential_guid"]
    assert {} == workspace.plan_changes()
