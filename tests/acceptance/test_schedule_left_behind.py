"""A trigger that no state contains, as after a killed apply: it is adopted if the service lists schedules."""

import pytest

from tests.acceptance.conftest import Start
from tests.support.configurations import app, schedule
from tests.support.sandbox import Sandbox
from tests.support.terraform import Workspace
from tests.support.ui import add_schedule, remove_schedule

NOTICE = "already has a trigger with these times"
TAKEN_OVER = "was adopted"
VERSIONED = """
resource "atlan_app_schedule" "daily" {
  slug        = atlan_app.crawler.slug
  cron        = "0 6 * * *"
  app_version = atlan_app.crawler.version
}
"""


def triggers(sandbox: Sandbox) -> list[tuple[str, str]]:
    """Return the id and the cron expression of every trigger."""
    return [(each["trigger_id"], each["cron"]) for app in sandbox.workflows() for each in app["schedules"]]


def attached(start: Start, text: str = "") -> tuple[Sandbox, Workspace, str]:
    """Return a tenant that lists schedules, a workspace with an applied workflow, and the slug."""
    sandbox, workspace = start(app() + text, surface_schedules=True)
    workspace.apply().ok()
    return sandbox, workspace, workspace.values("atlan_app.crawler")["slug"]


def plans_no_changes(workspace: Workspace) -> bool:
    return workspace.plan("-detailed-exitcode").returncode == 0


def test_a_create_adopts_a_trigger_that_was_left_behind(start: Start) -> None:
    """The plan names the trigger, the apply adds none, and the next plan has no changes."""
    sandbox, workspace, slug = attached(start)
    left = add_schedule(sandbox, slug, cron="00 06 * * *", timezone="UTC")
    workspace.write(app() + schedule())
    plan = workspace.plan().ok().output
    assert NOTICE in plan
    assert left in plan
    assert TAKEN_OVER in workspace.apply().ok().output
    assert [(left, "00 06 * * *")] == triggers(sandbox)
    assert left == workspace.values("atlan_app_schedule.daily")["trigger_id"]
    assert plans_no_changes(workspace)


def test_an_update_adopts_a_trigger_that_was_left_behind(start: Start) -> None:
    """The old trigger is removed, and the existing one is in state."""
    sandbox, workspace, slug = attached(start, schedule())
    left = add_schedule(sandbox, slug, cron="30 7 * * *", timezone="UTC")
    workspace.write(app() + schedule(cron="30 7 * * *"))
    assert TAKEN_OVER in workspace.apply().ok().output
    assert [(left, "30 7 * * *")] == triggers(sandbox)
    assert plans_no_changes(workspace)


def test_a_schedule_that_follows_a_version_is_attached_again(start: Start) -> None:
    """The existing trigger is replaced, because its version is unknown."""
    sandbox, workspace, slug = attached(start)
    left = add_schedule(sandbox, slug, cron="0 6 * * *", timezone="UTC")
    workspace.write(app() + VERSIONED)
    assert TAKEN_OVER in workspace.apply().ok().output
    ((trigger_id, _),) = triggers(sandbox)
    assert left != trigger_id == workspace.values("atlan_app_schedule.daily")["trigger_id"]
    assert plans_no_changes(workspace)


def test_a_saved_plan_adopts_the_trigger_that_exists_at_the_apply(start: Start) -> None:
    """The apply of a saved plan searches for triggers again."""
    sandbox, workspace, slug = attached(start)
    workspace.write(app() + schedule())
    workspace.plan("-out=early.tfplan").ok()
    left = add_schedule(sandbox, slug, cron="0 6 * * *", timezone="UTC")
    assert TAKEN_OVER in workspace.run("apply", "-auto-approve", "early.tfplan").ok().output
    assert [(left, "0 6 * * *")] == triggers(sandbox)


def test_what_is_gone_by_the_apply_is_added(start: Start) -> None:
    """A trigger that was removed after the plan is created by the apply."""
    sandbox, workspace, slug = attached(start)
    left = add_schedule(sandbox, slug, cron="0 6 * * *", timezone="UTC")
    workspace.write(app() + schedule())
    workspace.plan("-out=early.tfplan").ok()
    remove_schedule(sandbox, slug, left)
    assert TAKEN_OVER not in workspace.run("apply", "-auto-approve", "early.tfplan").ok().output
    assert ["0 6 * * *"] == [cron for _, cron in triggers(sandbox)]


