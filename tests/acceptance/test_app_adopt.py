"""``adopt_existing``: a workflow that holds the name already is taken over instead of doubled."""

import json
from typing import Any

import pytest

from tests.acceptance.conftest import Start
from tests.support.configurations import CONNECTION
from tests.support.sandbox import Sandbox
from tests.support.ui import live

ADOPTING = """
resource "atlan_app" "crawler" {
  app_id         = "bigquery-crawler"
  entrypoint     = "crawler"
  name           = "bigquery prod"
  adopt_existing = true
  connection     = { name = "renamed", admin_users = ["admin"] }
  inputs         = { include_filter = { "^a$" = ["^b$"] } }
}
"""


def click_together(sandbox: Sandbox, app_id: str = "bigquery-crawler", **inputs: Any) -> str:
    """Make a workflow of that name as a person in the web UI would, and return its slug."""
    body = {"app_id": app_id, "name": "bigquery prod", "inputs": {"connection": CONNECTION, **inputs}, "run": False}
    answer = sandbox.call("POST", "/api/service/v1/app", body)
    assert answer.status == 200, answer.text
    slug: str = json.loads(answer.text)["slug"]
    return slug


def test_an_adopted_workflow_keeps_its_slug_its_connection_and_what_nobody_configured(start: Start) -> None:
    """The plan says what will be adopted, one PUT publishes the configured inputs, and the next plan is quiet."""
    sandbox, workspace = start(ADOPTING)
    slug = click_together(sandbox, hidden_datasets=False)
    assert f"{slug} will be adopted" in workspace.plan().ok().output
    workspace.apply().ok()
    stored = live(sandbox)
    assert [slug] == [each["slug"] for each in stored]
    assert {"^a$": ["^b$"]} == _opened(stored[0]["inputs"]["include_filter"])
    assert False is stored[0]["inputs"]["hidden_datasets"]
    attributes = _opened(stored[0]["inputs"]["connection"])["attributes"]
    assert ("default/bigquery/1700000000", "renamed") == (attributes["qualifiedName"], attributes["name"])
    assert slug == workspace.values("atlan_app.crawler")["slug"]
    assert ["PUT"] == [
        each["method"] for each in sandbox.requests() if slug in each["path"] and each["method"] != "GET"
    ]
    assert {} == workspace.plan_changes()


def test_the_credential_of_an_adopted_workflow_is_replaced_only_by_a_configured_one(start: Start) -> None:
    """With no credential_wo the vaulted one stays; with one, the PUT carries it."""
    sandbox, workspace = start(ADOPTING)
    body = {"authType": "basic", "name": "old", "connectorConfigName": "atlan-connectors-bigquery", "password": "old"}
    click_together(sandbox, credential=body, credential_guid="")
    workspace.apply().ok()
    guid = workspace.values("atlan_app.crawler")["credential_guid"]
    assert sandbox.verify(guid, password="old")
    workspace.state("rm", "atlan_app.crawler").ok()
    credential = '{ auth_type = "basic", connector_config_name = "atlan-connectors-bigquery", password = "new" }'
    workspace.write(ADOPTING.replace("adopt_existing", f"credential_wo = {credential}\n  adopt_existing"))
    workspace.apply().ok()
    guid = workspace.values("atlan_app.crawler")["credential_guid"]
    assert sandbox.verify(guid, password="new")


def test_a_name_that_nobody_holds_is_created(start: Start) -> None:
    """The plan of it says nothing of adoption."""
    sandbox, workspace = start(ADOPTING)
    assert "adopt" not in workspace.plan().ok().output.replace("adopt_existing", "")
    workspace.apply().ok()
    assert 1 == len(live(sandbox))


def test_without_the_attribute_a_taken_name_is_an_error(start: Start) -> None:
    """It is never taken over silently."""
    sandbox, workspace = start(ADOPTING.replace("adopt_existing = true", "adopt_existing = false"))
    slug = click_together(sandbox)
    workspace.apply().failed('The name "bigquery prod" is taken', f'id = "{slug}"')


@pytest.mark.parametrize("when", ["plan", "apply"])
@pytest.mark.parametrize(
    ("app_id", "changes", "options", "said"),
    [
        ("snowflake-crawler", {}, {}, "It runs snowflake-crawler, and the configuration says bigquery-crawler"),
        ("bigquery-crawler", {}, {"surface_inputs": False}, "The service does not show its inputs"),
        (
            "bigquery-crawler",
            {'name = "renamed"': 'qualified_name = "default/bigquery/1700000009"'},
            {},
            "It crawls into the connection default/bigquery/1700000000",
        ),
    ],
)
def test_a_workflow_that_is_not_alike_is_not_adopted(
    start: Start, when: str, app_id: str, changes: dict[str, str], options: dict[str, Any], said: str
) -> None:
    """The error stands at the attribute, in the plan or, where the name is taken later, in the apply."""
    configuration = ADOPTING
    for old, new in changes.items():
        configuration = configuration.replace(old, new)
    sandbox, workspace = start(configuration, **options)
    sandbox.make_connection("default/bigquery/1700000009", "another", adminUsers=["admin"])
    if when == "plan":
        slug = click_together(sandbox, app_id)
        workspace.plan().failed(f"{slug} cannot be adopted", said, "adopt_existing = true")
    else:
        workspace.plan("-out=early.tfplan").ok()
        slug = click_together(sandbox, app_id)
        workspace.run("apply", "early.tfplan").failed(f"{slug} cannot be adopted", said)
    assert [] == [each for each in sandbox.requests() if each["method"] == "PUT"]
    assert [slug] == [each["slug"] for each in live(sandbox)]


def test_several_workflows_of_the_name_are_listed(start: Start) -> None:
    """Which is meant cannot be told, so the error lists their slugs."""
    sandbox, workspace = start(ADOPTING)
    rows = [{"slug": slug, "name": "bigquery prod", "version": 1} for slug in ("one-AAAAAA", "two-BBBBBB")]
    sandbox.fault("GET", "/api/service/v1/app", status=200, body={"workflows": rows, "has_more": False}, times=1)
    workspace.plan().failed("There is no telling which workflow", "one-AAAAAA, two-BBBBBB")


def _opened(value: Any) -> Any:
    return json.loads(value) if isinstance(value, str) else value
