"""Refusals about credentials: an unknown connector, a lost answer, and a 404 that may not be the service's own."""

from typing import Any

import pytest

from tests.acceptance.conftest import Start
from tests.support.named_credentials import app, credential, names, text

CREDENTIAL = "atlan_credential.it"


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
    assert f"does not know the connector_config_name {written}. {expected}" in error["detail"]
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


def test_a_list_that_fails_is_named_in_the_error(start: Start) -> None:
    """The tenant has the list, so the error says why it could not be read."""
    sandbox, workspace = start(credential())
    workspace.apply().ok()
    sandbox.fault("GET", "/credentials/", times=9, **MESSAGE_ONLY)
    sandbox.fault("GET", "/credentials$", times=9, status=403)
    output = text(workspace.plan().failed("It is not known whether the credential").output)
    assert "the list of credentials could not be read, so the provider cannot check whether it exists" in output
    assert "/api/service/credentials was answered with status 403" in output
    assert CREDENTIAL in workspace.resources()
