"""The life of ``atlan_app_schedule``: create, change, drift, removal, import."""

import re
from typing import Any

import pytest

from tests.acceptance.conftest import Start
from tests.support.configurations import app, schedule
from tests.support.sandbox import Sandbox
from tests.support.terraform import Workspace
from tests.support.ui import archive, remove_schedule, wait_for_triggers

IMPORTED = """
import {
  to = atlan_app_schedule.taken_over
  id = "%s"
}
"""


def triggers(sandbox: Sandbox) -> list[dict[str, Any]]:
    return [trigger for each in sandbox.workflows() for trigger in each["schedules"]]


def test_a_schedule_is_attached_and_removed(start: Start) -> None:
    """State contains the trigger, a plan has no changes, and the trigger is removed with the schedule."""
    sandbox, workspace = start(app() + schedule())
    workspace.apply().ok()
    values = workspace.values("atlan_app_schedule.daily")
    expected = {"cron": "0 6 * * *", "timezone": "UTC", "trigger_id": values["trigger_id"]}
    assert [expected] == triggers(sandbox)
    assert f"{values['slug']}/{values['trigger_id']}" == values["id"]
    assert {} == workspace.plan_changes()
    workspace.write(app())
    workspace.apply().ok()
    assert [] == triggers(sandbox)


def test_a_change_adds_the_new_trigger_before_the_old_one_goes(start: Start) -> None:
    """The workflow has a trigger at each moment."""
    sandbox, workspace = start(app() + schedule())
    workspace.apply().ok()
    workspace.write(app() + schedule(cron="30 7 * * *", timezone="Europe/Berlin"))
    assert {"atlan_app_schedule.daily": ["update"]} == workspace.plan_changes()
    workspace.apply().ok()
    assert [("30 7 * * *", "Europe/Berlin")] == [(each["cron"], each["timezone"]) for each in triggers(sandbox)]
    writes = [each["method"] for each in sandbox.requests() if "/schedule" in each["path"]]
    assert ["POST", "POST", "DELETE"] == writes
    assert {} == workspace.plan_changes()


def test_a_removal_that_failed_is_made_up_for_by_the_next_apply(start: Start) -> None:
    """The next apply removes the old trigger and adds none."""
    sandbox, workspace = start(app() + schedule())
    workspace.apply().ok()
    workspace.write(app() + schedule(cron="30 7 * * *"))
    sandbox.fault(method="DELETE", path="/schedule/", times=1, status=500, body={"message": "not now"})
    workspace.apply().failed("not now")
    assert [] == workspace.tainted()
    assert 2 == len(triggers(sandbox))
    assert {"atlan_app_schedule.daily": ["update"]} == workspace.plan_changes()
    workspace.apply().ok()
    assert ["30 7 * * *"] == [each["cron"] for each in triggers(sandbox)]
    assert {} == workspace.plan_changes()


def test_an_expression_that_means_the_same_does_not_differ(start: Start) -> None:
    """Two cron expressions with the same meaning are equal."""
    _, workspace = start(app() + schedule(cron="0 6 * * 0"))
    workspace.apply().ok()
    workspace.write(app() + schedule(cron="00 06 * * SUN"))
    assert {} == workspace.plan_changes()


def test_a_schedule_that_was_removed_elsewhere_is_planned_again_where_schedules_are_listed(start: Start) -> None:
    """If the service lists schedules, a missing trigger is created again."""
    sandbox, workspace = start(app() + schedule(), surface_schedules=True)
    workspace.apply().ok()
    values = workspace.values("atlan_app_schedule.daily")
    remove_schedule(sandbox, values["slug"], values["trigger_id"])
    assert {"atlan_app_schedule.daily": ["create"]} == workspace.plan_changes()
    workspace.apply().ok()
    assert 1 == len(triggers(sandbox))


def test_state_stays_if_the_service_lists_no_schedules(start: Start) -> None:
    """If the service lists no schedules, state stays unchanged."""
    sandbox, workspace = start(app() + schedule())
    workspace.apply().ok()
    values = workspace.values("atlan_app_schedule.daily")
    remove_schedule(sandbox, values["slug"], values["trigger_id"])
    assert {} == workspace.plan_changes()
    assert "was not found" in workspace.destroy().ok().text


def test_a_schedule_of_a_workflow_that_is_gone_leaves_state(start: Start) -> None:
    """A plan creates the schedule of an archived workflow again, and a destroy of both succeeds."""
    sandbox, workspace = start(app() + schedule())
    workspace.apply().ok()
    workspace.age()
    archive(sandbox, workspace.values("atlan_app.crawler")["slug"])
    expected = {"atlan_app.crawler": ["create"], "atlan_app_schedule.daily": ["create"]}
    assert expected == workspace.plan_changes()
    workspace.destroy("-refresh=false").ok()
    assert {} == workspace.resources()


