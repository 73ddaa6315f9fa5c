"""The inputs that a publish sends: the same for the check of a plan and for the request of an apply."""

import json
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provider.contracts.schema import Contract
from provider.framework import Unknown, UserError
from provider.model.inputs import Inputs
from provider.model.overlay import overlay
from provider.model.payload import Stored, to_publish
from provider.model.published import Published
from tests.support.published_attributes import ATTRIBUTES

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
            "text_or_list": {"anyOf": [{"type": "string"}, {"type": "array"}], "default": "{}"},
            "flag": {"type": "boolean", "default": False},
            "referred": {"$ref": "#/$defs/Text"},
        },
        "$defs": {"Text": {"type": "string", "default": "x"}},
    }
)


def publish(inputs: Inputs, stored: Stored, contract: Contract | None) -> Inputs | None:
    """Return the inputs that are sent for a configuration with inputs only."""
    configured: Published = {**ATTRIBUTES, "inputs": inputs}
    payload = to_publish(configured, configured, stored, contract, sends_credential=False, token="0")
    return payload.inputs if payload else None


def create(inputs: Inputs, contract: Contract | None) -> Inputs | None:
    return publish(inputs, Stored(connection={}), contract)


def update(inputs: Inputs, before: Inputs, remote: Inputs, contract: Contract | None) -> Inputs | None:
    return publish(inputs, Stored({}, remote, before), contract)


@pytest.mark.parametrize(
    ("configured", "before", "remote", "expected"),
    [
        pytest.param({"a": 1}, {"a": 0}, {"a": 0, "b": 2}, {"a": 1, "b": 2}, id="inputs that others set stay"),
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
            id="a stored credential is not sent again",
        ),
        pytest.param(
            {"credential": {"p": 2}},
            {"credential": {"p": 1}},
            {"credential_guid": "g"},
            {"credential": {"p": 2, "name": "default-app-0-0"}, "credential_guid": ""},
            id="a changed credential is",
        ),
        pytest.param({"text_only": {"a": 1}}, {}, {}, {"text_only": '{"a": 1}'}, id="object as JSON text"),
        pytest.param({}, {}, {"text_only": {"a": 1}}, {"text_only": '{"a": 1}'}, id="read back as object"),
        pytest.param({"object_only": '{"a": 1}'}, {}, {}, {"object_only": {"a": 1}}, id="JSON text as object"),
        pytest.param({"either": '{"a": 1}'}, {}, {}, {"either": '{"a": 1}'}, id="text where both are taken"),
        pytest.param({"either": {"a": 1}}, {}, {}, {"either": {"a": 1}}, id="object where both are taken"),
        pytest.param(
            {"text_or_list": {"a": 1}}, {}, {}, {"text_or_list": '{"a": 1}'}, id="object as text, not as list"
        ),
        pytest.param({"text_or_list": ["a"]}, {}, {}, {"text_or_list": ["a"]}, id="list where a list is taken"),
        pytest.param({"text_or_list": '["a"]'}, {}, {}, {"text_or_list": '["a"]'}, id="text where a list is taken"),
        pytest.param({}, {}, {"text_or_list": {"a": 1}}, {"text_or_list": '{"a": 1}'}, id="read back, as text again"),
        pytest.param({"either": ["a"]}, {}, {}, {"either": '["a"]'}, id="list as text, not as object"),
        pytest.param({"referred": {"a": 1}}, {}, {}, {"referred": '{"a": 1}'}, id="type behind a reference"),
    ],
)
def test_an_update_publishes_the_configuration_over_the_rest(
    configured: Inputs, before: Inputs, remote: Inputs, expected: Inputs
) -> None:
    """A full replace keeps the inputs that others manage and the credential, and sends the contract's types."""
    assert expected == update(configured, before, remote, CONTRACT)


FILTER: Inputs = {"^db$": ["^a$"]}
FILTER_TEXT = '{"^db$": ["^a$"]}'
FILTERS_CONTRACT = Contract(
    {
        "properties": {
            "include_filter": {"type": ["object", "string"]},
            "exclude_filter": {"anyOf": [{"type": "string"}, {"type": "array"}]},
            "other": {"type": ["object", "string"]},
        }
    }
)


