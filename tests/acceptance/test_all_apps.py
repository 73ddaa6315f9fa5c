"""One configuration with all 38 apps and a schedule for each."""

from dataclasses import replace

from scripts.lib.app_facts.configuration import configuration
from scripts.lib.app_facts.workflows import Workflow, workflows
from tests.acceptance.conftest import Start
from tests.support.sandbox import Sandbox
from tests.support.sandbox_pool import BOTH_CONTRACTS

pytestmark = BOTH_CONTRACTS


def _puts(sandbox: Sandbox) -> list[str]:
    return [request["path"] for request in sandbox.requests() if request["method"] == "PUT"]


def _with_other_admin(workflow: Workflow) -> Workflow:
    connection = workflow.inputs["connection"]
    attributes = {**connection["attributes"], "adminUsers": ["admin", "second-admin"]}
    return replace(workflow, inputs={**workflow.inputs, "connection": {**connection, "attributes": attributes}})


def test_all_apps_apply_plan_quiet_change_by_one_key_and_leave_nothing_live(start: Start) -> None:
    """38 apps apply and plan no changes, one nested key is one update and one PUT, and a destroy archives all."""
    chosen = workflows()
    sandbox, workspace = start(configuration(chosen))
    workspace.apply("-parallelism=20").ok()
    assert {} == workspace.plan_changes()
    assert 38 == len(sandbox.workflows())
    assert [] == [each["slug"] for each in sandbox.workflows() if len(each["schedules"]) != 1 or each["runs"]]

    place = next(number for number, each in enumerate(chosen) if isinstance(each.inputs["connection"], dict))
    address = f"atlan_app.{chosen[place].label}"
    before = workspace.values(address)
    chosen[place] = _with_other_admin(chosen[place])
    workspace.write(configuration(chosen))
    plan = workspace.plan_json()
    changed = [each for each in plan["resource_changes"] if each["change"]["actions"] != ["no-op"]]
    assert [(address, ["update"])] == [(each["address"], each["change"]["actions"]) for each in changed]
    assert _inputs_without_admins(changed[0]["change"]["before"]) == _inputs_without_admins(
        changed[0]["change"]["after"]
    )
    workspace.apply().ok()
    assert [f"/api/service/v1/app/{before['slug']}"] == _puts(sandbox)
    assert workspace.values(address)["version"] > before["version"]
    assert {} == workspace.plan_changes()

    workspace.write("")
    workspace.apply("-parallelism=20").ok()
    assert [True] * 38 == [each["archived"] for each in sandbox.workflows()]
    assert [] == [each["slug"] for each in sandbox.workflows() if each["schedules"]]


def _inputs_without_admins(values: dict[str, dict[str, dict[str, dict[str, object]]]]) -> object:
    inputs = values["inputs"]
    attributes = {**inputs["connection"]["attributes"], "adminUsers": None}
    return {**inputs, "connection": {**inputs["connection"], "attributes": attributes}}


def test_all_apps_are_quiet_where_the_service_hides_their_inputs(start: Start) -> None:
    """State stays unchanged if the service hides the inputs and the version is the one that was published here."""
    _, workspace = start(configuration(), surface_inputs=False, surface_schedules=True)
    workspace.apply("-parallelism=20").ok()
    assert {} == workspace.plan_changes()