def test_a_lost_answer_says_that_a_trigger_may_exist_where_none_are_listed(start: Start) -> None:
    """The create is not repeated, because a second trigger would run the workflow twice."""
    sandbox, workspace = start(app() + schedule())
    sandbox.fault(method="POST", path="/schedule$", times=1, drop="after")
    workspace.apply().failed("A trigger may exist that Terraform does not know")
    assert 1 == len(triggers(sandbox))


@pytest.mark.parametrize("changed", [False, True], ids=["create", "update"])
def test_the_trigger_of_a_lost_answer_is_found_if_triggers_are_listed(start: Start, changed: bool) -> None:
    """The provider stores the new trigger with the planned times in state, and no second one is created."""
    sandbox, workspace = start(app() + schedule(), surface_schedules=True)
    if changed:
        workspace.apply().ok()
        workspace.write(app() + schedule(cron="30 7 * * *"))
    sandbox.fault(method="POST", path="/schedule$", times=1, drop="after")
    assert "was found after a lost answer" in workspace.apply().ok().output
    assert [workspace.values("atlan_app_schedule.daily")["trigger_id"]] == [
        each["trigger_id"] for each in triggers(sandbox)
    ]
    assert {} == workspace.plan_changes()


def test_a_lost_addition_is_reported_if_triggers_are_listed(start: Start) -> None:
    """If no trigger was created, the next apply creates it."""
    sandbox, workspace = start(app() + schedule(), surface_schedules=True)
    sandbox.fault(method="POST", path="/schedule$", times=1, status=500, body={"message": "not now"})
    workspace.apply().failed("The schedule of", "was not added", "not now")
    workspace.apply().ok()
    assert 1 == len(triggers(sandbox))


def test_a_trigger_that_a_slow_service_adds_afterwards_is_announced(start: Start) -> None:
    """The error says that the trigger may come, the next plan names it, and its import adds no second one."""
    configuration = 'provider "atlan" {\n  request_timeout = 1\n}\n' + app() + schedule()
    sandbox, workspace = start(configuration, surface_schedules=True)
    sandbox.fault(method="POST", path="/schedule$", times=1, delay_ms=3000)
    workspace.apply().failed("A trigger may exist that Terraform does not know", "The service may still add it.")
    wait_for_triggers(sandbox, 1)
    (added,) = triggers(sandbox)
    assert added["trigger_id"] in workspace.plan().ok().text
    import_id = f"{workspace.values('atlan_app.crawler')['slug']}/{added['trigger_id']}"
    workspace.write(f'import {{\n  to = atlan_app_schedule.daily\n  id = "{import_id}"\n}}\n', "import.tf")
    workspace.apply().ok()
    assert [added["trigger_id"]] == [each["trigger_id"] for each in triggers(sandbox)]


def test_a_replaced_trigger_that_outlived_its_successor_is_the_schedule_again(start: Start) -> None:
    """The removal of the old trigger failed, and a user removed the new one.

    The next apply leaves exactly the configured trigger.
    """
    sandbox, workspace = start(app() + schedule(), surface_schedules=True)
    workspace.apply().ok()
    workspace.write(app() + schedule(cron="30 7 * * *"))
    sandbox.fault(method="DELETE", path="/schedule/", times=1, status=500, body={"message": "not now"})
    workspace.apply().failed("could not be removed", "not now")
    values = workspace.values("atlan_app_schedule.daily")
    remove_schedule(sandbox, values["slug"], values["trigger_id"])
    assert {"atlan_app_schedule.daily": ["update"]} == workspace.plan_changes()
    workspace.apply().ok()
    assert ["30 7 * * *"] == [each["cron"] for each in triggers(sandbox)]


@pytest.mark.parametrize("surfaced", [True, False])
def test_the_import_command_takes_over_a_schedule(start: Start, surfaced: bool) -> None:
    """Listed triggers are imported with their times, others by their id. The next apply leaves exactly one trigger."""
    sandbox, workspace = start(app() + schedule(), surface_schedules=surfaced)
    workspace.apply().ok()
    values = workspace.values("atlan_app_schedule.daily")
    workspace.state("rm", "atlan_app_schedule.daily").ok()
    workspace.import_("atlan_app_schedule.daily", values["id"]).ok()
    expected = {} if surfaced else {"atlan_app_schedule.daily": ["update"]}
    assert expected == workspace.plan_changes()
    workspace.apply().ok()
    assert ["0 6 * * *"] == [each["cron"] for each in triggers(sandbox)]
    assert {} == workspace.plan_changes()


def outside_of_state(start: Start, *, surfaced: bool) -> tuple[Sandbox, Workspace, str]:
    """Remove a schedule from state, write its import block, and return its import id."""
    made = schedule(cron="30 7 * * MON", timezone="Europe/Berlin")
    sandbox, workspace = start(app() + made, surface_schedules=surfaced)
    workspace.apply().ok()
    import_id: str = workspace.values("atlan_app_schedule.daily")["id"]
    workspace.state("rm", "atlan_app_schedule.daily").ok()
    workspace.write(app())
    workspace.write(IMPORTED % import_id, "import.tf")
    return sandbox, workspace, import_id


