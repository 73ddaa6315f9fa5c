"""Inputs that the web UI set once, and that the contract does not allow any more."""

import pytest

from tests.acceptance.conftest import Start
from tests.support import ui
from tests.support.sandbox import Sandbox
from tests.support.terraform import Workspace

SEVERAL = {
    "app_id": "bigquery-crawler",
    "native_ready": True,
    "entrypoints": [{"name": "crawler"}, {"name": "profiler"}],
}
CANARY = "c4nary-value"
NFD, NFC = "old_sen\u0303or", "old_se\u00f1or"
CLOSED = pytest.mark.parametrize("contracts", ["closed"], indirect=True)
ENTRYPOINTS = pytest.mark.parametrize("entrypoint", ['"crawler"', "null"], ids=["configured", "only one"])


def crawler(chunk_size: int, entrypoint: str = "null", more: str = "") -> str:
    return f"""
    resource "atlan_app" "crawler" {{
      app_id           = "bigquery-crawler"
      name             = "old"
      entrypoint       = {entrypoint}
      asset_connection = {{ name = "analytics", admin_users = ["admin"] }}
      inputs           = {{ mapping_chunk_size = {chunk_size} }}
      {more}
    }}
    """


def show(sandbox: Sandbox, **inputs: object) -> str:
    """Add inputs to the reads of the only workflow, as if they were set under an earlier contract. Return its slug."""
    slug: str = ui.live(sandbox)[0]["slug"]
    sandbox.show_args(slug, ui.args(sandbox, slug) | inputs)
    return slug


def warnings(workspace: Workspace) -> dict[str, str]:
    """Plan, and return the details of the warnings by their summaries."""
    diagnostics = workspace.plan("-json").ok().diagnostics
    return {each["summary"]: each["detail"] for each in diagnostics if "old_" in each["summary"] + each["detail"]}


@CLOSED
@ENTRYPOINTS
def test_an_input_that_a_closed_contract_forbids_is_left_out_as_the_plan_says(start: Start, entrypoint: str) -> None:
    """The update succeeds, and keeps what the contract allows. The plan does not show the value."""
    sandbox, workspace = start(crawler(1, entrypoint))
    workspace.apply().ok()
    slug = show(sandbox, old_setting=CANARY, old_flag=True, hidden_datasets=True)
    workspace.write(crawler(2, entrypoint))
    [(summary, detail)] = warnings(workspace).items()
    assert f"The apply leaves out inputs of {slug}: old_flag, old_setting" == summary
    assert CANARY not in detail
    assert summary in workspace.apply().ok().text
    stored = ui.live(sandbox)[0]["inputs"]
    assert (2, True, False, False) == (
        stored["mapping_chunk_size"],
        stored["hidden_datasets"],
        "old_setting" in stored,
        "old_flag" in stored,
    )
    assert {} == workspace.plan_changes()


@CLOSED
@pytest.mark.parametrize("names", [(NFD,), (NFD, NFC)], ids=["another form", "two keys"])
def test_a_forbidden_input_whose_name_has_another_unicode_form_is_left_out(start: Start, names: list[str]) -> None:
    """One warning names it, also if the workflow has two keys that are one in Terraform."""
    sandbox, workspace = start(crawler(1, '"crawler"'))
    workspace.apply().ok()
    slug = show(sandbox, **dict.fromkeys(names, CANARY))
    workspace.write(crawler(2, '"crawler"'))
    summaries = [each["summary"] for each in workspace.plan("-json").ok().diagnostics]
    assert [f"The apply leaves out inputs of {slug}: {NFC}"] == [each for each in summaries if NFC in each]
    workspace.apply().ok()
    stored = ui.live(sandbox)[0]["inputs"]
    assert (2, set()) == (stored["mapping_chunk_size"], {NFD, NFC} & stored.keys())
    assert {} == workspace.plan_changes()


def test_an_open_contract_leaves_out_nothing(start: Start) -> None:
    """There is no warning either."""
    sandbox, workspace = start(crawler(1))
    workspace.apply().ok()
    show(sandbox, old_setting=CANARY)
    workspace.write(crawler(2))
    assert {} == warnings(workspace)
    workspace.apply().ok()
    assert CANARY == ui.live(sandbox)[0]["inputs"]["old_setting"]


