"""Private state comes back as it went, and what is not ours counts as not there."""

import json
from typing import Any

import pytest

from provider.framework import private_state
from provider.framework.private_state import STRINGS, Shape, boolean, integer, list_of, number, optional, string


@pytest.mark.parametrize(
    ("shape", "held", "refused"),
    [
        (string, ["", "a"], [None, 1, ["a"]]),
        (boolean, [True, False], [None, 0, "true"]),
        (number, [0, -1.5, 2**63 - 1], [None, True, "1", float("nan"), float("inf"), 2**63, 10**400]),
        (integer, [0, -(2**63)], [None, False, 1.0, 2**63]),
        (STRINGS, [[], ["a", ""]], [None, "a", [1], ["a", None], {"a": "b"}]),
        (list_of(STRINGS), [[], [["a"], []]], [["a"], [["a"], 1]]),
        (optional(integer), [None, 3], ["3", True]),
    ],
)
def test_a_shape_holds_its_own_values_alone(shape: Shape, held: list[Any], refused: list[Any]) -> None:
    """Each shape accepts the values that its key may have."""
    assert ([True] * len(held), [False] * len(refused)) == ([shape(v) for v in held], [shape(v) for v in refused])


@pytest.mark.parametrize(
    "data", [b"", b"{", b"\xff", b"null", b"7", b'"text"', b"[]", b"[" * 100_000], ids=lambda data: repr(data[:8])
)
def test_bytes_that_are_no_object_are_none_of_ours(data: bytes) -> None:
    """Anything but a JSON object is read as empty private state, whatever its bytes."""
    assert {} == private_state.load(data, {})


def test_a_value_of_another_shape_is_not_there() -> None:
    """Only the wrong value is left out. Other values are kept, also those that a later version may have written."""
    stored = {"version": "3", "paths": ["a"], "of later": {"any": None}}
    shapes = {"version": integer, "paths": STRINGS, "absent": boolean}
    assert {"paths": ["a"], "of later": {"any": None}} == private_state.load(json.dumps(stored).encode(), shapes)


@pytest.mark.parametrize(
    ("private", "stored"), [({}, b""), ({"b": [1], "a": "\ud800"}, b'{"a": "\\ud800", "b": [1]}')], ids=["none", "some"]
)
def test_it_is_stored_in_one_order(private: dict[str, Any], stored: bytes) -> None:
    """Equal private state is equal bytes, none for an empty one, and comes back as it was."""
    dumped = private_state.dump(private)
    assert (stored, private) == (dumped, private_state.load(dumped, {}))
