"""Names of credentials are unique on a tenant: what is stored, and what state keeps, on each route."""

import re
from typing import Any

import pytest

from tests.acceptance.conftest import Start
from tests.support.named_credentials import app, credential, names, text
from tests.support.sandbox import Sandbox
from tests.support.terraform import Workspace

APP, CREDENTIAL = "atlan_app.it", "atlan_credential.it"
SUFFIX = "-[0-9a-f]{16}"
FOREIGN = {
    "authType": "basic",
    "connectorConfigName": "atlan-connectors-bigquery",
    "name": "shared",
    "username": "else",
}
CHANGED = ("version", "updatedAt")
"""The values of a record that every update changes."""

BEFORE_DESTROY = "lifecycle { create_before_destroy = true }"


def used_password(sandbox: Sandbox, workspace: Workspace, version: int) -> bool:
    """Return True if the workflow's credential has the password of this version."""
    return sandbox.verify(workspace.values(APP)["credential_guid"], password=f"version {version}")


def matches(expected: list[str], found: list[str]) -> bool:
    return len(expected) == len(found) and all(map(re.fullmatch, expected, found))


@pytest.mark.parametrize(
    ("configuration", "expected"),
    [
        pytest.param(app(credential_name=None), "default-bigquery-[0-9a-f]{16}-0", id="of a workflow"),
        pytest.param(credential(name=None), "default-postgres-[0-9a-f]{16}-0", id="separate"),
    ],
)
def test_a_generated_name_has_64_random_bits(start: Start, configuration: str, expected: str) -> None:
    """The provider sends the name, and the next plan has no changes."""
    sandbox, workspace = start(configuration)
    workspace.apply().ok()
    assert matches([expected], names(sandbox))
    assert {} == workspace.plan_changes()


def test_state_has_the_generated_name(start: Start) -> None:
    """A plan does not know the name, and state has the one that the provider sent."""
    sandbox, workspace = start(credential(name=None))
    change = workspace.plan_json()["resource_changes"][0]["change"]
    assert change["after_unknown"]["name"] is True
    workspace.apply().ok()
    assert names(sandbox) == [workspace.values(CREDENTIAL)["name"]]


def test_a_rotation_stores_the_name_with_a_suffix(start: Start) -> None:
    """The first credential has the configured name, each rotation a new suffix, and no plan has changes."""
    sandbox, workspace = start(app())
    workspace.apply().ok()
    assert ["shared"] == names(sandbox)
    for version in (2, 3):
        workspace.write(app(version=version))
        assert "is stored as" not in workspace.apply().ok().output
        assert used_password(sandbox, workspace, version)
        assert {} == workspace.plan_changes()
    assert matches(["shared", f"shared{SUFFIX}", f"shared{SUFFIX}"], names(sandbox))
    assert 3 == len(set(names(sandbox)))


@pytest.mark.parametrize(
    ("first", "second", "address"),
    [
        pytest.param(app(), app("other", 2), APP, id="a workflow with another name"),
        pytest.param(app(), app("other", 2, username="another"), APP, id="a workflow with another user"),
        pytest.param(app(), app(version=2), APP, id="a workflow of the same name"),
        pytest.param(credential(), credential(), CREDENTIAL, id="a credential"),
        pytest.param(credential(), credential(host="other.example.com"), CREDENTIAL, id="a credential of another host"),
    ],
)
def test_a_replacement_stores_the_name_with_a_suffix(start: Start, first: str, second: str, address: str) -> None:
    """The replaced object still has the name, state keeps the configured one, and the next plan has no changes."""
    sandbox, workspace = start(first)
    workspace.apply().ok()
    workspace.write(second)
    assert "is stored as" not in workspace.apply(f"-replace={address}").ok().output
    assert matches(["shared", f"shared{SUFFIX}"], names(sandbox))
    assert {} == workspace.plan_changes()
    workspace.apply("-refresh-only").ok()
    if address == CREDENTIAL:
        assert "shared" == workspace.values(address)["name"]
    else:
        assert used_password(sandbox, workspace, 2)


