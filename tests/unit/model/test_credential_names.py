"""Names of stored credentials."""

from __future__ import annotations

from typing import Any

import pytest

from provider.framework import Unknown
from provider.model.credential_names import generated_name_of, is_stored_as, named, new_token, with_suffix

TOKEN = "0123456789abcdef"


def test_a_token_has_64_random_bits() -> None:
    """As 16 hexadecimal digits, and no two are equal."""
    tokens = {new_token() for _ in range(1000)}
    assert 1000 == len(tokens)
    assert {16} == {len(token) for token in tokens}


def test_a_generated_name_contains_the_connector() -> None:
    """The prefix of the configuration's name is left out, and other names are used whole."""
    names = [generated_name_of(name)[:-18] for name in ("atlan-connectors-glue", "csa-connectors-objectstore")]
    assert ["default-glue-", "default-csa-connectors-objectstore-"] == [name[: name.rindex("-") + 1] for name in names]


@pytest.mark.parametrize(
    ("name", "stored_name", "expected"),
    [
        ("shared", "shared", True),
        ("shared", with_suffix("shared", TOKEN), True),
        ("shared", "shared-by-all", False),
        ("shared", f"shared-{TOKEN}0", False),
        ("shared", f"shared{TOKEN}", False),
        ("shared", "other", False),
        ("a.c", "abc", False),
        ("", f"-{TOKEN}", False),
        (None, "shared", False),
        (Unknown, "shared", False),
        ("shared", None, False),
    ],
)
def test_only_the_form_of_a_suffix_is_the_same_name(name: Any, stored_name: str | None, expected: bool) -> None:
    """Any other name was set outside Terraform."""
    assert expected is is_stored_as(name, stored_name)


@pytest.mark.parametrize(
    ("credential", "token", "stored_again", "expected"),
    [
        pytest.param({"a": 1}, TOKEN, False, {"a": 1, "name": f"default-glue-{TOKEN}-0"}, id="generated"),
        pytest.param({"name": ""}, TOKEN, False, {"name": f"default-glue-{TOKEN}-0"}, id="empty"),
        pytest.param({"a": 1}, Unknown, False, {"a": 1, "name": Unknown}, id="generated, in a plan"),
        pytest.param({"name": "n"}, TOKEN, False, {"name": "n"}, id="configured"),
        pytest.param({"name": "n"}, Unknown, False, {"name": "n"}, id="configured, in a plan"),
        pytest.param({"name": "n"}, TOKEN, True, {"name": f"n-{TOKEN}"}, id="again"),
        pytest.param({"name": "n"}, Unknown, True, {"name": Unknown}, id="again, in a plan"),
        pytest.param({"name": Unknown}, TOKEN, True, {"name": Unknown}, id="unknown"),
        pytest.param('{"name": "n"}', TOKEN, True, f'{{"name": "n-{TOKEN}"}}', id="JSON text"),
        pytest.param('{"name": "n"}', Unknown, True, Unknown, id="JSON text, in a plan"),
        pytest.param("text", TOKEN, True, "text", id="no object"),
        pytest.param(None, TOKEN, True, None, id="none"),
        pytest.param(Unknown, TOKEN, True, Unknown, id="unknown as a whole"),
    ],
)
def test_a_credential_gets_the_name_under_which_it_is_stored(
    credential: Any, token: Any, stored_again: bool, expected: Any
) -> None:
    """In the form in which it is written. A plan knows only a configured name that is stored the first time."""
    assert expected == named(credential, "glue", token, stored_again=stored_again)


def test_an_unknown_connector_leaves_a_generated_name_unknown() -> None:
    """The connector may depend on another resource."""
    assert {"authType": "basic", "name": Unknown} == named({"authType": "basic"}, Unknown, TOKEN, stored_again=False)


def test_a_credential_without_a_connector_gets_a_name() -> None:
    """The name says that it belongs to an app. An empty credential is not named."""
    expected = {"authType": "basic", "name": f"default-app-{TOKEN}-0"}
    assert expected == named({"authType": "basic"}, None, TOKEN, stored_again=False)
    assert {} == named({}, "glue", TOKEN, stored_again=False)
