"""The tenant that an object is on."""

import threading
from typing import Any

import pytest

from provider.client.errors import NotFound
from provider.framework import Context, Diagnostics, UserError
from provider.resources.schedule.resource import AppScheduleResource
from provider.tenant import Tenant, TenantResource, check_gone
from tests.support.provider_data import provider_data
from tests.support.schedule_resource import STATE

NEW = Tenant.of("https://new.atlan.com:443/", ["https://Old.atlan.com/", "https://older.atlan.com"])


def resource(tenant: Tenant) -> TenantResource[Any]:
    return AppScheduleResource(provider_data(None, tenant=tenant))


def context(**private: Any) -> Context[Any]:
    return Context(Diagnostics(), "atlan_app_schedule", threading.Event(), private=private)


@pytest.mark.parametrize(
    ("private", "expected"),
    [
        pytest.param({"tenant": "new.atlan.com"}, {"tenant": "new.atlan.com"}, id="this tenant"),
        pytest.param({"tenant": "old.atlan.com"}, {"tenant": "new.atlan.com"}, id="a former name"),
        pytest.param({}, {}, id="no tenant"),
        pytest.param({"tenant": 7}, {"tenant": 7}, id="not a name"),
        pytest.param({"tenant": ""}, {"tenant": ""}, id="an empty name"),
    ],
)
def test_an_object_of_this_tenant_passes(private: dict[str, Any], expected: dict[str, Any]) -> None:
    """A former name is replaced. State without a tenant stays without one until a read finds the object."""
    ctx = context(**private)
    resource(NEW).check_account(ctx, STATE)
    assert expected == ctx.private


@pytest.mark.parametrize(("other", "url"), [("other.atlan.com", "other.atlan.com"), ("2001:db8::1", "[2001:db8::1]")])
def test_an_object_of_another_tenant_is_refused(other: str, url: str) -> None:
    """The error names the object, both tenants and the setting, and private state stays."""
    ctx = context(tenant=other)
    with pytest.raises(UserError) as raised:
        resource(NEW).check_account(ctx, STATE)
    assert f"atlan_app_schedule {STATE['id']} belongs to {other}, not to new.atlan.com" == raised.value.summary
    assert f'former_base_urls = ["https://{url}"]' in raised.value.detail
    assert {"tenant": other} == ctx.private


def test_an_unknown_address_refuses_nothing() -> None:
    """If the settings are unknown in a plan, the apply checks."""
    ctx = context(tenant="other.atlan.com")
    resource(Tenant()).check_account(ctx, STATE)
    assert {"tenant": "other.atlan.com"} == ctx.private


@pytest.mark.parametrize("before", [{}, {"tenant": 7}, {"tenant": "old.atlan.com"}])
def test_the_tenant_is_recorded(before: dict[str, Any]) -> None:
    """It replaces what was there."""
    ctx = context(**before)
    resource(NEW).remember_account(ctx)
    assert {"tenant": "new.atlan.com"} == ctx.private


@pytest.mark.parametrize(
    ("private", "is_refused"), [({}, True), ({"tenant": 7}, True), ({"tenant": ""}, True), ({"tenant": "a.b"}, False)]
)
def test_a_404_proves_nothing_while_the_tenant_is_not_known(private: dict[str, Any], is_refused: bool) -> None:
    """The error contains the text of the 404."""
    error = NotFound("no such workflow", method="GET", path="/prod", status=404)
    if not is_refused:
        check_gone(context(**private), "prod", error)
        return
    with pytest.raises(UserError, match="prod was not found, and state does not say on which tenant") as raised:
        check_gone(context(**private), "prod", error)
    assert "no such workflow" in raised.value.detail
