"""Adopt an existing trigger: in the plan, and in the apply where the plan could not know it."""

from typing import Any

import pytest

from provider.framework import PlanContext, Unknown, UserError
from provider.resources.schedule import adopt
from provider.resources.schedule.plan import plan
from tests.support.http_server import ScriptedServer
from tests.support.schedule_resource import PLANNED, SLUG, Tenant, context, details, methods, trigger, warnings

TOLD = PLANNED | {"adopt_existing": True, "adopted_trigger_id": Unknown}
ADOPTED = TOLD | {"adopted_trigger_id": "left", "id": f"{SLUG}/left", "trigger_id": "left"}
MAY = ["The apply may adopt a trigger"]


@pytest.mark.parametrize(
    ("tenant", "expected", "summaries"),
    [
        pytest.param(Tenant(trigger("left")), ADOPTED, [f"The trigger left of {SLUG} is adopted"], id="one"),
        pytest.param(Tenant(trigger("x", cron="1 1 * * *")), TOLD | {"adopted_trigger_id": None}, [], id="other times"),
        pytest.param(
            Tenant(lists=False),
            TOLD | {"adopted_trigger_id": None},
            [f"No trigger of {SLUG} can be adopted"],
            id="not listed",
        ),
        pytest.param(
            Tenant(trigger("left"), trigger("too")),
            TOLD | {"adopted_trigger_id": None},
            [f"It is not clear which trigger of {SLUG} to adopt"],
            id="several",
        ),
    ],
)
def test_the_plan_shows_the_trigger_to_adopt(
    server: ScriptedServer, data: Any, tenant: Tenant, expected: Any, summaries: list[str]
) -> None:
    """With its id, so that Terraform refuses an apply that would adopt another one."""
    server.always = tenant
    ctx = context(PlanContext)
    assert expected == plan(ctx, data, None, TOLD)
    assert summaries == warnings(ctx)


@pytest.mark.parametrize("changed", [{"slug": Unknown}, {"cron": Unknown}, {"adopt_existing": Unknown}])
def test_what_the_plan_cannot_know_is_unknown_with_a_warning(server: ScriptedServer, data: Any, changed: Any) -> None:
    """The apply decides."""
    server.always = Tenant(trigger("left"))
    ctx = context(PlanContext)
    assert Unknown is plan(ctx, data, None, TOLD | changed)["adopted_trigger_id"]
    assert MAY == warnings(ctx)


@pytest.mark.parametrize(("replaced", "expected"), [("left", []), ("other", ["A replacement does not adopt"])])
def test_the_plan_of_a_replacement_does_not_adopt(
    server: ScriptedServer, data: Any, replaced: str, expected: list[str]
) -> None:
    """Only the replaced trigger may have the times, because with create_before_destroy, the apply adopts it."""
    server.always = Tenant(trigger("left"))
    ctx = context(PlanContext, address="predecessor", planned_id=replaced)
    assert Unknown is plan(ctx, data, None, TOLD)["adopted_trigger_id"]
    assert expected == [each.partition(" a trigger of")[0] for each in warnings(ctx)]


def test_a_trigger_of_another_resource_is_an_error_that_shows_a_moved_block(server: ScriptedServer, data: Any) -> None:
    """The create must not take it."""
    server.always = Tenant(trigger("left"))
    data.schedules.add_stored("left")
    ctx = context(PlanContext)
    plan(ctx, data, None, TOLD)
    assert ["left is already managed by this configuration"] == warnings(ctx)
    assert "moved {" in details(ctx)
    assert "terraform untaint" in details(ctx)


def test_a_trigger_that_this_process_has_added_is_not_found(data: Any) -> None:
    """Each create of an apply has its own trigger."""
    from provider.client.responses import Trigger

    data.claims.claim("added", context())
    assert None is adopt.find(data, PLANNED, [Trigger.model_validate(trigger("added"))])


def test_an_adopted_trigger_is_the_trigger_of_the_schedule(server: ScriptedServer, data: Any) -> None:
    """It is claimed, so no other call of this apply removes it. No request is sent."""
    ctx = context()
    assert ADOPTED == adopt.create(ctx, data, ADOPTED)
    assert not data.claims.claim("left", context())
    assert ([], {}) == (methods(server), ctx.private)


def test_an_adopted_trigger_is_replaced_if_the_schedule_follows_a_version(data: Any) -> None:
    """The service does not say to which version it is attached."""
    ctx = context()
    planned = TOLD | {"app_version": 3, "adopted_trigger_id": "left"}
    assert planned == adopt.create(ctx, data, planned)
    assert {"stale_triggers": ["left"]} == ctx.private


def test_a_trigger_that_another_call_has_claimed_is_an_error(data: Any) -> None:
    """That call has removed or adopted it."""
    data.claims.claim("left", context())
    with pytest.raises(UserError, match="cannot be adopted") as raised:
        adopt.create(context(), data, ADOPTED)
    assert ["adopt_existing"] == raised.value.path


@pytest.mark.parametrize(("triggers", "expected"), [([trigger("left")], ADOPTED), ([], TOLD)])
def test_the_apply_decides_where_the_plan_could_not(
    server: ScriptedServer, data: Any, triggers: list[Any], expected: Any
) -> None:
    """It lists the triggers, and warns about what it adopts."""
    server.always = Tenant(*triggers)
    ctx = context()
    created = adopt.create(ctx, data, TOLD)
    assert (expected | {"adopted_trigger_id": "left" if triggers else None}) == created
    assert (len(triggers), {"listed_triggers": ["left"] if triggers else []}) == (len(warnings(ctx)), ctx.private)
