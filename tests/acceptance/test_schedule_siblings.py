"""Several schedules of one workflow, and triggers that appear beside them: none is lost, and none is used twice."""

import json

import pytest

from tests.acceptance.conftest import Start
from tests.support.configurations import app, schedule
from tests.support.sandbox import Sandbox
from tests.support.schedules import (
    CREATES_FIRST,
    DAILY,
    FOLLOWS,
    TWICE,
    attached,
    in_state,
    left,
    trigger_ids,
    triggers,
    with_lines,
)
from tests.support.terraform import Workspace
from tests.support.ui import remove_schedule

ANOTHER = "has another trigger"


@pytest.mark.parametrize("label", ["again", "z_again"])
def test_a_second_schedule_with_the_same_times_gets_its_own_trigger(start: Start, label: str) -> None:
    """The schedule that exists already keeps its trigger."""
    sandbox, workspace, _ = attached(start, schedule())
    (first,) = in_state(workspace, "daily")
    workspace.write(app() + schedule() + schedule(label))
    workspace.apply().ok()
    assert first == in_state(workspace, "daily")[0] != in_state(workspace, label)[0]
    assert {first, *in_state(workspace, label)} == trigger_ids(sandbox)
    assert {} == workspace.plan_changes()
    workspace.write(app() + schedule())
    workspace.apply().ok()
    assert {first} == trigger_ids(sandbox)


@pytest.mark.parametrize("parallelism", [1, 10])
def test_two_schedules_with_the_same_times_that_are_created_together_are_two(start: Start, parallelism: int) -> None:
    """Each schedule creates its own trigger, in any order."""
    sandbox, workspace = start(app() + schedule() + schedule("again"), surface_schedules=True)
    workspace.apply(f"-parallelism={parallelism}").ok()
    found = set(in_state(workspace, "daily", "again"))
    assert 2 == len(found)
    assert found == trigger_ids(sandbox)
    assert {} == workspace.plan_changes()


@pytest.mark.parametrize("made", [True, False])
def test_a_lost_answer_finds_only_a_trigger_that_is_new(start: Start, made: bool) -> None:
    """The trigger of the sibling existed before the request. If the request added none, the apply fails."""
    sandbox, workspace, _ = attached(start, schedule())
    (first,) = in_state(workspace, "daily")
    workspace.write(app() + schedule() + schedule("again"))
    sandbox.fault(method="POST", path="/schedule$", times=1, drop="after" if made else "before")
    applied = workspace.apply()
    if made:
        assert "was found after a lost answer" in applied.ok().text
    else:
        applied.failed("A trigger may exist that Terraform does not know")
        workspace.apply().ok()
    assert 2 == len(trigger_ids(sandbox))
    assert {first, *in_state(workspace, "again")} == trigger_ids(sandbox)
    assert {} == workspace.plan_changes()


def test_a_lost_answer_does_not_take_what_another_create_has_added(start: Start) -> None:
    """Two creates run at once, and the answer to one of them is lost."""
    sandbox, workspace, _ = attached(start)
    workspace.write(app() + "".join(schedule(f"s{number}") for number in range(4)))
    sandbox.fault(method="POST", path="/schedule$", times=1, drop="after")
    workspace.apply().ok()
    found = set(in_state(workspace, *(f"s{number}" for number in range(4))))
    assert 4 == len(found)
    assert found == trigger_ids(sandbox)


@pytest.mark.parametrize("parallelism", [1, 10])
def test_a_schedule_under_a_new_address_keeps_exactly_one_trigger(start: Start, parallelism: int) -> None:
    """The removed and the new schedule have the same times. In any order, one trigger remains and is in state."""
    sandbox, workspace, _ = attached(start, schedule())
    workspace.write(app() + schedule("renamed"))
    workspace.apply(f"-parallelism={parallelism}").ok()
    assert {*in_state(workspace, "renamed")} == trigger_ids(sandbox)
    assert {} == workspace.plan_changes()


@pytest.mark.parametrize("parallelism", [1, 10])
def test_two_schedules_swap_their_times(start: Start, parallelism: int) -> None:
    """One apply swaps the times of two triggers, and both are in state."""
    sandbox, workspace, _ = attached(start, schedule(cron="0 6 * * *") + schedule("late", cron="0 18 * * *"))
    workspace.write(app() + schedule(cron="0 18 * * *") + schedule("late", cron="0 6 * * *"))
    workspace.apply(f"-parallelism={parallelism}").ok()
    expected = {*zip(in_state(workspace, "daily", "late"), ("0 18 * * *", "0 6 * * *"), strict=True)}
    assert expected == set(triggers(sandbox))
    assert {} == workspace.plan_changes()


