"""The life of ``atlan_credential``: create, plan, rotate, drift, import, archive."""

import re

import pytest

from tests.acceptance.conftest import Start
from tests.support.credential_settings import ADDRESS, credential, stored_record, stores
from tests.support.sandbox import Sandbox
from tests.support.secret_search import CANARY, ROTATED
from tests.support.terraform import Workspace

GUID = "5c7a1e0e-0000-4000-8000-000000000001"


def started(start: Start, configuration: str = "") -> tuple[Sandbox, Workspace]:
    """Return a sandbox and a workspace whose secret is the canary."""
    sandbox, workspace = start(configuration or credential())
    workspace.env["TF_VAR_secret"] = CANARY
    return sandbox, workspace


def writes(sandbox: Sandbox) -> list[tuple[str, str]]:
    """Return the path and the query of each request that changed something."""
    return [
        (each["path"].removeprefix("/api/service/"), each["query"])
        for each in sandbox.requests()
        if each["method"] != "GET" and not each["path"].startswith("/_sandbox/")
    ]


def test_a_credential_is_stored_whole_and_archived(start: Start) -> None:
    """The credential is created with one request, has no changes in a plan, and is archived by a destroy."""
    sandbox, workspace = started(start)
    workspace.apply().ok()
    values = workspace.values(ADDRESS)
    guid = values["guid"]
    expected = {
        "id": guid,
        "guid": guid,
        "name": "shared",
        "auth_type": "basic",
        "connector_config_name": "atlan-connectors-postgres",
        "connector_type": None,
        "host": "db.example.com",
        "port": 5432,
        "username": "crawler",
        "extra": {"database": "sales", "ssl": True},
        "password_wo": None,
        "extra_wo": None,
        "secret_wo_version": 1,
        "test_before_store": False,
    }
    assert expected == values
    assert {"database", "ssl", "private_key"} == stored_record(sandbox, guid)["extra"].keys()
    assert {} == workspace.plan_changes()
    workspace.destroy().ok()
    assert [("credentials", "testCredential=false"), (f"credentials/{guid}/archive", "")] == writes(sandbox)
    assert 404 == sandbox.call("GET", f"/api/service/credentials/{guid}").status


def test_a_name_is_generated_where_none_is_configured(start: Start) -> None:
    """State contains the name that the provider sent, and an update keeps it."""
    sandbox, workspace = started(start, credential(more=""))
    workspace.apply().ok()
    values = workspace.values(ADDRESS)
    assert stored_record(sandbox, values["guid"])["name"] == values["name"] != ""
    assert {} == workspace.plan_changes()
    workspace.write(credential(more="", host="other.example.com"))
    workspace.apply().ok()
    assert values["name"] == workspace.values(ADDRESS)["name"]


def test_a_raised_version_sends_the_new_secret_once(start: Start) -> None:
    """A new secret alone plans no changes. With a higher version, exactly one update sends the secret."""
    sandbox, workspace = started(start)
    workspace.apply().ok()
    guid = workspace.values(ADDRESS)["guid"]
    assert [True, False] == [stores(sandbox, guid, secret) for secret in (CANARY, ROTATED)]
    workspace.env["TF_VAR_secret"] = ROTATED
    assert {} == workspace.plan_changes()
    workspace.write(credential(version=2))
    assert {ADDRESS: ["update"]} == workspace.plan_changes()
    workspace.apply("plan.tfplan").ok()
    assert [(f"credentials/{guid}", "")] == writes(sandbox)[1:]
    assert [False, True] == [stores(sandbox, guid, secret) for secret in (CANARY, ROTATED)]
    assert guid == workspace.values(ADDRESS)["guid"]
    assert {} == workspace.plan_changes()


