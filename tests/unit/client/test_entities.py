"""The shapes of credentials and connections: values that an answer may leave out, and answers that are refused."""

from collections.abc import Callable
from typing import Any

import pytest

from provider.client.api import AtlanApi
from provider.client.entities import ConnectionEntity
from provider.client.errors import UnusableAnswer
from tests.support.http_server import Reply, ScriptedServer

GUID = "5c7a1e0e-0000-4000-8000-000000000001"
QUALIFIED_NAME = "default/snowflake/1700000000"


@pytest.mark.parametrize(
    ("wire", "field", "value"),
    [
        ({}, "port", None),
        ({"port": "443"}, "port", 443),
        ({"port": ""}, "port", None),
        ({"port": None}, "port", None),
        ({"extra": None}, "extra", None),
        ({"name": None}, "name", None),
        ({"isActive": None}, "is_active", None),
        ({"connection": {"a": 1}, "level": "user", "metadata": []}, "id", GUID),
    ],
    ids=str,
)
def test_a_record_may_leave_out_or_write_otherwise_what_it_will(
    wire: dict[str, Any], field: str, value: Any, api: AtlanApi, server: ScriptedServer
) -> None:
    """Only the guid is required."""
    server.plays(Reply(body={"id": GUID, **wire}))
    assert value == getattr(api.get_credential(GUID), field)


@pytest.mark.parametrize("body", [{}, {"id": ""}, {"id": 5}, [], "<html>"], ids=str)
@pytest.mark.parametrize(
    "operation", [lambda api: api.create_credential({}), lambda api: api.get_credential(GUID)], ids=["create", "get"]
)
def test_an_answer_without_a_guid_is_refused(
    operation: Callable[[AtlanApi], object], body: Any, api: AtlanApi, server: ScriptedServer
) -> None:
    """Such an answer is not a credential."""
    server.plays(Reply(body=body))
    with pytest.raises(UnusableAnswer):
        operation(api)


@pytest.mark.parametrize(
    ("attributes", "field", "value"),
    [
        ({}, "name", None),
        ({"name": ""}, "name", None),
        ({"name": 5}, "name", None),
        ({}, "connector_name", None),
        ({"qualifiedName": "odd"}, "connector_name", None),
        ({"qualifiedName": QUALIFIED_NAME}, "connector_name", "snowflake"),
        ({"qualifiedName": QUALIFIED_NAME, "connectorName": "custom"}, "connector_name", "custom"),
        ({"adminUsers": None}, "admin_users", []),
        ({"adminRoles": "r-1"}, "admin_roles", []),
        ({"adminGroups": ["a", None, 5]}, "admin_groups", ["a"]),
        ({"defaultCredentialGuid": ""}, "default_credential_guid", None),
    ],
    ids=str,
)
def test_a_missing_attribute_has_its_default(attributes: dict[str, Any], field: str, value: Any) -> None:
    """A value of another type counts as missing."""
    assert value == getattr(ConnectionEntity(attributes=attributes), field)


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ({"entity": None}, "the whole: "),
        ({"entity": {"guid": "g"}}, "attributes: Field required"),
        ({"entity": {"attributes": []}}, "attributes: Input should be a valid dictionary"),
        ({}, "attributes: Field required"),
        ({"entity": {"attributes": {"qualifiedName": "default/x/1"}}}, "it is about another connection"),
        ("<html>", "a page of HTML"),
    ],
    ids=str,
)
def test_an_entity_that_is_not_a_connection_is_refused(
    body: Any, words: str, api: AtlanApi, server: ScriptedServer
) -> None:
    """Without its attributes, a run would rename the connection."""
    server.plays(Reply(body=body))
    with pytest.raises(UnusableAnswer, match=words):
        api.get_connection(QUALIFIED_NAME)
