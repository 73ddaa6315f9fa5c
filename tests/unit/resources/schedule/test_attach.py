"""Attach a schedule: add a trigger, and find it after a lost answer."""

from typing import Any

import pytest

from provider.framework import UserError
from provider.resources.schedule.attach import attach, listed_before
from tests.support.http_server import Reply, ScriptedServer
from tests.support.schedule_resource import NOT_FOUND, PLANNED, SLUG, Tenant, context, methods, trigger, warnings

LOST = Reply(act="drop")


def test_a_trigger_is_added_beside_one_with_the_same_times(server: ScriptedServer, data: Any) -> None:
    """The id is saved, the trigger is claimed, and what the plan has listed is used up."""
    server.always = Tenant(trigger("other"))
    ctx = context(listed_triggers=["other"], imported_version=3)
    state = attach(ctx, data, PLANNED, listed_before(ctx, data, SLUG))
    assert {**PLANNED, "id": f"{SLUG}/new", "trigger_id": "new"} == state == ctx.saved
    assert (["POST"], [], {}) == (methods(server), warnings(ctx), ctx.private)
    assert not data.claims.claim("new", context())


def test_triggers_that_the_plan_could_not_list_are_listed_before(server: ScriptedServer, data: Any) -> None:
    """After the request, the new trigger would look like an older one."""
    server.always = Tenant(trigger("old"), trigger("other", cron="0 7 * * *"))
    ctx = context()
    assert ["old", "other"] == listed_before(ctx, data, SLUG)
    assert {} == ctx.private


@pytest.mark.parametrize("listed", [None, []], ids=["lists", "adds"])
def test_a_workflow_that_does_not_exist_is_an_error_on_the_slug(
    server: ScriptedServer, data: Any, listed: list[str] | None
) -> None:
    """The first request that needs the workflow raises it."""
    tenant = Tenant()
    tenant.add = tenant.get = NOT_FOUND
    server.always = tenant
    ctx = context(**({} if listed is None else {"listed_triggers": listed}))
    with pytest.raises(UserError, match=f"There is no workflow with the slug {SLUG}") as raised:
        attach(ctx, data, PLANNED, listed_before(ctx, data, SLUG))
    assert ["slug"] == raised.value.path


def test_the_trigger_of_a_lost_answer_is_found(server: ScriptedServer, data: Any) -> None:
    """It is the only new one with the planned times. One of another call, and one that was listed before, are not."""
    triggers = trigger("listed"), trigger("claimed"), trigger("new"), trigger("other", timezone="Asia/Tokyo")
    server.always = tenant = Tenant(*triggers)
    tenant.add = LOST
    data.claims.claim("claimed", context())
    ctx = context(listed_triggers=["listed"])
    assert "new" == attach(ctx, data, PLANNED, listed_before(ctx, data, SLUG))["trigger_id"]
    assert (["POST", "GET"], 1) == (methods(server), len(warnings(ctx)))


@pytest.mark.parametrize(
    ("tenant", "expected"),
    [
        pytest.param(Tenant(), "A trigger may exist that Terraform does not know", id="none"),
        pytest.param(Tenant(trigger("listed")), "A trigger may exist that Terraform does not know", id="listed before"),
        pytest.param(Tenant(trigger("a"), trigger("b")), f"Several triggers of {SLUG} have these times", id="several"),
        pytest.param(Tenant(lists=False), "A trigger may exist that Terraform does not know", id="not listed"),
    ],
)
def test_a_lost_answer_without_exactly_one_trigger_is_an_error(
    server: ScriptedServer, data: Any, tenant: Tenant, expected: str
) -> None:
    """No state is saved, and no second trigger is added."""
    tenant.add = LOST
    server.always = tenant
    ctx = context(listed_triggers=["listed"])
    with pytest.raises(UserError) as raised:
        attach(ctx, data, PLANNED, listed_before(ctx, data, SLUG))
    assert (expected, None, 1) == (raised.value.summary, ctx.saved, methods(server).count("POST"))
