"""``unknown_inputs``: inputs that a contract accepts without declaring them, and what known apps need."""

import pytest

from tests.acceptance.conftest import Start

WORKFLOW = """
resource "atlan_app" "crawler" {
  app_id           = "bigquery-crawler"
  name             = "bigquery prod"
  asset_connection = { name = "analytics", admin_users = ["admin"] }
  unknown_inputs   = %s
  inputs           = %s
}
"""


def workflow(setting: str, inputs: str = "{ hidden_dataset = true }") -> str:
    """Return a workflow with this setting. Its inputs contain a misspelled name, unless they are given."""
    return WORKFLOW % (setting, inputs)


@pytest.mark.parametrize("provider", ["null", '"near"', '"error"', '"warning"', '"allow"'])
@pytest.mark.parametrize("of_workflow", ["null", '"near"', '"error"', '"warning"', '"allow"'])
def test_the_setting_decides_about_an_unknown_input(start: Start, provider: str, of_workflow: str) -> None:
    """The setting of the workflow is stronger than that of the provider, and the default is near.

    One name is near to a declared one, and the other is near to none.
    """
    configured = workflow(of_workflow, "{ hidden_dataset = true, zzz = true }")
    _, workspace = start(f'provider "atlan" {{\n  unknown_inputs = {provider}\n}}\n{configured}')
    diagnostics = workspace.plan("-json").diagnostics
    found = [
        [each["severity"] for each in diagnostics if f"inputs.{name}:" in each["summary"]]
        for name in ("hidden_dataset", "zzz")
    ]
    setting = next(each for each in (of_workflow, provider, '"near"') if each != "null")
    assert {
        '"near"': [["error"], ["warning"]],
        '"error"': [["error"], ["error"]],
        '"warning"': [["warning"], ["warning"]],
        '"allow"': [[], []],
    }[setting] == found


def test_a_misspelled_input_that_the_workflow_has_is_not_reported(start: Start) -> None:
    """It was published with a weaker setting. A change of the setting alone publishes nothing."""
    sandbox, workspace = start(workflow('"allow"'))
    workspace.apply().ok()
    workspace.write(workflow("null"))
    workspace.apply().ok()
    assert ["POST"] == [each["method"] for each in sandbox.writes()]
    workspace.write(workflow("null", "{ hidden_dataset = false }"))
    assert {"atlan_app.crawler": ["update"]} == workspace.plan_changes()
    assert [] == [each for each in workspace.plan("-json").ok().diagnostics if "hidden" in each["summary"]]
    workspace.write(workflow("null", "{ hidden_data_set = true }"))
    workspace.plan().failed("did you mean hidden_datasets?", 'unknown_inputs = "warning"')


@pytest.mark.parametrize(
    "configuration",
    [
        pytest.param(workflow('"maybe"'), id="workflow"),
        pytest.param('provider "atlan" {\n  unknown_inputs = "maybe"\n}\n' + workflow("null"), id="provider"),
    ],
)
def test_an_unknown_setting_is_refused(start: Start, configuration: str) -> None:
    """The error is on the setting and names the allowed values, in the provider block and in the workflow."""
    _, workspace = start(configuration)
    workspace.plan().failed('"near", "error", "warning", "allow"', 'unknown_inputs = "maybe"')


def test_what_a_known_app_needs_is_a_warning_that_names_its_source(start: Start) -> None:
    """An open contract requires nothing."""
    _, workspace = start('resource "atlan_app" "it" {\n  app_id = "bigquery-crawler"\n  name = "it"\n}\n')
    result = workspace.plan("-json")
    warnings = {each["summary"]: each["detail"] for each in result.diagnostics if each["severity"] == "warning"}
    expected = {f"inputs.{name}: it is probably required, but missing" for name in ("connection", "credential")}
    assert [] == [each["summary"] for each in result.diagnostics if each["severity"] == "error"]
    assert expected == warnings.keys()
    assert ["release 11.6.0" in each for each in warnings.values()] == [True, True]
