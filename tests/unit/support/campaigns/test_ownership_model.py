"""The model of the campaign of ownership: one row for each rule of DESIGN.md and for each case that no rule sees."""

from dataclasses import replace
from typing import Any

import pytest

from tests.support.campaigns.ownership_blocks import App, Configuration, Schedule
from tests.support.campaigns.ownership_expected import (
    ALIAS,
    CHANGED,
    MANAGED,
    OTHER_STATE,
    SHARED,
    TAKEN,
    TARGET,
    TWICE,
    UNCHANGED,
    UNCLEAR,
    Command,
)
from tests.support.campaigns.ownership_model import expect
from tests.support.campaigns.ownership_objects import Connection, Held, Workflow

A, B, FIRST, OTHER = (f'atlan_app.{each}"]' for each in ('it["a', 'it["b', 'first["a', 'other["b'))
DAILY, AGAIN = (f'atlan_app_schedule.it["{each}"]' for each in ("daily", "again"))
PLAIN, ADOPTING = App("n1"), App("n1", adopts=True)
CRON = "0 6 * * *"
WORKFLOW = Workflow("n1-x", "n1", 1, Connection("default/bigquery/1", "stored", ("admin",)), {"t1": CRON}, False)
TENANT = {"n1-x": WORKFLOW}
TWO_TRIGGERS = {"n1-x": replace(WORKFLOW, triggers={"t1": CRON, "t2": CRON})}
HELD = [Held(A, "n1-x", "n1-x")]
SCHEDULED = [*HELD, Held(DAILY, "n1-x", "t1")]


def configured(schedules: dict[str, Schedule] | None = None, **apps: App) -> Configuration:
    return Configuration(apps, schedules or {})


@pytest.mark.parametrize(
    ("stored", "configuration", "command", "expected"),
    [
        pytest.param(HELD, configured(b=ADOPTING), {}, {"refusals": {MANAGED}}, id="1: a renamed key"),
        pytest.param(
            [replace(HELD[0], is_tainted=True)], configured(a=ADOPTING), {}, {"refusals": {MANAGED}}, id="1: a taint"
        ),
        pytest.param([], configured(a=ADOPTING, b=ADOPTING), {}, {"refusals": {TWICE}}, id="1: two adopt"),
        pytest.param(
            [*HELD, replace(HELD[0], address=B)], configured(a=PLAIN, b=PLAIN), {}, {"refusals": {SHARED}}, id="3"
        ),
        pytest.param([], configured(a=ADOPTING), {}, {"same": {A: "n1-x"}}, id="4: an adoption"),
        pytest.param(
            HELD,
            configured(a=ADOPTING),
            {"replaces": frozenset({A})},
            {"new": {A}, "removed": {"n1-x"}},
            id="5: a replacement",
        ),
        pytest.param(
            [Held(FIRST, "n1-x", "n1-x")],
            configured(a=App("n1", adopts=True, creates_first=True)),
            {"replaces": frozenset({FIRST})},
            {"failures": {CHANGED}},
            id="5: with create_before_destroy",
        ),
        pytest.param([], configured(a=PLAIN), {}, {"failures": {TAKEN}}, id="a taken name"),
        pytest.param(
            HELD,
            configured(a=PLAIN, b=App("n1", adopts=True, is_unknown=True)),
            {},
            {"invisible": {UNCHANGED}, "is_shared": True},
            id="unchanged objects are invisible",
        ),
        pytest.param(
            HELD,
            configured(b=ADOPTING),
            {"targets": frozenset({B})},
            {"invisible": {TARGET}, "is_shared": True},
            id="untargeted objects are invisible",
        ),
        pytest.param(
            HELD,
            configured(a=PLAIN, b=App("n1", adopts=True, is_aliased=True)),
            {},
            {"invisible": {ALIAS}, "is_shared": False},
            id="other aliases are invisible",
        ),
        pytest.param(
            SCHEDULED,
            configured({"daily": Schedule("a", CRON), "again": Schedule("a", CRON)}, a=PLAIN),
            {},
            {"new": {AGAIN}, "warned": set()},
            id="an equal schedule has its own trigger",
        ),
        pytest.param(
            SCHEDULED,
            configured({"daily": Schedule("a", CRON), "again": Schedule("a", CRON, adopts=True)}, a=PLAIN),
            {},
            {"refusals": {MANAGED}},
            id="a trigger of another schedule is not adopted",
        ),
        pytest.param(
            HELD,
            configured({"daily": Schedule("a", CRON)}, a=PLAIN),
            {},
            {"new": {DAILY}, "warned": {"t1"}},
            id="an existing trigger is not taken",
        ),
    ],
)
def test_each_case_has_its_outcome(
    stored: list[Held], configuration: Configuration, command: dict[str, Any], expected: dict[str, Any]
) -> None:
    """The tenant has one workflow with one trigger."""
    found = expect(TENANT, stored, (), configuration, Command(**command))
    assert expected == {name: getattr(found, name) for name in expected}


def test_an_object_of_another_state_is_invisible() -> None:
    """It is adopted."""
    assert {OTHER_STATE} == expect(TENANT, [], {"n1-x"}, configured(a=ADOPTING), Command()).invisible


def test_several_triggers_are_not_adopted() -> None:
    """It is not clear which one is meant."""
    configuration = configured({"daily": Schedule("a", CRON, adopts=True)}, a=PLAIN)
    assert {UNCLEAR} == expect(TWO_TRIGGERS, HELD, (), configuration, Command()).refusals


@pytest.mark.parametrize(
    ("adopts", "imports", "expected"),
    [
        (False, {}, {"refusals": set(), "new": {AGAIN}, "same": {A: "n1-x", DAILY: "t2"}, "removed": {"t1"}}),
        (True, {}, {"refusals": {MANAGED}}),
        (False, {AGAIN: "n1-x/t1"}, {"refusals": {SHARED}}),
    ],
    ids=["equal times", "adopt", "import"],
)
def test_a_replaced_trigger_is_not_used_elsewhere(
    adopts: bool, imports: dict[str, str], expected: dict[str, Any]
) -> None:
    """The schedule that replaced it removes it."""
    tenant = {"n1-x": replace(WORKFLOW, triggers={"t1": CRON, "t2": "0 18 * * *"})}
    stored = [*HELD, Held(DAILY, "n1-x", "t2", replaced=frozenset({"t1"}))]
    schedules = {"daily": Schedule("a", "0 18 * * *"), "again": Schedule("a", CRON, adopts)}
    found = expect(tenant, stored, (), Configuration({"a": PLAIN}, schedules, imports), Command())
    assert expected == {name: getattr(found, name) for name in expected}


def test_a_replaced_trigger_is_restored_if_its_successor_is_gone() -> None:
    """The read finds it as the trigger of the schedule."""
    stored = [*HELD, Held(DAILY, "n1-x", "t2", replaced=frozenset({"t1"}))]
    found = expect(TENANT, stored, (), configured({"daily": Schedule("a", CRON)}, a=PLAIN), Command())
    assert ({A: "n1-x", DAILY: "t1"}, set(), set()) == (found.same, found.new, found.removed)
