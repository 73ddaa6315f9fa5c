"""``data.atlan_connection`` reads a connection."""

from typing import Any

import pytest

from tests.acceptance.conftest import Start
from tests.support.sandbox import Sandbox

QUALIFIED_NAME = "default/bigquery/1700000000"
CONNECTION = """
data "atlan_connection" "it" { qualified_name = "%s" }
output "it" { value = data.atlan_connection.it }
"""
ROLE_GUID = "0b7f6a52-0000-4000-8000-000000000001"


def make(sandbox: Sandbox, **attributes: Any) -> None:
    """Create a connection."""
    body = {"attributes": {"qualifiedName": QUALIFIED_NAME, "name": "analytics", **attributes}}
    answer = sandbox.call("POST", "/_sandbox/connections", body)
    assert answer.status == 200, answer.text


def test_a_connection_is_found_by_its_qualified_name(start: Start) -> None:
    """The data source returns name, connector, admins and credential, and a plan has no changes."""
    sandbox, workspace = start(CONNECTION % QUALIFIED_NAME)
    admins = {"adminUsers": ["jo"], "adminGroups": ["stewards"], "adminRoles": [ROLE_GUID]}
    make(sandbox, **admins, connectorName="bigquery", defaultCredentialGuid="guid-1")
    workspace.apply().ok()
    expected = {
        "qualified_name": QUALIFIED_NAME,
        "name": "analytics",
        "connector_name": "bigquery",
        "admin_users": ["jo"],
        "admin_groups": ["stewards"],
        "admin_roles": [ROLE_GUID],
        "default_credential_guid": "guid-1",
    }
    assert expected == workspace.outputs()["it"]
    assert {} == workspace.plan_changes()


def test_what_a_connection_does_not_have_is_empty(start: Start) -> None:
    """Missing lists are empty, a missing credential is null, and the connector comes from the qualified name."""
    sandbox, workspace = start(CONNECTION % QUALIFIED_NAME)
    make(sandbox, adminUsers=["jo"])
    workspace.apply().ok()
    found = workspace.values("data.atlan_connection.it")
    assert ("bigquery", [], []) == (found["connector_name"], found["admin_groups"], found["admin_roles"])
    assert found["default_credential_guid"] is None


def test_an_unknown_connection_is_explained(start: Start) -> None:
    """The error shows the line of the attribute, and a possible cause."""
    _, workspace = start(CONNECTION % QUALIFIED_NAME)
    result = workspace.plan()
    result.failed(f"There is no connection {QUALIFIED_NAME}", "creates the workflow's connection", "qualified_name =")


def test_an_archived_connection_is_not_taken_for_a_live_one(start: Start) -> None:
    """The error says that the connection is archived, because the service still returns archived ones."""
    sandbox, workspace = start(CONNECTION % QUALIFIED_NAME)
    body = {"status": "DELETED", "attributes": {"qualifiedName": QUALIFIED_NAME, "name": "analytics"}}
    assert 200 == sandbox.call("POST", "/_sandbox/connections", body).status
    workspace.plan().failed(f"The connection {QUALIFIED_NAME} is archived")


@pytest.mark.parametrize(
    "given", ["analytics", "default/bigquery", "default/big query/1", f"{QUALIFIED_NAME}/table", ""]
)
def test_an_invalid_qualified_name_is_refused_by_validate(start: Start, given: str) -> None:
    """The error shows the form of a qualified name, and no request is sent."""
    sandbox, workspace = start(CONNECTION % given)
    workspace.validate().failed("is not the qualified name of a connection", "default/snowflake/1735689600")
    assert [] == sandbox.requests()
