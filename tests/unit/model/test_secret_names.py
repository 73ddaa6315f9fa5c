"""Names of secrets, and the values under them at any depth."""

from __future__ import annotations

import json
from typing import Any

import pytest

from provider.model.known_apps import known_apps
from provider.model.secret_names import contains_secret, is_secret_name
from scripts.lib.app_facts import apps

SECRET = [
    *("password", "PASSWORD", "passWord", "pass", "pwd", "db_pwd", "passphrase", "passwd", "dbpassword"),
    *("secret", "client-secret", "clientSecret", "secrets", "token", "accessToken", "token_value", "jwt", "jwtToken"),
    *("sas", "sas_value", "SASToken", "authorization", "credentials", "google-credentials", "keytab_file"),
    *("api_key", "APIKey", "apikey", "private-key", "privateKey", "encryption_key", "accountKey", "secretAccessKey"),
]
OTHER = [
    *("bypass", "bypass_cache", "compass", "passenger", "passed", "tokenizer", "sasl_mechanism", "secretary"),
    *("credential_guid", "credentialGuid", "credential_guids", "object_store_credential_guid", "token_url"),
    *("token_endpoint", "secret_name", "password_policy", "auth_type", "authenticator", "key", "primary_key"),
    *("extra_keys", "keypair", "workspace_credential_overrides", "^secret$", "my secret", "", "-"),
]
VALUES = {
    "a text": ({"token": "x"}, True),
    "a number": ({"pwd": 1234}, True),
    "a list": ({"token": ["x"]}, True),
    "an object": ({"secret": {"a": "x"}}, True),
    "in a list": ([{"a": [{"password": "x"}]}], True),
    "in JSON text": ('{"a": [{"password": "x"}]}', True),
    "in JSON text in JSON text": (json.dumps({"a": json.dumps({"b": {"jwt": "x"}})}), True),
    "nothing": ({"token": None, "secret": "", "password": [], "pwd": {}}, False),
    "a switch": ({"token": True, "secret": False}, False),
    "a policy": ({"password_policy": {"length": 8}}, False),
    "a filter": ({"^secret$": ["^token$"]}, False),
    "a text that is not JSON": ('{"token": ', False),
}


@pytest.mark.parametrize("name", SECRET)
def test_the_name_of_a_secret_contains_its_word(name: str) -> None:
    """In any style of writing."""
    assert is_secret_name(name)


@pytest.mark.parametrize("name", OTHER)
def test_a_part_of_a_word_or_a_name_about_a_secret_is_not_one(name: str) -> None:
    """The guid of a credential is not the credential."""
    assert not is_secret_name(name)


@pytest.mark.parametrize(("value", "expected"), VALUES.values(), ids=VALUES)
def test_a_value_under_the_name_of_a_secret_is_found_at_any_depth(value: Any, expected: bool) -> None:
    """Whatever its type, except a switch and what is empty."""
    assert expected == contains_secret(value)


def test_no_input_of_a_known_app_has_the_name_of_a_secret() -> None:
    """An import would leave it out, and the plan would show it as new."""
    hits = [
        (app.app_id, each.name) for app in apps.load() for each in app.inputs if contains_secret("value", each.name)
    ]
    hidden = [
        (app.app_id, name) for app in apps.load() for name, value in app.hidden.items() if contains_secret(value, name)
    ]
    assert ([], []) == (hits, hidden)
    assert 38 == len({app.app_id for app in apps.load()}) == len(known_apps())
