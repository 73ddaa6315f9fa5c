"""The ways to give an app a credential, and the place of each parameter."""

from collections import Counter
from dataclasses import replace
from typing import Any

import pytest

from scripts.lib.app_facts import apps
from scripts.lib.app_facts.apps import App
from scripts.lib.app_facts.credentials import Parameter, Way, apart, ways, write_only
from scripts.lib.shared import hcl
from scripts.lib.shared.hcl import Expression

APPS = apps.load()
WAYS = tuple(way for app in APPS for way in ways(app))
WRITE_ONLY = {"password_wo", "extra_wo"}


def parameter(name: str, *, required: bool = True, secret: bool = False, boolean: bool = False) -> Parameter:
    return Parameter(name, required, secret, boolean)


MADE_UP = Way(
    app=replace(APPS[0], app_id="Some-app"),
    method="key_pair",
    input_field="api_credential_guid",
    auth_type="key-pair",
    connector_config_name="atlan-connectors-some",
    connector_type="some",
    username_from="email",
    password_from="key",
    extra_from={"keyPassword": "passphrase", "role": "role", "useTls": "tls"},
    parameters=(
        parameter("email"),
        parameter("key", secret=True),
        parameter("passphrase", required=False, secret=True),
        parameter("role", required=False),
        parameter("tls", required=False, boolean=True),
        parameter("host", required=False),
        parameter("port", required=False),
    ),
    host_default="some.example.com",
    port_default=443,
)
LEAST = {"email": "a@example.com", "key": "the key"}
FIXED = {
    "auth_type": "key-pair",
    "connector_config_name": "atlan-connectors-some",
    "connector_type": "some",
    "host": "some.example.com",
    "port": 443,
    "username": "a@example.com",
}
BARE = {"auth_type": "key-pair", "connector_config_name": "atlan-connectors-some"}


def app(app_id: str) -> App:
    return next(each for each in APPS if each.app_id == app_id)


def full(way: Way) -> dict[str, Any]:
    """Return a different value for every parameter of the way."""
    return {each.name: True if each.boolean else f"the {each.name}" for each in way.parameters}


def least(way: Way) -> dict[str, Any]:
    """Return a value for every required parameter of the way."""
    required = {each.name for each in way.parameters if each.required}
    return {name: value for name, value in full(way).items() if name in required}


def label(way: Way) -> str:
    return way.label


each_way = pytest.mark.parametrize("way", WAYS, ids=label)


def test_every_app_and_every_way_is_there_once() -> None:
    """There are 65 ways over the 38 apps, and no two share a label."""
    assert (38, 65) == (len(APPS), len(WAYS))
    assert 65 == len({way.label for way in WAYS})


@pytest.mark.parametrize(
    ("app_id", "methods"),
    [
        ("bigquery-crawler", ["service_account", "workload_identity_federation"]),
        ("atlan-dbt", ["api", "aws", "gcp", "azure"]),
        ("atlan-standard-lineage", []),
    ],
)
def test_an_app_has_its_ways_in_order(app_id: str, methods: list[str]) -> None:
    """Each way belongs to the app. An app that uses its connection's credential has none."""
    found = ways(app(app_id))
    assert methods == [way.method for way in found]
    assert {app_id} >= {way.app.app_id for way in found}


def test_a_way_is_read_whole() -> None:
    """Each fact is in its field: names, defaults, and the place and the kind of each parameter."""
    bigquery = app("bigquery-crawler")
    expected = Way(
        app=bigquery,
        method="service_account",
        input_field="credential_guid",
        auth_type="basic",
        connector_config_name="atlan-connectors-bigquery",
        connector_type="bigquery",
        username_from="email",
        password_from="service_account_json",
        extra_from={"project_id": "project_id", "connect_type": "connectivity"},
        parameters=(
            parameter("email"),
            parameter("service_account_json", secret=True),
            parameter("project_id"),
            parameter("connectivity", required=False),
            parameter("host", required=False),
            parameter("port", required=False),
        ),
        host_default="https://bigquery.googleapis.com",
        port_default=443,
    )
    assert expected == ways(bigquery)[0]


@pytest.mark.parametrize("missing", ["host_default", "port_default"])
def test_an_unknown_default_is_none(missing: str) -> None:
    """Without the key in the facts, the way has no default."""
    facts = [{key: value for key, value in fact.items() if key != missing} for fact in APPS[0].credentials]
    (first, *_) = ways(replace(APPS[0], credentials=tuple(facts)))
    assert None is getattr(first, missing)