@pytest.mark.parametrize(
    ("app_id", "value", "expected"),
    [
        pytest.param("bigquery-crawler", FILTER, FILTER_TEXT, id="anchored"),
        pytest.param("bigquery-crawler", FILTER_TEXT, FILTER_TEXT, id="anchored, JSON text already"),
        pytest.param("bigquery-crawler", {}, "{}", id="anchored, empty"),
        pytest.param("bigquery-crawler", {"^db$": [Unknown]}, Unknown, id="anchored, unknown"),
        pytest.param(
            "bigquery-crawler",
            {"^db$": [Decimal("1.000000000000000000001")]},
            {"^db$": [Decimal("1.000000000000000000001")]},
            id="no JSON text",
        ),
        pytest.param("atlan-glue", FILTER, FILTER_TEXT, id="nested"),
        pytest.param("atlan-dbt", FILTER, FILTER_TEXT, id="projects"),
        pytest.param("databricks-crawler", FILTER, FILTER, id="lists"),
        pytest.param("databricks-crawler", FILTER_TEXT, FILTER_TEXT, id="lists, a text as given"),
        pytest.param("snowflake-crawler", FILTER, FILTER, id="as given"),
        pytest.param("example-app", FILTER, FILTER, id="another app"),
        pytest.param(Unknown, FILTER, FILTER, id="an unknown app"),
    ],
)
def test_a_filter_is_sent_as_the_vendors_builder_sends_it(app_id: Any, value: Any, expected: Any) -> None:
    """Where the contract accepts an object and a text. Other inputs stay as they are."""
    configured: Published = {**ATTRIBUTES, "app_id": app_id, "inputs": {"include_filter": value, "other": value}}
    payload = to_publish(configured, configured, Stored(), FILTERS_CONTRACT, sends_credential=False)
    assert payload is not None
    assert {"include_filter": expected, "other": value} == payload.inputs


def test_a_filter_that_a_read_returned_as_an_object_is_sent_as_text_again() -> None:
    """The service returns JSON text as objects."""
    configured: Published = {**ATTRIBUTES, "app_id": "bigquery-crawler", "inputs": {"other": "x"}}
    stored = Stored({}, {"include_filter": FILTER}, {})
    payload = to_publish(configured, configured, stored, FILTERS_CONTRACT, sends_credential=False)
    assert payload is not None
    assert {"include_filter": FILTER_TEXT, "other": "x"} == payload.inputs


@pytest.mark.parametrize(
    ("properties", "expected"),
    [({"type": "object"}, FILTER), ({"type": ["object", "string"], "enum": [{}]}, FILTER), ({}, FILTER)],
)
def test_a_filter_is_an_object_where_the_contract_accepts_no_free_text(properties: Any, expected: Any) -> None:
    """Also a filter that the app reads as JSON text."""
    configured: Published = {**ATTRIBUTES, "app_id": "bigquery-crawler", "inputs": {"include_filter": FILTER}}
    contract = Contract({"properties": {"include_filter": properties}})
    payload = to_publish(configured, configured, Stored(), contract, sends_credential=False)
    assert payload is not None
    assert expected == payload.inputs["include_filter"]


@pytest.mark.parametrize("app_id", ["bigquery-crawler", "databricks-crawler"])
def test_the_payload_names_what_it_encodes(app_id: str) -> None:
    """A list in an input that takes a list, and a text, are not encoded."""
    inputs: Inputs = {"include_filter": {}, "exclude_filter": ["a"], "other": ["a"], "text": "[0]"}
    configured: Published = {**ATTRIBUTES, "app_id": app_id, "inputs": inputs}
    payload = to_publish(configured, configured, Stored(), FILTERS_CONTRACT, sends_credential=False)
    assert payload is not None
    assert {"other"} | ({"include_filter"} if app_id == "bigquery-crawler" else set()) == payload.encoded


def test_inputs_that_the_plan_leaves_out_are_not_sent() -> None:
    """Their names are those of the service, in any Unicode form, also beside another name that looks the same."""
    stored = {"n\u0303": 1, "\u00f1": 2, "o\u0308": 3, "a": 4}
    left_out = frozenset({"n\u0303", "\u00f1"})
    sent = publish({"a": 5}, Stored({}, stored, left_out=left_out), None)
    assert {"o\u0308": 3, "a": 5} == sent


def test_an_update_names_the_connection_and_keeps_what_the_service_knows_of_it() -> None:
    """The qualified name, which a read leaves out, is sent again, and the connection keeps its credential."""
    sent = update({"connection": CONNECTION}, {}, {"connection": json.dumps(STORED)}, None)
    assert {"connection": STORED, "connection_qualified_name": "default/bigquery/1700000000"} == sent


def test_an_update_to_another_connection_takes_nothing_from_the_old_one() -> None:
    """Attributes of the old connection, its credential above all, must not be sent with the new one."""
    other = {"typeName": "Connection", "attributes": {"qualifiedName": "default/bigquery/2", "name": "other"}}
    sent = update({"connection": other}, {}, {"connection": STORED}, None)
    assert other == sent["connection"]


