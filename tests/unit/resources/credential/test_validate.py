"""Checks of a configuration."""

from typing import Any

import pytest

from provider.framework import Unknown
from provider.resources.credential.resource import CredentialResource
from tests.support.config_checks import findings
from tests.support.credential_resource import CANARY, NAMED


@pytest.mark.parametrize(
    ("config", "expected"),
    [
        ({}, []),
        ({"name": Unknown, "port": Unknown, "extra": Unknown, "extra_wo": Unknown}, []),
        ({"extra": {"a": 1}, "extra_wo": {"b": 1}, "port": 443}, []),
        ({"name": "", "auth_type": ""}, ["name is empty", "auth_type is empty"]),
        ({"port": 70000}, ["port is not valid"]),
        ({"port": 1.5}, ["port is not valid"]),
        ({"port": -1}, ["port is not valid"]),
        ({"extra": "text"}, ["extra is not an object"]),
        ({"extra_wo": CANARY}, ["extra_wo is not an object"]),
        ({"extra": {"a": 1, "b": 2}, "extra_wo": {"a": CANARY}}, ["a is in extra and in extra_wo"]),
    ],
)
def test_validate_reports_what_cannot_be_sent(
    resource: CredentialResource, config: dict[str, Any], expected: list[str]
) -> None:
    """Without a request, and without a secret value in a message."""
    found = findings(resource, NAMED | config)
    assert expected == [each.summary for each in found]
    assert not any(CANARY in f"{each.summary}{each.detail}" for each in found)
