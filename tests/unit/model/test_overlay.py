"""Inputs of the service, read back over the configured ones."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from provider.model.inputs import Inputs
from provider.model.json_inputs import as_json
from provider.model.overlay import overlay

CONNECTION = {
    "typeName": "Connection",
    "attributes": {"qualifiedName": "default/bigquery/1700000000", "connectorName": "bigquery", "name": "prod"},
}
STORED = {**CONNECTION, "attributes": {**CONNECTION["attributes"], "defaultCredentialGuid": "guid-1"}}  # type: ignore[dict-item]


@pytest.mark.parametrize(
    ("configured", "remote", "expected"),
    [
        pytest.param({"a": 1}, {"a": 1, "b": 2}, {"a": 1}, id="unconfigured keys are left out"),
        pytest.param({"a": 1}, {"a": 2}, {"a": 2}, id="an edit is shown"),
        pytest.param({"a": 1}, {}, {}, id="a removal is shown"),
        pytest.param({"a": None}, {}, {"a": None}, id="null and absent are one"),
        pytest.param({"a": '{"x": 1}'}, {"a": {"x": 1}}, {"a": '{"x": 1}'}, id="text stays text"),
        pytest.param({"a": {"x": 1}}, {"a": '{"x": 1}'}, {"a": {"x": 1}}, id="an object stays an object"),
        pytest.param({"a": '{"x": 1}'}, {"a": {"x": 2}}, {"a": '{"x": 2}'}, id="an edit of text is text"),
        pytest.param(
            {"a": {"x": 1}}, {"a": {"x": 1, "y": 2}}, {"a": {"x": 1, "y": 2}}, id="a nested addition is an edit"
        ),
        pytest.param({"a": {"x": 1, "y": 2}}, {"a": {"x": 1}}, {"a": {"x": 1}}, id="a nested removal is an edit"),
        pytest.param({"a": [1, 2]}, {"a": [2]}, {"a": [2]}, id="lists are taken whole"),
        pytest.param({"a": {"x": 1}}, {"a": {"x": 1, "y": None}}, {"a": {"x": 1}}, id="a nested null is nothing"),
        pytest.param(
            {"a": {"x": 1, "y": None}}, {"a": {"x": 1}}, {"a": {"x": 1, "y": None}}, id="a nested null is left out"
        ),
        pytest.param({"a": '{"x": 1}'}, {"a": {"x": 1, "y": None}}, {"a": '{"x": 1}'}, id="a null inside of text"),
        pytest.param({"a": "[1, 2]"}, {"a": [2]}, {"a": "[2]"}, id="an edited list of text is text"),
        pytest.param({"a": ""}, {"a": {"x": "é"}}, {"a": '{"x": "é"}'}, id="what plain text became is text"),
        pytest.param({"a": '{"x": 1}'}, {"a": "none"}, {"a": "none"}, id="text that is JSON no more"),
        pytest.param({"a": "no"}, {"a": '{"x":  1}'}, {"a": '{"x":  1}'}, id="text that became JSON, unchanged"),
        pytest.param({"a": {"x": 1}}, {"a": '{"x": 2}'}, {"a": {"x": 2}}, id="an edit of an object is an object"),
        pytest.param({"a": {"x": 1}}, {"a": "[2]"}, {"a": [2]}, id="a list in the place of an object is a list"),
        pytest.param({"a": True}, {"a": "[2]"}, {"a": "[2]"}, id="text in the place of a flag stays text"),
        pytest.param({"a": None}, {"a": 1}, {"a": None}, id="null is not managed"),
        pytest.param(
            {"connection": CONNECTION}, {"connection": STORED}, {"connection": CONNECTION}, id="its credential"
        ),
        pytest.param(
            {"connection": CONNECTION}, {"connection": json.dumps(STORED)}, {"connection": CONNECTION}, id="as text"
        ),
        pytest.param(
            {"connection": json.dumps(CONNECTION)},
            {"connection": STORED},
            {"connection": json.dumps(CONNECTION)},
            id="configured as text",
        ),
        pytest.param({"connection_qualified_name": "q"}, {}, {"connection_qualified_name": "q"}, id="never read back"),
        pytest.param(
            {"credential": {"a": 1}}, {"credential_guid": "g"}, {"credential": {"a": 1}}, id="stored by the service"
        ),
        pytest.param({"credential_guid": ""}, {"credential_guid": "g"}, {"credential_guid": ""}, id="guid routed here"),
        pytest.param(
            {"credential_guid": "guid-1"},
            {"credential_guid": "", "connection": STORED},
            {"credential_guid": "guid-1"},
            id="guid routed to the connection",
        ),
        pytest.param({"credential_guid": "a"}, {"credential_guid": "b"}, {"credential_guid": "b"}, id="another guid"),
    ],
)
def test_a_read_writes_remote_values_to_the_configured_keys(
    configured: Inputs, remote: Inputs, expected: Inputs
) -> None:
    """Edits of configured keys are shown; what the service adds, hides or rewrites is not."""
    assert expected == overlay(configured, remote)


@pytest.mark.parametrize(
    ("remote", "expected"),
    [
        pytest.param({"host": "h", "token_copy": "secret"}, {"host": "h"}, id="added beside it"),
        pytest.param({"host": "h", "tls": {"on": True, "key": "secret"}}, {"host": "h"}, id="an object beside it"),
        pytest.param({"host": "i", "copy": "secret"}, {"host": "i"}, id="an edit and an addition"),
        pytest.param(json.dumps({"host": "h", "copy": "secret"}), {"host": "h"}, id="as text"),
        pytest.param("secret", None, id="no object any more"),
        pytest.param(["secret"], None, id="a list in its place"),
    ],
)
def test_nothing_that_was_added_beside_a_secret_is_shown(remote: Any, expected: Any) -> None:
    """It may be a copy of the secret; what is configured is still looked at."""
    found = overlay({"agent_json": {"host": "h"}}, {"agent_json": remote}, guarded={"agent_json"})
    assert {"agent_json": expected} == found


def test_objects_within_what_holds_a_secret_show_configured_keys_alone() -> None:
    """The depth does not matter."""
    configured = {"a": {"b": {"x": 1}}}
    assert configured == overlay(configured, {"a": {"b": {"x": 1, "y": "secret"}}}, guarded={"a"})


def test_an_edited_connection_shows_the_edit_and_not_what_the_service_added() -> None:
    """A renamed connection is drift, its credential is not."""
    renamed = {**STORED, "attributes": {**STORED["attributes"], "name": "renamed"}}  # type: ignore[dict-item]
    found = overlay({"connection": CONNECTION}, {"connection": renamed})
    assert {**CONNECTION["attributes"], "name": "renamed"} == found["connection"]["attributes"]  # type: ignore[dict-item]


@pytest.mark.parametrize(
    ("configured", "remote", "expected"),
    [
        pytest.param(["a", "b"], ["b", "a"], ["a", "b"], id="reordered"),
        pytest.param([], None, [], id="none, as null"),
        pytest.param(None, [], None, id="null, as none"),
        pytest.param(["a"], ["a", "b"], ["a", "b"], id="one more"),
        pytest.param(["a", "b"], ["b"], ["b"], id="one less"),
        pytest.param(["a"], None, None, id="all gone"),
        pytest.param(["a"], "a", "a", id="another type"),
    ],
)
@pytest.mark.parametrize("kind", ["adminUsers", "adminGroups", "adminRoles"])
@pytest.mark.parametrize("written", [dict, json.dumps])
def test_admins_of_a_connection_have_no_order(
    kind: str, written: Callable[[Any], Any], configured: Any, remote: Any, expected: Any
) -> None:
    """Their order and an empty list are the service's affair, who they are is not."""

    def connection(admins: Any) -> Any:
        return {**CONNECTION, "attributes": {**CONNECTION["attributes"], kind: admins}}  # type: ignore[dict-item]

    found = overlay({"connection": written(connection(configured))}, {"connection": connection(remote)})
    assert connection(expected) == as_json(found["connection"])
    assert type(written({})) is type(found["connection"])


def test_empty_admins_that_the_service_leaves_out_stay() -> None:
    """The service returns no list if it is empty."""
    configured = {"connection": {"attributes": {"qualifiedName": "q", "adminGroups": []}}}
    assert configured == overlay(configured, {"connection": {"attributes": {"qualifiedName": "q"}}})