def test_a_generated_configuration_of_a_listed_schedule_plans_to_no_changes(start: Start) -> None:
    """The configuration has the times of the trigger, and the trigger stays the same."""
    sandbox, workspace, import_id = outside_of_state(start, surfaced=True)
    before = triggers(sandbox)
    workspace.plan("-generate-config-out=generated.tf").ok()
    assert {} == workspace.plan_changes()
    workspace.apply().ok()
    assert {} == workspace.plan_changes()
    values = workspace.values("atlan_app_schedule.taken_over")
    assert (import_id, "30 7 * * MON", "Europe/Berlin") == (values["id"], values["cron"], values["timezone"])
    assert before == triggers(sandbox)


def test_a_generated_configuration_of_a_hidden_schedule_asks_for_its_times(start: Start) -> None:
    """The plan names the missing attribute.

    Once it is configured, the new trigger is created before the old one is removed.
    """
    sandbox, workspace, _ = outside_of_state(start, surfaced=False)
    (before,) = triggers(sandbox)
    workspace.plan("-generate-config-out=generated.tf").failed("was imported by its id alone", "cron is required")
    generated = (workspace.directory / "generated.tf").read_text(encoding="utf-8")
    for name, value in (("cron", '"30 7 * * MON"'), ("timezone", '"Europe/Berlin"')):
        assert re.search(rf"{name} +=", generated)
        generated = re.sub(rf"({name} +=) .*", rf"\1 {value}", generated)
    workspace.write(generated, "generated.tf")
    asked = len(sandbox.requests())
    assert {"atlan_app_schedule.taken_over": ["update"]} == workspace.plan_changes()
    workspace.apply().ok()
    writes = [(each["method"], each["path"].rpartition("/")[2]) for each in sandbox.requests()[asked:]]
    assert [("POST", "schedule"), ("DELETE", before["trigger_id"])] == [each for each in writes if each[0] != "GET"]
    (after,) = triggers(sandbox)
    assert {**before, "trigger_id": after["trigger_id"]} == after
    assert {} == workspace.plan_changes()


def test_an_imported_trigger_that_could_not_be_removed_is_removed_by_the_next_apply(start: Start) -> None:
    """The first apply adds the configured trigger and fails to remove the old one. The next apply adds none."""
    sandbox, workspace, _ = outside_of_state(start, surfaced=False)
    workspace.write(app() + schedule("taken_over", cron="0 6 * * *"))
    sandbox.fault(method="DELETE", path="/schedule/", times=1, status=500, body={"message": "not now"})
    workspace.apply().failed("could not be removed", "not now")
    assert 2 == len(triggers(sandbox))
    workspace.apply().ok()
    assert ["0 6 * * *"] == [each["cron"] for each in triggers(sandbox)]
    assert {} == workspace.plan_changes()


def test_a_hidden_trigger_that_does_not_exist_leaves_one_that_does(start: Start) -> None:
    """An import cannot notice a wrong id, and the first apply still adds the configured trigger."""
    sandbox, workspace, import_id = outside_of_state(start, surfaced=False)
    values = import_id.partition("/")
    remove_schedule(sandbox, values[0], values[2])
    workspace.write(app() + schedule("taken_over"))
    assert "was not found" in workspace.apply().ok().text
    assert ["0 6 * * *"] == [each["cron"] for each in triggers(sandbox)]
    assert {} == workspace.plan_changes()


@pytest.mark.parametrize(
    ("import_id", "expected"),
    [
        ("only-a-slug", '"only-a-slug" is not an import id of atlan_app_schedule'),
        ("a/b/c", '"a/b/c" is not an import id of atlan_app_schedule'),
        ("no-such-slug/trigger", "There is no workflow with the slug no-such-slug"),
    ],
)
def test_an_import_id_without_an_object_is_an_error(start: Start, import_id: str, expected: str) -> None:
    """The error names the expected form of an id, or the workflow that does not exist."""
    _, workspace = start(app() + schedule())
    workspace.import_("atlan_app_schedule.daily", import_id).failed(expected)


def test_an_unknown_trigger_is_answered_with_those_that_exist(start: Start) -> None:
    """If the service lists triggers, the error contains their ids."""
    _, workspace = start(app() + schedule(), surface_schedules=True)
    workspace.apply().ok()
    values = workspace.values("atlan_app_schedule.daily")
    workspace.state("rm", "atlan_app_schedule.daily").ok()
    result = workspace.import_("atlan_app_schedule.daily", f"{values['slug']}/unknown")
    result.failed(f"{values['slug']} has no trigger unknown", values["trigger_id"])
