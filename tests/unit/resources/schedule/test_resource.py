"""Update and delete of a schedule."""

import pytest

from provider.framework import UserError
from provider.resources.schedule.resource import AppScheduleResource
from tests.support.http_server import Reply, ScriptedServer
from tests.support.schedule_resource import SLUG, STATE, Tenant, context, methods, trigger, warnings

CHANGED = STATE | {"timezone": "Asia/Tokyo"}


def test_an_update_adds_the_new_trigger_before_it_removes_the_old_one(
    server: ScriptedServer, resource: AppScheduleResource
) -> None:
    """The workflow always has a schedule."""
    server.always = Tenant()
    ctx = context(alike_triggers=[])
    assert {**CHANGED, "id": f"{SLUG}/new", "trigger_id": "new"} == resource.update(ctx, STATE, CHANGED)
    assert (["POST", "DELETE"], {}) == (methods(server), ctx.private)
    assert server.requests[-1].path.endswith("/schedule/t")


def test_a_trigger_whose_removal_failed_stays_in_private_state(
    server: ScriptedServer, resource: AppScheduleResource
) -> None:
    """The new trigger is in state, and the next apply removes the old one."""
    server.always = tenant = Tenant()
    tenant.remove = Reply(500, {"code": 500, "message": "no"})
    ctx = context(alike_triggers=[])
    with pytest.raises(UserError, match=f"The replaced trigger t of {SLUG} could not be removed"):
        resource.update(ctx, STATE, CHANGED)
    assert ("new", {"stale_triggers": ["t"]}) == (ctx.saved["trigger_id"], ctx.private)
    tenant.remove = None
    resource.update(ctx, STATE | {"trigger_id": "new"}, STATE)
    assert {} == ctx.private


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


def test_a_delete_removes_the_replaced_triggers_too(server: ScriptedServer, resource: AppScheduleResource) -> None:
    """No trigger is left that runs the workflow."""
    server.always = Tenant()
    resource.delete(context(stale_triggers=["old"]), STATE)
    assert ["old", "t"] == [each.path.rpartition("/")[2] for each in server.requests]