def test_a_replacement_that_creates_first_ends_with_one_trigger(start: Start) -> None:
    """The new schedule adds its trigger before the destroy of the old one removes that of the old one."""
    sandbox, workspace, _ = attached(start, with_lines(schedule(), CREATES_FIRST))
    assert "already has a trigger" not in workspace.plan(f"-replace={DAILY}").ok().text
    applied = workspace.apply(f"-replace={DAILY}").ok()
    assert "If this schedule replaces another one, that may be its trigger" in applied.text
    assert {*in_state(workspace, "daily")} == trigger_ids(sandbox)
    assert {} == workspace.plan_changes()


def test_two_addresses_with_one_trigger_are_an_error(start: Start) -> None:
    """After state rm of one of them, the next apply adds a trigger for it."""
    sandbox, workspace, _ = attached(start, schedule())
    imported = workspace.values(DAILY)["id"]
    workspace.write(app() + schedule() + schedule("again"))
    workspace.import_("atlan_app_schedule.again", imported).ok()
    workspace.plan().failed(TWICE, "terraform state rm")
    workspace.state("rm", "atlan_app_schedule.again").ok()
    workspace.apply().ok()
    assert 2 == len(trigger_ids(sandbox))
    assert {} == workspace.plan_changes()


def test_two_addresses_with_one_trigger_can_be_destroyed(start: Start) -> None:
    """An earlier release gave two schedules one trigger. The error is a warning then."""
    sandbox, workspace = start(app() + schedule(), surface_schedules=True, launch=True)
    workspace.apply().ok()
    imported = workspace.values(DAILY)["id"]
    workspace.write(app() + schedule() + schedule("again"))
    workspace.import_("atlan_app_schedule.again", imported).ok()
    assert TWICE in workspace.destroy().ok().text
    assert {} == workspace.resources()
    assert set() == trigger_ids(sandbox)


# A trigger that appears


def warnings(workspace: Workspace, *options: str) -> int:
    """Plan, and return the number of warnings about a new trigger."""
    return workspace.plan(*options).ok().text.count(ANOTHER)


def test_an_edit_in_the_ui_is_reported_until_the_next_apply(start: Start) -> None:
    """An edit adds a trigger beside the old one. The report names it and its times, and the schedule stays."""
    sandbox, workspace, slug = attached(start, schedule())
    added = left(sandbox, slug, "0 8 * * *")
    told = workspace.plan().ok().text
    assert f"{slug} {ANOTHER}: {added}" in told
    assert "0 8 * * * (UTC)" in told
    assert {} == workspace.plan_changes()
    assert ANOTHER in workspace.apply().ok().text
    assert 0 == warnings(workspace)
    assert 2 == len(trigger_ids(sandbox))


def test_an_edit_in_the_ui_of_a_workflow_with_several_schedules_is_reported_once(start: Start) -> None:
    """Each schedule finds the trigger, and one of them reports it."""
    sandbox, workspace, slug = attached(start, schedule() + schedule("late", cron="0 18 * * *"))
    assert 0 == warnings(workspace)
    workspace.apply().ok()
    left(sandbox, slug, "0 8 * * *")
    assert 1 == warnings(workspace)


def test_an_edit_that_removes_the_old_trigger_is_reported(start: Start) -> None:
    """The plan adds the configured trigger again, and names the one in its place. The advice keeps only this one."""
    sandbox, workspace, slug = attached(start, schedule())
    added = left(sandbox, slug, "0 8 * * *")
    (removed,) = in_state(workspace, "daily")
    remove_schedule(sandbox, slug, removed)
    planned = workspace.plan().ok().text
    assert f"{slug} {ANOTHER}: {added}" in planned
    assert f"The trigger {removed} of this schedule does not exist any more, so an apply adds another one" in planned
    assert f"beside the trigger {removed}" not in planned
    assert {DAILY: ["create"]} == workspace.plan_changes()
    workspace.write(app() + with_lines(schedule(cron="0 8 * * *"), "adopt_existing = true"))
    workspace.apply().ok()
    assert {added} == {*in_state(workspace, "daily")} == trigger_ids(sandbox)
    assert {} == workspace.plan_changes()


