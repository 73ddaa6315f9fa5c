"""``data.atlan_marketplace_apps`` lists the apps of the tenant, and a mistyped ``app_id`` gets the nearest one."""

from typing import Any

import pytest

from tests.acceptance.conftest import Start
from tests.support.configurations import app
from tests.support.sandbox import Sandbox
from tests.support.setup_answers import ANSWERS

LIST = "/api/service/marketplace/apps"
APPS = """
data "atlan_marketplace_apps" "it" { %s }
output "apps" { value = data.atlan_marketplace_apps.it.apps }
"""
LOOKUPS = {
    "app_info": 'data "atlan_app_info" "it" {\n  app_id = "bigquery-crawlr"\n}\n',
    "app_contract": 'data "atlan_app_contract" "it" {\n  app_id = "bigquery-crawlr"\n}\n',
    "plan": app().replace("bigquery-crawler", "bigquery-crawlr"),
    "apply": 'provider "atlan" { validate_inputs = false }\n' + app().replace("bigquery-crawler", "bigquery-crawlr"),
}
FORMS: list[dict[str, str]] = [
    {},
    {"container": "none"},
    {"container": "records", "keys": "snake", "native": "native_ready"},
    {"container": "data", "keys": "camel", "id": "app_id", "native": "native_ready"},
    {"pages": "offset"},
    {"pages": "cursor", "keys": "camel"},
]


def asked(sandbox: Sandbox) -> int:
    """Return the number of requests for the list of apps."""
    return len([each for each in sandbox.requests() if each["path"] == LIST])


@pytest.mark.parametrize("form", FORMS, ids=str)
def test_the_apps_are_read_from_every_form(start: Start, form: dict[str, str]) -> None:
    """All apps with their names and modes, sorted by id, and a plan has no changes."""
    sandbox, workspace = start(APPS % "", page_size=15)
    sandbox.change_marketplace(**form)
    workspace.apply().ok()
    found: list[Any] = workspace.outputs()["apps"]
    assert sorted(each["id"] for each in found) == [each["id"] for each in found]
    assert 39 == len(found)
    assert {"id": "bigquery-crawler", "name": "Bigquery Crawler", "native": True} in found
    assert ["legacy-crawler"] == [each["id"] for each in found if not each["native"]]
    assert (1 if "pages" not in form else 3) == asked(sandbox)
    assert {} == workspace.plan_changes()


def test_the_list_can_be_limited_to_native_apps(start: Start) -> None:
    """If the tenant does not say which apps are native, a warning says that they are left out."""
    sandbox, workspace = start(APPS % "native = true")
    workspace.apply().ok()
    assert 38 == len(workspace.outputs()["apps"])
    sandbox.change_marketplace(native="none")
    assert "39 of the apps may be native" in workspace.apply().ok().output
    assert [] == workspace.outputs()["apps"]


@pytest.mark.parametrize("own", [False, True], ids=["gateway", "service"])
def test_a_tenant_without_the_list_is_explained(start: Start, own: bool) -> None:
    """With the 404 of the gateway, and with that of the service."""
    sandbox, workspace = start(APPS % "", marketplace=own)
    if own:
        sandbox.fault("GET", LIST, status=404)
    workspace.plan().failed("This tenant does not list its apps", "data.atlan_app_info checks a single app by its id")


@pytest.mark.parametrize("answer", [each for each, (what, _) in ANSWERS.items() if what["status"] != 404])
def test_a_wrong_setup_is_not_an_unknown_form(start: Start, answer: str) -> None:
    """The error says what is wrong with the setup. A 404 of any server means that the tenant has no list."""
    what, expected = ANSWERS[answer]
    sandbox, workspace = start(APPS % "")
    sandbox.fault("GET", LIST, times=9, **what)
    assert [expected] == [each["summary"] for each in workspace.plan("-json").failed().errors]


def test_a_list_that_has_no_end_is_an_error(start: Start) -> None:
    """A part of the list would look like the whole list."""
    sandbox, workspace = start(APPS % "", page_size=15)
    sandbox.change_marketplace(pages="first_only")
    workspace.plan().failed("The tenant's list of apps cannot be read", "only 15 apps were read")