@pytest.mark.parametrize(
    ("first", "second", "address"),
    [
        pytest.param(app(more=BEFORE_DESTROY), app("other", 2, more=BEFORE_DESTROY), APP, id="a workflow"),
        pytest.param(credential(more=BEFORE_DESTROY), credential(more=BEFORE_DESTROY), CREDENTIAL, id="a credential"),
        pytest.param(
            app(more=BEFORE_DESTROY),
            app("other", 2, username="another", more=BEFORE_DESTROY),
            APP,
            id="a workflow with another user",
        ),
        pytest.param(
            credential(more=BEFORE_DESTROY),
            credential(host="other.example.com", more=BEFORE_DESTROY),
            CREDENTIAL,
            id="a credential of another host",
        ),
    ],
)
def test_create_before_destroy_stores_the_name_with_a_suffix(
    start: Start, first: str, second: str, address: str
) -> None:
    """The create finds the name taken by a credential that it may replace, and the warning names the credential."""
    sandbox, workspace = start(first)
    workspace.apply().ok()
    guid = sandbox.credentials()[0]["guid"]
    workspace.write(second)
    output = text(workspace.apply(f"-replace={address}").ok().output)
    assert f"The credential {guid} has this name" in output
    assert matches(["shared", f"shared{SUFFIX}"], names(sandbox))
    assert {} == workspace.plan_changes()


def test_a_create_that_fails_after_it_stored_its_credential_does_not_block_the_next(start: Start) -> None:
    """The workflow's name was taken, and the next apply with another name stores the credential again."""
    sandbox, workspace = start(app())
    sandbox.call("POST", "/api/service/v1/app", taken_workflow())
    workspace.apply().failed('The name "it" is taken')
    assert ["shared"] == names(sandbox)
    workspace.write(app("other"))
    assert "It can be left from an apply that failed" in text(workspace.apply().ok().output)
    assert matches(["shared", f"shared{SUFFIX}"], names(sandbox))
    assert used_password(sandbox, workspace, 1)
    assert {} == workspace.plan_changes()


def test_a_corrected_user_does_not_block_the_apply_after_a_failed_create(start: Start) -> None:
    """No workflow uses the credential that the failed create has stored."""
    sandbox, workspace = start(app())
    sandbox.call("POST", "/api/service/v1/app", taken_workflow())
    workspace.apply().failed('The name "it" is taken')
    workspace.write(app("other", username="corrected"))
    output = text(workspace.apply().ok().output)
    assert "another username. No workflow was found that uses it" in output
    assert matches(["shared", f"shared{SUFFIX}"], names(sandbox))
    assert {} == workspace.plan_changes()


def test_a_destroyed_workflow_does_not_block_an_apply_with_another_user(start: Start) -> None:
    """The service keeps the credential of a workflow that is archived."""
    sandbox, workspace = start(app())
    workspace.apply().ok()
    workspace.destroy().ok()
    workspace.write(app(username="another"))
    assert "No workflow was found that uses it" in text(workspace.apply().ok().output)
    assert matches(["shared", f"shared{SUFFIX}"], names(sandbox))


def test_a_new_name_is_stored_as_it_is_in_a_rotation(start: Start) -> None:
    """A name gets a suffix only where a credential of the workflow was stored under it before."""
    sandbox, workspace = start(app(credential_name="a"))
    workspace.apply().ok()
    for version, name in ((2, "b"), (3, "b"), (4, "a")):
        workspace.write(app(version=version, credential_name=name))
        assert "is stored as" not in workspace.apply().ok().output
    assert matches(["a", "b", f"b{SUFFIX}", f"a{SUFFIX}"], names(sandbox))
    assert {} == workspace.plan_changes()


def test_an_adopted_workflow_gets_the_credential_under_its_configured_name(start: Start) -> None:
    """An adoption sends no create that could store the credential a first time."""
    sandbox, workspace = start(app(more="adopt_existing = true"))
    sandbox.call("POST", "/api/service/v1/app", taken_workflow())
    workspace.apply().ok()
    assert ["shared"] == names(sandbox)
    assert used_password(sandbox, workspace, 1)


