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


@pytest.mark.parametrize(
    ("given", "current", "private", "expected"),
    [
        pytest.param({}, {}, {}, None, id="nothing is hidden"),
        pytest.param({}, {}, {"hidden_extra_keys": ["private_key", "role"]}, "role", id="one is not configured"),
        pytest.param({"extra": {"role": "r"}}, {}, {"hidden_extra_keys": ["role"]}, None, id="configured"),
        pytest.param({}, {"extra": {"role": "r"}}, {"hidden_extra_keys": ["role"]}, None, id="removed from extra"),
        pytest.param(
            {}, {}, {"hidden_extra_keys": ["role"], "extra_wo_keys": ["role"]}, None, id="removed from extra_wo"
        ),
        pytest.param({"extra_wo": Unknown}, {}, {"hidden_extra_keys": ["role"]}, None, id="not known yet"),
    ],
)
def test_a_plan_names_the_keys_that_an_update_cannot_send(
    resource: CredentialResource, given: Any, current: Any, private: Any, expected: str | None
) -> None:
    """A key that leaves the configuration is removed on purpose, so it is not named."""
    ctx = context(PlanContext, **given)
    ctx.changed, ctx.private = {"host"}, private
    resource.plan(ctx, STATE | current, STATE | current)
    assert (expected is not None) == ("The update removes keys of extra" in messages(ctx))
    assert expected is None or f"removes keys of extra: {expected}\n" in messages(ctx)


def test_a_plan_records_the_keys_that_an_update_sends(resource: CredentialResource) -> None:
    """Its answer may be lost. Keys of an earlier update without an answer stay recorded until one succeeds."""
    ctx = context(PlanContext, extra={"role": "r", "region": None})
    ctx.changed, ctx.private = {"host"}, {"planned_extra_keys": ["schema"]}
    resource.plan(ctx, STATE, STATE)
    assert ["private_key", "role", "schema"] == ctx.private["planned_extra_keys"]
