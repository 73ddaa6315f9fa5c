"""Wrong input is one clear error that names the attribute."""

from typing import Any

import pytest

from tests.acceptance.conftest import Start
from tests.support.configurations import ENTRYPOINT, app, schedule
from tests.support.sandbox import Sandbox
from tests.support.terraform import Result, Workspace


def errors(result: Result) -> list[str]:
    return [each["summary"] for each in result.diagnostics if each["severity"] == "error"]


def code(diagnostic: dict[str, Any]) -> str:
    """Return the first line of configuration that a diagnostic shows."""
    first: str = diagnostic["snippet"]["code"].strip().splitlines()[0]
    return first


def plan(workspace: Workspace, **environment: str | None) -> Result:
    workspace.env = {name: text for name, text in {**workspace.env, **environment}.items() if text is not None}
    return workspace.plan("-json")


@pytest.mark.parametrize(
    ("environment", "expected", "attribute"),
    [
        pytest.param({"ATLAN_BASE_URL": None}, "base_url is missing", "base_url", id="no base_url"),
        pytest.param({"ATLAN_API_KEY": None}, "api_key is missing", "api_key", id="no key"),
        pytest.param(
            {"ATLAN_BASE_URL": "example"},
            "base_url (from ATLAN_BASE_URL) is not usable",
            "base_url",
            id="malformed URL",
        ),
        pytest.param(
            {"ATLAN_BASE_URL": "http://example.atlan.com"},
            "base_url (from ATLAN_BASE_URL) is not usable",
            "base_url",
            id="plain http to another host",
        ),
    ],
)
def test_a_setting_that_is_missing_or_wrong_is_one_error(
    start: Start, environment: dict[str, str | None], expected: str, attribute: str
) -> None:
    """The error names the setting and its environment variable, and no request is sent."""
    sandbox, workspace = start('provider "atlan" {}\n' + app())  # without this block, Terraform adds an error
    result = plan(workspace, **environment)
    assert [expected] == errors(result)
    assert attribute in str(result.diagnostics)
    assert [] == sandbox.requests()


@pytest.mark.parametrize(
    ("configuration", "expected", "line"),
    [
        pytest.param(
            'provider "atlan" {\n  base_url = "http://example.atlan.com"\n}\n' + app(),
            "base_url is not usable",
            'base_url = "http://example.atlan.com"',
            id="plain http",
        ),
        pytest.param(
            'provider "atlan" {\n  max_retries = 1.5\n}\n' + app(),
            "max_retries is not valid",
            "max_retries = 1.5",
            id="a fraction of a retry",
        ),
        pytest.param(
            app() + schedule(cron="every day"),
            '"every day" is not a cron expression',
            'cron = "every day"',
            id="cron",
        ),
        pytest.param(
            app() + schedule(timezone="Europe/Berln"),
            '"Europe/Berln" is not a timezone',
            'timezone = "Europe/Berln"',
            id="timezone",
        ),
        pytest.param(
            app() + schedule(cron="0 0 31 2 *"), '"0 0 31 2 *" never runs', 'cron = "0 0 31 2 *"', id="31 February"
        ),
        pytest.param(
            app(more='timeouts = { create = "soon" }'), "timeouts.create is not valid", "timeouts", id="duration"
        ),
        pytest.param(
            'resource "atlan_app" "a" {\n  app_id = "a"\n  name = "a"\n  inputs = ["list"]\n}\n',
            "inputs is not an object",
            'inputs = ["list"]',
            id="inputs",
        ),
        pytest.param(
            schedule().replace("atlan_app.crawler.slug", '""'), '"" is not usable as slug', 'slug = ""', id="empty slug"
        ),
        pytest.param(
            'data "atlan_app_contract" "it" {\n  app_id = "a/b"\n}\n',
            '"a/b" is not usable as app_id',
            'app_id = "a/b"',
            id="impossible app_id",
        ),
        pytest.param(
            'variable "n" {\n  default = null\n}\nresource "atlan_app" "a" {\n  app_id = "a"\n  name = var.n\n}\n',
            "name is required",
            "name = var.n",
            id="null",
        ),
    ],
)
def test_a_value_of_the_wrong_form_is_one_error_on_its_line(
    start: Start, configuration: str, expected: str, line: str
) -> None:
    """The plan reports the error before any request."""
    sandbox, workspace = start(configuration)
    result = workspace.plan("-json")
    assert [expected] == errors(result)
    snippets = [each["snippet"]["code"].strip() for each in result.diagnostics if each["severity"] == "error"]
    assert [True] == [line in snippet for snippet in snippets]
    assert [] == sandbox.requests()


