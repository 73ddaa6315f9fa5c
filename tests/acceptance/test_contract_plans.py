"""The plan's check of inputs against the contract: when it runs, what it reads, and what it does not block."""

import pytest

from tests.acceptance.conftest import Start
from tests.support.configurations import app
from tests.support.sandbox import Sandbox
from tests.support.sandbox_pool import BOTH_CONTRACTS
from tests.support.terraform import Result
from tests.support.ui import live

HEAD = """
resource "atlan_app" "crawler" {
  app_id     = "bigquery-crawler"
  entrypoint = "crawler"
  name       = "bigquery prod"
  asset_connection = { name = "analytics", admin_users = ["admin"] }
"""
VALID = HEAD + "  inputs = { hidden_datasets = false }\n}\n"
TWENTY = (
    HEAD
    + "  inputs = {\n"
    + "".join(f"    no_such_input_{number} = true\n" for number in range(15))
    + """    include_filter = 1
    enable_nested_columns = "yes"
    list_datasets_per_chunk = 1.5
    preflight_check = false
    Hidden_Datasets = true
  }
}
"""
)
OFF = 'provider "atlan" {\n  validate_inputs = false\n}\n'


ERRORS = {"closed": 20, "open": 5}
"""The number of errors in `TWENTY`: with an open contract, names that are not near a declared one are warnings."""

pytestmark = BOTH_CONTRACTS


def errors(result: Result) -> list[str]:
    """Return the summaries of the errors of a command with -json."""
    return [each["summary"] for each in result.diagnostics if each["severity"] == "error"]


def writes(sandbox: Sandbox) -> list[str]:
    return [each["method"] for each in sandbox.writes()]


def test_twenty_mistakes_are_reported_in_one_plan(start: Start, contracts: str) -> None:
    """The plan reports all mistakes at once."""
    sandbox, workspace = start(TWENTY)
    result = workspace.plan("-json")
    assert ERRORS[contracts] == len(errors(result))
    names = {each["summary"].split(":")[0] for each in result.diagnostics}
    assert {f"inputs.no_such_input_{number}" for number in range(15)} <= names
    assert [] == writes(sandbox)


@pytest.mark.parametrize("command", [("destroy", "-auto-approve"), ("apply", "-destroy", "-auto-approve")])
def test_mistakes_do_not_block_a_destroy(start: Start, contracts: str, command: tuple[str, ...]) -> None:
    """A destroy starts with a normal plan, and the inputs are not checked in this plan.

    The provider reads the command from the Terraform process that launched the provider.
    """
    sandbox, workspace = start(VALID, launch=True)
    workspace.apply().ok()
    workspace.write(TWENTY + TWENTY.replace("crawler", "another", 1).replace("bigquery prod", "another"))
    assert 2 * ERRORS[contracts] == len(errors(workspace.plan("-json")))
    workspace.run(*command).ok()
    assert [] == live(sandbox)


def test_an_update_is_checked_before_it_is_sent(start: Start) -> None:
    """A changed input that the contract refuses is an error at its line, and no PUT is sent."""
    sandbox, workspace = start(VALID)
    workspace.apply().ok()
    workspace.write(VALID.replace("false", '"no"'))
    workspace.apply().failed("inputs.hidden_datasets: expected true or false, got text", 'hidden_datasets = "no"')
    assert ["POST"] == writes(sandbox)


def test_a_plan_that_changes_nothing_is_not_checked(start: Start) -> None:
    """An unchanged workflow is not checked, even if its contract has changed."""
    sandbox, workspace = start(OFF + VALID)
    workspace.apply().ok()
    contract = sandbox.call("GET", "/api/service/v1/apps/bigquery-crawler/inputs").json
    contract["properties"]["hidden_datasets"]["type"] = "string"
    sandbox.fault("GET", "/apps/bigquery-crawler/inputs", status=200, body=contract, times=100)
    workspace.write(VALID)
    assert {} == workspace.plan_changes()
    workspace.write(VALID.replace("false", "true"))
    workspace.plan().failed("inputs.hidden_datasets: expected text, got true")


