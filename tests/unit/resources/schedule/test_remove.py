"""Remove the trigger of a schedule after a 404 that proves nothing."""

import time
from typing import Any

import pytest

from provider.client.errors import UnprovenNotFound
from provider.resources.schedule.resource import AppScheduleResource
from tests.support.http_server import Reply, ScriptedServer
from tests.support.schedule_resource import SLUG, STATE, UNPROVEN, Tenant, context, trigger


@pytest.mark.parametrize("remove", UNPROVEN, ids=["without a code", "of a new workflow"])
@pytest.mark.parametrize(
    ("tenant", "error"),
    [
        pytest.param(Tenant(), None, id="gone"),
        pytest.param(Tenant(trigger("t")), f"the list of workflows contains {SLUG}", id="still there"),
        pytest.param(Tenant(lists=False), f"the list of workflows contains {SLUG}", id="not listed"),
    ],
)
def test_a_removal_that_proves_nothing_is_checked(
    server: ScriptedServer, resource: AppScheduleResource, data: Any, tenant: Tenant, error: str | None, remove: Reply
) -> None:
    """Only the list of triggers proves that the trigger is gone. Otherwise it stays in state."""
    data.absence.add_publish(SLUG, time.time(), is_found=True)
    tenant.remove, tenant.workflows = remove, [SLUG]
    server.always = tenant
    if error is None:
        resource.delete(context(), STATE)
        return
    with pytest.raises(UnprovenNotFound, match=error):
        resource.delete(context(), STATE)
