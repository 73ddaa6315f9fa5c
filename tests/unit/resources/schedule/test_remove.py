"""Remove the trigger of a schedule after a 404 that proves nothing."""

import time
from typing import Any

import pytest

from provider.client.errors import UnprovenNotFound
from provider.resources.schedule.resource import AppScheduleResource
from tests.support.http_server import Reply, ScriptedServer
from tests.support.schedule_resource import SLUG, STATE, UNPROVEN, Tenant, context, trigger
from tests.support.tenants import ON_TENANT


@pytest.mark.parametrize(
    ("tenant", "error"),
    [
        pytest.param(Tenant(), None, id="gone"),
        pytest.param(Tenant(trigger("t")), f"the list of workflows contains {SLUG}", id="still there"),
        pytest.param(Tenant(lists=False), f"the list of workflows contains {SLUG}", id="not listed"),
    ],
)
def test_a_removal_that_proves_nothing_is_checked(
    server: ScriptedServer, resource: AppScheduleResource, data: Any, tenant: Tenant, error: str | None
) -> None:
    """Only the list of triggers proves that the trigger is gone. Otherwise it stays in state."""
    data.absence.add_publish(SLUG, time.time() - 3600)
    tenant.remove, tenant.workflows = UNPROVEN[0], [SLUG]
    server.always = tenant
    if error is None:
        resource.delete(context(), STATE)
        return
    with pytest.raises(UnprovenNotFound, match=error):
        resource.delete(context(), STATE)


@pytest.mark.parametrize("lists", [True, False])
@pytest.mark.parametrize("again", [Reply(body={"deleted": True}), UNPROVEN[1]], ids=["removed", "gone"])
@pytest.mark.parametrize("is_known", [True, False])
def test_a_removal_is_tried_again_once_the_workflow_is_visible(
    server: ScriptedServer, resource: AppScheduleResource, data: Any, lists: bool, again: Reply, is_known: bool
) -> None:
    """The first 404 may be that of a new workflow. A second one, with a code, is about the trigger."""
    if is_known:
        data.absence.add_publish(SLUG, time.time(), time.time())
    tenant = Tenant(trigger("t"), lists=lists)
    tenant.remove, tenant.workflows = again, [SLUG]
    server.plays(UNPROVEN[1])
    server.always = tenant
    resource.delete(context(**ON_TENANT), STATE)
    assert ["DELETE", *([] if is_known else ["GET"]), "GET", "DELETE"] == [each.method for each in server.requests]
