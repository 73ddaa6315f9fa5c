"""Sensitive variables in a configuration: Terraform sends them without their mark, and no message shows them."""

import pytest

from tests.acceptance.conftest import Start
from tests.support.connections import NEW, app
from tests.support.sandbox import Sandbox
from tests.support.sandbox_pool import BOTH_CONTRACTS
from tests.support.terraform import Workspace

CANARY = "c4nary"
VARIABLE = f"""
variable "secret" {{
  type      = string
  sensitive = true
  default   = "{CANARY}"
}}
"""


def started(start: Start, configuration: str) -> tuple[Sandbox, Workspace]:
    return start(VARIABLE + configuration)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("hidden_datasets = var.secret", "expected true or false, got text", id="a wrong type"),
        pytest.param("include_filter = 1, hidden_datasets = [var.secret]", "got a list", id="in a list"),
        pytest.param("hidden_datasets = { (var.secret) = var.secret }", "got an object", id="in an object"),
        pytest.param("include_filter = { (var.secret) = [1] }", "in another form", id="a name in a filter"),
        pytest.param('include_filter = { "^a$" = [var.secret] }', "in another form", id="a value in a filter"),
        pytest.param("control_config = [var.secret, var.secret]", "", id="a text in a list"),
    ],
)
@BOTH_CONTRACTS
def test_no_message_about_an_input_shows_a_text(start: Start, text: str, expected: str) -> None:
    """The message says what is allowed, and shows neither the text nor a key below the first level."""
    _, workspace = started(start, app(NEW, more=f"inputs = {{ {text} }}"))
    result = workspace.plan("-json")
    details = " ".join(each["summary"] + each["detail"] for each in result.diagnostics)
    assert (True, False) == (expected in details, CANARY in result.output)


def test_a_suggestion_is_a_word_of_the_contract(start: Start) -> None:
    """The message lists the allowed values and suggests a similar one, and does not show the text."""
    configuration = app(NEW, app_id="atlan-redash", more='inputs = { advanced_config_strategy = "custm" }')
    _, workspace = started(start, configuration)
    (error,) = workspace.plan("-json").errors
    assert "inputs.advanced_config_strategy: the text is not allowed" == error["summary"]
    assert (True, False) == ('Did you mean "custom"?' in error["detail"], "custm" in error["detail"])


def test_a_key_below_the_first_level_is_numbered(start: Start) -> None:
    """Only the contract's own keys are shown."""
    connection = (
        'connection = { attributes = { qualifiedName = "default/bigquery/1", connectorName = "bigquery", '
        'adminUsers = 5, (var.secret) = "x" } }'
    )
    configuration = f"""
resource "atlan_app" "it" {{
  app_id = "bigquery-crawler"
  name   = "it"
  inputs = {{ include_filter = {{ (var.secret) = {{ (var.secret) = 1 }} }}, {connection} }}
  inputs_wo = {{ include_filter = {{ (var.secret) = {{ (var.secret) = 2 }} }} }}
  inputs_wo_version = 1
}}
"""
    _, workspace = started(start, configuration)
    result = workspace.plan("-json")
    assert ["inputs.include_filter[key 1][key 1] is in inputs_wo, too"] == [each["summary"] for each in result.errors]
    assert CANARY not in result.output


@pytest.mark.parametrize("place", ["name", "connector_config_name"])
def test_no_message_shows_a_text_of_the_credential(start: Start, place: str) -> None:
    """Neither the name that is taken nor the connector that the tenant does not know is shown."""
    values = {"name": '"shared"', "connector_config_name": '"atlan-connectors-bigquery"', place: "var.secret"}
    written = "\n    ".join(f"{name} = {value}" for name, value in values.items())
    credential = f"""
  credential_wo = {{
    auth_type = "basic"
    {written}
    password  = "not-a-real-password"
  }}
  credential_wo_version = 1
"""
    sandbox, workspace = started(start, app(NEW, more=credential))
    body = {"authType": "other", "connectorConfigName": "atlan-connectors-snowflake", "name": CANARY}
    assert 200 == sandbox.call("POST", "/api/service/credentials?testCredential=false", body).status
    result = workspace.apply("-json")
    own_words = [each["summary"] + each["detail"].partition("\n\n")[0] for each in result.errors]
    assert [False] == [CANARY in each for each in own_words]


def test_a_key_in_the_extra_of_a_credential_is_numbered(start: Start) -> None:
    """The error about null in a list names the attribute, and the place of the key in the alphabet."""
    extra = "extra = { a = 1, (var.secret) = [null] }"
    credential = f'auth_type = "basic", connector_config_name = "atlan-connectors-bigquery", {extra}'
    _, workspace = started(start, app(NEW, more=f"credential_wo = {{ {credential} }}\n  credential_wo_version = 1"))
    result = workspace.plan("-json").failed()
    assert ["credential_wo.extra[key 2] contains null in a list"] == [each["summary"] for each in result.errors]
    assert CANARY not in result.output


@pytest.mark.parametrize(
    ("call", "expected"),
    [
        ('anchored_expressions({ db = ["*${var.secret}"] })', 'map["db"][0] is not a regular expression'),
        ("nested_filter({ db = { (var.secret) = 1 } })", "must be a list of names or an object of names"),
        ("connection_name_parts(var.secret)", "has the form default/connector/number"),
        ("drop_defaults({}, var.secret)", "it is not JSON text"),
    ],
)
def test_no_function_shows_a_text(start: Start, call: str, expected: str) -> None:
    """The error says which part of the argument is wrong, by a key of the first level and by indices."""
    _, workspace = started(start, f'output "it" {{\n  value = nonsensitive(provider::atlan::{call})\n}}\n')
    result = workspace.plan().failed(expected)
    assert CANARY not in result.output


def test_a_connection_in_inputs_is_not_named(start: Start) -> None:
    """The warning about another connection names the new one, which is an attribute, and not the one in the inputs."""
    raw = """inputs = { connection = { typeName = "Connection", attributes = {
    qualifiedName = "default/bigquery/${var.secret}", connectorName = "bigquery", name = "a", adminUsers = ["admin"]
  } } }"""
    _, workspace = started(start, app("null", more=raw))
    workspace.apply().ok()
    workspace.write(VARIABLE + app('{ qualified_name = "default/bigquery/1700000000" }'))
    said = workspace.plan("-refresh=false").ok()
    assert (True, False) == ("its assets belong to default/bigquery/1700000000." in said.text, CANARY in said.output)


@pytest.mark.parametrize(
    ("kind", "value", "expected"),
    [
        ("map(any)", '{ hidden_datasets = true, extraction_method = "direct" }', "A variable of the type map(any)"),
        ("map(string)", "{ hidden_datasets = true }", "A variable of the type map(any)"),
        ("any", '{ hidden_datasets = "true" }', "Write it without quotes."),
    ],
)
def test_a_boolean_that_a_map_turned_into_text_is_explained(start: Start, kind: str, value: str, expected: str) -> None:
    """Terraform gives all elements of a map one type, so true without quotes would become a text again."""
    variable = f'variable "inputs" {{\n  type = {kind}\n  default = {value}\n}}\n'
    _, workspace = start(variable + app(NEW, more="inputs = var.inputs"))
    (error,) = workspace.plan("-json").errors
    assert "inputs.hidden_datasets: expected true or false, got text" == error["summary"]
    assert (True, False) == (expected in error["detail"], "Did you mean true" in error["detail"])
    assert kind == "any" or "without quotes" not in error["detail"]
