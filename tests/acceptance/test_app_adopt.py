"""``adopt_existing``: a create takes over an existing workflow with the same name."""

import json
from typing import Any

import pytest

from tests.acceptance.conftest import Start
from tests.support.configurations import CONNECTION, ENTRYPOINT, app
from tests.support.sandbox import Sandbox
from tests.support.ui import live

ADOPTING = """
resource "atlan_app" "crawler" {
  app_id         = "bigquery-crawler"
  entrypoint     = "crawler"
  name           = "bigquery prod"
  adopt_existing = true
  asset_connection     = { name = "renamed", admin_users = ["admin"] }
  inputs         = { include_filter = provider::atlan::anchored_filter({ a = ["b"] }) }
}
"""


def create_in_ui(sandbox: Sandbox, app_id: str = "bigquery-crawler", **inputs: Any) -> str:
    """Create a workflow with that name as a user of the web UI does, and return its slug."""
    body = {"app_id": app_id, "name": "bigquery prod", "inputs": {"connection": CONNECTION, **inputs}, "run": False}
    answer = sandbox.call("POST", "/api/service/v1/app", body)
    assert answer.status == 200, answer.text
    slug: str = json.loads(answer.text)["slug"]
    return slug


def test_an_adopted_workflow_keeps_slug_connection_and_unconfigured_inputs(start: Start) -> None:
    """The plan names the workflow, one PUT publishes the configured inputs, and the next plan has no changes."""
    sandbox, workspace = start(ADOPTING)
    slug = create_in_ui(sandbox, hidden_datasets=False)
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
    """Without credential_wo, the stored credential stays. With it, the PUT contains the new credential."""
    sandbox, workspace = start(ADOPTING)
    body = {"authType": "basic", "name": "old", "connectorConfigName": "atlan-connectors-bigquery", "password": "old"}
    create_in_ui(sandbox, credential=body, credential_guid="")
    workspace.apply().ok()
    guid = workspace.values("atlan_app.crawler")["credential_guid"]
    assert sandbox.verify(guid, password="old")
    workspace.state("rm", "atlan_app.crawler").ok()
    credential = '{ auth_type = "basic", connector_config_name = "atlan-connectors-bigquery", password = "new" }'
    workspace.write(ADOPTING.replace("adopt_existing", f"credential_wo = {credential}\n  adopt_existing"))
    workspace.apply().ok()
    guid = workspace.values("atlan_app.crawler")["credential_guid"]
    assert sandbox.verify(guid, password="new")


def test_a_workflow_with_an_unused_name_is_created(start: Start) -> None:
    """The plan says that it adopts nothing if no workflow has the name."""
    sandbox, workspace = start(ADOPTING)
    (change,) = workspace.plan_json()["resource_changes"]
    assert False is change["change"]["after"]["adopted"]
    assert "adopted" not in workspace.plan().ok().output.replace("adopted ", "")
    workspace.apply().ok()
    assert 1 == len(live(sandbox))


def test_without_the_attribute_a_taken_name_is_an_error(start: Start) -> None:
    """Without adopt_existing, an existing workflow is never adopted."""
    sandbox, workspace = start(ADOPTING.replace("adopt_existing = true", "adopt_existing = false"))
    slug = create_in_ui(sandbox)
    workspace.apply().failed('The name "bigquery prod" is taken', f'id = "{slug}"')


@pytest.mark.parametrize("when", ["plan", "apply"])
@pytest.mark.parametrize(
    ("app_id", "changes", "options", "said"),
    [
        (
            "snowflake-crawler",
            {},
            {},
            "The workflow runs snowflake-crawler, and the configuration says bigquery-crawler",
        ),
        ("bigquery-crawler", {}, {"surface_inputs": False}, "The service does not return its inputs"),
        (
            "bigquery-crawler",
            {'name = "renamed"': 'qualified_name = "default/bigquery/1700000009"'},
            {},
            "The workflow uses the connection default/bigquery/1700000000",
        ),
    ],
)
def test_a_different_workflow_is_not_adopted(
    start: Start, when: str, app_id: str, changes: dict[str, str], options: dict[str, Any], said: str
) -> None:
    """The plan reports the error at the attribute. The apply reports it if the workflow was created after the plan."""
    configuration = ADOPTING
    for old, new in changes.items():
        configuration = configuration.replace(old, new)
    sandbox, workspace = start(configuration, **options)
    sandbox.make_connection("default/bigquery/1700000009", "another", adminUsers=["admin"])
    if when == "plan":
        slug = create_in_ui(sandbox, app_id)
        workspace.plan().failed(f"{slug} cannot be adopted", said, "adopt_existing = true")
    else:
        workspace.plan("-out=early.tfplan").ok()
        slug = create_in_ui(sandbox, app_id)
        workspace.run("apply", "early.tfplan").failed(f"{slug} cannot be adopted", said)
    assert [] == [each for each in sandbox.requests() if each["method"] == "PUT"]
    assert [slug] == [each["slug"] for each in live(sandbox)]


