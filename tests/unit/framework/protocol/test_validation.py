"""The schema's checks of a configuration."""

from typing import Any

import pytest

from provider.framework import NUMBER, STRING, Attribute, Nested, Schema, Unknown, validators
from provider.framework.protocol.validation import check, check_write_only

INNER = [
    Attribute("size", NUMBER, required=True, description="", validators=[validators.at_least(1)]),
    Attribute("kind", STRING, optional=True, description="", validators=[validators.one_of("a"), validators.length(2)]),
]


def _nested(mode: str) -> Attribute:
    rule = validators.exactly_one_of("size", "kind")
    return Attribute(mode.lower(), nested=Nested(mode, INNER, [rule]), optional=True, description="")


SCHEMA = Schema(
    [
        *map(_nested, ("SINGLE", "LIST", "SET", "MAP")),
        Attribute("key_wo", STRING, optional=True, write_only=True, description=""),
        Attribute("other_wo", STRING, optional=True, write_only=True, description=""),
    ],
    description="",
    validators=[validators.at_most_one_of("key_wo", "other_wo")],
)


@pytest.mark.parametrize(
    ("config", "paths"),
    [
        ({}, []),
        ({"single": {"size": 0}}, [["single", "size"]]),
        ({"single": {"size": Unknown}}, []),
        ({"single": {"size": None}}, [["single", "size"], ["single"]]),
        ({"single": {"size": Unknown, "kind": "x"}}, [["single", "kind"], ["single", "kind"]]),
        ({"list": [{"size": 1}, {"size": 0}]}, [["list", (1,), "size"]]),
        ({"set": [{"size": 0}, Unknown]}, [["set", (0,), "size"]]),
        ({"map": {"k": {"size": 0}, "l": None}}, [["map", ("k",), "size"]]),
        ({"key_wo": "x", "other_wo": "y"}, [["other_wo"]]),
        ({"list": Unknown, "set": Unknown, "map": Unknown, "single": Unknown}, []),
    ],
)
def test_a_schema_reports_everything_at_once(config: Any, paths: Any) -> None:
    """Missing values come first, then what the validators find, at every level."""
    assert paths == [each.path for each in check(SCHEMA, config)]


def test_a_nested_write_only_value_needs_such_a_client_too() -> None:
    """The path of the error leads to the value in its object."""
    secret = Attribute("secret_wo", STRING, optional=True, write_only=True, description="")
    schema = Schema(
        [Attribute("users", nested=Nested("LIST", [secret]), optional=True, description="")], description=""
    )
    config = {"users": [{"secret_wo": None}, {"secret_wo": "x"}]}
    found = [(each.summary, each.path) for each in check_write_only(schema, config)]
    assert [("users.1.secret_wo needs a newer Terraform", ["users", (1,), "secret_wo"])] == found


def test_write_only_values_need_a_client_that_knows_them() -> None:
    """Each write-only value that is set is an error."""
    assert [["key_wo"]] == [each.path for each in check_write_only(SCHEMA, {"key_wo": "x", "other_wo": None})]