@pytest.mark.parametrize("lookup", LOOKUPS)
@pytest.mark.parametrize("marketplace", [True, False], ids=["marketplace", "known apps"])
def test_a_mistyped_app_id_gets_the_nearest_one(start: Start, lookup: str, marketplace: bool) -> None:
    """On every route, from the tenant's list, or from the known apps of the provider."""
    sandbox, workspace = start(LOOKUPS[lookup], marketplace=marketplace)
    if lookup == "apply":
        workspace.plan().ok()
    workspace.apply().failed("bigquery-crawlr", 'Did you mean "bigquery-crawler"?', "app_id")
    assert 1 == asked(sandbox)


def test_only_apps_of_the_tenant_are_suggested(start: Start) -> None:
    """An app that the provider knows and the tenant lacks is not, and an app that only the tenant has is."""
    sandbox, workspace = start('data "atlan_app_info" "it" { app_id = "clickhouse" }')
    for ids, expected in ((["clickhouse-crawler"], True), (["bigquery-crawler"], False)):
        sandbox.fault("GET", LIST, status=200, body={"apps": [{"id": each} for each in ids]})
        output = workspace.plan().failed("There is no app clickhouse").output
        assert expected == ('Did you mean "clickhouse-crawler"?' in output)


def test_the_list_is_read_once_for_many_mistyped_ids(start: Start) -> None:
    """And never if all ids exist."""
    sandbox, workspace = start('data "atlan_app_info" "it" {\n  count  = 10\n  app_id = "bigquery-crawler"\n}\n')
    workspace.plan().ok()
    assert 0 == asked(sandbox)
    workspace.write('data "atlan_app_info" "it" {\n  count  = 10\n  app_id = "snowflake"\n}\n')
    workspace.plan().failed('Did you mean "snowflake-crawler"?')
    assert 1 == asked(sandbox)


def test_a_mistyped_app_id_of_a_list_of_workflows_is_a_warning(start: Start) -> None:
    """The list is empty, and the warning names the app that was probably meant. A known app is not asked for."""
    sandbox, workspace = start('data "atlan_apps" "it" { app_id = "bigquery-crawlr" }')
    (found,) = workspace.plan("-json").ok().diagnostics
    summary = "No workflow runs bigquery-crawlr, and no app with this id is known"
    assert ("warning", summary) == (found["severity"], found["summary"])
    assert 'Did you mean "bigquery-crawler"?' in found["detail"]
    assert "app_id" in found["snippet"]["code"]
    assert 1 == asked(sandbox)
    workspace.write('data "atlan_apps" "it" { app_id = "bigquery-crawler" }')
    assert [] == workspace.plan("-json").ok().diagnostics
    assert 1 == asked(sandbox)


def test_entries_without_a_usable_id_are_counted_in_a_warning(start: Start) -> None:
    """The other entries are in the list. A flag can be text."""
    sandbox, workspace = start(APPS % "")
    body = {"apps": [{"id": 5}, None, {"id": "a-crawler", "nativeReady": "true"}]}
    sandbox.fault("GET", LIST, status=200, body=body)
    assert "list of apps were left out: 2" in workspace.apply().ok().output
    assert [{"id": "a-crawler", "name": None, "native": True}] == workspace.outputs()["apps"]


def test_an_app_that_is_only_not_native_gets_no_suggestion(start: Start) -> None:
    """The id is right."""
    _, workspace = start('data "atlan_app_contract" "it" { app_id = "legacy-crawler" }')
    assert "Did you mean" not in workspace.plan().failed("legacy-crawler has no input contract").output


def test_unknown_settings_are_an_error_without_a_request(start: Start) -> None:
    """As for every data source, the error names the setting."""
    provider = (
        'resource "terraform_data" "key" { input = "%s" }\nprovider "atlan" { api_key = terraform_data.key.output }\n'
    )
    sandbox, workspace = start()
    workspace.write(provider % sandbox.api_key + APPS % "")
    workspace.plan().failed("The provider is not configured", "These settings are not known yet: api_key")
    assert [] == sandbox.requests()