def test_several_workflows_of_the_name_are_listed(start: Start) -> None:
    """The error lists the slugs of all workflows with the name, because it cannot know which one is meant."""
    sandbox, workspace = start(ADOPTING)
    rows = [{"slug": slug, "name": "bigquery prod", "version": 1} for slug in ("one-AAAAAA", "two-BBBBBB")]
    sandbox.fault("GET", "/api/service/v1/app", status=200, body={"workflows": rows, "has_more": False}, times=1)
    workspace.plan().failed("It is not clear which workflow", "one-AAAAAA, two-BBBBBB")


def _opened(value: Any) -> Any:
    return json.loads(value) if isinstance(value, str) else value


ADOPTING_ONLY = """
resource "atlan_app" "crawler" {
  app_id         = "bigquery-crawler"
  entrypoint     = "crawler"
  name           = "bigquery prod"
  adopt_existing = true
  %s
}
"""
STORED = {"adminUsers": ["owner", "other"], "adminGroups": ["analysts"], "rowLimit": 7}
"""Attributes of the stored connection that the inputs of the workflow do not contain."""


@pytest.mark.parametrize(
    ("connection", "warned", "expected"),
    [
        pytest.param("", None, {"name": "stored", **STORED}, id="none"),
        pytest.param("asset_connection = {}", None, {"name": "stored", **STORED}, id="empty"),
        pytest.param(
            'asset_connection = { admin_users = ["admin"] }',
            "admin_users.",
            {"name": "stored", **STORED, "adminUsers": ["admin"]},
            id="admins",
        ),
        pytest.param(
            'asset_connection = { name = "renamed", admin_users = ["other", "owner"] }',
            "name.",
            {"name": "renamed", **STORED, "adminUsers": ["other", "owner"]},
            id="a name",
        ),
    ],
)
def test_an_adopted_connection_keeps_what_is_not_configured(
    start: Start, connection: str, warned: str | None, expected: dict[str, Any]
) -> None:
    """The stored name and admins are sent, at once and with each later publish. The plan names what changes."""
    sandbox, workspace = start(ADOPTING_ONLY % connection)
    create_in_ui(sandbox)
    sandbox.make_connection("default/bigquery/1700000000", "stored", **STORED)
    planned = workspace.plan().ok().text
    assert (warned is not None) == ("The apply changes the connection" in planned)
    assert (warned or "") in planned
    workspace.apply().ok()
    assert expected == {name: _connection(sandbox)[name] for name in expected}
    assert {} == workspace.plan_changes()
    workspace.write((ADOPTING_ONLY % connection).replace("name ", "inputs_wo_version = 2\n  name ", 1))
    workspace.apply().ok()
    assert expected == {name: _connection(sandbox)[name] for name in expected}
    assert {} == workspace.plan_changes()


RAW_PLACES = pytest.mark.parametrize("place", ["inputs", "inputs_wo"])


def raw_connection(place: str, **attributes: Any) -> str:
    """Return a configuration that adopts with a raw connection, which has these attributes and others of CONNECTION."""
    raw = {**CONNECTION, "attributes": {**CONNECTION["attributes"], **attributes}}  # type: ignore[dict-item]
    return ADOPTING_ONLY % f"{place} = jsondecode({json.dumps(json.dumps({'connection': raw}))})"


@RAW_PLACES
def test_a_workflow_with_another_raw_connection_is_not_adopted(start: Start, place: str) -> None:
    """The error does not show the configured text, which a sensitive variable may contain."""
    sandbox, workspace = start(raw_connection(place, qualifiedName="default/bigquery/1600000000"))
    slug = create_in_ui(sandbox)
    refusal = workspace.plan().failed(f"{slug} cannot be adopted").text.partition("cannot be adopted")[2]
    assert "references another one in the input connection" in refusal
    assert "Reference default/bigquery/1700000000, or choose another name" in refusal
    assert "1600000000" not in refusal
    workspace.apply().failed(f"{slug} cannot be adopted")
    assert "default/bigquery/1700000000" == _connection(sandbox)["qualifiedName"]