@pytest.mark.parametrize(
    ("timezone", "suggestion", "never"),
    [
        ("PST", "America/Los_Angeles", "MST"),
        ("Z", "Did you mean UTC?", "NZ"),
        ("UTC+2", "Did you mean Etc/GMT-2?", "Etc/GMT+2"),
        ("GMT+5:30", "Asia/Kolkata", "Did you mean"),
        ("UTC+5.5", "Asia/Kolkata", "Did you mean"),
        ("ChST", "Use an IANA name", "HST"),
        ("India", "Use an IANA name", "Mahe"),
        ("Etc/PST", "America/Los_Angeles", "Etc/UTC"),
        ("SGT-8", "Use an IANA name", "Did you mean"),
        ("Asia/Mumbai", "Use an IANA name", "Did you mean"),
        ("Europe/Berlim", "Did you mean Europe/Berlin?", "Zurich"),
    ],
)
def test_a_timezone_by_its_abbreviation_or_offset_is_explained(
    start: Start, timezone: str, suggestion: str, never: str
) -> None:
    """The error suggests a timezone with that meaning, and not one with a similar name."""
    _, workspace = start(app() + schedule(timezone=timezone))
    (error,) = workspace.plan("-json").errors
    assert (True, False) == (suggestion in error["detail"], never in error["detail"])


CREDENTIAL = """
resource "atlan_app" "a" {
  app_id     = "bigquery-crawler"
  name       = "a"
  asset_connection = { name = "analytics", admin_users = ["admin"] }
  inputs     = {}

  credential_wo = {
    auth_type             = "basic"
    connector_config_name = "atlan-connectors-bigquery"
  }
  credential_wo_version = 1
}
"""


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        pytest.param('extra = "text"', "credential_wo.extra is not an object", id="text"),
        pytest.param('extra = ["a"]', "credential_wo.extra is not an object", id="list"),
        pytest.param("extra = jsonencode({ a = 1 })", "credential_wo.extra is not an object", id="JSON text"),
        pytest.param("port = 1.5", "credential_wo.port is not valid", id="a fraction"),
        pytest.param("port = -4", "credential_wo.port is not valid", id="negative"),
        pytest.param('name = ""', "credential_wo.name is empty", id="name"),
    ],
)
def test_a_credential_that_cannot_be_sent_is_one_error(start: Start, written: str, expected: str) -> None:
    """The error shows the line in credential_wo, and no request is sent."""
    sandbox, workspace = start(CREDENTIAL.replace("  }\n", f"    {written}\n  }}\n"))
    result = workspace.plan("-json")
    assert [expected] == errors(result)
    assert [written] == [code(each) for each in result.diagnostics if each["severity"] == "error"]
    assert [] == sandbox.requests()


def test_an_empty_way_to_sign_in_is_one_error(start: Start) -> None:
    """The schema requires auth_type, and an empty text is not accepted."""
    _, workspace = start(CREDENTIAL.replace('"basic"', '""'))
    workspace.plan().failed("auth_type is empty", 'auth_type             = ""')


def test_an_agent_takes_no_credential(start: Start) -> None:
    """An agent receives no credential, so a configured one would be ignored."""
    sandbox, workspace = start(CREDENTIAL.replace("{}", '{ extraction_method = "agent" }'))
    workspace.plan().failed("An agent uses its own credential", "credential_wo = {")
    assert [] == sandbox.requests()


def test_a_shared_credential_needs_a_connection(start: Start) -> None:
    """A shared credential is sent in a connection, so without a connection it would be ignored."""
    sandbox, workspace = start(
        'resource "atlan_app" "a" {\n  app_id = "bigquery-crawler"\n  name = "a"\n  credential_guid = "g"\n}\n'
    )
    workspace.plan().failed("credential_guid needs a connection", 'credential_guid = "g"')
    assert [] == sandbox.requests()


@pytest.mark.parametrize("name", ["credential_wo", "inputs_wo"])
def test_a_version_of_nothing_is_warned_of(start: Start, name: str) -> None:
    """A higher version without its write-only value sends nothing, so the plan warns."""
    _, workspace = start(app(more=f"{ENTRYPOINT}\n  {name}_version = 2"))
    result = workspace.plan("-json")
    warned = [each for each in result.diagnostics if each["severity"] == "warning"]
    assert {f"{name}_version has no {name}"} == {each["summary"] for each in warned}
    assert {f"{name}_version = 2"} == {each["snippet"]["code"].strip() for each in warned}