def test_a_required_input_that_the_workflow_carries_is_not_missing(start: Start) -> None:
    """An input that only the published workflow contains is not missing, because an update keeps it."""
    sandbox, workspace = start(OFF + app(hidden_datasets=False))
    workspace.apply().ok()
    contract = sandbox.call("GET", "/api/service/v1/apps/bigquery-crawler/inputs").json
    contract["required"] = ["connection", "extraction_method", "exclude_filter"]
    sandbox.fault("GET", "/apps/bigquery-crawler/inputs", status=200, body=contract, times=100)
    stored = live(sandbox)[0]
    inputs = {name: value for name, value in stored["inputs"].items() if name in ("connection", "hidden_datasets")}
    inputs |= {"credential_guid": "", "extraction_method": "direct"}
    assert 200 == sandbox.call("PUT", f"/api/service/v1/app/{stored['slug']}", {"inputs": inputs}).status
    workspace.write(app(hidden_datasets=True))
    assert ["inputs.exclude_filter: it is required, but missing"] == errors(workspace.plan("-json"))


def test_an_unknown_value_is_skipped_and_the_rest_is_checked(start: Start) -> None:
    """The plan reports the mistake in a known value, and the apply reports the one in the unknown value."""
    configuration = (
        HEAD
        + """
  inputs = {
    hidden_datasets = terraform_data.unknown.output
    include_filter  = { (terraform_data.unknown.output) = terraform_data.unknown.output }
    filter_sharded  = true
  }
}
resource "terraform_data" "unknown" {
  input = "yes"
}
"""
    )
    sandbox, workspace = start(configuration)
    summary = "inputs.filter_sharded: there is no such input; did you mean filter_sharded_tables?"
    assert [summary] == errors(workspace.plan("-json"))
    workspace.write(configuration.replace("filter_sharded ", "filter_sharded_tables "))
    workspace.plan().ok()
    workspace.apply().failed("inputs.hidden_datasets: expected true or false, got text")
    assert [] == writes(sandbox)


def test_write_only_inputs_are_checked_and_never_shown(start: Start) -> None:
    """The error shows the line of inputs_wo, and its text does not contain the value."""
    wrong = HEAD + '  inputs_wo = { hidden_datasets = "c4nary" }\n  inputs_wo_version = 1\n}\n'
    _, workspace = start(wrong)
    result = workspace.plan("-json")
    (error,) = [each for each in result.diagnostics if each["severity"] == "error"]
    assert 'inputs_wo = { hidden_datasets = "c4nary" }' == error["snippet"]["code"].strip()
    assert "c4nary" not in error["summary"] + error["detail"]


def test_a_tenant_that_is_away_is_a_warning(start: Start) -> None:
    """A plan without a reachable tenant warns that the inputs are not checked, and creates the app."""
    sandbox, workspace = start(VALID)
    sandbox.kill()
    result = workspace.plan("-refresh=false").ok()
    assert "The inputs of bigquery-crawler were not checked" in result.output
    assert "Plan: 1 to add" in result.output


def test_an_app_without_a_contract_is_an_error_that_says_what_it_means(start: Start) -> None:
    """The error shows the line of app_id, and says how to find out if the app is native."""
    connector = 'connector_name = "bigquery", name = '
    _, workspace = start(VALID.replace("bigquery-crawler", "no-such-app").replace("name = ", connector, 1))
    workspace.plan().failed(
        "no-such-app has no input contract on this tenant", 'app_id     = "no-such-app"', "native_ready"
    )


def test_an_unknown_entrypoint_is_an_error_that_lists_those_there_are(start: Start) -> None:
    """The error shows the line of the entrypoint."""
    _, workspace = start(VALID.replace('"crawler"\n', '"crawlr"\n'))
    workspace.plan().failed(
        "bigquery-crawler has no entrypoint crawlr",
        'entrypoint = "crawlr"',
        "bigquery-crawler has these entrypoints: crawler",
    )


def test_checks_can_be_switched_off(start: Start, contracts: str) -> None:
    """Without the check of the plan, only the service can report the mistake, and with an open contract it does not."""
    sandbox, workspace = start(OFF + VALID.replace("hidden_datasets = false", "no_such_input = 1"))
    workspace.plan().ok()
    result = workspace.apply()
    if contracts == "closed":
        result.failed("no_such_input")
    else:
        result.ok()
        assert 1 == live(sandbox)[0]["inputs"]["no_such_input"]


def test_one_contract_is_fetched_once_a_process(start: Start) -> None:
    """All resources of an app in one plan share one request for the contract."""
    sandbox, workspace = start(
        VALID.replace("resource", "resource", 1).replace('prod"', 'prod ${count.index}"\n  count = 30')
    )
    workspace.plan("-parallelism=30").ok()
    assert 1 == len([each for each in sandbox.requests() if each["path"].endswith("/inputs")])