@RAW_PLACES
def test_an_adoption_names_the_attributes_that_a_raw_connection_changes(start: Start, place: str) -> None:
    """The advice names the input."""
    sandbox, workspace = start(raw_connection(place, name="mine"))
    create_in_ui(sandbox)
    sandbox.make_connection("default/bigquery/1700000000", "stored", adminUsers=["admin"])
    planned = workspace.plan().ok().text
    assert "The apply changes the connection" in planned
    assert "than the tenant for: name. To keep an attribute, remove it from the input connection." in planned
    workspace.apply().ok()
    assert {} == workspace.plan_changes()


@RAW_PLACES
def test_an_adoption_keeps_what_a_raw_connection_does_not_contain(start: Start, place: str) -> None:
    """The name and the admins on the tenant are sent, not those of the last published inputs."""
    raw = {"typeName": "Connection", "attributes": {"qualifiedName": "default/bigquery/1700000000"}}
    inputs = f"{place} = jsondecode({json.dumps(json.dumps({'connection': raw}))})"
    sandbox, workspace = start(ADOPTING_ONLY % inputs)
    create_in_ui(sandbox)
    sandbox.make_connection("default/bigquery/1700000000", "stored", **STORED)
    workspace.apply().ok()
    expected = {"name": "stored", **STORED}
    assert expected == {name: _connection(sandbox).get(name) for name in expected}
    assert {} == workspace.plan_changes()


def test_a_raw_connection_that_is_known_only_in_the_apply_is_compared_there(start: Start) -> None:
    """Nothing is published to the workflow of another connection."""
    known = app(more=f"{ENTRYPOINT}\n  adopt_existing = true").replace("1700000000", "1600000000")
    text = known[known.index("jsondecode(") + 11 : known.index(")\n")]
    unknown = known.replace(text, "terraform_data.inputs.output")
    sandbox, workspace = start(f'resource "terraform_data" "inputs" {{ input = {text} }}\n{unknown}')
    slug = create_in_ui(sandbox)
    workspace.apply().failed(f"{slug} cannot be adopted")
    assert [] == [each for each in sandbox.requests() if each["method"] == "PUT"]


def test_a_workflow_is_not_adopted_with_another_connector(start: Start) -> None:
    """The connector is part of the qualified name, so the adoption cannot change it."""
    sandbox, workspace = start(ADOPTING_ONLY % 'asset_connection = { connector_name = "postgres" }')
    create_in_ui(sandbox)
    workspace.plan().failed("default/bigquery/1700000000 is not a postgres connection", "choose another name")


@pytest.mark.parametrize("number", ["1700000000", "1600000000"])
def test_a_qualified_name_that_only_the_apply_knows_is_compared_there(start: Start, number: str) -> None:
    """The plan shows it as unknown."""
    name = f'resource "terraform_data" "name" {{ input = "default/bigquery/{number}" }}\n'
    sandbox, workspace = start(
        name + ADOPTING_ONLY % "asset_connection = { qualified_name = terraform_data.name.output }"
    )
    slug = create_in_ui(sandbox)
    assert {"atlan_app.crawler": ["create"], "terraform_data.name": ["create"]} == workspace.plan_changes()
    result = workspace.apply()
    if number in _connection(sandbox)["qualifiedName"]:
        result.ok()
        assert {} == workspace.plan_changes()
    else:
        result.failed(f"{slug} cannot be adopted", "references default/bigquery/1600000000")


def test_adopt_existing_can_be_removed_later(start: Start) -> None:
    """Nothing is published, and no secret is needed."""
    configuration = ADOPTING_ONLY % "asset_connection = {}"
    sandbox, workspace = start(configuration)
    create_in_ui(sandbox)
    workspace.apply().ok()
    version = workspace.values("atlan_app.crawler")["version"]
    workspace.write(configuration.replace("adopt_existing = true", ""))
    assert {"atlan_app.crawler": ["update"]} == workspace.plan_changes()
    workspace.apply().ok()
    assert version == workspace.values("atlan_app.crawler")["version"]
    assert {} == workspace.plan_changes()


def test_a_new_workflow_that_may_adopt_requires_what_any_new_connection_requires(start: Start) -> None:
    """No workflow has the name, so the apply would create a connection."""
    _, workspace = start(ADOPTING_ONLY % "asset_connection = {}")
    workspace.plan().failed("asset_connection has no admin")


def _connection(sandbox: Sandbox) -> dict[str, Any]:
    attributes: dict[str, Any] = _opened(live(sandbox)[0]["inputs"]["connection"])["attributes"]
    return attributes
