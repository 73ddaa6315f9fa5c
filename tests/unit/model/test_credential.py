"""A credential's body, and what is secret in it."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from provider.framework import redaction
from provider.framework.redaction import redact, register
from provider.model.credential import secrets_in_inputs


@pytest.fixture(autouse=True)
def _nothing_registered(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only the secrets of this test are redacted."""
    monkeypatch.setattr(redaction, "_registrations", set())


@pytest.mark.parametrize("written", [dict, json.dumps])
@pytest.mark.parametrize("host", ["host", "connectorConfigName"])
def test_the_secrets_of_a_credential_are_its_password_and_extra(written: Callable[[Any], Any], host: str) -> None:
    """Where it signs in and as whom stays readable, or no message could be understood."""
    credential = {host: "service", "username": "crawler", "password": "hunter2", "extra": {"key": "private"}}
    with register(*secrets_in_inputs({"credential": written(credential)})):
        assert "service crawler *** ***" == redact("service crawler hunter2 private")


def test_a_value_that_is_not_a_credential_is_all_secret() -> None:
    """A value of another shape is secret as a whole."""
    with register(*secrets_in_inputs({"credential": ["hunter2"]})):
        assert "***" == redact("hunter2")


@pytest.mark.parametrize("inputs", [None, {}, "text", {"credential": None}, {"other": "hunter2"}], ids=str)
def test_inputs_without_a_credential_contain_no_secret(inputs: Any) -> None:
    """Other inputs are shown in messages about them."""
    assert [] == [*secrets_in_inputs(inputs)]
