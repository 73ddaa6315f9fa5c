"""The plan of an update."""

from typing import Any

import pytest

from provider.framework import PlanContext, Unknown
from provider.resources.credential.resource import CredentialResource
from tests.support.credential_resource import STATE, context, messages


@pytest.mark.parametrize(
    ("changed", "secrets", "warned"),
    [
        ({"host"}, {}, False),
        ({"host"}, {"password_wo": None, "extra_wo": None}, True),
        ({"secret_wo_version"}, {"password_wo": Unknown, "extra_wo": None}, False),
        ({"test_before_store"}, {"password_wo": None, "extra_wo": None}, False),
    ],
)
def test_a_plan_warns_of_an_update_without_secrets(
    resource: CredentialResource, changed: set[str], secrets: dict[str, Any], warned: bool
) -> None:
    """Only if the plan sends something. An unknown value counts as a secret."""
    ctx = context(PlanContext, **secrets)
    ctx.changed = changed
    resource.plan(ctx, STATE, STATE)
    assert warned == ("No secret is configured" in messages(ctx))
