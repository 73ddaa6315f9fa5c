"""``unknown_inputs``: inputs that a contract accepts without declaring them, and what known apps need."""

import pytest

from tests.acceptance.conftest import Start

MISSPELLED = """
resource "atlan_app" "crawler" {
  app_id           = "bigquery-crawler"
  name             = "bigquery prod"
  asset_connection = { name = "analytics", admin_users = ["admin"] }
  unknown_inputs   = %s
  inputs           = { hidden_dataset = true }
}
"""


@pytest.mark.parametrize("provider", ["null", '"near"', '"error"', '"warning"', '"allow"'])
@pytest.mark.parametrize("workflow", ["null", '"near"', '"error"', '"warning"', '"allow"'])
def test_the_setting_decides_about_a_misspelled_input(start: Start, provider: str, workflow: str) -> None:
    """The setting of the workflow is stronger than that of the provider, and the default is near."""
    _, workspace = start(f'provider "atlan" {{\n  unknown_inputs = {provider}\n}}\n{MISSPELLED % workflow}')
    result = workspace.plan("-json")
    found = [each["severity"] for each in result.diagnostics if "hidden_dataset" in each["summary"]]
    setting = next(each for each in (workflow, provider, '"near"') if each != "null")
    assert {'"near"': ["error"], '"error"': ["error"], '"warning"': ["warning"], '"allow"': []}[setting] == found


def test_a_misspelled_input_that_the_workflow_has_is_not_reported(start: Start) -> None:
    """It was published with a weaker setting. A change of the setting alone publishes nothing."""
    sandbox, workspace = start(MISSPELLED % '"allow"')
    workspace.apply().ok()
    workspace.write(MISSPELLED % "null")
    assert "hidden_dataset" not in workspace.plan().ok().output.replace("hidden_dataset = true", "")
    workspace.apply().ok()
    assert ["POST"] == [each["method"] for each in sandbox.requests() if each["method"] != "GET"]
    workspace.write((MISSPELLED % "null").replace("true", "false"))
    workspace.plan().ok()
    workspace.write((MISSPELLED % "null").replace("hidden_dataset", "hidden_data_set"))
    workspace.plan().failed("did you mean hidden_datasets?", 'unknown_inputs = "warning"')


def test_an_unknown_setting_is_refused(start: Start) -> None:
    """The error names the allowed values, in the provider block and in the workflow."""
    _, workspace = start(MISSPELLED % '"maybe"')
    workspace.run("validate").failed('"near", "error", "warning", "allow"', "unknown_inputs")


def test_what_a_known_app_needs_is_a_warning_that_names_its_source(start: Start) -> None:
    """An open contract requires nothing."""
    _, workspace = start('resource "atlan_app" "it" {\n  app_id = "bigquery-crawler"\n  name = "it"\n}\n')
    result = workspace.plan("-json")
    warnings = {each["summary"]: each["detail"] for each in result.diagnostics if each["severity"] == "warning"}
    expected = {f"inputs.{name}: it is probably required, but missing" for name in ("connection", "credential")}
    assert [] == [each["summary"] for each in result.diagnostics if each["severity"] == "error"]
    assert expected == warnings.keys()
    assert ["release 11.6.0" in each for each in warnings.values()] == [True, True]