def test_changes_update_in_place_with_all_secrets(start: Start) -> None:
    """One update keeps the guid and sends all secrets, because the service may not keep a secret that is not sent."""
    configuration = credential()
    sandbox, workspace = started(start, configuration)
    workspace.apply().ok()
    guid = workspace.values(ADDRESS)["guid"]
    for old, new in (('"basic"', '"iam_user"'), ("db.example", "new.example"), ("sales", "hr"), ('"shared"', '"ours"')):
        configuration = configuration.replace(old, new)
    workspace.write(re.sub(r"username .*", "", configuration))
    assert {ADDRESS: ["update"]} == workspace.plan_changes()
    workspace.apply().ok()
    assert [(f"credentials/{guid}", "")] == writes(sandbox)[1:]
    record = stored_record(sandbox, guid)
    assert ("iam_user", "new.example.com", "ours") == (record["authType"], record["host"], record["name"])
    assert "username" not in record
    assert stores(sandbox, guid, CANARY)
    assert {} == workspace.plan_changes()


def test_the_test_against_the_source_is_asked_for_where_configured(start: Start) -> None:
    """Only the create tests the credential, and a later change of the setting sends nothing."""
    sandbox, workspace = started(start, credential(more="test_before_store = true"))
    workspace.apply().ok()
    assert [("credentials", "testCredential=true")] == writes(sandbox)
    workspace.write(credential(more="test_before_store = false"))
    assert {ADDRESS: ["update"]} == workspace.plan_changes()
    workspace.apply().ok()
    assert 1 == len(writes(sandbox))
    assert {} == workspace.plan_changes()


def test_what_was_changed_elsewhere_is_shown_and_put_right(start: Start) -> None:
    """The plan shows drift of the configured attributes, and an update keeps all others."""
    sandbox, workspace = started(start)
    workspace.apply().ok()
    guid = workspace.values(ADDRESS)["guid"]
    record = stored_record(sandbox, guid)
    kept = ("name", "authType", "connectorConfigName", "port", "username")
    body = {key: record[key] for key in kept} | {"host": "moved.example.com", "connectorType": "postgres"}
    assert 200 == sandbox.call("POST", f"/api/service/credentials/{guid}", body).status
    plan = workspace.plan().ok().output
    assert '"moved.example.com" -> "db.example.com"' in " ".join(plan.split())
    workspace.apply().ok()
    record = stored_record(sandbox, guid)
    assert ("db.example.com", "postgres") == (record["host"], record["connectorType"])
    assert {} == workspace.plan_changes()


def test_an_archived_credential_is_planned_again_and_its_destroy_succeeds(start: Start) -> None:
    """The next plan creates an archived credential again, and a destroy of it succeeds."""
    sandbox, workspace = started(start)
    workspace.apply().ok()
    guid = workspace.values(ADDRESS)["guid"]
    assert 200 == sandbox.call("POST", f"/api/service/credentials/{guid}/archive").status
    assert {ADDRESS: ["create"]} == workspace.plan_changes()
    workspace.destroy("-refresh=false").ok()
    assert {} == workspace.resources()


def test_a_credential_that_is_gone_after_the_plan_is_an_error(start: Start) -> None:
    """The update fails, and the next plan creates the credential again."""
    sandbox, workspace = started(start)
    workspace.apply().ok()
    guid = workspace.values(ADDRESS)["guid"]
    workspace.write(credential(version=2))
    workspace.plan("-out=plan.tfplan").ok()
    assert 200 == sandbox.call("POST", f"/api/service/credentials/{guid}/archive").status
    workspace.apply("plan.tfplan").failed(f"The credential {guid} no longer exists")
    assert {ADDRESS: ["create"]} == workspace.plan_changes()


def test_an_import_by_guid_takes_over_what_the_service_shows(start: Start) -> None:
    """The first apply after an import sends the configured secrets, and the next plan has no changes."""
    sandbox, workspace = started(start)
    workspace.apply().ok()
    values = workspace.values(ADDRESS)
    workspace.state("rm", ADDRESS).ok()
    result = workspace.import_(ADDRESS, values["guid"]).ok()
    assert "Its keys are database, private_key, ssl" in result.text
    assert {**values, "extra": None, "secret_wo_version": None} == workspace.values(ADDRESS)
    assert {ADDRESS: ["update"]} == workspace.plan_changes()
    workspace.env["TF_VAR_secret"] = ROTATED
    workspace.apply().ok()
    assert stores(sandbox, values["guid"], ROTATED)
    assert {} == workspace.plan_changes()


