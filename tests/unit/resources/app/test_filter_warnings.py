"""The warning about a filter that the app cannot read."""

from typing import Any

import pytest

from provider.resources.app import filter_warnings
from tests.support.app_resource import app_state

DETAIL = (
    "The app reads plain names or ids in nested objects. This filter is or contains an anchored name, at "
    '"^db$". The service accepts it, and it matches nothing. Write exclude_filter = '
    'provider::atlan::nested_filter({ "catalog" = ["database"] }), or { "id" = {} } for ids.\n'
    "Source: the vendor's SDK, release 11.6.0."
)


def check(app_id: str, inputs: Any, **config: Any) -> list[Any]:
    return list(filter_warnings.check(app_state(**{"inputs": inputs, **config}), app_id, inputs))


def test_the_warning_says_what_the_app_reads_and_what_to_write() -> None:
    """It is on the input, and names where the knowledge comes from."""
    (found,) = check("atlan-glue", {"exclude_filter": {"^db$": {}}, "include_filter": {"db": {}}})
    summary = "inputs.exclude_filter: atlan-glue reads filters in another form"
    assert (summary, DETAIL, ["inputs", ("exclude_filter",)], False) == tuple(found)


def test_each_filter_has_its_own_warning() -> None:
    """One for the included and one for the excluded assets."""
    found = check("bigquery-crawler", {"exclude_filter": {"a": []}, "include_filter": {"b": []}})
    assert [("include_filter",), ("exclude_filter",)] == [each.path[1] for each in found]


def test_a_write_only_filter_is_not_shown() -> None:
    """The warning is on inputs_wo and contains no name."""
    inputs = {"include_filter": {"secret-db": []}}
    config = app_state(inputs=None, inputs_wo=inputs)
    (found,) = filter_warnings.check(config, "bigquery-crawler", inputs)
    assert ["inputs_wo", ("include_filter",)] == found.path
    assert "secret-db" not in found.summary + found.detail


@pytest.mark.parametrize("app_id", ["no-such-app", "bigquery-miner", "snowflake-crawler", "atlan-dbt"])
def test_an_app_whose_form_is_not_known_has_no_warning(app_id: str) -> None:
    """An unknown app, an app without a filter, and apps whose form the facts do not say."""
    assert [] == check(app_id, {"include_filter": {"a": ["^b$"]}})
