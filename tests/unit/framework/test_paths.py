"""Paths as text, and where they end."""

from typing import Any

import pytest

from provider.framework import STRING, Attribute, Nested, Schema, map_of, set_of
from provider.framework.paths import above_sets, dotted

INNER = [
    Attribute("name", STRING, optional=True, description=""),
    Attribute("tags", set_of(STRING), optional=True, description=""),
]
SCHEMA = Schema(
    [
        Attribute("labels", set_of(STRING), optional=True, description=""),
        Attribute("texts", map_of(STRING), optional=True, description=""),
        Attribute("many", nested=Nested("SET", INNER), optional=True, description=""),
        Attribute("some", nested=Nested("LIST", INNER), optional=True, description=""),
        Attribute("one", nested=Nested("SINGLE", INNER), optional=True, description=""),
    ],
    description="",
)


def test_a_path_is_dotted_for_a_user() -> None:
    """Names, keys and indices are joined by dots."""
    assert "a.0.b.k" == dotted(["a", (0,), "b", ("k",)])


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ([], []),
        (["labels", (0,)], ["labels"]),
        (["texts", ("a",)], ["texts", ("a",)]),
        (["many", (0,), "name"], ["many"]),
        (["some", (0,), "name"], ["some", (0,), "name"]),
        (["some", (1,), "tags", (0,)], ["some", (1,), "tags"]),
        (["one", "tags", (0,)], ["one", "tags"]),
        (["nothing", "of", ("this",)], ["nothing", "of", ("this",)]),
    ],
)
def test_a_path_ends_at_the_first_set(path: Any, expected: Any) -> None:
    """The protocol has no step to an element of a set. A path that does not exist is unchanged."""
    assert expected == above_sets(SCHEMA.cty, path)
