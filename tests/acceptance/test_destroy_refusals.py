"""A refusal in a plan blocks no destroy. ``terraform destroy`` plans normally first, so that plan refuses nothing."""

from collections.abc import Callable

import pytest

from tests.acceptance.conftest import Start
from tests.support.sandbox import Sandbox
from tests.support.terraform import Result, Workspace
from tests.support.ui import live

CRAWLER = """
resource "atlan_app" "crawler" {
  app_id           = "bigquery-crawler"
  entrypoint       = "crawler"
  name             = "bigquery prod"
  asset_connection = { name = "prod", admin_users = ["admin"] }
  credential_wo    = { auth_type = "basic", connector_config_name = "atlan-connectors-bigquery", password = "pw" }
}
"""
ADOPTING = """
resource "atlan_app" "adopted" {
  app_id         = "snowflake-crawler"
  name           = "of another app"
  adopt_existing = true
}
"""
OTHER_APP = """
resource "atlan_app" "other" {
  app_id           = "snowflake-crawler"
  name             = "snowflake prod"
  asset_connection = { name = "snowflake", admin_users = ["admin"] }
}
"""
HTML = "<html><title>Sign in</title></html>"


def other_app(sandbox: Sandbox, workspace: Workspace) -> str:
    body = {"app_id": "bigquery-miner", "name": "of another app", "inputs": {}, "run": False}
    assert 200 == sandbox.call("POST", "/api/service/v1/app", body).status
    return CRAWLER + ADOPTING


def refused_key(sandbox: Sandbox, workspace: Workspace) -> str:
    sandbox.fault("GET", "/apps/snowflake-crawler/", times=100, status=401, body={"code": 401, "message": "expired"})
    return CRAWLER + OTHER_APP


def sign_in_page(sandbox: Sandbox, workspace: Workspace) -> str:
    sandbox.fault("GET", "/apps/snowflake-crawler/", times=100, status=200, body=HTML)
    return CRAWLER + OTHER_APP


def other_connector(sandbox: Sandbox, workspace: Workspace) -> str:
    return CRAWLER.replace('name = "prod"', 'name = "prod", connector_name = "snowflake"')


def other_credential(sandbox: Sandbox, workspace: Workspace) -> str:
    connection = workspace.values("atlan_app.crawler")["asset_connection"]["qualified_name"]
    changed = CRAWLER.replace('name = "prod"', f'qualified_name = "{connection}"')
    return changed.replace("credential_wo ", 'credential_guid = "5c7a1e0e-0000-4000-8000-000000000001" #')


def wrong_input(sandbox: Sandbox, workspace: Workspace) -> str:
    return CRAWLER.replace("credential_wo ", "inputs = { include_filter = 7 }\n  credential_wo ")


Change = Callable[[Sandbox, Workspace], str]
REFUSALS: dict[str, tuple[Change, str]] = {
    "a connection of another connector": (other_connector, "bigquery"),
    "its own credential": (other_credential, "keeps its own credential"),
    "an adoption that is not possible": (other_app, "cannot be adopted"),
    "a key that is refused": (refused_key, "The API key was refused"),
    "an answer of a sign-in page": (sign_in_page, "The answer did not come from the service"),
    "an input of a wrong type": (wrong_input, "include_filter"),
}


def destroy(workspace: Workspace) -> Result:
    return workspace.destroy()


def apply_a_planned_destroy(workspace: Workspace) -> Result:
    workspace.plan("-destroy", "-out=destroy.tfplan").ok()
    return workspace.apply("destroy.tfplan")


def apply_with_the_flag(workspace: Workspace) -> Result:
    return workspace.apply("-destroy")


COMMANDS = [destroy, apply_a_planned_destroy, apply_with_the_flag]
# Each command with at least one refusal, because a launch takes long.
ROWS = [(reason, COMMANDS[index % len(COMMANDS)]) for index, reason in enumerate(REFUSALS)]


@pytest.mark.parametrize(("reason", "command"), ROWS)
def test_a_refusal_blocks_no_destroy(start: Start, reason: str, command: Callable[[Workspace], Result]) -> None:
    """A plan refuses, and each form of a destroy succeeds."""
    change, expected = REFUSALS[reason]
    sandbox, workspace = start(CRAWLER, launch=True)
    workspace.apply().ok()
    (workflow,) = live(sandbox)
    workspace.write(change(sandbox, workspace))
    workspace.plan().failed(expected)
    command(workspace).ok()
    assert {} == workspace.resources()
    assert workflow["slug"] not in [each["slug"] for each in live(sandbox)]