def use_foreign(sandbox: Sandbox, **values: str) -> str:
    """Store the foreign credential, let a workflow of another connection use it, and return its guid."""
    guid: str = sandbox.call("POST", "/api/service/credentials", {**FOREIGN, **values}).json["id"]
    workflow = taken_workflow()
    attributes = workflow["inputs"]["connection"]["attributes"]
    attributes |= {"name": "theirs", "qualifiedName": "default/bigquery/1600000000", "defaultCredentialGuid": guid}
    sandbox.call("POST", "/api/service/v1/app", {**workflow, "name": "theirs"})
    return guid


def taken_workflow() -> dict[str, Any]:
    attributes = {"qualifiedName": "default/bigquery/1700000000", "connectorName": "bigquery", "name": "analytics"}
    connection = {"typeName": "Connection", "attributes": {**attributes, "adminUsers": ["admin"]}}
    return {"app_id": "bigquery-crawler", "name": "it", "inputs": {"connection": connection}, "run": False}


@pytest.mark.parametrize(
    ("configuration", "attribute", "summary", "differing"),
    [
        pytest.param(
            app(),
            "credential_wo.name",
            "The name in credential_wo.name is taken",
            "another username",
            id="of a workflow",
        ),
        pytest.param(
            credential(),
            "name",
            'The credential name "shared" is taken',
            "another connector_config_name",
            id="separate",
        ),
    ],
)
def test_a_foreign_name_is_an_error_on_the_attribute(
    start: Start, configuration: str, attribute: str, summary: str, differing: str
) -> None:
    """The error names the attribute, what differs and the remedy, and nothing is stored.

    It shows the name only if it is an attribute of the resource itself.
    """
    sandbox, workspace = start(configuration)
    guid = use_foreign(sandbox)
    (error,) = workspace.apply("-json").failed().errors
    assert summary == error["summary"]
    assert f"The credential {guid} has this name, and {differing}" in error["detail"]
    assert f"Choose another {attribute}, or remove it for a generated name" in error["detail"]
    assert "It can be an earlier one of this resource" in error["detail"]
    assert attribute.rpartition(".")[2] == error["snippet"]["code"].split()[0]
    assert ["shared"] == names(sandbox)
    assert 1 == len(sandbox.workflows())
    assert {} == workspace.resources()


@pytest.mark.parametrize(
    ("configuration", "stored_as"),
    [(app(), 'its name with the suffix "-'), (credential(), '"shared-')],
    ids=["of a workflow", "separate"],
)
@pytest.mark.parametrize(
    ("options", "archived", "expected"),
    [
        ({"surface_credential_list": False}, False, "this tenant does not list its credentials"),
        ({}, True, "An archived credential keeps its name"),
    ],
    ids=["no list", "archived"],
)
def test_a_name_that_nobody_shows_is_stored_with_a_suffix_and_a_warning(
    start: Start, options: dict[str, bool], archived: bool, expected: str, configuration: str, stored_as: str
) -> None:
    """It is not known who has the name, so the configured credential is stored and the warning says how to choose."""
    sandbox, workspace = start(configuration, **options)
    guid = sandbox.call("POST", "/api/service/credentials", FOREIGN).json["id"]
    if archived:
        sandbox.call("POST", f"/api/service/credentials/{guid}/archive")
    output = text(workspace.apply().ok().output)
    assert expected in output
    assert f"A credential is stored as {stored_as}" in output
    assert matches(["shared", f"shared{SUFFIX}"], names(sandbox))
    assert {} == workspace.plan_changes()


def test_an_update_keeps_the_suffix(start: Start) -> None:
    """A credential that is stored with a suffix keeps its name on the tenant and in state."""
    sandbox, workspace = start(credential())
    workspace.apply().ok()
    workspace.apply(f"-replace={CREDENTIAL}").ok()
    before = names(sandbox)
    workspace.write(credential(host="other.example.com"))
    workspace.apply().ok()
    assert before == names(sandbox)
    assert ("shared", "other.example.com") == tuple(workspace.values(CREDENTIAL)[key] for key in ("name", "host"))
    assert {} == workspace.plan_changes()


