"""``adopt_existing``: a create adopts an existing trigger only as the plan showed it."""

import pytest

from tests.acceptance.conftest import Start
from tests.support.configurations import app, schedule
from tests.support.schedules import (
    CREATES_FIRST,
    DAILY,
    FOLLOWS,
    attached,
    in_state,
    left,
    trigger_ids,
    triggers,
    with_lines,
)
from tests.support.ui import add_schedule, remove_schedule

EXISTING = "already has a trigger with these times"
ADOPTED = "is adopted"
REFUSED = "is already managed by this configuration"
LATER = "Another resource adopts"
UNCLEAR = "It is not clear which trigger of"
CHANGED = "inconsistent final plan"
BESIDE = "A replacement does not adopt a trigger of"
MAY_ADOPT = "The apply may adopt a trigger"


def adopting(label: str = "daily", *more: str, cron: str = "0 6 * * *") -> str:
    """Return a schedule that adopts, with `more` in its block."""
    return with_lines(schedule(label, cron=cron), "adopt_existing = true", *more)


def test_an_existing_trigger_is_not_taken_without_being_told(start: Start) -> None:
    """The plan names it and says how to take it over, and the apply adds a second one."""
    sandbox, workspace, slug = attached(start)
    existing = left(sandbox, slug, "00 06 * * *")
    workspace.write(app() + schedule())
    told = workspace.plan().ok().text
    assert f"{slug} {EXISTING}: {existing}" in told
    assert f"set adopt_existing = true, or import it by the id {slug}/<trigger id>" in told
    workspace.apply().ok()
    assert [existing, *in_state(workspace, "daily")] == [each for each, _ in triggers(sandbox)]
    assert existing not in in_state(workspace, "daily")
    assert {} == workspace.plan_changes()


def test_a_create_adopts_the_trigger_that_its_plan_shows(start: Start) -> None:
    """The apply adds none. To remove adopt_existing later changes nothing on the tenant."""
    sandbox, workspace, slug = attached(start)
    existing = left(sandbox, slug, "00 06 * * *")
    workspace.write(app() + adopting())
    planned = workspace.plan().ok()
    assert f"The trigger {existing} of {slug} {ADOPTED}" in planned.text
    assert f'"{slug}/{existing}"' in planned.output
    assert ADOPTED in workspace.apply().ok().text
    assert [(existing, "00 06 * * *")] == triggers(sandbox)
    assert [existing] == in_state(workspace, "daily")
    assert existing == workspace.values(DAILY)["adopted_trigger_id"]
    assert {} == workspace.plan_changes()
    workspace.write(app() + schedule())
    workspace.apply().ok()
    assert [(existing, "00 06 * * *")] == triggers(sandbox)
    assert {} == workspace.plan_changes()


def test_an_adopted_trigger_is_replaced_if_the_schedule_follows_a_version(start: Start) -> None:
    """The version of an existing trigger is not known."""
    sandbox, workspace, slug = attached(start)
    existing = left(sandbox, slug)
    workspace.write(app() + adopting("daily", FOLLOWS))
    assert "A new trigger at app_version replaces it" in workspace.apply().ok().text
    ((trigger_id, _),) = triggers(sandbox)
    assert existing != trigger_id == workspace.values(DAILY)["trigger_id"]
    assert {} == workspace.plan_changes()


def test_an_update_adopts_no_trigger(start: Start) -> None:
    """Only a create adopts. The existing trigger stays beside the new one."""
    sandbox, workspace, slug = attached(start, adopting())
    existing = left(sandbox, slug, "30 7 * * *")
    workspace.apply().ok()
    workspace.write(app() + adopting(cron="30 7 * * *"))
    assert f"{slug} {EXISTING}: {existing}" in workspace.apply().ok().text
    assert {existing, *in_state(workspace, "daily")} == trigger_ids(sandbox)
    assert existing not in in_state(workspace, "daily")
    assert {} == workspace.plan_changes()


@pytest.mark.parametrize("told", [True, False], ids=["told", "not told"])
def test_a_saved_plan_takes_nothing_that_appears_after_it(start: Start, told: bool) -> None:
    """Terraform refuses a plan that would now adopt a trigger. A plan that adopts none adds its trigger."""
    sandbox, workspace, slug = attached(start)
    workspace.write(app() + (adopting() if told else schedule()))
    workspace.plan("-out=early.tfplan").ok()
    existing = left(sandbox, slug)
    applied = workspace.run("apply", "-auto-approve", "early.tfplan")
    if told:
        applied.failed(CHANGED, "the triggers of the tenant have changed since the plan: plan again")
        assert [(existing, "0 6 * * *")] == triggers(sandbox)
        workspace.apply().ok()
        assert [existing] == in_state(workspace, "daily")
    else:
        applied.ok()
        assert [existing, *in_state(workspace, "daily")] == [each for each, _ in triggers(sandbox)]
    assert {} == workspace.plan_changes()


