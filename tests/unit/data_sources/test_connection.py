"""``data.atlan_connection``: a connection by its qualified name."""

from typing import Any

import pytest

from provider.data_sources.connection import ConnectionDataSource
from provider.framework import Diagnostics, Unknown, UserError
from tests.support.data_source_answers import Read
from tests.support.http_server import Received, Reply, ScriptedServer

QUALIFIED_NAME = "default/snowflake/1735689600"
NULLS = dict.fromkeys(ConnectionDataSource.schema.by_name)


def entity(status: str = "ACTIVE", **attributes: Any) -> Reply:
    found = {"qualifiedName": QUALIFIED_NAME, **attributes}
    return Reply(body={"entity": {"guid": "guid-1", "status": status, "attributes": found}})


@pytest.mark.parametrize(
    ("attributes", "expected"),
    [
        pytest.param(
            {
                "name": "warehouse",
                "connectorName": "snowflake",
                "adminUsers": ["ada"],
                "adminGroups": ["data"],
                "adminRoles": ["role-guid"],
                "defaultCredentialGuid": "credential-guid",
            },
            {
                "name": "warehouse",
                "connector_name": "snowflake",
                "admin_users": ["ada"],
                "admin_groups": ["data"],
                "admin_roles": ["role-guid"],
                "default_credential_guid": "credential-guid",
            },
            id="all attributes",
        ),
        pytest.param(
            {"adminUsers": None},
            {
                "name": None,
                "connector_name": "snowflake",
                "admin_users": [],
                "admin_groups": [],
                "admin_roles": [],
                "default_credential_guid": None,
            },
            id="next to none",
        ),
    ],
)
def test_a_connection_is_read(read: Read, server: ScriptedServer, attributes: Any, expected: Any) -> None:
    """A missing attribute is null or empty. The connector is also a part of the qualified name."""
    server.plays(entity(**attributes))
    found = read(ConnectionDataSource, qualified_name=QUALIFIED_NAME).state
    assert {"qualified_name": QUALIFIED_NAME, **expected} == found
    assert NULLS.keys() == found.keys()


def test_an_archived_connection_is_an_error(read: Read, server: ScriptedServer) -> None:
    """The service still returns it, marked as deleted."""
    server.plays(entity("DELETED", name="warehouse"))
    with pytest.raises(UserError, match=f"The connection {QUALIFIED_NAME} is archived") as raised:
        read(ConnectionDataSource, qualified_name=QUALIFIED_NAME)
    assert ["qualified_name"] == raised.value.path


def test_a_connection_that_does_not_exist_is_an_error_on_its_attribute(read: Read, server: ScriptedServer) -> None:
    """The detail says that the connection of a workflow exists only from the workflow's first run on."""

    def reply(_: Received) -> Reply:
        return Reply(404, {"errorCode": "ATLAS-404-00-005", "errorMessage": "no such entity"})

    server.always = reply
    with pytest.raises(UserError, match=f"There is no connection {QUALIFIED_NAME}") as raised:
        read(ConnectionDataSource, qualified_name=QUALIFIED_NAME)
    assert ["qualified_name"] == raised.value.path
    assert "first run" in raised.value.detail


@pytest.mark.parametrize(
    ("given", "is_valid"),
    [
        (QUALIFIED_NAME, True),
        (Unknown, True),
        ("snowflake", False),
        ("default/snowflake", False),
        ("default/snow flake/1", False),
        (f"{QUALIFIED_NAME}/database", False),
        ("", False),
    ],
)
def test_the_form_of_a_qualified_name_is_checked(given: Any, is_valid: bool) -> None:
    """The qualified name of an asset is not the one of its connection."""
    diagnostics = Diagnostics()
    ConnectionDataSource(None).validate(diagnostics, "atlan_connection", NULLS | {"qualified_name": given})
    expected = [] if is_valid else [f'"{given}" is not the qualified name of a connection']
    assert expected == [each.summary for each in diagnostics.diagnostics]