def test_labels_are_names_in_the_cli() -> None:
    """A label is lower case without hyphens: the app's, then the method."""
    assert "some_app_key_pair" == MADE_UP.label
    for way in WAYS:
        assert way.label.isidentifier(), way.label
        assert way.label.islower(), way.label


def test_only_fields_with_a_different_name_are_stored_separately() -> None:
    """A workflow stores the credential of `credential_guid` itself. The four ways of dbt need a stored credential."""
    assert (True, False) == (
        MADE_UP.stored_separately,
        replace(MADE_UP, input_field="credential_guid").stored_separately,
    )
    assert {("atlan-dbt", "api_credential_guid"), ("atlan-dbt", "object_store_credential_guid")} == {
        (way.app.app_id, way.input_field) for way in WAYS if way.stored_separately
    }


def test_secrets_are_the_marked_parameters() -> None:
    """The names of the secret parameters are returned; without secret parameters there are none."""
    assert {"key", "passphrase"} == MADE_UP.secrets
    assert frozenset() == replace(MADE_UP, parameters=(parameter("email"),)).secrets


GIVEN = [
    pytest.param({}, {}, {}, id="what is required"),
    pytest.param({"role": "r"}, {}, {"role": "r"}, id="a setting"),
    pytest.param({"passphrase": "p"}, {}, {"keyPassword": "p"}, id="a secret setting"),
    pytest.param({"passphrase": "p", "role": "r"}, {}, {"keyPassword": "p", "role": "r"}, id="both"),
    pytest.param({"tls": True}, {}, {"useTls": "true"}, id="yes"),
    pytest.param({"tls": False}, {}, {"useTls": "false"}, id="no"),
    pytest.param({"tls": Expression("var.tls")}, {}, {"useTls": Expression("tostring(var.tls)")}, id="yes or no"),
    pytest.param({"tls": None, "role": None, "passphrase": None}, {}, {}, id="settings that are None"),
    pytest.param({"role": ""}, {}, {"role": ""}, id="an empty setting"),
    pytest.param({"host": "h", "port": 1}, {"host": "h", "port": 1}, {}, id="host and port"),
    pytest.param({"host": None, "port": None}, {}, {}, id="host and port that are None"),
    pytest.param({"host": ""}, {}, {}, id="an empty host"),
    pytest.param({"host": Expression("var.host")}, {"host": Expression("var.host")}, {}, id="an expression"),
]


@pytest.mark.parametrize(("given", "changed", "extra"), GIVEN)
def test_credential_wo_holds_what_is_given(
    given: dict[str, Any], changed: dict[str, Any], extra: dict[str, Any]
) -> None:
    """Each value is in its attribute or key, host and port have defaults, and missing values are left out."""
    expected = FIXED | {"password": "the key"} | changed | ({"extra": extra} if extra else {})
    assert expected == write_only(MADE_UP, LEAST | given)


@pytest.mark.parametrize(("given", "changed", "extra"), GIVEN)
def test_a_stored_credential_shows_no_secret(
    given: dict[str, Any], changed: dict[str, Any], extra: dict[str, Any]
) -> None:
    """The password and the secret keys of `extra` are write-only, of version 1. The other attributes are not."""
    secret = {key: value for key, value in extra.items() if key == "keyPassword"}
    shown = {key: value for key, value in extra.items() if key != "keyPassword"}
    expected = FIXED | {"password_wo": "the key", "secret_wo_version": 1, "extra": shown} | changed
    assert expected | ({"extra_wo": secret} if secret else {}) == apart(MADE_UP, LEAST | given)


@pytest.mark.parametrize(
    ("changed", "attributes"),
    [
        ({}, {}),
        ({"connector_type": "some"}, {"connector_type": "some"}),
        ({"username_from": "email"}, {"username": "a@example.com"}),
        ({"host_default": ""}, {}),
        ({"host_default": "h"}, {"host": "h"}),
        ({"port_default": 1}, {"port": 1}),
    ],
)
def test_what_a_way_does_not_have_is_left_out(changed: dict[str, Any], attributes: dict[str, Any]) -> None:
    """A way without user, password, kind, host and port results in none of them. An empty host counts as missing."""
    nothing = {"username_from", "password_from", "connector_type", "host_default", "port_default"}
    way = replace(MADE_UP, **(dict.fromkeys(nothing) | changed))
    assert BARE | attributes == write_only(way, LEAST)
    assert BARE | attributes | {"extra": {}, "secret_wo_version": 1} == apart(way, LEAST)