def test_a_saved_plan_whose_trigger_is_gone_is_refused(start: Start) -> None:
    """The next plan adds a trigger."""
    sandbox, workspace, slug = attached(start)
    existing = left(sandbox, slug)
    workspace.write(app() + adopting())
    workspace.plan("-out=early.tfplan").ok()
    remove_schedule(sandbox, slug, existing)
    workspace.run("apply", "-auto-approve", "early.tfplan").failed(CHANGED)
    workspace.apply().ok()
    assert in_state(workspace, "daily") == [each for each, _ in triggers(sandbox)]
    assert None is workspace.values(DAILY)["adopted_trigger_id"]


@pytest.mark.parametrize(
    ("cron", "timezone"), [("0 7 * * *", "UTC"), ("0 6 * * *", "Europe/Berlin")], ids=["cron", "timezone"]
)
def test_a_trigger_of_other_times_is_not_adopted(start: Start, cron: str, timezone: str) -> None:
    """A trigger with other times is not named, and a new one is created."""
    sandbox, workspace, slug = attached(start)
    existing = add_schedule(sandbox, slug, cron=cron, timezone=timezone)
    workspace.write(app() + adopting())
    assert existing not in workspace.apply().ok().text
    assert 2 == len(triggers(sandbox))


def test_several_triggers_with_the_times_are_an_error(start: Start) -> None:
    """The error names them, and an import takes one."""
    sandbox, workspace, slug = attached(start)
    existing = sorted(left(sandbox, slug) for _ in range(2))
    workspace.write(app() + adopting())
    workspace.plan().failed(UNCLEAR, *existing, f"import the one that you want by the id {slug}/<trigger id>")
    workspace.import_(DAILY, f"{slug}/{existing[0]}").ok()
    workspace.apply().ok()
    assert existing[:1] == in_state(workspace, "daily")
    assert existing == sorted(each for each, _ in triggers(sandbox))


@pytest.mark.parametrize("label", ["a_first", "z_last"])
@pytest.mark.parametrize("parallelism", [1, 10])
def test_the_trigger_of_another_resource_is_not_adopted(start: Start, label: str, parallelism: int) -> None:
    """In any order of the reads, the plan is an error with a moved block, and a move needs no adoption."""
    sandbox, workspace, _ = attached(start, schedule())
    before = triggers(sandbox)
    workspace.write(app() + adopting(label))
    result = workspace.apply(f"-parallelism={parallelism}")
    result.failed("moved { from = atlan_app_schedule.OLD to = atlan_app_schedule.NEW }")
    assert REFUSED in result.text or LATER in result.text
    assert before == triggers(sandbox)
    workspace.write(app() + schedule() + adopting(label))
    workspace.apply(f"-parallelism={parallelism}").failed("moved {")
    moved = f"moved {{\n  from = {DAILY}\n  to = atlan_app_schedule.{label}\n}}\n"
    workspace.write(app() + adopting(label) + moved)
    workspace.apply().ok()
    assert before == triggers(sandbox)
    assert {} == workspace.plan_changes()


def test_two_creates_do_not_adopt_one_trigger(start: Start) -> None:
    """The plan is an error, and one of them adopts after the other one has no adopt_existing."""
    sandbox, workspace, slug = attached(start)
    existing = left(sandbox, slug)
    workspace.write(app() + adopting() + adopting("again"))
    workspace.plan().failed("Two resources adopt")
    workspace.write(app() + adopting() + schedule("again"))
    workspace.apply().ok()
    assert [existing] == in_state(workspace, "daily")
    assert set(in_state(workspace, "daily", "again")) == trigger_ids(sandbox)
    assert 2 == len(triggers(sandbox))


@pytest.mark.parametrize("known", [True, False], ids=["slug known", "slug unknown"])
@pytest.mark.parametrize("parallelism", [1, 10])
def test_two_creates_of_one_apply_do_not_take_each_others_trigger(start: Start, known: bool, parallelism: int) -> None:
    """Each schedule gets its own trigger, also where both adopt, and the plan does not know the slug."""
    text = app() + adopting() + adopting("again")
    sandbox, workspace = start(app() if known else text, surface_schedules=True)
    workspace.apply(f"-parallelism={parallelism}").ok()
    workspace.write(text)
    workspace.apply(f"-parallelism={parallelism}").ok()
    found = set(in_state(workspace, "daily", "again"))
    assert 2 == len(found)
    assert found == trigger_ids(sandbox)
    assert {} == workspace.plan_changes()


