"""Refusals about credentials: an unknown connector, a lost answer, and a 404 that may not be the service's own."""

from typing import Any

import pytest

from tests.acceptance.conftest import Start
from tests.support.named_credentials import app, credential, names, text

CREDENTIAL = "atlan_credential.it"
MISTYPED = "00000000-0000-4000-8000-000000000001"
FOREIGN = {"authType": "basic", "connectorConfigName": "atlan-connectors-postgres", "username": "else"}


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("atlan-connectors-bigqery", "Did you mean atlan-connectors-bigquery?"),
        ("my-own", "Copy the name from a credential of the same connector."),
    ],
)
@pytest.mark.parametrize("route", ["app", "app update", "credential", "credential update"])
def test_an_unknown_connector_is_an_error_on_the_attribute(
    start: Start, route: str, written: str, expected: str
) -> None:
    """The tenant says only that it failed to store the credential. The error names the attribute and a similar name."""
    kind, _, update = route.partition(" ")
    first, second = (
        (app(), app(version=2, config_name=written))
        if kind == "app"
        else (credential(), credential(config_name=written))
    )
    sandbox, workspace = start(first if update else second)
    if update:
        workspace.apply().ok()
        workspace.write(second)
    (error,) = workspace.apply("-json").failed().errors
    assert error["summary"].startswith("The service could not store the credential")
    what = "this connector_config_name" if kind == "app" else f"the connector_config_name {written}"
    assert f"does not know {what}. {expected}" in error["detail"]
    assert "connector_config_name" == error["snippet"]["code"].split()[0]
    assert (["shared"] if update else []) == names(sandbox)


def test_a_known_connector_that_the_tenant_does_not_have_is_named(start: Start) -> None:
    """The provider knows the name, so it is not misspelled."""
    sandbox, workspace = start(credential())
    sandbox.fault("POST", "/credentials$", status=500, body={"code": 500, "message": "failed to store credential"})
    assert "check that this tenant has the app" in text(workspace.apply().failed().output)


def test_a_lost_answer_to_a_generated_name_is_found(start: Start) -> None:
    """Only this create can have sent the name, so the credential in the list is the one."""
    sandbox, workspace = start(credential(name=None))
    sandbox.fault("POST", "/credentials$", drop="after")
    assert "was found after a lost answer" in text(workspace.apply().ok().output)
    assert [workspace.values(CREDENTIAL)["name"]] == names(sandbox)
    assert {} == workspace.plan_changes()


MESSAGE_ONLY: dict[str, Any] = {"status": 404, "body": {"message": "not found"}}


@pytest.mark.parametrize(
    ("options", "archived", "expected"),
    [
        ({}, True, None),
        ({}, False, "the list of credentials still contains it"),
        ({"surface_credential_list": False}, True, "this tenant does not list its credentials"),
    ],
    ids=["not in the list", "in the list", "no list"],
)
@pytest.mark.parametrize("destroys", [False, True], ids=["plan", "destroy"])
def test_a_404_with_only_a_message_lets_the_list_decide(
    start: Start, destroys: bool, options: dict[str, bool], archived: bool, expected: str | None
) -> None:
    """State keeps the credential with an error, unless the tenant has a list and the list does not contain it."""
    sandbox, workspace = start(credential(), **options)
    workspace.apply().ok()
    guid = workspace.values(CREDENTIAL)["guid"]
    if archived:
        sandbox.call("POST", f"/api/service/credentials/{guid}/archive")
    sandbox.fault("POST" if destroys else "GET", f"/credentials/{guid}", times=9, **MESSAGE_ONLY)
    if expected is None:
        assert destroys or {CREDENTIAL: ["create"]} == workspace.plan_changes()
        workspace.run("destroy", "-auto-approve", *(["-refresh=false"] if destroys else [])).ok()
        assert {} == workspace.resources()
        return
    result = workspace.run("destroy", "-auto-approve", "-refresh=false") if destroys else workspace.plan()
    assert expected in text(result.failed(f"It is not known whether the credential {guid} exists").output)
    assert guid == workspace.values(CREDENTIAL)["guid"]


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ({"body": {"records": [{"id": "other", "name": "o"}]}}, "the list of credentials is incomplete"),
        ({"body": {"records": [], "totalRecord": 5}}, "the list of credentials is incomplete"),
        ({"status": 403}, "the list of credentials could not be read"),
    ],
    ids=["ignores the offset", "fewer than counted", "refused"],
)
def test_a_list_that_proves_nothing_removes_nothing(start: Start, answer: dict[str, Any], expected: str) -> None:
    """State keeps a credential unless a complete list does not contain it."""
    sandbox, workspace = start(credential())
    workspace.apply().ok()
    sandbox.fault("GET", "/credentials/", times=9, **MESSAGE_ONLY)
    sandbox.fault("GET", "/credentials$", times=9, **({"status": 200} | answer))
    assert expected in text(workspace.plan().failed("It is not known whether the credential").output)
    assert [CREDENTIAL] == list(workspace.resources())


