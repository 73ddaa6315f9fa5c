"""Update and delete of a schedule."""

import time
from typing import Any

import pytest

from provider.framework import GONE, UserError
from provider.resources.schedule.resource import AppScheduleResource
from tests.support.http_server import Reply, ScriptedServer
from tests.support.schedule_resource import PLANNED, SLUG, STATE, UNPROVEN, Tenant, context, methods, trigger, warnings
from tests.support.tenants import ON_TENANT

CHANGED = STATE | {"timezone": "Asia/Tokyo"}


def test_an_update_adds_the_new_trigger_before_it_removes_the_old_one(
    server: ScriptedServer, resource: AppScheduleResource
) -> None:
    """The workflow always has a schedule."""
    server.always = Tenant()
    ctx = context(listed_triggers=[], **ON_TENANT)
    assert {**CHANGED, "id": f"{SLUG}/new", "trigger_id": "new"} == resource.update(ctx, STATE, CHANGED)
    assert (["POST", "DELETE"], ON_TENANT) == (methods(server), ctx.private)
    assert server.requests[-1].path.endswith("/schedule/t")


def test_a_trigger_whose_removal_failed_stays_in_private_state(
    server: ScriptedServer, resource: AppScheduleResource
) -> None:
    """The new trigger is in state, and the next apply removes the old one."""
    server.always = tenant = Tenant()
    tenant.remove = Reply(500, {"code": 500, "message": "no"})
    ctx = context(listed_triggers=[], **ON_TENANT)
    with pytest.raises(UserError, match=f"The replaced trigger t of {SLUG} could not be removed"):
        resource.update(ctx, STATE, CHANGED)
    assert ("new", {"stale_triggers": ["t"], **ON_TENANT}) == (ctx.saved["trigger_id"], ctx.private)
    tenant.remove = None
    resource.update(ctx, STATE | {"trigger_id": "new"}, STATE)
    assert ON_TENANT == ctx.private


@pytest.mark.parametrize(
    ("tenant", "error", "warned"),
    [
        pytest.param(Tenant(), None, 0, id="gone"),
        pytest.param(Tenant(trigger("t")), f"The trigger t of {SLUG} was not removed", 0, id="still there"),
        pytest.param(Tenant(lists=False), None, 1, id="not listed"),
    ],
)
def test_a_removal_that_removed_nothing_is_checked(
    server: ScriptedServer, resource: AppScheduleResource, tenant: Tenant, error: str | None, warned: int
) -> None:
    """The list of triggers says whether it succeeded."""
    tenant.remove = Reply(body={"deleted": False})
    server.always = tenant
    ctx = context()
    if error is None:
        resource.delete(ctx, STATE)
    else:
        with pytest.raises(UserError, match=error):
            resource.delete(ctx, STATE)
    assert warned == len(warnings(ctx))


@pytest.mark.parametrize("listed", [True, False])
def test_a_read_of_a_workflow_that_proves_nothing_is_decided_by_the_list(
    server: ScriptedServer, resource: AppScheduleResource, listed: bool
) -> None:
    """The schedule keeps its state with a warning while the workflow is in the list."""
    tenant = Tenant()
    tenant.get, tenant.workflows = UNPROVEN[0], [SLUG] if listed else []
    server.always, ctx = tenant, context(**ON_TENANT)
    read = resource.read(ctx, STATE)
    assert (STATE if listed else GONE) == read
    assert ([f"The schedule t of {SLUG} could not be read and keeps its state"] if listed else []) == warnings(ctx)
    assert listed is not ctx.was_found


def test_a_schedule_of_a_new_workflow_is_sent_again(
    server: ScriptedServer, resource: AppScheduleResource, data: Any
) -> None:
    """A 404 added no trigger, so the request is repeated until the workflow is visible."""
    data.absence.add_publish(SLUG, time.time(), time.time())
    tenant = Tenant()
    server.plays(UNPROVEN[1], UNPROVEN[0], Reply(body=trigger("new")))
    server.always = tenant
    assert "new" == resource.create(context(listed_triggers=[]), PLANNED)["trigger_id"]
    assert ["POST"] * 3 == methods(server)


def test_a_delete_removes_the_replaced_triggers_too(server: ScriptedServer, resource: AppScheduleResource) -> None:
    """No trigger is left that runs the workflow."""
    server.always = Tenant()
    resource.delete(context(stale_triggers=["old"], **ON_TENANT), STATE)
    assert ["old", "t"] == [each.path.rpartition("/")[2] for each in server.requests]
