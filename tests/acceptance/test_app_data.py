"""``data.atlan_app`` and ``data.atlan_apps`` look up workflows."""

import json

import pytest

from tests.acceptance.conftest import Start
from tests.support.ui import add_schedule, create, live

NAME = 'größe "a/b" 🚀'
CANARY = "c4nary-of-an-agent"
APP = """
data "atlan_app" "it" { %s }
output "it" { value = data.atlan_app.it }
"""
APPS = """
data "atlan_apps" "all" { %s }
output "slugs" { value = data.atlan_apps.all.apps[*].slug }
output "names" { value = data.atlan_apps.all.apps[*].name }
"""
UNKNOWN_SETTINGS = """
terraform {
  required_providers {
    atlan = { source = "atlanhq/atlan" }
  }
}
resource "terraform_data" "address" { input = "%s" }
provider "atlan" { base_url = terraform_data.address.output }
"""


@pytest.mark.parametrize("by", ["slug", "name"])
def test_a_workflow_is_found_by_its_slug_or_its_name(start: Start, by: str) -> None:
    """The data source returns all attributes of the workflow, and a plan has no changes."""
    sandbox, workspace = start(surface_schedules=True)
    slug = create(sandbox, NAME, include_filter='{"^a$": ["^b$"]}', filter_sharded_tables=True)
    schedule = {"cron": "0 6 * * *", "timezone": "Europe/Berlin"}
    trigger_id = add_schedule(sandbox, slug, **schedule)
    workspace.write(APP % f"{by} = {json.dumps(slug if by == 'slug' else NAME, ensure_ascii=False)}")
    workspace.apply().ok()
    found = workspace.outputs()["it"]
    stored = live(sandbox)[0]
    expected = {
        **{name: stored[name] for name in ("slug", "name", "app_id", "version", "owner")},
        "execution_mode": "native",
        "asset_connection": {
            "qualified_name": "default/bigquery/1700000000",
            "name": "analytics",
            "connector_name": "bigquery",
            "admin_users": ["admin"],
            "admin_groups": [],
            "admin_roles": [],
        },
        "credential_guid": None,
        "schedules": [{"trigger_id": trigger_id, **schedule}],
        "inputs": {"include_filter": {"^a$": ["^b$"]}, "filter_sharded_tables": True},
    }
    assert expected == found
    assert {} == workspace.plan_changes()


def test_what_a_tenant_hides_is_null_and_said(start: Start) -> None:
    """The inputs, the attributes that come from them, and the schedules are null, and a warning says so."""
    sandbox, workspace = start(APP % 'name = "hidden"', surface_inputs=False)
    slug = create(sandbox, "hidden")
    assert f"The inputs of {slug} are not known" in workspace.apply().ok().output
    found = workspace.outputs()["it"]
    hidden = ["inputs", "asset_connection", "credential_guid", "schedules"]
    assert dict.fromkeys(hidden) == {name: found[name] for name in hidden}


def test_an_agents_secrets_reach_no_state(start: Start) -> None:
    """State and output do not contain the secret inputs, and a warning names them."""
    sandbox, workspace = start(APP % 'name = "agent"')
    slug = create(sandbox, "agent", extraction_method="agent", agent_json={"secret": CANARY}, hidden_datasets=True)
    result = workspace.apply().ok()
    assert f"Inputs of {slug} that are not shown: agent_json" in result.output
    inputs = workspace.outputs()["it"]["inputs"]
    assert (True, False) == (inputs["hidden_datasets"], "agent_json" in inputs)
    written = [path.read_bytes() for path in workspace.directory.glob("*.tfstate*")]
    assert [] == [each for each in (result.output.encode(), *written) if CANARY.encode() in each]


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("", "One of slug, name is required"),
        ('slug = "a"\n  name = "b"', "Only one of slug, name can be set"),
        ('slug = "no slug"', '"no slug" is not usable as slug'),
        ('name = ""', "name is empty"),
    ],
)
def test_exactly_one_of_slug_and_name_is_asked_for_by_validate(start: Start, given: str, expected: str) -> None:
    """The error comes before any request."""
    sandbox, workspace = start(APP % f"\n  {given}\n")
    workspace.validate().failed(expected)
    assert [] == sandbox.requests()


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ('slug = "no-such-AbC123"', "There is no workflow with the slug no-such-AbC123"),
        ('name = "nobody"', 'There is no workflow named "nobody"'),
    ],
)
def test_a_missing_workflow_is_reported_on_its_attribute(start: Start, given: str, expected: str) -> None:
    """The error shows the line of the configuration."""
    _, workspace = start(APP % f"\n  {given}\n")
    workspace.plan().failed(expected, given)


def test_five_hundred_workflows_are_listed_by_pages_of_seven(start: Start) -> None:
    """Each workflow is listed once, in the order of the slugs, and each page is requested once."""
    sandbox, workspace = start(APPS % "", page_size=7)
    made = [create(sandbox, NAME), *(create(sandbox, f"crawler {number}") for number in range(499))]
    before = len(sandbox.requests())
    workspace.apply().ok()
    found = workspace.outputs()
    assert sorted(made) == found["slugs"]
    assert {NAME, *(f"crawler {number}" for number in range(499))} == set(found["names"])
    asked = [each["query"] for each in sandbox.requests()[before:]]
    assert (72, 72) == (len(asked), len(set(asked)))


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (f"name = {json.dumps(NAME, ensure_ascii=False)}", [NAME]),
        ('app_id = "snowflake-crawler"', ["warehouse", "warehouse too"]),
        ('name = "warehouse"\n  app_id = "snowflake-crawler"', ["warehouse"]),
        ('name = "warehouse"\n  app_id = "bigquery-crawler"', []),
    ],
)
def test_workflows_are_listed_by_name_and_app(start: Start, given: str, expected: list[str]) -> None:
    """Both filters match exactly, and a workflow must match both."""
    sandbox, workspace = start(APPS % f"\n  {given}\n", page_size=1)
    create(sandbox, NAME)
    for name in ("warehouse", "warehouse too"):
        create(sandbox, name, "snowflake-crawler")
    workspace.apply().ok()
    assert expected == sorted(workspace.outputs()["names"])


def test_pages_that_never_end_are_an_error(start: Start) -> None:
    """A plan ends with an error if the service returns the same cursor again and again."""
    sandbox, workspace = start(APPS % "")
    body = {"workflows": [], "has_more": True, "next_cursor": "again"}
    sandbox.fault("GET", "/v1/app$", times=10, status=200, body=body)
    workspace.plan().failed("no last page of the list was found")


def test_settings_that_are_not_known_yet_are_named(start: Start) -> None:
    """The error names the unknown setting.

    With depends_on, Terraform reads the data source after the setting is known.
    """
    sandbox, workspace = start()
    workspace.write(UNKNOWN_SETTINGS % sandbox.url, "versions.tf")
    del workspace.env["ATLAN_BASE_URL"]
    workspace.write(APPS % "")
    workspace.plan().failed("The provider is not configured", "base_url")
    workspace.write(APPS % "depends_on = [terraform_data.address]")
    workspace.apply().ok()
    assert [] == workspace.outputs()["slugs"]
