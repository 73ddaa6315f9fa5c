"""The inputs of modules in a plan: what is unknown, null, empty, or in `more_inputs`."""

from __future__ import annotations

from typing import Any

import pytest

from scripts.lib.app_facts import apps
from scripts.lib.modules import trial
from scripts.lib.shared.hcl import Expression
from tests.acceptance.conftest import Start
from tests.support.campaigns.modules import call, write
from tests.support.ui import live

APPS = {app.app_id: app for app in apps.load()}
LATER = Expression("terraform_data.later.output")
UNKNOWN_VALUE = 'resource "terraform_data" "later" {\n  input = "SALES"\n}\n'
UNKNOWN_FILTERS = {
    "text": ("Kafka-apache", LATER),
    "a name in a list": ("bigquery-crawler", {"analytics": [LATER]}),
    "a key": ("bigquery-crawler", Expression(f"{{ ({LATER.text}) = [] }}")),
    "an id": ("atlan-tableau", [LATER]),
    "all ids": ("atlan-tableau", Expression(f'split(",", {LATER.text})')),
    "a database of a catalog": ("atlan-glue", {"AwsDataCatalog": [LATER]}),
    "a name in an object": ("atlan-dbt", {"analytics": [LATER]}),
    "JSON text": ("atlan-dbt", Expression(f"jsonencode({{ ({LATER.text}) = {{}} }})")),
    "a whole object": ("snowflake-crawler", LATER),
    "a schema that is sent as given": ("snowflake-crawler", {"analytics": [LATER]}),
}


def _module(app_id: str, **variables: Any) -> str:
    app = APPS[app_id]
    return call(app.label, app, trial.least(app) | variables)


@pytest.mark.parametrize(("app_id", "value"), UNKNOWN_FILTERS.values(), ids=UNKNOWN_FILTERS)
def test_a_plan_checks_the_other_inputs_if_a_filter_is_unknown(start: Start, app_id: str, value: Any) -> None:
    """A misspelled input is an error of the plan, although a part of the filter, or all of it, is known later."""
    _, workspace = start()
    misspelled = {"preflight_checks": "x"} if app_id == "Kafka-apache" else {"include_filtr": "{}"}
    write(workspace, [UNKNOWN_VALUE, _module(app_id, include_filter=value, more_inputs=misspelled)])
    errors = [each for each in workspace.plan("-json").diagnostics if each["severity"] == "error"]
    assert [next(iter(misspelled))] == [each["summary"].split(":")[0].removeprefix("inputs.") for each in errors]


def test_null_leaves_an_input_out_and_a_filter_at_its_default(start: Start) -> None:
    """A null is not published, a filter that is null is the empty filter, and `more_inputs` wins over a variable."""
    sandbox, workspace = start()
    nothing = {"temp_table_regex": None, "control_config": None, "atlas_auth_type": None, "include_filter": None}
    others = {"hidden_datasets": False, "more_inputs": {"hidden_datasets": True, "exclude_filter": "{}"}}
    write(workspace, [_module("bigquery-crawler", **nothing, **others)])
    workspace.apply().ok()
    inputs = live(sandbox)[0]["inputs"]
    assert set() == nothing.keys() & inputs.keys() - {"include_filter"}
    assert ("{}", "{}", True) == tuple(inputs[name] for name in ("include_filter", "exclude_filter", "hidden_datasets"))
    assert {} == workspace.plan_changes()