def as_oauth_client(start: Start) -> tuple[Sandbox, Workspace]:
    sandbox, workspace = start('provider "atlan" {\n  oauth_client_id = "terraform"\n}\n' + app())
    workspace.env = {**workspace.env, "ATLAN_OAUTH_CLIENT_SECRET": workspace.env.pop("ATLAN_API_KEY")}
    return sandbox, workspace


@pytest.mark.parametrize(
    ("status", "expected"),
    [(401, "The OAuth client's access token was refused"), (403, "The OAuth client has no permission for this")],
)
def test_an_error_for_an_oauth_client_does_not_mention_the_api_key(start: Start, status: int, expected: str) -> None:
    """The error names the OAuth client and not an API key."""
    sandbox, workspace = as_oauth_client(start)
    workspace.apply().ok()
    sandbox.fault("GET", "/v1/app/", times=2, status=status, body={"code": "1", "message": "no"})
    assert "API key" not in workspace.plan().failed(expected).output


def test_a_token_that_could_not_be_had_once_fails_nothing(start: Start) -> None:
    """A failed request for a token is retried, as a read is."""
    sandbox, workspace = as_oauth_client(start)
    sandbox.fault("POST", "/oauth-clients/token", times=1, status=503, body={"code": "1", "message": "starting"})
    workspace.apply().ok()
    assert [503, 200] == [each["status"] for each in sandbox.requests() if each["path"].endswith("/token")][:2]


def test_a_wrong_key_is_named_as_such(start: Start) -> None:
    """The error of a 401 names the key's environment variable, and does not contain the key, in a plan and an apply."""
    _, workspace = start(app())
    result = plan(workspace, ATLAN_API_KEY="wrong-key-1234567")
    assert ["The API key was refused"] == errors(result)
    unchecked = 'provider "atlan" {\n  validate_inputs = false\n}\n'
    workspace.write(unchecked + app())
    applied = workspace.apply().failed("The API key was refused", "401", "ATLAN_API_KEY")
    assert "wrong-key-1234567" not in result.output + applied.output


def test_an_app_that_does_not_exist_is_named(start: Start) -> None:
    """The plan reports the error at app_id. If the plan does not check inputs, the create reports the error."""
    unchecked = 'provider "atlan" {\n  validate_inputs = false\n}\n'
    _, workspace = start(app().replace('"bigquery-crawler"', '"bigquery-crawlr"'))
    workspace.plan().failed("bigquery-crawlr has no input contract on this tenant", "app_id")
    workspace.write(unchecked + app().replace('"bigquery-crawler"', '"bigquery-crawlr"'))
    workspace.apply().failed("There is no app bigquery-crawlr", "app_id")


def test_a_schedule_of_an_unknown_slug_is_named(start: Start) -> None:
    """The error shows the line of the slug."""
    _, workspace = start(schedule().replace("atlan_app.crawler.slug", '"no-such-slug"'))
    workspace.apply().failed("There is no workflow with the slug no-such-slug", 'slug = "no-such-slug"')


def test_a_tenant_that_cannot_be_reached_keeps_state(start: Start) -> None:
    """A plan that cannot refresh is an error, and state stays unchanged."""
    sandbox, workspace = start('provider "atlan" {\n  max_retries = 0\n}\n' + app())
    workspace.apply().ok()
    sandbox.stop()
    workspace.plan().failed("The tenant cannot be reached")
    assert ["atlan_app.crawler"] == list(workspace.resources())


def test_no_error_shows_a_traceback_or_the_key(start: Start) -> None:
    """The error contains neither a traceback nor the key, for any body of a response."""
    sandbox, workspace = start('provider "atlan" {\n  max_retries = 0\n}\n' + app())
    for body in ("<html>", {"message": sandbox.api_key}, "[" * 20_000, ""):
        sandbox.fault(method="POST", path="/v1/app$", times=1, status=500, body=body)
        output = workspace.apply().failed().output
        assert "Traceback" not in output
        assert sandbox.api_key not in output


def test_an_input_that_the_service_refuses_is_named_on_its_line(start: Start) -> None:
    """Without the check of the plan, the error of the service shows the line of the wrong input."""
    _, workspace = start(
        """
        provider "atlan" {
          validate_inputs = false
        }

        resource "atlan_app" "a" {
          app_id = "bigquery-crawler"
          name   = "a"
          inputs = {
            connection = {
              typeName   = "Connection"
              attributes = { qualifiedName = "default/bigquery/1", name = "a", adminUsers = ["admin"] }
            }
            hidden_datasets = "sometimes"
          }
        }
        """
    )
    workspace.apply().failed("The service refused the request", 'hidden_datasets = "sometimes"', "boolean")