@pytest.mark.parametrize("status", [401, 403, 500])
def test_a_taken_name_is_an_error_if_the_list_cannot_be_read(start: Start, status: int) -> None:
    """The failure says nothing about who has the name, so nothing is stored."""
    sandbox, workspace = start(credential())
    sandbox.call("POST", "/api/service/credentials", {**FOREIGN, "name": "shared"})
    sandbox.fault("GET", "/credentials$", times=9, status=status)
    output = text(workspace.apply().failed('The credential name "shared" is taken').output)
    assert "The list of credentials could not be read" in output
    assert ["shared"] == names(sandbox)


def test_an_update_of_an_archived_credential_lets_the_list_decide(start: Start) -> None:
    """The tenant's 404 has no code."""
    sandbox, workspace = start(credential(), not_found_code=False)
    workspace.apply().ok()
    guid = workspace.values(CREDENTIAL)["guid"]
    workspace.write(credential(host="new.example.com"))
    workspace.plan("-out=saved.tfplan").ok()
    sandbox.call("POST", f"/api/service/credentials/{guid}/archive")
    workspace.apply("saved.tfplan").failed(f"The credential {guid} no longer exists")


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ({}, f"There is no credential with the guid {MISTYPED}"),
        ({"surface_credential_list": False}, "Nothing was imported. Check the guid"),
    ],
    ids=["list", "no list"],
)
def test_an_import_of_a_mistyped_guid_lets_the_list_decide(
    start: Start, options: dict[str, bool], expected: str
) -> None:
    """The tenant's 404 has no code, and the advice is not about state."""
    _, workspace = start(credential(), not_found_code=False, **options)
    output = text(workspace.import_(CREDENTIAL, MISTYPED).failed().output)
    assert (True, False) == (expected in output, "terraform state rm" in output)


@pytest.mark.parametrize("is_import", [True, False], ids=["import", "data source"])
def test_a_mistyped_run_is_said_to_be_mistyped(start: Start, is_import: bool) -> None:
    """The tenant's 404 has no code, and the advice is not about state."""
    kind = "resource" if is_import else "data"
    argument = 'slug = "it-AbC123"' if is_import else f'run_id = "{MISTYPED}"'
    _, workspace = start(f'{kind} "atlan_app_run" "it" {{\n  {argument}\n}}\n', not_found_code=False)
    result = workspace.import_("atlan_app_run.it", MISTYPED) if is_import else workspace.plan()
    output = text(result.failed(f"The run {MISTYPED} was not found").output)
    assert (True, False) == ("The id may be mistyped" in output, "terraform state rm" in output)


@pytest.mark.parametrize(
    ("configuration", "path"), [(app(credential_name=None), "/v1/app$"), (credential(None), "ls$")]
)
def test_a_generated_name_that_is_taken_is_drawn_again(start: Start, configuration: str, path: str) -> None:
    """The user did not choose the name, so there is no warning."""
    sandbox, workspace = start(configuration)
    body = {"code": 400, "message": "violates unique constraint credentials_name_key"}
    sandbox.fault("POST", path, times=1, status=400, body=body)
    assert "is stored as" not in workspace.apply().ok().output
    assert ["-0"] == [each[-2:] for each in names(sandbox)]
    assert {} == workspace.plan_changes()
