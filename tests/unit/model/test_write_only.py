"""Paths of write-only inputs."""

from typing import Any

import pytest

from provider.framework import Unknown
from provider.model.write_only import in_both, leaf_paths, without


@pytest.mark.parametrize(
    ("inputs_wo", "inputs", "expected"),
    [
        ({}, {}, []),
        ({"a": None}, {}, []),
        ({"a": {"y": "secret", "z": None}}, None, [["a", "y"]]),
        ({"a": '{"y": 1}'}, None, [["a", "y"]]),
        ({"a": {}}, {}, [["a"]]),
        ({"a": {"y": None}}, {"b": 1}, [["a"]]),
        ({"a": {"y": None}}, {"a": {"x": 1}}, []),
        ({"a": {}}, {"a": '{"x": 1}'}, []),
        ({"a": {}}, {"a": Unknown}, []),
        ({"a": {}}, Unknown, []),
        ({"a": {"b": {"c": None}, "d": 4}}, {"a": {"b": {"x": 1}}}, [["a", "d"]]),
        ({"a": {"b": {}}}, {"a": {"x": 1}}, [["a", "b"]]),
        (Unknown, {"a": 1}, [[]]),
    ],
)
def test_a_write_only_object_without_values_is_a_value_only_where_inputs_has_no_object(
    inputs_wo: Any, inputs: Any, expected: Any
) -> None:
    """Merged into an object, it adds nothing. So the object is not write-only."""
    assert expected == leaf_paths(inputs_wo, inputs)


@pytest.mark.parametrize(
    ("published", "inputs", "expected"),
    [
        pytest.param({"a": {"x": 1, "y": 2}, "b": 3}, {"a": {"x": 1}, "b": 3}, {"a": {"x": 1}, "b": 3}, id="a leaf"),
        pytest.param({"a": '{"x": 1, "y": 2}'}, {"a": {"x": 1}}, {"a": {"x": 1}}, id="a leaf in JSON text"),
        pytest.param({"a": {"y": 2}}, {}, {}, id="an object that is empty for it"),
        pytest.param({"a": {"y": 2}}, {"a": {}}, {"a": {}}, id="an object that is empty in the inputs"),
        pytest.param({"a": {"y": 2}}, {"a": "{}"}, {"a": {}}, id="an empty object in JSON text of the inputs"),
        pytest.param({"a": "text"}, {}, {"a": "text"}, id="nothing of it there"),
    ],
)
def test_a_read_strips_the_paths_of_write_only_inputs(published: Any, inputs: Any, expected: Any) -> None:
    """A value that was published from a write-only attribute never returns to state."""
    assert expected == without(published, [["a", "y"]], inputs)


@pytest.mark.parametrize(
    ("configured", "write_only", "expected"),
    [
        ({"a": {"x": 1}}, {"a": {"y": 2}}, []),
        ({"a": {"x": 1}}, {"a": {"x": 2}}, [["a", "x"]]),
        ({"a": 1}, {"a": {"x": 2}}, [["a"]]),
        ({"a": '{"x": 1}'}, {"a": {"x": 2}}, [["a", "x"]]),
        (Unknown, {"a": 1}, []),
        (None, {"a": 1}, []),
    ],
)
def test_a_leaf_in_both_is_found(configured: Any, write_only: Any, expected: Any) -> None:
    """One of the two would silently win."""
    assert expected == in_both(configured, write_only)