@pytest.mark.parametrize(
    ("configured", "expected"),
    [
        ({"credential_guid": None}, {}),
        ({"credential": {"p": 1, "name": "n"}}, {"credential": {"p": 1, "name": "n"}, "credential_guid": ""}),
        ({"credential_guid": "g", "credential": {}}, {"credential_guid": "g", "credential": {}}),
        ({"a": None}, {}),
    ],
)
def test_a_create_never_sends_a_null_guid(configured: Inputs, expected: Inputs) -> None:
    """The service refuses null for a guid and asks for an empty one beside a raw credential."""
    assert expected == create(configured, None)


@pytest.mark.parametrize("connection", [CONNECTION, json.dumps(CONNECTION)])
def test_a_configured_guid_is_sent_in_the_connection(connection: Any) -> None:
    """A bare guid at the top would rewrite the shared credential: it is sent where a read accepts it."""
    sent = create({"connection": connection, "credential_guid": "guid-1"}, None)
    assert {"connection": STORED, "credential_guid": ""} == sent
    configured = {"connection": connection, "credential_guid": "guid-1"}
    assert configured == overlay(configured, sent)


@pytest.mark.parametrize("inputs", ["inputs", "inputs_wo"])
def test_null_in_a_list_is_an_error_on_the_input(inputs: str) -> None:
    """Also if it is first known in the apply."""
    configured: Any = {**ATTRIBUTES, "inputs": {}, inputs: {"a": {"b": [[None]]}}}
    with pytest.raises(UserError, match=f"{inputs}.a contains null in a list") as raised:
        to_publish(configured, configured, Stored(), None, sends_credential=False)
    assert [inputs, ("a",)] == raised.value.finding.path


@pytest.mark.parametrize(
    ("configured", "managed", "expected"),
    [
        pytest.param({}, {}, {"name": "n", "rowLimit": 1}, id="set elsewhere"),
        pytest.param({"rowLimit": 2}, {"rowLimit": 1}, {"name": "n", "rowLimit": 2}, id="changed"),
        pytest.param({"rowLimit": None}, {"rowLimit": 1}, {"name": "n"}, id="became null"),
        pytest.param({}, {"rowLimit": 1, "name": "n"}, {"name": "n"}, id="left, but the name stays"),
    ],
)
def test_an_attribute_of_a_raw_connection_that_left_the_configuration_is_removed(
    configured: Any, managed: Any, expected: Any
) -> None:
    """The name stays, because a run without a name renames the connection."""
    named = {"qualifiedName": "default/bigquery/1"}
    sent = update(
        {"connection": {"attributes": {**named, **configured}}},
        {"connection": {"attributes": {**named, **managed}}},
        {"connection": {"attributes": {**named, "name": "n", "rowLimit": 1}}},
        None,
    )
    assert sent is not None
    assert {"attributes": {**named, **expected}} == sent["connection"]


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
    """Text if the contract takes only text, Unknown if anything in it is. The check reports the rest."""
    contract = Contract({"properties": {"x": {"type": "string"}}})
    assert {"x": expected} == create({"x": value}, contract)


def agrees(planned: Any, sent: Any) -> bool:
    """Return True if the apply sends all that is known in the plan. Unknown equals any value, and no value."""
    if planned is Unknown:
        return True
    if isinstance(planned, dict) and isinstance(sent, dict):
        missing = [key for key in planned.keys() - sent.keys() if planned[key] is not Unknown]
        return not missing and all(key in planned and agrees(planned[key], sent[key]) for key in sent)
    if isinstance(planned, list) and isinstance(sent, list):
        return len(planned) == len(sent) and all(map(agrees, planned, sent))
    return bool(planned == sent)


LEAVES = st.none() | st.booleans() | st.integers() | st.sampled_from(['{"a": 1}', "[1]", "", "x"])
VALUES = st.recursive(
    LEAVES,
    lambda inner: (
        st.lists(inner.filter(lambda item: item is not None), max_size=2)
        | st.dictionaries(st.sampled_from("abc"), inner, max_size=3)
    ),
    max_leaves=5,
)
NAMES = ["text_only", "object_only", "either", "flag", "other", "connection", "credential", "credential_guid"]
OBJECTS = st.dictionaries(st.sampled_from(NAMES), VALUES, max_size=4)
CONNECTIONS = st.none() | st.fixed_dictionaries(
    {
        "name": st.sampled_from(["a", None]),
        "qualified_name": st.sampled_from(["default/bigquery/1700000000", "default/bigquery/2"]),
        "connector_name": st.just("bigquery"),
        "admin_users": st.sampled_from([["a"], [], None]),
        "admin_groups": st.none(),
        "admin_roles": st.none(),
    }
)
CONFIGURED = st.fixed_dictionaries(
    {
        "app_id": st.just("bigquery-crawler"),
        "inputs": st.none() | OBJECTS,
        "inputs_wo": st.none() | OBJECTS,
        "asset_connection": CONNECTIONS,
        "credential_wo": st.none() | st.just({"auth_type": "basic", "password": "p"}),
        "credential_guid": st.none() | st.just("guid-2"),
    }
)