def test_a_user_or_password_that_is_not_given_is_left_out() -> None:
    """They are not required here: the service decides about a credential without them."""
    fixed = {name: value for name, value in FIXED.items() if name != "username"}
    assert fixed == write_only(MADE_UP, {})
    assert fixed | {"extra": {}, "secret_wo_version": 1} == apart(MADE_UP, {})


def test_the_password_is_write_only_though_it_is_not_marked() -> None:
    """The value of the password stays write-only, even if its parameter is not marked as secret."""
    way = replace(MADE_UP, parameters=())
    assert "the key" == apart(way, LEAST)["password_wo"]


def test_a_yes_or_no_by_reference_is_written_as_text() -> None:
    """The CLI converts the reference."""
    written = hcl.value(write_only(MADE_UP, LEAST | {"tls": Expression("var.tls")})["extra"])
    assert "{\n  useTls = tostring(var.tls)\n}" == written


@each_way
def test_every_parameter_has_one_place(way: Way) -> None:
    """Each parameter is the user, the password, host, port or one key of `extra`, and each of these is a parameter."""
    addresses = {"host", "port"} & {each.name for each in way.parameters}
    used = [way.username_from, way.password_from, *way.extra_from.values(), *addresses]
    assert Counter(each.name for each in way.parameters) == Counter(name for name in used if name is not None)


@each_way
def test_a_default_belongs_to_what_may_be_left_out(way: Way) -> None:
    """An optional host or port has a default. A host or port that is not a parameter has no default."""
    asked = {each.name: each.required for each in way.parameters}
    for name, default in (("host", way.host_default), ("port", way.port_default)):
        if name not in asked:
            assert default is None
        elif not asked[name]:
            assert default is not None


@each_way
def test_credential_wo_holds_every_parameter_where_the_way_says(way: Way) -> None:
    """With every parameter, user, password and `extra` have the values of the parameters that the way names."""
    given = full(way)
    extra = {key: "true" if given[name] is True else given[name] for key, name in way.extra_from.items()}
    expected = {
        "auth_type": way.auth_type,
        "connector_config_name": way.connector_config_name,
        "connector_type": way.connector_type,
        "username": given[way.username_from] if way.username_from else None,
        "password": given[way.password_from] if way.password_from else None,
        "host": given.get("host"),
        "port": given.get("port"),
        "extra": extra or None,
    }
    assert {name: value for name, value in expected.items() if value is not None} == write_only(way, given)


@each_way
def test_every_required_parameter_lands_somewhere(way: Way) -> None:
    """With only the required parameters, all other values are fixed values of the way and defaults."""
    given = least(way)
    written = write_only(way, given)
    values = [*(value for name, value in written.items() if name != "extra"), *written.get("extra", {}).values()]
    own = [way.auth_type, way.connector_config_name, way.connector_type]
    own += [default for default, name in ((way.host_default, "host"), (way.port_default, "port")) if name not in given]
    assert Counter(value for value in [*own, *given.values()] if value not in (None, "")) == Counter(values)


@each_way
def test_no_secret_parameter_is_shown(way: Way) -> None:
    """In a stored credential each secret is in a write-only attribute, and no other value of `extra` is."""
    given = full(way)
    secrets = {given[name] for name in way.secrets}
    written = apart(way, given)
    shown = [value for name, value in written.items() if name not in {*WRITE_ONLY, "extra"}]
    assert set() == secrets & {*shown, *written["extra"].values()}
    assert secrets == {*([written["password_wo"]] if way.password_from else []), *written.get("extra_wo", {}).values()}


@each_way
def test_a_stored_credential_contains_the_values_of_credential_wo(way: Way) -> None:
    """Both have the same values."""
    given = full(way)
    whole = write_only(way, given)
    written = apart(way, given)
    extra = written.pop("extra") | written.pop("extra_wo", {})
    assert 1 == written.pop("secret_wo_version")
    if "password_wo" in written:
        written["password"] = written.pop("password_wo")
    assert whole == written | ({"extra": extra} if extra else {})