def test_a_generated_configuration_plans_to_no_changes(start: Start) -> None:
    """The generated configuration contains no secret, and its apply sends only reads."""
    sandbox, workspace = started(start)
    workspace.apply().ok()
    guid = workspace.values(ADDRESS)["guid"]
    before = stored_record(sandbox, guid)
    workspace.state("rm", ADDRESS).ok()
    workspace.write(f'import {{\n  to = {ADDRESS}\n  id = "{guid}"\n}}')
    sent = writes(sandbox)
    said = workspace.plan("-generate-config-out=generated.tf").ok().output
    generated = (workspace.directory / "generated.tf").read_text(encoding="utf-8")
    assert {} == workspace.plan_changes()
    workspace.apply().ok()
    assert {} == workspace.plan_changes()
    assert (sent, before) == (writes(sandbox), stored_record(sandbox, guid))
    assert stores(sandbox, guid, CANARY)
    assert CANARY not in generated + said


@pytest.mark.parametrize(
    ("import_id", "expected"),
    [
        ("a/b", '"a/b" is not an import id of atlan_credential'),
        (GUID, f"There is no credential with the guid {GUID}"),
    ],
)
def test_an_import_id_without_an_object_is_an_error(start: Start, import_id: str, expected: str) -> None:
    """The error names the expected form of an id, or the credential that does not exist."""
    _, workspace = started(start)
    workspace.import_(ADDRESS, import_id).failed(expected)


def test_a_lost_answer_says_that_a_credential_may_exist(start: Start) -> None:
    """A create without a response is not repeated, because another credential may have had the configured name."""
    sandbox, workspace = started(start)
    sandbox.fault("POST", "/credentials$", times=1, drop="after")
    workspace.apply().failed("A credential may exist that Terraform does not know", "called shared")
    assert {} == workspace.resources()
    assert 1 == len(writes(sandbox))


def test_a_key_in_both_extras_is_refused_by_a_plan(start: Start) -> None:
    """The plan reports the error at the attribute before any request."""
    sandbox, workspace = started(start, credential().replace("private_key =", "database ="))
    workspace.plan().failed("database is in extra and in extra_wo", "extra                 =")
    assert [] == sandbox.requests()


def test_a_refusal_of_the_service_is_reported_on_the_attribute(start: Start) -> None:
    """The error translates the key of the service to the name of the attribute."""
    sandbox, workspace = started(start)
    causes = [{"errorMessage": "not so", "location": "credential.connectorConfigName"}]
    body = {"code": "1001", "message": "the body is invalid", "causes": causes}
    sandbox.fault("POST", "/credentials$", times=1, status=400, body=body)
    result = workspace.apply()
    result.failed("The service refused the credential", "the body is invalid", 'connector_config_name = "atlan-')


@pytest.mark.parametrize("refresh", ["true", "false"])
def test_another_type_of_extra_is_applied_beside_an_unknown_value(start: Start, refresh: str) -> None:
    """The apply stores a map instead of an object, and sends nothing, because no value differs."""
    later = "terraform_data.host.output\n  lifecycle { ignore_changes = [secret_wo_version] }"
    host = """
variable "revision" { default = "one" }
resource "terraform_data" "host" {
  input            = "db.example.com"
  triggers_replace = var.revision
}
"""
    extra = '{ database = "sales", ssl = "yes" }'
    configuration = credential().replace('"db.example.com"', later).replace('{ database = "sales", ssl = true }', extra)
    sandbox, workspace = started(start, configuration + host)
    workspace.apply().ok()
    workspace.write(configuration.replace(extra, f"tomap({extra})") + host)
    assert {} == workspace.plan_changes()
    count = len(sandbox.requests())
    workspace.apply("-var=revision=two", f"-refresh={refresh}").ok()
    assert [] == [each for each in sandbox.requests()[count:] if each["method"] != "GET"]
    assert {} == workspace.plan_changes("-var=revision=two")