@pytest.mark.parametrize("creates_first", [True, False], ids=["creates first", "destroys first"])
def test_a_replacement_ends_with_one_trigger(start: Start, creates_first: bool) -> None:
    """A replacement may adopt the trigger of its predecessor, and the destroy of the predecessor then leaves it."""
    sandbox, workspace, _ = attached(start, adopting("daily", *([CREATES_FIRST] if creates_first else [])))
    workspace.apply(f"-replace={DAILY}").ok()
    assert in_state(workspace, "daily") == [each for each, _ in triggers(sandbox)]
    assert {} == workspace.plan_changes()


@pytest.mark.parametrize("more", [[], [FOLLOWS], [CREATES_FIRST]], ids=["alone", "follows", "creates first"])
@pytest.mark.parametrize("is_managed", [True, False], ids=["sibling", "web UI"])
def test_a_replacement_does_not_adopt_another_trigger(start: Start, is_managed: bool, more: list[str]) -> None:
    """An equal sibling keeps its trigger. The apply cannot see it, so the plan is an error."""
    replaced = adopting("daily", *more)
    sandbox, workspace, slug = attached(start, replaced)
    (own,) = in_state(workspace, "daily")
    if is_managed:
        workspace.write(app() + replaced + schedule("a"))
        workspace.apply().ok()
        (other,) = in_state(workspace, "a")
    else:
        other = left(sandbox, slug)
    workspace.apply(f"-replace={DAILY}").failed(BESIDE, other, "Remove adopt_existing")
    assert {own, other} == trigger_ids(sandbox)
    sibling = schedule("a") if is_managed else ""
    workspace.write(app() + with_lines(schedule(), *more) + sibling)
    workspace.apply(f"-replace={DAILY}").ok()
    assert {other, *in_state(workspace, "daily")} == trigger_ids(sandbox)
    assert own not in trigger_ids(sandbox)


@pytest.mark.parametrize("is_known", [True, False])
def test_a_schedule_that_moves_to_another_workflow_does_not_adopt_there(start: Start, is_known: bool) -> None:
    """The other workflow has a schedule with equal times. If its slug is not known, the plan warns."""
    two = app("two", "second")
    moving = adopting().replace("atlan_app.crawler.slug", "atlan_app.two.slug")
    sandbox, workspace, _ = attached(start, two + moving + schedule("a"))
    before = trigger_ids(sandbox)
    if is_known:
        workspace.write(app() + two + adopting() + schedule("a"))
        workspace.apply().failed(BESIDE)
    else:
        value = 'resource "terraform_data" "slug" { input = atlan_app.crawler.slug }\n'
        moved = adopting().replace("atlan_app.crawler.slug", "terraform_data.slug.output")
        workspace.write(app() + two + value + moved + schedule("a"))
        assert MAY_ADOPT in workspace.plan().ok().text
    assert before == trigger_ids(sandbox)


def test_a_tainted_schedule_beside_an_equal_one_does_not_adopt(start: Start) -> None:
    """Both triggers are managed, so none of them is a choice."""
    sandbox, workspace, _ = attached(start, adopting())
    workspace.write(app() + adopting() + schedule("a"))
    workspace.apply().ok()
    before = trigger_ids(sandbox)
    workspace.run("taint", DAILY).ok()
    workspace.apply().failed(REFUSED, "terraform untaint")
    assert before == trigger_ids(sandbox)


def test_a_tainted_schedule_does_not_adopt_its_own_trigger(start: Start) -> None:
    """The error names terraform untaint. A destroy is not blocked."""
    sandbox, workspace, _ = attached(start, adopting(), launch=True)
    workspace.run("taint", DAILY).ok()
    workspace.plan().failed(REFUSED, "terraform untaint")
    workspace.destroy().ok()
    assert [] == triggers(sandbox)


def test_a_tenant_that_lists_no_schedules_adopts_none(start: Start) -> None:
    """The plan says so, and the apply adds a trigger."""
    sandbox, workspace = start(app())
    workspace.apply().ok()
    workspace.write(app() + adopting())
    assert "This tenant does not list schedules" in workspace.plan().ok().text
    workspace.apply().ok()
    assert in_state(workspace, "daily") == [each for each, _ in triggers(sandbox)]
    assert {} == workspace.plan_changes()


def test_a_trigger_that_was_removed_in_the_ui_is_not_a_predecessor(start: Start) -> None:
    """The plan shows which trigger with these times is adopted instead."""
    sandbox, workspace, slug = attached(start, adopting())
    remove_schedule(sandbox, slug, *in_state(workspace, "daily"))
    existing = left(sandbox, slug)
    assert f"The trigger {existing} of {slug} {ADOPTED}" in workspace.plan().ok().text
    workspace.apply().ok()
    assert [existing] == in_state(workspace, "daily") == [each for each, _ in triggers(sandbox)]