def test_schedules_that_are_attached_again_are_not_reported(start: Start) -> None:
    """Each publish gives each schedule a new trigger. In any order of the reads, no schedule reports a sibling."""
    text = with_lines(schedule(), FOLLOWS) + with_lines(schedule("late", cron="0 18 * * *"), FOLLOWS)
    _, workspace, _ = attached(start, text)
    workspace.apply().ok()
    workspace.write(app(hidden_datasets=True) + text)
    workspace.apply("-parallelism=1").ok()
    assert 0 == warnings(workspace, "-parallelism=1")
    assert 0 == warnings(workspace)


def test_an_edit_in_the_ui_is_reported_where_rows_replace_reads(start: Start) -> None:
    """A row of the list with a new trigger is not enough: the schedule is read and reports it."""
    names = [f"w{number}" for number in range(6)]
    text = "".join(app(name, name) + schedule(name, name) for name in names)
    sandbox, workspace = start(text, surface_schedules=True)
    workspace.apply().ok()
    workspace.apply().ok()
    left(sandbox, workspace.values("atlan_app.w5")["slug"], "0 8 * * *")
    assert 1 == warnings(workspace, "-parallelism=1")


def test_a_state_without_private_state_reports_a_trigger_with_its_own_times(start: Start) -> None:
    """An earlier release wrote it, or Terraform after the provider was killed. Later triggers have any times."""
    sandbox, workspace, slug = attached(start, schedule())
    path = workspace.directory / "terraform.tfstate"
    state = json.loads(path.read_text())
    for resource in state["resources"]:
        resource["instances"][0].pop("private", None)
    path.write_text(json.dumps(state))
    left(sandbox, slug, "0 8 * * *")
    left(sandbox, slug, "0 6 * * *")
    assert 1 == warnings(workspace)
    workspace.apply().ok()
    left(sandbox, slug, "0 9 * * *")
    assert 1 == warnings(workspace)


CHANGED = app() + schedule(cron="0 18 * * *")


def with_replaced(start: Start) -> tuple[Sandbox, Workspace, str]:
    """Return a tenant and a workspace with a schedule whose replaced trigger is still to be removed, and its import id.

    The trigger runs at the default times of a schedule.
    """
    sandbox, workspace, _ = attached(start, schedule())
    replaced = workspace.values(DAILY)["id"]
    workspace.write(CHANGED)
    sandbox.fault(method="DELETE", path="/schedule/", times=1, status=500, body={"code": 500, "message": "not now"})
    workspace.apply().failed("could not be removed")
    return sandbox, workspace, replaced


def test_a_trigger_that_is_still_to_be_removed_is_not_adopted(start: Start) -> None:
    """No plan advises to take it over. The schedule removes it, and the other one gets its own trigger."""
    sandbox, workspace, replaced = with_replaced(start)
    before = trigger_ids(sandbox)
    workspace.write(CHANGED + schedule("again"))
    assert "already has a trigger" not in workspace.plan().ok().text
    workspace.write(CHANGED + with_lines(schedule("again"), "adopt_existing = true"))
    workspace.apply().failed("could not remove it, and removes it in its next apply", "Remove adopt_existing")
    assert before == trigger_ids(sandbox)
    workspace.write(CHANGED + schedule("again"))
    workspace.apply().ok()
    assert {*in_state(workspace, "daily", "again")} == trigger_ids(sandbox)
    assert replaced.rpartition("/")[2] not in trigger_ids(sandbox)
    assert {} == workspace.plan_changes()


@pytest.mark.parametrize("how", ["import", "removed", "not read", "target"])
def test_a_trigger_that_is_still_to_be_removed_has_no_second_address(start: Start, how: str) -> None:
    """The plan is an error, and the trigger lives, until the second address is out of state."""
    sandbox, workspace, replaced = with_replaced(start)
    again = "atlan_app_schedule.again"
    if how == "target":
        workspace.write(CHANGED + with_lines(schedule("again"), "adopt_existing = true"))
        workspace.apply(f"-target={again}").ok()
    else:
        workspace.write(CHANGED + schedule("again"))
        workspace.import_(again, replaced).ok()
    before = trigger_ids(sandbox)
    if how == "removed":
        workspace.write(app() + schedule("again"))
    workspace.apply(*(["-refresh=false"] if how == "not read" else [])).failed(TWICE, "has replaced it", "state rm")
    assert (before, 2) == (trigger_ids(sandbox), len(before))
    workspace.state("rm", again).ok()
    workspace.write(CHANGED)
    workspace.apply().ok()
    assert {*in_state(workspace, "daily")} == trigger_ids(sandbox)
    assert {} == workspace.plan_changes()
