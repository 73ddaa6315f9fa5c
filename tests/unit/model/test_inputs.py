"""Inputs between configuration, state and the service."""

import json
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from provider.contracts.schema import Contract
from provider.framework import Unknown
from provider.model import inputs

CONNECTION = {
    "typeName": "Connection",
    "attributes": {"qualifiedName": "default/bigquery/1700000000", "connectorName": "bigquery", "name": "prod"},
}
STORED = {**CONNECTION, "attributes": {**CONNECTION["attributes"], "defaultCredentialGuid": "guid-1"}}  # type: ignore[dict-item]
CONTRACT = Contract(
    {
        "properties": {
            "text_only": {"type": "string", "default": "{}"},
            "object_only": {"type": "object", "default": {}},
            "either": {"type": ["object", "string"], "default": "{}"},
            "flag": {"type": "boolean", "default": False},
            "referred": {"$ref": "#/$defs/Text"},
        },
        "$defs": {"Text": {"type": "string", "default": "x"}},
    }
)


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        pytest.param("a", "a", True, id="same text"),
        pytest.param('{"a": [1]}', {"a": [1]}, True, id="JSON text and its object"),
        pytest.param('{"a": 1, "b": 2}', '{"b":2,"a":1.0}', True, id="keys reordered, 1 and 1.0"),
        pytest.param({"a": '{"b": 1}'}, {"a": {"b": 1}}, True, id="JSON text deeper inside"),
        pytest.param(Decimal(1) / 3, 1 / 3, True, id="more digits than a float holds"),
        pytest.param(1, True, False, id="1 is not true"),
        pytest.param(0, False, False, id="0 is not false"),
        pytest.param("1", 1, False, id="text is not a number"),
        pytest.param("{broken", "{broken", True, id="text that only looks like JSON"),
        pytest.param("[" * 100_000, [], False, id="text nested too deep to read"),
        pytest.param([1, 2], [2, 1], False, id="lists keep their order"),
        pytest.param(None, "", False, id="null is not empty"),
        pytest.param("[NaN]", "[NaN]", True, id="text that Python alone takes for JSON"),
        pytest.param(Decimal("0.1"), "0.1", False, id="a decimal is not text"),
    ],
)
def test_values_are_equal_when_they_mean_the_same_to_the_service(left: Any, right: Any, expected: bool) -> None:
    """JSON text equals what it holds, and numbers are compared as numbers."""
    assert expected == inputs.equal(left, right)
    assert expected == inputs.equal(right, left)


