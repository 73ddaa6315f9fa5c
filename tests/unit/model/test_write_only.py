"""Paths of write-only inputs."""

from typing import Any

import pytest

from provider.framework import Unknown
from provider.model.write_only import in_both, leaf_paths, without


@pytest.mark.parametrize(
    ("published", "expected"),
    [
        pytest.param({"a": {"x": 1, "y": 2}, "b": 3}, {"a": {"x": 1}, "b": 3}, id="a leaf"),
        pytest.param({"a": '{"x": 1, "y": 2}'}, {"a": {"x": 1}}, id="a leaf in JSON text"),
        pytest.param({"a": {"y": 2}}, {}, id="an object that is empty for it"),
        pytest.param({"a": "text"}, {"a": "text"}, id="nothing of it there"),
    ],
)
def test_a_read_strips_the_paths_of_write_only_inputs(published: Any, expected: Any) -> None:
    """A value that was published from a write-only attribute never returns to state."""
    assert [["a", "y"]] == leaf_paths({"a": {"y": "secret"}})
    assert expected == without(published, [["a", "y"]])


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
