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

FOUND = f"{SLUG} already has a trigger with these times: left"


def test_a_create_names_the_triggers_that_have_its_times(server: ScriptedServer, data: Any) -> None:
    """The plan stores the ids of all triggers for the apply."""
    for triggers, expected in (([trigger("left")], [FOUND]), ([trigger("left", cron="1 1 * * *")], [])):
        server.always = Tenant(*triggers)
        ctx = context(PlanContext, listed_triggers=["from an earlier plan"])
        assert PLANNED == plan(ctx, data, None, PLANNED)
        assert (expected, {"listed_triggers": ["left"]}) == (warnings(ctx), ctx.private)


def test_a_trigger_that_is_held_or_claimed_is_not_named(server: ScriptedServer, data: Any) -> None:
    """Another schedule uses it."""
    server.always = Tenant(trigger("claimed"), trigger("held"))
    data.claims.claim("claimed", context())
    data.schedules.add_stored("held")
    ctx = context(PlanContext)
    plan(ctx, data, None, PLANNED)
    assert [] == warnings(ctx)


@pytest.mark.parametrize("slug", [SLUG, Unknown], ids=["settings", "slug"])
def test_nothing_is_requested_while_something_is_unknown(server: ScriptedServer, data: Any, slug: Any) -> None:
    """The apply lists the triggers then."""
    data.is_known = slug is Unknown
    ctx = context(PlanContext)
    plan(ctx, data, None, {**PLANNED, "slug": slug})
    assert ([], {}) == (methods(server), ctx.private)


def test_a_list_that_fails_is_left_to_the_apply(server: ScriptedServer, data: Any) -> None:
    """The apply lists the triggers again, and reports the error."""
    server.plays(Reply(500, {"code": 500, "message": "no"}))
    ctx = context(PlanContext)
    assert PLANNED == plan(ctx, data, None, PLANNED)
    assert ([], {}) == (warnings(ctx), ctx.private)


def test_a_trigger_that_a_create_adopts_is_not_that_of_another_state(data: Any) -> None:
    """The plan of the other schedule reports it, also the plan of its destroy, unless this apply has adopted it."""
    data.schedules.plan_adoption("t")
    ctx = context(PlanContext)
    plan(ctx, data, STATE, None)
    assert ["Another resource adopts t"] == warnings(ctx)
    data.schedules.add_adopted("t", None)
    ctx = context(PlanContext)
    plan(ctx, data, STATE, None)
    assert [] == warnings(ctx)


@pytest.mark.parametrize(
    ("configured", "expected"),
    [(None, (5, "t")), (4, (5, "t")), (5, (5, "t")), (6, (6, Unknown)), (Unknown, (Unknown, Unknown))],
)
def test_an_imported_schedule_is_attached_again_only_to_a_later_version(
    server: ScriptedServer, data: Any, configured: Any, expected: Any
) -> None:
    """The imported trigger was attached to the version of the import or to an earlier one."""
    server.always = Tenant()
    ctx = context(PlanContext, {"app_version": configured}, imported_version=5)
    current = STATE | {"app_version": 5}
    planned = plan(ctx, data, current, {**PLANNED, "app_version": 5 if configured is None else configured})
    assert expected == (planned["app_version"], planned["trigger_id"])


def test_a_version_that_left_the_configuration_stays_until_the_next_trigger(server: ScriptedServer, data: Any) -> None:
    """It changes nothing on the tenant."""
    server.always = Tenant()
    current = STATE | {"app_version": 5}
    kept = plan(context(PlanContext, {"app_version": None}), data, current, {**PLANNED, "app_version": Unknown})
    assert current == kept
    other = {**PLANNED, "app_version": Unknown, "timezone": "Asia/Tokyo"}
    assert None is plan(context(PlanContext, {"app_version": None}), data, current, other)["app_version"]


def test_an_expression_with_the_same_meaning_keeps_its_spelling(server: ScriptedServer, data: Any) -> None:
    """Without a request, and without a new trigger."""
    planned = {**PLANNED, "cron": "00 06 * * MON"}
    assert STATE == plan(context(PlanContext), data, STATE, planned)
    assert [] == methods(server)


def test_other_times_need_a_new_trigger(server: ScriptedServer, data: Any) -> None:
    """The triggers that exist before it are stored for the apply."""
    planned = {**PLANNED, "timezone": "Asia/Tokyo"}
    server.always = Tenant(*(trigger(each, timezone="Asia/Tokyo") for each in ("t", "old")))
    ctx = context(PlanContext, stale_triggers=["old"])
    assert planned == plan(ctx, data, STATE, planned)
    assert ([], ["t", "old"]) == (warnings(ctx), ctx.private["listed_triggers"])


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