@pytest.mark.parametrize(
    ("configured", "remote", "expected"),
    [
        pytest.param({"a": 1}, {"a": 1, "b": 2}, {"a": 1}, id="what nobody configured is left out"),
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
        pytest.param({"a": "no"}, {"a": '{"x":  1}'}, {"a": '{"x":  1}'}, id="text that became JSON, as it stands"),
        pytest.param({"a": {"x": 1}}, {"a": '{"x": 2}'}, {"a": {"x": 2}}, id="an edit of an object is an object"),
        pytest.param({"a": {"x": 1}}, {"a": "[2]"}, {"a": [2]}, id="a list in the place of an object is a list"),
        pytest.param({"a": True}, {"a": "[2]"}, {"a": "[2]"}, id="text in the place of a flag stays text"),
        pytest.param({"a": None}, {"a": '{"x": 1}'}, {"a": '{"x": 1}'}, id="text in the place of null stays text"),
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
        pytest.param({"credential": {"a": 1}}, {"credential_guid": "g"}, {"credential": {"a": 1}}, id="vaulted"),
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
def test_a_read_lays_remote_values_over_the_configured_keys(
    configured: inputs.Inputs, remote: inputs.Inputs, expected: inputs.Inputs
) -> None:
    """Edits of configured keys are shown; what the service adds, hides or rewrites is not."""
    assert expected == inputs.overlay(configured, remote)


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
    found = inputs.overlay({"agent_json": {"host": "h"}}, {"agent_json": remote}, guarded={"agent_json"})
    assert {"agent_json": expected} == found


def test_objects_within_what_holds_a_secret_show_configured_keys_alone() -> None:
    """However deep the addition stands."""
    configured = {"a": {"b": {"x": 1}}}
    assert configured == inputs.overlay(configured, {"a": {"b": {"x": 1, "y": "secret"}}}, guarded={"a"})


def test_an_edited_connection_shows_the_edit_and_not_what_the_service_added() -> None:
    """A renamed connection is drift, its credential is not."""
    renamed = {**STORED, "attributes": {**STORED["attributes"], "name": "renamed"}}  # type: ignore[dict-item]
    found = inputs.overlay({"connection": CONNECTION}, {"connection": renamed})
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

    found = inputs.overlay({"connection": written(connection(configured))}, {"connection": connection(remote)})
    assert connection(expected) == inputs.as_json(found["connection"])
    assert type(written({})) is type(found["connection"])


def test_empty_admins_that_the_service_leaves_out_stay() -> None:
    """It tells nothing where there is nobody."""
    configured = {"connection": {"attributes": {"qualifiedName": "q", "adminGroups": []}}}
    assert configured == inputs.overlay(configured, {"connection": {"attributes": {"qualifiedName": "q"}}})


@pytest.mark.parametrize(
    ("configured", "before", "remote", "expected"),
    [
        pytest.param({"a": 1}, {"a": 0}, {"a": 0, "b": 2}, {"a": 1, "b": 2}, id="what somebody else set survives"),
        pytest.param({}, {"a": 1}, {"a": 1, "b": 2}, {"b": 2}, id="a key that left the configuration goes"),
        pytest.param(
            {"a": 1},
            {},
            {"user-id": 1, "user_id": 1, "workflow_id": 1, "correlation_id": 1},
            {"a": 1},
            id="runtime keys",
        ),
        pytest.param({"a": 1}, {}, {"credential_guid": "g"}, {"a": 1, "credential_guid": ""}, id="never a bare guid"),
        pytest.param(
            {"credential": {"p": 1}},
            {"credential": {"p": 1}},
            {"credential_guid": "g"},
            {"credential_guid": ""},
            id="a vaulted credential is not sent again",
        ),
        pytest.param(
            {"credential": {"p": 2}},
            {"credential": {"p": 1}},
            {"credential_guid": "g"},
            {"credential": {"p": 2}, "credential_guid": ""},
            id="a changed credential is",
        ),
        pytest.param({"text_only": {"a": 1}}, {}, {}, {"text_only": '{"a": 1}'}, id="object as JSON text"),
        pytest.param({}, {}, {"text_only": {"a": 1}}, {"text_only": '{"a": 1}'}, id="read back as object"),
        pytest.param({"object_only": '{"a": 1}'}, {}, {}, {"object_only": {"a": 1}}, id="JSON text as object"),
        pytest.param({"either": '{"a": 1}'}, {}, {}, {"either": '{"a": 1}'}, id="text where both are taken"),
        pytest.param({"either": {"a": 1}}, {}, {}, {"either": {"a": 1}}, id="object where both are taken"),
        pytest.param({"referred": {"a": 1}}, {}, {}, {"referred": '{"a": 1}'}, id="type behind a reference"),
    ],
)
def test_an_update_publishes_the_configuration_over_the_rest(
    configured: inputs.Inputs, before: inputs.Inputs, remote: inputs.Inputs, expected: inputs.Inputs
) -> None:
    """A full replace keeps what nobody here manages, keeps the credential, and speaks the contract's types."""
    assert expected == inputs.to_update(configured, before, remote, CONTRACT)


def test_an_update_names_the_connection_and_keeps_what_the_service_knows_of_it() -> None:
    """The qualified name, which a read leaves out, is sent again, and the connection keeps its credential."""
    sent = inputs.to_update({"connection": CONNECTION}, {}, {"connection": json.dumps(STORED)}, None)
    assert {"connection": STORED, "connection_qualified_name": "default/bigquery/1700000000"} == sent


def test_an_update_to_another_connection_takes_nothing_from_the_old_one() -> None:
    """Attributes of the old connection, its credential above all, must not travel to the new one."""
    other = {"typeName": "Connection", "attributes": {"qualifiedName": "default/bigquery/2", "name": "other"}}
    sent = inputs.to_update({"connection": other}, {}, {"connection": STORED}, None)
    assert other == sent["connection"]


@pytest.mark.parametrize(
    ("configured", "expected"),
    [
        ({"credential_guid": None}, {"credential_guid": ""}),
        ({"credential": {"p": 1}}, {"credential": {"p": 1}, "credential_guid": ""}),
        ({"credential_guid": "g", "credential": {}}, {"credential_guid": "g", "credential": {}}),
        ({"a": None}, {"a": None}),
    ],
)
def test_a_create_never_sends_a_null_guid(configured: inputs.Inputs, expected: inputs.Inputs) -> None:
    """The service refuses null for a guid and asks for an empty one beside a raw credential."""
    assert expected == inputs.to_create(configured, None)


@pytest.mark.parametrize("connection", [CONNECTION, json.dumps(CONNECTION)])
def test_a_configured_guid_rides_on_the_connection(connection: Any) -> None:
    """A bare guid at the top would rewrite the shared credential: it is sent where a read accepts it."""
    sent = inputs.to_create({"connection": connection, "credential_guid": "guid-1"}, None)
    assert {"connection": STORED, "credential_guid": ""} == sent
    configured = {"connection": connection, "credential_guid": "guid-1"}
    assert configured == inputs.overlay(configured, sent)


def test_an_import_leaves_out_what_nobody_would_configure() -> None:
    """Runtime ids, guids, the connection, nulls and defaults go; JSON text becomes an object."""
    remote = {
        **dict.fromkeys(inputs.RUNTIME_KEYS, "id"),
        "connection": json.dumps(CONNECTION),
        "object_only": {"kept": 1, "left_out": None},
        "credential_guid": "g",
        "flag": False,
        "text_only": {},
        "either": '{"^db$": ["^s$"]}',
        "agent_json": None,
        "other": 1,
    }
    expected = {"object_only": {"kept": 1}, "either": {"^db$": ["^s$"]}, "other": 1}
    assert expected == inputs.to_import(remote, CONTRACT)


@pytest.mark.parametrize(
    ("key", "contract", "expected"),
    [
        pytest.param("agent_json", None, True, id="an agent's"),
        pytest.param("token", None, False, id="no contract"),
        pytest.param("token", {"writeOnly": True}, True, id="write-only"),
        pytest.param("token", {"writeOnly": False, "format": "uri"}, False, id="not marked"),
        pytest.param("token", {"type": "string", "format": "password"}, True, id="a password"),
        pytest.param("token", {"anyOf": [{"type": "null"}, {"writeOnly": True}]}, True, id="in an alternative"),
        pytest.param("token", {"properties": {"a": {"items": {"format": "password"}}}}, True, id="deep inside"),
        pytest.param("token", {"$ref": "#/$defs/Loop"}, True, id="behind a reference that leads round"),
        pytest.param("token", {"$ref": "https://example.com/other"}, True, id="behind a reference that leads nowhere"),
        pytest.param("token", {"additionalProperties": True, "items": [{}, True]}, False, id="open inside"),
        pytest.param("other", {"writeOnly": True}, False, id="another input is"),
    ],
)
def test_what_may_hold_secrets_is_told_by_its_name_or_the_contract(key: str, contract: Any, expected: bool) -> None:
    """The agent's input always; the others by what the contract says of them or of anything in them."""
    loop = {"properties": {"next": {"$ref": "#/$defs/Loop"}, "key": {"writeOnly": True}}}
    schema = {"properties": {"token": contract, "other": {"type": "string"}}, "$defs": {"Loop": loop}}
    assert expected == inputs.is_secret(key, {}, Contract(schema) if contract else None)


@pytest.mark.parametrize(
    ("key", "value", "expected"),
    [
        ("api_token", "text", True),
        ("api_token", "", False),
        ("control_config", {"source": {"clientSecret": "text"}}, True),
        ("control_config", '{"sources": [{"private-key": "text"}]}', True),
        ("control_config", {"password_policy": {"length": 8}}, False),
        ("include_filter", {"^secret$": ["^token$"]}, False),
        ("extraction_method", "secret", False),
    ],
)
def test_a_text_under_a_name_that_tells_of_a_secret_is_one(key: str, value: Any, expected: bool) -> None:
    """Whatever the contract says; names of what is filtered are not meant."""
    assert expected == inputs.is_secret(key, value, None)


@pytest.mark.parametrize(
    ("configured", "write_only", "expected"),
    [
        pytest.param({"a": 1}, {"b": 2}, {"a": 1, "b": 2}, id="beside"),
        pytest.param(Unknown, {}, Unknown, id="nothing over what is unknown"),
        pytest.param({"a": Unknown}, {"a": {"b": 2}}, {"a": Unknown}, id="a key of what is unknown"),
        pytest.param({"a": Unknown}, {"a": 2}, {"a": 2}, id="in place of what is unknown"),
        pytest.param({"a": {"x": 1}}, {"a": {"y": 2}}, {"a": {"x": 1, "y": 2}}, id="deep"),
        pytest.param({"a": '{"x": 1}'}, {"a": {"y": 2}}, {"a": {"x": 1, "y": 2}}, id="into JSON text"),
        pytest.param({"a": [1, 2]}, {"a": [3]}, {"a": [3]}, id="lists replace whole"),
    ],
)
def test_write_only_inputs_are_laid_deep_over_the_others(configured: Any, write_only: Any, expected: Any) -> None:
    """Objects merge key by key, and what is no object is replaced."""
    assert expected == inputs.merged(configured, write_only)


@pytest.mark.parametrize(
    ("published", "expected"),
    [
        pytest.param({"a": {"x": 1, "y": 2}, "b": 3}, {"a": {"x": 1}, "b": 3}, id="a leaf"),
        pytest.param({"a": '{"x": 1, "y": 2}'}, {"a": {"x": 1}}, id="a leaf in JSON text"),
        pytest.param({"a": {"y": 2}}, {}, id="an object that is empty for it"),
        pytest.param({"a": "text"}, {"a": "text"}, id="nothing of it there"),
    ],
)
def test_a_read_strips_the_paths_of_write_only_inputs(published: Any, expected: Any) -> None:
    """What was published from a write-only attribute never comes back into state."""
    assert [["a", "y"]] == inputs.leaves({"a": {"y": "secret"}})
    assert expected == inputs.without(published, [["a", "y"]])


@pytest.mark.parametrize(
    ("configured", "write_only", "expected"),
    [
        ({"a": {"x": 1}}, {"a": {"y": 2}}, []),
        ({"a": {"x": 1}}, {"a": {"x": 2}}, [["a", "x"]]),
        ({"a": 1}, {"a": {"x": 2}}, [["a"]]),
        ({"a": '{"x": 1}'}, {"a": {"x": 2}}, [["a", "x"]]),
        (Unknown, {"a": 1}, []),
        (None, {"a": 1}, []),
    ],
)
def test_a_leaf_in_both_is_found(configured: Any, write_only: Any, expected: Any) -> None:
    """One of the two would silently win."""
    assert expected == inputs.in_both(configured, write_only)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ({"a": [1]}, '{"a": [1]}'),
        ({"a": [Unknown]}, Unknown),
        ({"a": Decimal(1) / 3}, {"a": Decimal(1) / 3}),
        ("{}", "{}"),
    ],
)
def test_an_object_that_json_text_cannot_carry_stays_one(value: Any, expected: Any) -> None:
    """Text where the contract takes text alone; unknown where it holds what is; the rest is left to the check."""
    contract = Contract({"properties": {"x": {"type": "string"}}})
    assert {"x": expected} == inputs.as_contract_wants({"x": value}, contract)
