"""``provider::atlan::anchored_filter``."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provider.framework import ArgumentError
from provider.functions.anchored_filter import AnchoredFilter
from provider.model.regular_expressions import anchored_name
from tests.support.function_calls import call
from tests.support.near_names import NAMES
from tests.support.vendor_sdk import anchor_filter

ORDINARY_NAMES = st.text("ab- _'\"ä", max_size=4)


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        pytest.param({"my-project": ["analytics"]}, {"^my-project$": ["^analytics$"]}, id="names"),
        pytest.param({"^a$": ["^b$", "c"]}, {"^a$": ["^b$", "^c$"]}, id="what is anchored stays"),
        pytest.param({"^a": ["b$"]}, {r"^\^a$": [r"^b\$$"]}, id="half anchored is not anchored"),
        pytest.param({"a.b": ["tmp_.*"]}, {r"^a\.b$": [r"^tmp_\.\*$"]}, id="special characters are escaped"),
        pytest.param({"a": []}, {"^a$": []}, id="no schemas"),
        pytest.param({'größe "/🚀': ["x"]}, {'^größe "/🚀$': ["^x$"]}, id="any character"),
        pytest.param({}, {}, id="nothing"),
    ],
)
def test_names_become_anchored_expressions(names: dict[str, Any], expected: dict[str, Any]) -> None:
    """Each name is anchored as ^name$."""
    assert expected == call(AnchoredFilter, names)


@given(st.dictionaries(ORDINARY_NAMES, st.lists(ORDINARY_NAMES, max_size=3), max_size=3))
def test_the_sdk_writes_the_same_filter(names: dict[str, list[str]]) -> None:
    """The SDK's own helper agrees for all names without special characters."""
    assert json.loads(anchor_filter(names)) == call(AnchoredFilter, names)


@pytest.mark.parametrize("name", NAMES)
def test_keys_and_elements_are_the_expressions_of_their_names(name: str) -> None:
    """Special characters are escaped in both."""
    assert {anchored_name(name): [anchored_name(name)]} == call(AnchoredFilter, {name: [name]})


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        pytest.param({"a": None}, 'map["a"] is null; use a list', id="no list"),
        pytest.param({"a": ["b", None]}, 'map["a"] contains a null; use names', id="no name"),
        pytest.param(
            {"a": ["b"], "^a$": ["c"]},
            "it contains a key twice, once anchored and once not; merge their lists",
            id="twice",
        ),
        pytest.param(
            {"a.b": [], r"^a\.b$": []},
            "it contains a key twice, once anchored and once not; merge their lists",
            id="twice after the escape",
        ),
    ],
)
def test_the_error_for_a_bad_map_contains_the_path(names: dict[str, Any], expected: str) -> None:
    """The error is about the first argument and contains the path in it."""
    with pytest.raises(ArgumentError) as raised:
        call(AnchoredFilter, names)
    assert (0, expected) == (raised.value.argument, str(raised.value))