@pytest.mark.parametrize("reason", REFUSALS)
def test_a_refusal_names_the_way_out_if_the_command_is_not_known(start: Start, reason: str) -> None:
    """Terraform attaches to a process that it did not launch, so each refusal ends with the command that works."""
    change, expected = REFUSALS[reason]
    sandbox, workspace = start(CRAWLER)
    workspace.apply().ok()
    workspace.write(change(sandbox, workspace))
    details = [each["detail"] for each in workspace.plan("-json").failed(expected).errors]
    assert details
    assert [] == [each for each in details if not each.endswith("terraform destroy -refresh=false.")]
    workspace.destroy().failed(expected)
    workspace.destroy("-refresh=false").ok()
    assert {} == workspace.resources()


def test_a_plan_that_terraform_launched_as_no_destroy_names_no_way_out(start: Start) -> None:
    """The command is known, and the user destroys nothing."""
    _, workspace = start(CRAWLER.replace("prod", "a b").replace('"crawler"\n', '"crawlr"\n'), launch=True)
    assert "-refresh=false" not in workspace.plan().failed("has no entrypoint crawlr").output


VARIABLES = """
variable "secret" { type = string }
variable "cron" { default = "0 6 * * *" }
variable "regex" {
  type    = list(string)
  default = ["^t"]
}
resource "atlan_credential" "it" {
  name                  = "n"
  auth_type             = "basic"
  connector_config_name = "atlan-connectors-postgres"
  password_wo           = var.secret
  secret_wo_version     = 1
}
resource "atlan_app" "it" {
  app_id                = "bigquery-crawler"
  name                  = "it"
  asset_connection      = { name = "analytics", admin_users = ["admin"] }
  credential_wo         = {
    auth_type = "basic", connector_config_name = "atlan-connectors-bigquery", password = var.secret
  }
  credential_wo_version = 1
  inputs                = { control_config = { a = var.regex } }
}
resource "atlan_app_schedule" "it" {
  slug     = atlan_app.it.slug
  cron     = var.cron
  timezone = "UTC"
}
"""


@pytest.mark.parametrize("variables", [{"secret": ""}, {"secret": "pw", "cron": "never", "regex": "[null]"}])
def test_a_wrong_value_of_a_variable_blocks_no_destroy(start: Start, variables: dict[str, str]) -> None:
    """Terraform first validates without the values of variables, and then in the plan with them."""
    sandbox, workspace = start(VARIABLES, launch=True)
    workspace.env["TF_VAR_secret"] = "pw"
    workspace.apply().ok()
    workspace.env |= {f"TF_VAR_{name}": value for name, value in variables.items()}
    workspace.validate().ok()
    workspace.plan().failed("is empty" if len(variables) == 1 else "null in a list")
    workspace.destroy().ok()
    assert ([], {}) == (live(sandbox), workspace.resources())


@pytest.mark.parametrize(
    "reference",
    [
        'data "atlan_connection" "it" { qualified_name = var.name }',
        'output "it" { value = provider::atlan::connection_name_parts(var.name) }',
    ],
    ids=["data source", "function"],
)
def test_a_wrong_value_that_terraform_needs_names_the_way_out_of_a_destroy(start: Start, reference: str) -> None:
    """Without a data source or the result of a function, Terraform cannot plan."""
    data = f'variable "name" {{ type = string }}\n{reference}\n'
    _, workspace = start(CRAWLER, launch=True)
    workspace.apply().ok()
    workspace.write(CRAWLER + data)
    workspace.env["TF_VAR_name"] = "nothing"
    workspace.validate().ok()
    assert "-refresh=false" not in workspace.plan().failed("qualified_name").output
    workspace.destroy().failed("qualified_name", "terraform destroy -refresh=false.")
    workspace.destroy("-refresh=false").ok()


def test_a_validation_error_blocks_a_destroy(start: Start) -> None:
    """If the value depends on no variable, Terraform reports the error before the plan, also without a refresh."""
    _, workspace = start(CRAWLER, launch=True)
    workspace.apply().ok()
    workspace.write(CRAWLER.replace("bigquery prod", ""))
    workspace.destroy("-refresh=false").failed("name")


@pytest.mark.parametrize(("status", "summary"), [(401, "The API key was refused"), (500, "The service failed")])
def test_a_refresh_that_fails_before_a_destroy_names_the_way_out(start: Start, status: int, summary: str) -> None:
    """The read stays an error, because state must not be guessed. Without a refresh, the destroy succeeds."""
    sandbox, workspace = start(CRAWLER, launch=True)
    workspace.apply().ok()
    sandbox.fault("GET", "/v1/app/", times=100, status=status, body={"code": status, "message": "no"})
    workspace.destroy().failed(summary, "terraform destroy -refresh=false.")
    assert "-refresh=false" not in workspace.plan().failed(summary).output
    workspace.destroy("-refresh=false").ok()
    assert ([], {}) == (live(sandbox), workspace.resources())
