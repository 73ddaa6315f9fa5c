"""``atlan_app`` taken over from what exists, by slug or by name."""

import pytest

from tests.acceptance.configurations import app, schedule
from tests.acceptance.conftest import Start
from tests.acceptance.ui import live

IMPORTED = """
import {
  to = atlan_app.taken_over
  id = "%s"
}
"""


@pytest.mark.parametrize("by", ["slug", "name"])
def test_an_import_block_takes_over_a_workflow_and_changes_nothing(start: Start, by: str) -> None:
    """By slug or by name, with the configuration that made it."""
    sandbox, workspace = start(app(more=""))
    workspace.apply().ok()
    stored = live(sandbox)[0]
    workspace.state("rm", "atlan_app.crawler").ok()
    import_id = stored["slug"] if by == "slug" else f"name:{stored['name']}"
    workspace.write(app("taken_over", more="") + IMPORTED % import_id)
    assert {} == workspace.plan_changes()
    workspace.apply().ok()
    assert stored["version"] == workspace.values("atlan_app.taken_over")["version"]
    assert {} == workspace.plan_changes()


def test_an_import_does_not_know_the_entrypoint(start: Start) -> None:
    """The service does not tell it: where it is configured, the first plan sets it and nothing else."""
    sandbox, workspace = start(app())
    workspace.apply().ok()
    workspace.state("rm", "atlan_app.crawler").ok()
    workspace.write(app("taken_over") + IMPORTED % live(sandbox)[0]["slug"])
    change = workspace.plan_json()["resource_changes"][0]["change"]
    differing = {name for name, value in change["before"].items() if change["after"].get(name, value) != value}
    assert (["update"], {"entrypoint"}) == (change["actions"], differing)
    workspace.apply().ok()
    assert {} == workspace.plan_changes()


def test_the_import_command_takes_over_a_workflow(start: Start) -> None:
    """``terraform import`` with a slug."""
    sandbox, workspace = start(app())
    workspace.apply().ok()
    workspace.state("rm", "atlan_app.crawler").ok()
    workspace.import_("atlan_app.crawler", live(sandbox)[0]["slug"]).ok()
    assert live(sandbox)[0]["slug"] == workspace.values("atlan_app.crawler")["slug"]


def test_a_generated_configuration_plans_to_no_changes(start: Start) -> None:
    """App and schedule, written by ``-generate-config-out``: no runtime keys, no defaults, and quiet."""
    configured = app(hidden_datasets=True, include_filter='{"^a$": ["^b$"]}', filter_sharded_tables=True)
    sandbox, workspace = start(configured + schedule(timezone="Europe/Berlin"), surface_schedules=True)
    workspace.apply().ok()
    stored = live(sandbox)[0]
    workspace.write("")
    for address in ("atlan_app.crawler", "atlan_app_schedule.daily"):
        workspace.state("rm", address).ok()
    trigger = f"{stored['slug']}/{stored['schedules'][0]['trigger_id']}"
    workspace.write(
        IMPORTED % stored["slug"] + IMPORTED.replace("atlan_app.", "atlan_app_schedule.") % trigger, "import.tf"
    )
    workspace.plan("-generate-config-out=generated.tf").ok()
    generated = (workspace.directory / "generated.tf").read_text()
    assert [] == [name for name in ("user_id", "workflow_id", "filter_sharded_tables") if name in generated]
    assert {} == workspace.plan_changes()
    workspace.apply().ok()
    assert {} == workspace.plan_changes()
    assert [stored["version"]] == [each["version"] for each in live(sandbox)]


def test_an_import_of_which_the_service_tells_no_app_is_refused(start: Start) -> None:
    """Without an app the next plan would replace a live connector."""
    sandbox, workspace = start(app())
    workspace.apply().ok()
    slug = live(sandbox)[0]["slug"]
    workspace.state("rm", "atlan_app.crawler").ok()
    sandbox.fault(method="GET", path=f"/v1/app/{slug}$", times=1, status=200, body={"slug": slug, "version": 1})
    workspace.import_("atlan_app.crawler", slug).failed(f"{slug} cannot be imported")


@pytest.mark.parametrize(
    ("import_id", "expected"),
    [
        ("no-such-slug", "There is no workflow with the slug no-such-slug"),
        ("not a slug", '"not a slug" is not an import id of atlan_app'),
        ("../../roles", '"../../roles" is not an import id of atlan_app'),
        ("name:nobody", 'There is no workflow named "nobody"'),
    ],
)
def test_an_import_id_that_leads_nowhere_is_told_so(start: Start, import_id: str, expected: str) -> None:
    """The form of an id, and what was not found."""
    _, workspace = start(app())
    workspace.import_("atlan_app.crawler", import_id).failed(expected)
