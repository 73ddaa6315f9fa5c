"""Bad input gets one clear error that names the attribute."""

import pytest

from tests.acceptance.configurations import app, schedule
from tests.acceptance.conftest import Start
from tests.support.terraform import Result, Workspace


def errors(result: Result) -> list[str]:
    return [each["summary"] for each in result.diagnostics if each["severity"] == "error"]


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
    """The setting and its environment variable are named, and nothing is sent."""
    sandbox, workspace = start('provider "atlan" {}\n' + app())  # without a block Terraform adds an error of its own
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
            app(more='timeouts = { create = "soon" }'), "timeouts.create is not a duration", "timeouts", id="duration"
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
    """Told by the plan, before anything is sent."""
    sandbox, workspace = start(configuration)
    result = workspace.plan("-json")
    assert [expected] == errors(result)
    snippets = [each["snippet"]["code"].strip() for each in result.diagnostics if each["severity"] == "error"]
    assert [True] == [line in snippet for snippet in snippets]
    assert [] == sandbox.requests()


def test_a_wrong_key_is_named_as_such(start: Start) -> None:
    """401: the key, and where it may have come from; never the key itself."""
    _, workspace = start(app())
    result = plan(workspace, ATLAN_API_KEY="wrong-key-1234567")
    assert [] == errors(result)
    applied = workspace.apply().failed("The API key was refused", "401", "ATLAN_API_KEY")
    assert "wrong-key-1234567" not in applied.output


def test_an_app_that_does_not_exist_is_named(start: Start) -> None:
    """The create is refused, on app_id."""
    _, workspace = start(app().replace('"bigquery-crawler"', '"bigquery-crawlr"'))
    workspace.apply().failed("There is no app bigquery-crawlr", "app_id")


def test_a_schedule_of_an_unknown_slug_is_named(start: Start) -> None:
    """On slug, with what to write there."""
    _, workspace = start(schedule().replace("atlan_app.crawler.slug", '"no-such-slug"'))
    workspace.apply().failed("There is no workflow with the slug no-such-slug", 'slug = "no-such-slug"')


def test_a_tenant_that_cannot_be_reached_keeps_state(start: Start) -> None:
    """A plan that cannot refresh is an error that says so, and state stands."""
    sandbox, workspace = start('provider "atlan" {\n  max_retries = 0\n}\n' + app())
    workspace.apply().ok()
    sandbox.stop()
    workspace.plan().failed("The tenant cannot be reached")
    assert ["atlan_app.crawler"] == list(workspace.resources())


def test_no_error_shows_a_traceback_or_the_key(start: Start) -> None:
    """Whatever the service answers, a user reads sentences."""
    sandbox, workspace = start('provider "atlan" {\n  max_retries = 0\n}\n' + app())
    for body in ("<html>", {"message": sandbox.api_key}, "[" * 20_000, ""):
        sandbox.fault(method="POST", path="/v1/app$", times=1, status=500, body=body)
        output = workspace.apply().failed().output
        assert "Traceback" not in output
        assert sandbox.api_key not in output


def test_an_input_that_the_service_refuses_is_named_on_its_line(start: Start) -> None:
    """Until the plan checks contracts, the service's own words stand on the key that they are about."""
    _, workspace = start(
        """
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