@CLOSED
def test_nothing_is_left_out_if_the_contract_may_be_of_another_entrypoint(start: Start) -> None:
    """The plan says what to configure, and then the update succeeds."""
    sandbox, workspace = start(crawler(1))
    workspace.apply().ok()
    show(sandbox, old_setting=CANARY)
    sandbox.fault("GET", "/apps/bigquery-crawler$", times=9, status=200, body=SEVERAL)
    workspace.write(crawler(2))
    [(summary, detail)] = warnings(workspace).items()
    assert "may not be allowed: old_setting" in summary
    assert "Configure entrypoint" in detail
    workspace.apply().failed("400")
    workspace.write(crawler(2, '"crawler"'))
    workspace.apply().ok()
    assert "old_setting" not in ui.live(sandbox)[0]["inputs"]


@pytest.mark.parametrize("contracts", ["closed", "open"], indirect=True)
def test_an_input_whose_value_is_not_allowed_any_more_is_named_without_the_value(start: Start) -> None:
    """The warning is given before the service refuses the update, and configuring the input corrects it."""
    sandbox, workspace = start(crawler(1))
    workspace.apply().ok()
    show(sandbox, hidden_datasets=CANARY, temp_table_regex="^t")
    workspace.write(crawler(2))
    result = workspace.plan("-json").ok()
    found = [each for each in result.diagnostics if "hidden_datasets" in each["summary"]]
    assert [True] == ["not allowed any more" in each["summary"] for each in found]
    assert (False, False) == (CANARY in result.output, "temp_table_regex" in result.output)
    workspace.write(crawler(2).replace("= 2 }", "= 2, hidden_datasets = true }"))
    assert [] == [each for each in workspace.plan("-json").ok().diagnostics if "hidden" in each["summary"]]
    workspace.apply().ok()


@CLOSED
def test_an_adoption_leaves_out_what_the_contract_forbids(start: Start) -> None:
    """The plan that adopts says so."""
    sandbox, workspace = start(crawler(2, more="adopt_existing = true"))
    ui.create(sandbox, "old")
    show(sandbox, old_setting=CANARY)
    assert "leaves out" in next(iter(warnings(workspace)))
    workspace.apply().ok()
    stored = ui.live(sandbox)
    assert [(2, False)] == [(each["inputs"]["mapping_chunk_size"], "old_setting" in each["inputs"]) for each in stored]


@CLOSED
def test_an_imported_input_that_is_left_out_is_not_said_to_stay(start: Start) -> None:
    """One warning says that the forbidden input leaves, and another one that the allowed input stays."""
    sandbox, workspace = start()
    slug = ui.create(sandbox, "old", hidden_datasets=True)
    show(sandbox, old_setting=CANARY)
    workspace.write(crawler(2) + f'import {{\n  to = atlan_app.crawler\n  id = "{slug}"\n}}\n')
    summaries = {each["summary"] for each in workspace.plan("-json").ok().diagnostics}
    assert f"The apply leaves out inputs of {slug}: old_setting" in summaries
    assert "Imported and not configured: hidden_datasets" in summaries
    workspace.apply().ok()
    assert {} == workspace.plan_changes()


@CLOSED
def test_a_plan_that_cannot_read_the_contract_says_that_the_apply_may_leave_out_inputs(start: Start) -> None:
    """The apply plans again, and no plan can give it an earlier decision. So it names what it leaves out."""
    sandbox, workspace = start('provider "atlan" {\n  max_retries = 0\n}\n' + crawler(1, '"crawler"'))
    workspace.apply().ok()
    slug = show(sandbox, old_setting=CANARY)
    workspace.write('provider "atlan" {\n  max_retries = 0\n}\n' + crawler(2, '"crawler"'))
    sandbox.fault("GET", "/apps/bigquery-crawler/", times=99, status=503, body={"code": "X-1", "message": "no"})
    [found] = workspace.plan("-out=it.tfplan", "-json").ok().diagnostics
    assert "it names and leaves out the inputs that were set outside Terraform" in found["detail"]
    sandbox.clear_faults()
    assert f"The apply leaves out inputs of {slug}: old_setting" in workspace.apply("it.tfplan").ok().text
    assert "old_setting" not in ui.live(sandbox)[0]["inputs"]


@CLOSED
def test_without_the_check_an_update_sends_what_the_contract_forbids(start: Start) -> None:
    """The service refuses it, and the error names the setting. An apply with the check leaves the input out."""
    unchecked = 'provider "atlan" {\n  validate_inputs = false\n}\n'
    sandbox, workspace = start(unchecked + crawler(1, '"crawler"'))
    workspace.apply().ok()
    show(sandbox, old_setting=CANARY)
    workspace.write(unchecked + crawler(2, '"crawler"'))
    workspace.apply().failed("400", "validate_inputs = true")
    workspace.write(crawler(2, '"crawler"'))
    workspace.apply().ok()
    assert "old_setting" not in ui.live(sandbox)[0]["inputs"]
