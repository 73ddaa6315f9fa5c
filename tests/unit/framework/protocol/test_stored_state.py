"""Stored states as JSON."""

from types import SimpleNamespace
from typing import Any

import pytest

from provider.framework import STRING, Attribute, Schema, UserError
from provider.framework.protocol.codec import DecodeError
from provider.framework.protocol.stored_state import stored, upgrade

SCHEMA = Schema([Attribute("name", STRING, optional=True, description="")], description="", version=2)


def raw(text: bytes, **flatmap: str) -> Any:
    return SimpleNamespace(json=text, flatmap=flatmap)


def test_a_stored_state_has_its_numbers_as_text() -> None:
    """No digit is lost, however long a number is."""
    assert {"a": "1.10", "b": ["9" * 5000]} == stored(raw(b'{"a": 1.10, "b": [%s]}' % (b"9" * 5000)))


def test_an_upgrade_without_upgraders_returns_the_bytes() -> None:
    """A state with known attributes only is unchanged, whatever its version is."""
    text = b'{ "name" : "a" }'
    assert [text] * 3 == [upgrade(SCHEMA, raw(text), version, {}, "a_thing") for version in (0, 1, 2)]


def test_an_upgrader_of_the_current_version_is_not_called() -> None:
    """Upgraders lead to the current version, not beyond it."""
    upgraders = {2: lambda state: state | {"name": "wrong"}}
    assert b'{"name":"a"}' == upgrade(SCHEMA, raw(b'{"name":"a"}'), 2, upgraders, "a_thing")


def test_a_newer_state_is_an_error_for_the_user() -> None:
    """The message names both versions."""
    with pytest.raises(UserError) as raised:
        upgrade(SCHEMA, raw(b"{}"), 3, {}, "a_thing")
    assert "schema version 3, and this provider knows versions up to 2" in raised.value.detail


def test_a_state_of_terraform_0_11_is_refused() -> None:
    """Such a state has no JSON."""
    with pytest.raises(DecodeError, match=r"Terraform 0\.11"):
        upgrade(SCHEMA, raw(b"", name="a"), 0, {}, "a_thing")
