"""Filters in the form of their app: what modules publish, and what a plan says about another form."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from provider.model.inputs import FILTERS
from provider.model.json_inputs import as_json
from provider.model.known_apps import FilterShape
from scripts.lib.app_facts import apps, filters
from scripts.lib.app_facts.apps import App
from scripts.lib.app_facts.credentials import ways
from scripts.lib.modules import inputs, trial
from scripts.lib.shared.hcl import block
from tests.acceptance.conftest import Start
from tests.support.campaigns.modules import call, write
from tests.support.near_names import NAMES, near
from tests.support.sandbox import Sandbox
from tests.support.sandbox_pool import BOTH_CONTRACTS
from tests.support.sdk_workflows import BUILDERS, Case, client
from tests.support.ui import live, publish
from tests.support.vendor_sdk import AtlanClient, accepts_sdk_warnings

FILTERED = [app for app in apps.load() if app.filter_shape]
ANCHORED = [app for app in FILTERED if app.filter_shape == "anchored"]
BUILDER_METHODS = {
    "Kafka-apache": "{}_topic_regex",
    "Kafka-confluent": "{}_topic_regex",
    "atlan-dynamodb": "{}_tables_regex",
    "atlan-quicksight": "{}_folders",
    "atlan-sigma": "{}_workbooks",
    "atlan-tableau": "{}_projects",
    "bigquery-crawler": "{}",
    "mongodbatlas-atlas": "{}_databases",
    "powerbi-crawler": "{}_workspaces",
}
"""The methods of the builders that take a filter. The others are called ``include_metadata``."""

SUMMARY = "inputs.include_filter: {} reads filters in another form"
WORKFLOW = """
resource "atlan_app" "it" {{
  app_id           = "{app_id}"
  entrypoint       = {entrypoint}
  name             = "filtered"
  asset_connection = {{ name = "filtered", admin_users = ["admin"] }}
  inputs = {{
    extraction_method = "agent"
    include_filter    = {value}
  }}
}}
"""


def names(app: App) -> dict[str, Any]:
    """Return both filters as the variables of the module take them. Their names have no special characters."""
    example = inputs.example(app)
    return {name: example[name] for name in FILTERS}


def for_builder(value: Any) -> Any:
    """Return a filter as the SDK's builder takes it. A builder takes ids as the keys of an object."""
    return {each: {} for each in value} if isinstance(value, list) else filters.sent(value)


def create(sdk: AtlanClient, app: App) -> None:
    """Create the workflow of an app with both filters, with the SDK's builder."""
    case = Case(app, ways(app)[0])
    assert case.way is not None
    builder = BUILDERS[app.app_id](sdk)
    getattr(builder, case.way.method)(**case.given)
    builder.connection(name=case.connection_name, admin_users=["admin"])
    given = {verb: for_builder(names(app)[f"{verb}_filter"]) for verb in ("include", "exclude")}
    if app.filter_shape == "lists":
        builder.asset_selection(**{f"{verb}_hierarchy": value for verb, value in given.items()})
    else:
        method = BUILDER_METHODS.get(app.app_id, "{}_metadata")
        for verb, value in given.items():
            getattr(builder, method.format(verb))(value)
    builder.create(name=f"{app.label} by sdk")


def published(sandbox: Sandbox) -> dict[str, dict[str, Any]]:
    """Return both filters of each live workflow by its name, as they were sent."""
    return {each["name"]: {name: each["inputs"][name] for name in FILTERS} for each in live(sandbox)}


def rewritten(value: Any) -> Any:
    """Return a filter of the SDK with its JSON text as Terraform writes it: without spaces, and with sorted keys."""
    if not isinstance(value, str) or not value.startswith("{"):
        return value
    return json.dumps(json.loads(value), separators=(",", ":"), sort_keys=True)


@BOTH_CONTRACTS
@accepts_sdk_warnings
def test_every_module_publishes_the_filters_of_the_vendors_builder(start: Start) -> None:
    """For each app with a filter: the same type, and the same text or object. A plan is quiet."""
    sandbox, workspace = start()
    workspace.seconds = 300.0
    with client(sandbox) as sdk:
        for app in FILTERED:
            create(sdk, app)
    write(workspace, [call(app.label, app, trial.least(app) | names(app)) for app in FILTERED])
    applied = workspace.apply("-parallelism=20").ok()
    assert "Warning" not in applied.output
    found = published(sandbox)
    for app in FILTERED:
        by_sdk = {name: rewritten(value) for name, value in found[f"{app.label} by sdk"].items()}
        assert by_sdk == found[app.label], app.app_id
    assert {} == workspace.plan_changes()