@pytest.mark.parametrize(
    ("cron", "timezone"), [("0 7 * * *", "UTC"), ("0 6 * * *", "Europe/Berlin")], ids=["cron", "timezone"]
)
def test_a_trigger_of_other_times_stays_somebody_elses(start: Start, cron: str, timezone: str) -> None:
    """A trigger with other times is not named, and a new one is created."""
    sandbox, workspace, slug = attached(start)
    add_schedule(sandbox, slug, cron=cron, timezone=timezone)
    workspace.write(app() + schedule())
    output = workspace.apply().ok().output
    assert NOTICE not in output
    assert TAKEN_OVER not in output
    assert 2 == len(triggers(sandbox))


def test_two_schedules_of_the_same_times_that_are_created_together_are_two(start: Start) -> None:
    """Each schedule creates its own trigger, in any order."""
    sandbox, workspace = start(app() + schedule() + schedule("again"), surface_schedules=True)
    workspace.apply("-parallelism=1").ok()
    found = {workspace.values(f"atlan_app_schedule.{label}")["trigger_id"] for label in ("daily", "again")}
    assert 2 == len(found)
    assert found == {trigger_id for trigger_id, _ in triggers(sandbox)}
    assert plans_no_changes(workspace)


def test_two_triggers_that_were_left_behind_are_adopted_by_two_schedules(start: Start) -> None:
    """Each schedule adopts another trigger."""
    sandbox, workspace, slug = attached(start)
    left = {add_schedule(sandbox, slug, cron="0 6 * * *", timezone="UTC") for _ in range(2)}
    workspace.write(app() + schedule() + schedule("again"))
    workspace.apply().ok()
    assert left == {workspace.values(f"atlan_app_schedule.{label}")["trigger_id"] for label in ("daily", "again")}
    assert left == {trigger_id for trigger_id, _ in triggers(sandbox)}


def test_one_that_was_left_behind_beside_another_is_named(start: Start) -> None:
    """One trigger is adopted, and the warning names the other one, so that the user can remove it."""
    sandbox, workspace, slug = attached(start)
    taken, other = (add_schedule(sandbox, slug, cron="0 6 * * *", timezone="UTC") for _ in range(2))
    workspace.write(app() + schedule())
    output = workspace.apply().ok().text
    assert f"The trigger {taken} of {slug} was adopted" in output
    assert f"{other} has the same times" in output


@pytest.mark.parametrize("parallelism", [1, 10])
def test_a_schedule_under_a_new_address_keeps_exactly_one_trigger(start: Start, parallelism: int) -> None:
    """The removed and the new schedule have the same times. In any order, one trigger remains and is in state."""
    sandbox, workspace, _ = attached(start, schedule())
    workspace.write(app() + schedule("renamed"))
    workspace.apply(f"-parallelism={parallelism}").ok()
    assert [workspace.values("atlan_app_schedule.renamed")["trigger_id"]] == [each for each, _ in triggers(sandbox)]
    assert plans_no_changes(workspace)


@pytest.mark.parametrize("parallelism", [1, 10])
def test_two_schedules_swap_their_times(start: Start, parallelism: int) -> None:
    """One apply swaps the times of two triggers, and both are in state."""
    sandbox, workspace, _ = attached(start, schedule(cron="0 6 * * *") + schedule("late", cron="0 18 * * *"))
    workspace.write(app() + schedule(cron="0 18 * * *") + schedule("late", cron="0 6 * * *"))
    workspace.apply(f"-parallelism={parallelism}").ok()
    state = {(values["trigger_id"], values["cron"]) for values in map(workspace.values, _schedules(workspace))}
    assert 2 == len(state)
    assert state == set(triggers(sandbox))
    assert plans_no_changes(workspace)


def test_a_replacement_that_creates_first_ends_with_one_trigger(start: Start) -> None:
    """The new schedule adopts the trigger of the old one, and the destroy of the old one does not remove it."""
    lifecycle = "lifecycle {\n    create_before_destroy = true\n  }\n}"
    text = schedule().rstrip().removesuffix("}") + lifecycle
    sandbox, workspace, _ = attached(start, text)
    workspace.apply("-replace=atlan_app_schedule.daily").ok()
    assert [workspace.values("atlan_app_schedule.daily")["trigger_id"]] == [each for each, _ in triggers(sandbox)]
    assert plans_no_changes(workspace)


def _schedules(workspace: Workspace) -> list[str]:
    return [address for address in workspace.resources() if address.startswith("atlan_app_schedule.")]