def test_an_update_to_a_taken_name_is_an_error_on_the_attribute(start: Start) -> None:
    """An update never stores another credential, so it gets no suffix."""
    sandbox, workspace = start(credential("mine"))
    workspace.apply().ok()
    sandbox.call("POST", "/api/service/credentials", FOREIGN)
    workspace.write(credential("shared"))
    output = workspace.apply().failed('The credential name "shared" is taken', 'name = "shared"').output
    assert "Choose another name" in text(output)
    assert "mine" == workspace.values(CREDENTIAL)["name"]


def test_an_import_has_the_name_of_the_tenant(start: Start) -> None:
    """State has the suffix after an import, because the tenant has it."""
    sandbox, workspace = start(credential())
    workspace.apply().ok()
    workspace.apply(f"-replace={CREDENTIAL}").ok()
    guid = workspace.values(CREDENTIAL)["guid"]
    workspace.state("rm", CREDENTIAL).ok()
    workspace.import_(CREDENTIAL, guid).ok()
    assert names(sandbox)[1] == workspace.values(CREDENTIAL)["name"] != "shared"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        pytest.param("shared-by-all", {CREDENTIAL: ["update"]}, id="another name"),
        pytest.param("shared-0123456789abcdef", {}, id="the form of a suffix"),
    ],
)
def test_a_renamed_credential_is_drift(start: Start, name: str, expected: dict[str, list[str]]) -> None:
    """A name without the form of a suffix was set outside Terraform."""
    sandbox, workspace = start(credential())
    workspace.apply().ok()
    path = f"/api/service/credentials/{workspace.values(CREDENTIAL)['guid']}"
    record = sandbox.call("GET", path).json
    stored = {key: record[key] for key in ("authType", "connectorConfigName", "host")}
    assert 200 == sandbox.call("POST", path, {**stored, "name": name}).status
    assert {**record, "name": name} == sandbox.call("GET", path).json | {key: record[key] for key in CHANGED}
    assert expected == workspace.plan_changes()


def test_a_raw_credential_gets_a_generated_name(start: Start) -> None:
    """The service's own default is by the second, so it would be taken by an equal workflow of the same second."""
    sandbox, workspace = start("""
resource "atlan_app" "it" {
  count            = 2
  app_id           = "bigquery-crawler"
  name             = "it ${count.index}"
  asset_connection = { name = "analytics ${count.index}", admin_users = ["admin"] }
  inputs = {
    credential = { authType = "basic", connectorConfigName = "atlan-connectors-bigquery", password = "p" }
  }
}
""")
    workspace.apply().ok()
    assert matches(["default-bigquery-[0-9a-f]{16}-0"] * 2, names(sandbox))
    assert {} == workspace.plan_changes()


def test_a_raw_credential_that_changes_is_stored_with_a_suffix(start: Start) -> None:
    """The name is in inputs, which state keeps as they are configured."""
    sandbox, workspace = start(raw("first"))
    workspace.apply().ok()
    workspace.write(raw("second"))
    workspace.apply().ok()
    assert matches(["shared", f"shared{SUFFIX}"], names(sandbox))
    assert {} == workspace.plan_changes()


def test_a_foreign_name_in_inputs_is_an_error(start: Start) -> None:
    """The error is on the inputs and contains the key of the service."""
    sandbox, workspace = start(raw("first"))
    use_foreign(sandbox, authType="role")
    output = text(workspace.apply().failed("The name in inputs.credential.name is taken").output)
    assert "Choose another inputs.credential.name" in output


def raw(password: str) -> str:
    """Return a workflow with a raw credential of a configured name."""
    return f"""
resource "atlan_app" "it" {{
  app_id           = "bigquery-crawler"
  name             = "it"
  asset_connection = {{ name = "analytics", admin_users = ["admin"] }}
  inputs = {{
    credential = {{
      authType            = "basic"
      connectorConfigName = "atlan-connectors-bigquery"
      name                = "shared"
      password            = "{password}"
    }}
  }}
}}
"""
