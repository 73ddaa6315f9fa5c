"""Attach a schedule: add a trigger, or take over an existing one."""

from typing import Any

import pytest

from provider.framework import UserError
from provider.resources.schedule.attach import attach
from tests.support.http_server import Reply, ScriptedServer
from tests.support.schedule_resource import (
    NOT_FOUND,
    PLANNED,
    SLUG,
    Tenant,
    context,
    methods,
    trigger,
    warnings,
)

LOST = Reply(act="drop")


def test_a_trigger_is_added_without_a_look_if_the_plan_found_none(server: ScriptedServer, data: Any) -> None:
    """The plan has looked already. The id is saved and the trigger is claimed."""
    server.always = Tenant(trigger("other", cron="0 7 * * *"))
    ctx = context(alike_triggers=[])
    state = attach(ctx, data, PLANNED, [])
    assert {**PLANNED, "id": f"{SLUG}/new", "trigger_id": "new"} == state == ctx.saved
    assert (["POST"], [], {}) == (methods(server), warnings(ctx), ctx.private)
    assert not data.claims.claim("new", context())


def test_an_existing_trigger_is_taken_over_with_a_warning(server: ScriptedServer, data: Any) -> None:
    """A second one would run the workflow twice. Another existing one is named."""
    server.always = Tenant(trigger("own"), trigger("left"), trigger("too"))
    ctx = context(alike_triggers=["left"])
    assert "left" == attach(ctx, data, PLANNED, ["own"])["trigger_id"]
    assert (["GET"], 1) == (methods(server), len(warnings(ctx)))
    assert "too has the same times" in ctx.diagnostics.diagnostics[0].detail


def test_a_trigger_that_another_call_has_claimed_is_left_alone(server: ScriptedServer, data: Any) -> None:
    """Calls of one apply come in any order."""
    server.always = Tenant(trigger("theirs"))
    data.claims.claim("theirs", context())
    ctx = context(alike_triggers=["theirs"])
    assert "new" == attach(ctx, data, PLANNED, [])["trigger_id"]


def test_an_existing_trigger_is_replaced_if_it_must_follow_a_version(server: ScriptedServer, data: Any) -> None:
    """The service does not say to which version a trigger is attached."""
    server.always = Tenant(trigger("left"))
    ctx = context(alike_triggers=["left"])
    assert "new" == attach(ctx, data, {**PLANNED, "app_version": 3}, [])["trigger_id"]
    assert {"stale_triggers": ["left"]} == ctx.private


@pytest.mark.parametrize("found", [None, []], ids=["looks", "adds"])
def test_a_workflow_that_does_not_exist_is_an_error_on_the_slug(
    server: ScriptedServer, data: Any, found: list[str] | None
) -> None:
    """The first request that needs the workflow raises it."""
    tenant = Tenant()
    tenant.add = tenant.get = NOT_FOUND
    server.always = tenant
    with pytest.raises(UserError, match=f"There is no workflow with the slug {SLUG}") as raised:
        attach(context(**({} if found is None else {"alike_triggers": found})), data, PLANNED, [])
    assert ["slug"] == raised.value.path


def test_the_trigger_of_a_lost_answer_is_found(server: ScriptedServer, data: Any) -> None:
    """It is the only new one with the planned times."""
    server.always = tenant = Tenant(trigger("own"), trigger("new"), trigger("other", timezone="Asia/Tokyo"))
    tenant.add = LOST
    ctx = context(alike_triggers=[])
    assert "new" == attach(ctx, data, PLANNED, ["own"])["trigger_id"]
    assert (["POST", "GET"], 1) == (methods(server), len(warnings(ctx)))


@pytest.mark.parametrize(
    ("tenant", "expected"),
    [
        pytest.param(Tenant(), f"The schedule of {SLUG} was not added", id="none"),
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
    ctx = context(alike_triggers=[])
    with pytest.raises(UserError) as raised:
        attach(ctx, data, PLANNED, [])
    assert (expected, None, 1) == (raised.value.summary, ctx.saved, methods(server).count("POST"))
