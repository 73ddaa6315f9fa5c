"""The paths of a value, and a copy with another value at a path. A path that is missed would not be tested."""

from typing import Any

import pytest

from tests.support.schema_strategies import paths, replaced

VALUE = {"a": [{"b": 1}, 2], "c": {}}


def test_every_value_inside_has_a_path() -> None:
    """Objects and lists, too."""
    assert [("a",), ("a", 0), ("a", 0, "b"), ("a", 1), ("c",)] == list(paths(VALUE))


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        (("a", 0, "b"), {"a": [{"b": "new"}, 2], "c": {}}),
        (("a", 1), {"a": [{"b": 1}, "new"], "c": {}}),
        (("c",), {"a": [{"b": 1}, 2], "c": "new"}),
        (("c", "d"), {"a": [{"b": 1}, 2], "c": {"d": "new"}}),
        (("a", 1, "x"), VALUE),
    ],
)
def test_a_value_is_replaced_in_a_copy(path: tuple[Any, ...], expected: Any) -> None:
    """The original does not change. A path through something else than an object or list changes nothing."""
    original = {"a": [{"b": 1}, 2], "c": {}}
    assert (expected, VALUE) == (replaced(original, path, "new"), original)