def unknown_in(value: Any, choose: Callable[[], bool]) -> Any:
    """The value with some of what is in it unknown, as in a plan that depends on another resource."""
    if choose():
        return Unknown
    if isinstance(value, dict):
        return {key: unknown_in(item, choose) for key, item in value.items()}
    return [unknown_in(item, choose) for item in value] if isinstance(value, list) else value


@given(CONFIGURED, OBJECTS, OBJECTS, st.booleans(), st.randoms(use_true_random=False))
def test_what_a_plan_knows_of_the_payload_is_what_the_apply_sends(
    configured: Any, remote: Any, managed: Any, rotates: bool, random: Any
) -> None:
    """Whatever is unknown in the plan: values, the stored connection, the random bits of a name."""
    attributes = {"qualifiedName": "default/bigquery/1700000000", "name": "stored"}
    for inputs in (None, remote):
        sent = to_publish(
            configured, configured, Stored(attributes, inputs, managed), CONTRACT, sends_credential=rotates, token="0"
        )
        planned = {
            **configured,
            "inputs": unknown_in(configured["inputs"], lambda: random.random() < 0.1),
            "asset_connection": configured["asset_connection"]
            and {
                key: unknown_in(value, lambda: random.random() < 0.3) if key != "qualified_name" else value
                for key, value in configured["asset_connection"].items()
            },
        }
        known = to_publish(planned, planned, Stored(Unknown, inputs, managed), CONTRACT, sends_credential=rotates)
        assert known is None or (sent is not None and agrees(known.inputs, sent.inputs)), (known, sent)


@pytest.mark.parametrize(
    ("attributes", "properties", "checked"),
    [
        pytest.param({}, {}, [], id="no contract declares what the publish adds"),
        pytest.param({}, {"credential": {}}, ["credential"], id="a declared credential"),
        pytest.param({}, {"credential_guid": {}}, [], id="a declared guid, which the publish sets"),
        pytest.param({"inputs": {"credential_guid": "g"}}, {}, ["credential_guid"], id="a configured guid"),
        pytest.param({"inputs_wo": {"credential_guid": "g"}}, {}, ["credential_guid"], id="a write-only guid"),
    ],
)
def test_a_plan_does_not_check_what_only_the_publish_adds(attributes: Any, properties: Any, checked: list[str]) -> None:
    """All names count as present, also the qualified name, which the service adds."""
    configured: Published = {**ATTRIBUTES, "credential_wo": {"password": "p"}, "credential_guid": "guid-1"}
    configured = {**configured, **attributes}
    payload = to_publish(configured, configured, Stored(), Contract({"properties": properties}), sends_credential=True)
    assert payload is not None
    assert {"credential": {"name": Unknown, "password": "p"}, "credential_guid": "guid-1"} == payload.inputs
    assert checked == [*payload.checked]
    assert {"credential", "credential_guid", "connection_qualified_name"} == payload.present


def test_a_guid_of_a_wrong_type_is_unchanged() -> None:
    """The check of the plan reports it on its line."""
    assert {"connection": CONNECTION, "credential_guid": 3.5} == create(
        {"connection": CONNECTION, "credential_guid": 3.5}, None
    )


@pytest.mark.parametrize(
    ("connection", "expected"),
    [
        (CONNECTION, {**CONNECTION, "attributes": {**CONNECTION["attributes"], "defaultCredentialGuid": Unknown}}),  # type: ignore[dict-item]
        ({"typeName": "Connection"}, Unknown),
        (json.dumps(CONNECTION), Unknown),
    ],
)
def test_an_unknown_guid_leaves_the_connection_unknown(connection: Any, expected: Any) -> None:
    """The guid may turn out to be empty or to have a wrong type. Then the connection is sent as it is configured."""
    configured = {"connection": connection, "credential_guid": Unknown}
    assert {"connection": expected, "credential_guid": Unknown} == create(configured, None)
