"""The plan of a schedule."""

from typing import Any

import pytest

from provider.framework import PlanContext, Unknown
from provider.resources.schedule.plan import plan, replaces_trigger
from tests.support.http_server import Reply, ScriptedServer
from tests.support.schedule_resource import (
    PLANNED,
    SLUG,
    STATE,
    Tenant,
    context,
    methods,
    trigger,
    warnings,
)

FOUND = f"{SLUG} already has a trigger with these times"


def test_a_create_stores_what_the_tenant_has_with_these_times(server: ScriptedServer, data: Any) -> None:
    """The apply then knows whether it has to look again."""
    for triggers, expected in (([trigger("left")], [FOUND]), ([trigger("other", cron="1 1 * * *")], [])):
        server.always = Tenant(*triggers)
        ctx = context(PlanContext, alike_triggers=["from an earlier plan"])
        assert PLANNED == plan(ctx, data, None, PLANNED)
        assert expected == warnings(ctx)
        assert {"alike_triggers": ["left"] if expected else []} == ctx.private


def test_a_claimed_trigger_is_not_warned_about(server: ScriptedServer, data: Any) -> None:
    """Another call of this process uses it."""
    server.always = Tenant(trigger("theirs"))
    data.claims.claim("theirs", context())
    ctx = context(PlanContext)
    plan(ctx, data, None, PLANNED)
    assert ([], {"alike_triggers": ["theirs"]}) == (warnings(ctx), ctx.private)


@pytest.mark.parametrize("slug", [SLUG, Unknown], ids=["settings", "slug"])
def test_nothing_is_requested_while_something_is_unknown(server: ScriptedServer, data: Any, slug: Any) -> None:
    """The apply looks then."""
    data.is_known = slug is Unknown
    ctx = context(PlanContext)
    plan(ctx, data, None, {**PLANNED, "slug": slug})
    assert ([], {}) == (methods(server), ctx.private)


def test_a_look_that_fails_is_left_to_the_apply(server: ScriptedServer, data: Any) -> None:
    """The apply looks again, and reports the error."""
    server.plays(Reply(500, {"code": 500, "message": "no"}))
    ctx = context(PlanContext)
    assert PLANNED == plan(ctx, data, None, PLANNED)
    assert ([], {}) == (warnings(ctx), ctx.private)


def test_an_expression_with_the_same_meaning_keeps_its_spelling(server: ScriptedServer, data: Any) -> None:
    """Without a request, and without a new trigger."""
    planned = {**PLANNED, "cron": "00 06 * * MON"}
    assert STATE == plan(context(PlanContext), data, STATE, planned)
    assert [] == methods(server)


def test_other_times_need_a_new_trigger(server: ScriptedServer, data: Any) -> None:
    """The schedule's own triggers do not count as existing."""
    planned = {**PLANNED, "timezone": "Asia/Tokyo"}
    server.always = Tenant(*(trigger(each, timezone="Asia/Tokyo") for each in ("t", "old")))
    ctx = context(PlanContext, stale_triggers=["old"])
    assert planned == plan(ctx, data, STATE, planned)
    assert ([], []) == (warnings(ctx), ctx.private["alike_triggers"])


def test_a_trigger_that_is_still_to_be_removed_makes_an_update(server: ScriptedServer, data: Any) -> None:
    """The plan has to change something, or else Terraform does not call the apply."""
    ctx = context(PlanContext, stale_triggers=["a", "b"])
    assert {**STATE, "trigger_id": Unknown} == plan(ctx, data, STATE, PLANNED)
    assert [f"A replaced trigger of {SLUG} was not removed yet"] == warnings(ctx)
    assert "removes a and b" in ctx.diagnostics.diagnostics[0].detail


@pytest.mark.parametrize(
    ("current", "planned", "expected"),
    [
        ({}, {}, False),
        ({}, {"cron": "0 7 * * 1"}, True),
        ({}, {"timezone": "Asia/Tokyo"}, True),
        ({}, {"app_version": 2}, True),
        ({"app_version": 1}, {"app_version": None}, False),
        ({"app_version": 1}, {"app_version": 1}, False),
    ],
)
def test_what_needs_a_new_trigger(current: dict[str, Any], planned: dict[str, Any], expected: bool) -> None:
    """A trigger cannot be changed. A version that left the configuration does not count."""
    assert expected == replaces_trigger(STATE | current, STATE | planned)


def test_a_destroy_changes_nothing_in_the_plan(data: Any) -> None:
    """There is nothing to check."""
    assert None is plan(context(PlanContext), data, STATE, None)
