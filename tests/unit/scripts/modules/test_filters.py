"""The filters as variables of a module."""

import pytest

from scripts.lib.app_facts import apps
from scripts.lib.modules import filters, inputs, resources, variables

APPS = {app.app_id: app for app in apps.load()}
ANCHORED = "jsonencode(provider::atlan::anchored_filter(var.include_filter))"
NESTED = "jsonencode(provider::atlan::nested_filter({}))"
IDS = NESTED.format("{ for id in distinct(var.include_filter) : id => [] }")


@pytest.mark.parametrize(
    ("app_id", "kind", "sent"),
    [
        ("bigquery-crawler", "map(list(string))", ANCHORED),
        ("atlan-glue", "map(list(string))", NESTED.format("var.include_filter")),
        ("atlan-tableau", "list(string)", IDS),
        ("atlan-quicksight", "list(string)", IDS),
        ("powerbi-crawler", "list(string)", IDS),
        ("atlan-sigma", "list(string)", IDS),
        ("databricks-crawler", "map(list(string))", "var.include_filter"),
        ("snowflake-crawler", "any", "var.include_filter"),
        ("Kafka-apache", "string", "var.include_filter"),
    ],
)
def test_a_module_takes_names_and_writes_the_form_of_its_app(app_id: str, kind: str, sent: str) -> None:
    """The type of the variable, and the expression in main.tf."""
    field = next(each for each in inputs.fields(APPS[app_id]) if each.name == "include_filter")
    assert (kind, sent) == (field.type, field.sent)
    assert f"= {sent}\n" in resources.write(APPS[app_id])


@pytest.mark.parametrize("app", APPS.values(), ids=APPS)
def test_no_filter_is_anchored_by_hand(app: apps.App) -> None:
    """Neither a description nor an example shows a name between anchors."""
    for each in inputs.fields(app):
        if each.name in ("include_filter", "exclude_filter"):
            assert '"^' not in each.meaning
            assert "^" not in str(inputs.example(app)[each.name])
    assert r"\"^" not in variables.write(app)


def test_the_ids_and_the_catalogs_of_an_example_are_lists() -> None:
    """The variables take no nested objects."""
    nested = {"a": {"b": {}, "c": {}}}
    assert (["a"], {"a": ["b", "c"]}) == (filters.as_given("ids", nested), filters.as_given("catalogs", nested))