@BOTH_CONTRACTS
def test_a_module_escapes_what_has_a_meaning_in_expressions(start: Start) -> None:
    """For each app with an anchored filter: each published expression matches its name, and none of 20 near names."""
    sandbox, workspace = start()
    workspace.seconds = 300.0
    given = {"include_filter": {"ORCL": NAMES}, "exclude_filter": {name: [] for name in NAMES}}
    write(workspace, [call(app.label, app, trial.least(app) | given) for app in ANCHORED])
    workspace.apply("-parallelism=20").ok()
    sent = {each["name"]: each["inputs"] for each in live(sandbox)}
    assert {app.label for app in ANCHORED} == sent.keys()
    for app in ANCHORED:
        expressions = json.loads(sent[app.label]["include_filter"])["^ORCL$"]
        assert NAMES == [_only_match(NAMES, each) for each in expressions], app.app_id
        assert sorted(NAMES) == sorted(
            _only_match(NAMES, each) for each in json.loads(sent[app.label]["exclude_filter"])
        )
    assert {} == workspace.plan_changes()


def _only_match(names: list[str], expression: str) -> str:
    """Return the only one of these names, and of the names near to it, that the expression matches in full."""
    (name,) = (each for each in names if re.fullmatch(expression, each))
    others = near(name)
    assert len(others) >= 20
    assert [] == [each for each in others if re.fullmatch(expression, each)]
    return name


def workflow(app_id: str, value: str, more: str = "") -> str:
    app = next(app for app in apps.load() if app.app_id == app_id)
    entrypoint = "null" if app.entrypoint is None else f'"{app.entrypoint}"'
    return more + WORKFLOW.format(app_id=app_id, entrypoint=entrypoint, value=value)


@pytest.mark.parametrize(
    ("app_id", "value", "said"),
    [
        ("bigquery-crawler", '{ sales = ["public"] }', ("[key 1][0] must be a name between", "::anchored_filter(")),
        ("bigquery-crawler", "jsonencode({ sales = [] })", ("[key 1] must be a name between", "::anchored_filter(")),
        (
            "atlan-glue",
            "provider::atlan::anchored_filter({ a = [] })",
            ("[key 1] must be an object", "::nested_filter("),
        ),
        ("atlan-glue", '{ "^a$" = {} }', ("[key 1] must be a name that is not", "::nested_filter(")),
        ("atlan-glue", '{ AwsDataCatalog = ["sales"] }', ("[key 1] must be an object.", "::nested_filter(")),
        ("databricks-crawler", 'provider::atlan::anchored_filter({ a = ["b"] })', ("must be a name that is not",)),
        ("databricks-crawler", '{ a = ["b", 5] }', ("[key 1][1] must be text.",)),
        ("databricks-crawler", "{ a = {} }", ("[key 1] must be a list of names.",)),
        ("atlan-dbt", '["71"]', ("The app reads an object of projects and jobs.", "include_filter must be an object.")),
        ("Kafka-apache", "{ orders = [] }", ("The app reads one regular expression", "and not an object or a list.")),
        ("Kafka-apache", "jsonencode({})", ("and not an object or a list.",)),
        ("Kafka-apache", "[0]", ("and not an object or a list.",)),
        ("mongodbatlas-atlas", '["a", "b"]', ("with commas between them as text.", '= "sales_.*,orders_.*".')),
    ],
)
def test_a_plan_warns_about_a_filter_of_another_form(start: Start, app_id: str, value: str, said: Any) -> None:
    """The warning is on its line and says what to write. A later plan that publishes nothing is quiet."""
    _, workspace = start(workflow(app_id, value))
    (found,) = workspace.plan("-json").ok().diagnostics
    assert ("warning", SUMMARY.format(app_id)) == (found["severity"], found["summary"])
    assert "include_filter" in found["snippet"]["code"]
    assert [] == [each for each in said if each not in found["detail"]]
    workspace.apply().ok()
    assert [] == workspace.plan("-json").ok().diagnostics


