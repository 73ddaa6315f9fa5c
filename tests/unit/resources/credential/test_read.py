"""The state after a read."""

from typing import Any

import pytest

from provider.resources.credential.resource import CredentialResource
from tests.support.credential_resource import RECORD, STATE, context
from tests.support.http_server import Reply, ScriptedServer


@pytest.mark.parametrize(
    ("known", "remote", "expected"),
    [
        pytest.param({"host": "a"}, {"host": "b"}, {"host": "b"}, id="changed"),
        pytest.param({"host": "a"}, {}, {"host": None}, id="removed"),
        pytest.param({}, {"host": "b", "port": 1, "username": "u", "connectorType": "c"}, {}, id="not managed"),
        pytest.param({"host": "", "port": 0}, {"host": None}, {}, id="empty"),
        pytest.param({"port": 5432}, {"port": "5432"}, {}, id="number as text"),
        pytest.param({}, {"name": "renamed"}, {"name": "renamed"}, id="renamed"),
        pytest.param({}, {"name": "shared-0123456789abcdef"}, {}, id="stored with a suffix"),
        pytest.param({}, {"authType": None}, {"auth_type": None}, id="flattened"),
        pytest.param({"extra": {"a": 1}}, {"extra": {"a": None, "b": None}}, {}, id="extra without values"),
        pytest.param({"extra": {"a": 1}}, {"extra": {"a": 2}}, {"extra": {"a": 2}}, id="extra changed"),
        pytest.param({"extra": {"a": 1}}, {"extra": {"b": None}}, {"extra": {}}, id="extra's key removed"),
        pytest.param({"extra": {"a": None, "b": "x"}}, {"extra": {"b": "x"}}, {}, id="extra's null left out"),
        pytest.param(
            {"extra": {"a": {"b": 1, "c": None}}}, {"extra": {"a": {"b": 1}}}, {}, id="extra's inner null left out"
        ),
        pytest.param({"extra": {"a": None}}, {"extra": {"a": "x"}}, {}, id="extra's null is not managed"),
        pytest.param({"extra": {"a": 1}}, {}, {}, id="extra not shown"),
        pytest.param({"extra": {"a": 1}}, {"extra": {}}, {}, id="extra shown empty"),
        pytest.param({}, {"extra": {"a": "x"}}, {}, id="extra not managed"),
        pytest.param({"extra": {"a": {"b": 1}}}, {"extra": {"a": '{"b": 1.0}'}}, {}, id="extra means the same"),
    ],
)
def test_a_read_shows_drift_of_managed_values(
    server: ScriptedServer,
    resource: CredentialResource,
    known: dict[str, Any],
    remote: dict[str, Any],
    expected: dict[str, Any],
) -> None:
    """Values that the service does not return, or that are not configured, stay unchanged."""
    server.plays(Reply(body=RECORD | remote))
    assert STATE | known | expected == resource.read(context(), STATE | known)
