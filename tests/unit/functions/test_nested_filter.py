"""``provider::atlan::nested_filter``."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provider.framework import ArgumentError
from provider.functions.nested_filter import NestedFilter
from tests.support.function_calls import call
from tests.support.vendor_sdk import selective_filter

NAMES = st.text("^$.*a", max_size=4)
NESTED = st.recursive(st.just({}), lambda inner: st.dictionaries(NAMES, inner, max_size=3), max_leaves=4)
CHILDREN = st.one_of(st.lists(NAMES, max_size=3), st.none(), NESTED)


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        pytest.param({"AwsDataCatalog": ["db1", "db2"]}, {"AwsDataCatalog": {"db1": {}, "db2": {}}}, id="lists"),
        pytest.param({"A": {"db1": {}, "db2": {"t": {}}}}, {"A": {"db1": {}, "db2": {"t": {}}}}, id="nested already"),
        pytest.param({"A": {"db1": ["t"]}}, {"A": {"db1": {"t": {}}}}, id="lists deeper inside"),
        pytest.param(
            {"A": ["^db$"], "B": [], "C": None}, {"A": {"^db$": {}}, "B": {}, "C": {}}, id="names as they are"
        ),
        pytest.param({}, {}, id="nothing"),
    ],
)
def test_names_become_keys_of_nested_objects(names: dict[str, Any], expected: dict[str, Any]) -> None:
    """Names are not anchored, and the inner ones have empty objects."""
    assert expected == call(NestedFilter, names)


@given(st.dictionaries(NAMES, CHILDREN, max_size=3))
def test_the_sdk_writes_the_same_filter(names: dict[str, Any]) -> None:
    """The SDK's own helper agrees for all names."""
    assert json.loads(selective_filter(names)) == call(NestedFilter, names)


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        pytest.param("A", 'it must be an object or a map, such as {"AwsDataCatalog" = ["db1"]}', id="a text"),
        pytest.param(["A"], 'it must be an object or a map, such as {"AwsDataCatalog" = ["db1"]}', id="a list"),
        pytest.param({"A": "db"}, 'map["A"] must be a list of names or an object of names', id="a text inside"),
        pytest.param(
            {"A": {"db": [1]}}, 'map["A"][key 1] must be a list of names or an object of names', id="a number"
        ),
    ],
)
def test_the_error_for_a_bad_map_contains_the_path(names: Any, expected: str) -> None:
    """The error is about the first argument and contains the path in it."""
    with pytest.raises(ArgumentError) as raised:
        call(NestedFilter, names)
    assert (0, expected) == (raised.value.argument, str(raised.value))