RIGHT: dict[FilterShape, str] = {
    "anchored": "bigquery-crawler",
    "nested": "atlan-glue",
    "lists": "databricks-crawler",
    "expression": "Kafka-apache",
    "projects": "atlan-dbt",
}


@pytest.mark.parametrize(
    ("shape", "value"),
    [
        ("anchored", "provider::atlan::anchored_filter({ sales = [] })"),
        ("anchored", 'jsonencode(provider::atlan::anchored_expressions({ "a|b" = [] }))'),
        ("anchored", "{}"),
        ("anchored", "{ (terraform_data.it.output) = [] }"),
        ("nested", "provider::atlan::nested_filter({ AwsDataCatalog = [terraform_data.it.output] })"),
        ("nested", "{ AwsDataCatalog = { sales = {} } }"),
        ("lists", '{ catalog = ["sales"] }'),
        ("lists", 'jsonencode({ catalog = ["sales"] })'),
        ("expression", '"orders_(a|b)"'),
        ("expression", '"[0]"'),
        ("projects", '{ "71" = ["401"] }'),
        ("expression", "terraform_data.it.output"),
    ],
)
def test_a_plan_is_silent_about_the_form_of_the_app(start: Start, shape: FilterShape, value: str) -> None:
    """JSON text is sent as the contract takes it. Empty and unknown filters are not compared."""
    unknown = 'resource "terraform_data" "it" { input = "unknown" }\n'
    _, workspace = start(workflow(RIGHT[shape], value, unknown))
    assert [] == workspace.plan("-json").ok().diagnostics


OBJECTS = {
    "bigquery-crawler": ('provider::atlan::anchored_filter({ sales = ["public"] })', {"^sales$": ["^public$"]}),
    "atlan-glue": ('provider::atlan::nested_filter({ AwsDataCatalog = ["sales"] })', {"AwsDataCatalog": {"sales": {}}}),
    "atlan-dbt": ('{ "71" = ["401"] }', {"71": ["401"]}),
    "databricks-crawler": ('{ main = ["sales"] }', {"main": ["sales"]}),
}
"""A filter that is configured as an object, and its meaning."""


@BOTH_CONTRACTS
def test_an_object_is_sent_as_the_vendors_builder_sends_it(start: Start) -> None:
    """As JSON text, except for Databricks. The next plan is empty, and a change in the UI is shown and reverted."""
    blocks = [
        workflow(app_id, value).replace('"it"', f'"{app_id}"').replace('"filtered"', f'"{app_id}"')
        for app_id, (value, _) in OBJECTS.items()
    ]
    sandbox, workspace = start("\n".join(blocks))
    assert [] == workspace.apply("-json").ok().diagnostics
    expected = {
        app_id: (dict if app_id == "databricks-crawler" else str, meaning) for app_id, (_, meaning) in OBJECTS.items()
    }
    assert expected == _included(sandbox)
    assert {} == workspace.plan_changes()
    for each in live(sandbox):
        publish(sandbox, each["slug"], include_filter={"other": {}})
    assert {f"atlan_app.{app_id}": ["update"] for app_id in OBJECTS} == workspace.plan_changes()
    workspace.apply().ok()
    assert expected == _included(sandbox)
    assert {} == workspace.plan_changes()


def _included(sandbox: Sandbox) -> dict[str, Any]:
    inputs = {each["name"]: each["inputs"]["include_filter"] for each in live(sandbox)}
    return {name: (type(value), as_json(value)) for name, value in inputs.items()}


def test_a_write_only_filter_is_not_shown(start: Start) -> None:
    """The warning names no part of the value."""
    _, workspace = start(
        block(
            'resource "atlan_app" "it"',
            {
                "app_id": "bigquery-crawler",
                "name": "hidden",
                "asset_connection": {"name": "hidden", "admin_users": ["admin"]},
                "inputs": {"extraction_method": "agent"},
                "inputs_wo": {"include_filter": {"not-to-be-shown": []}},
                "inputs_wo_version": 1,
            },
        )
    )
    result = workspace.plan("-json").ok()
    assert [SUMMARY.format("bigquery-crawler")] == [each["summary"] for each in result.diagnostics]
    assert "not-to-be-shown" not in "".join(each["detail"] for each in result.diagnostics)
