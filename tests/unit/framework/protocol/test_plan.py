"""The plan rules that attributes declare."""

from typing import Any

import pytest

from provider.framework import NUMBER, STRING, Attribute, Nested, Schema, Unknown, list_of
from provider.framework.protocol.plan import Plan, plan


def schema(**rules: Any) -> Schema:
    attribute = Attribute("a", rules.pop("type", STRING), description="", optional=True, **rules)
    other = Attribute("other", STRING, description="", optional=True)
    return Schema([attribute, other], description="")


def planned(schema: Schema, prior: Any, proposed: Any, config: Any, *, other: str = "x") -> Any:
    """The plan of attribute ``a``; ``other`` is "x" before, so another value is a change beside it."""
    before = None if prior == "create" else {"a": prior, "other": "x"}
    return plan(schema, before, {"a": proposed, "other": other}, {"a": config, "other": other}).planned["a"]


@pytest.mark.parametrize(
    ("rules", "prior", "proposed", "config", "other", "expected"),
    [
        # not computed: as configured
        ({}, "create", "c", "c", "x", "c"),
        ({}, "create", None, None, "x", None),
        ({}, "p", None, None, "x", None),
        # computed: unknown whenever something changes and it is not configured
        ({"computed": True}, "create", None, None, "x", Unknown),
        ({"computed": True}, "p", "p", None, "x", "p"),
        ({"computed": True}, "p", "p", None, "y", Unknown),
        ({"computed": True}, "p", "c", "c", "y", "c"),
        ({"computed": True}, "p", Unknown, Unknown, "y", Unknown),
        # kept: the prior value, unknown while there is none
        ({"computed": True, "keep": True}, "create", None, None, "x", Unknown),
        ({"computed": True, "keep": True}, "p", "p", None, "y", "p"),
        ({"computed": True, "keep": True}, None, None, None, "y", Unknown),
        # a default: whenever it is not configured
        ({"default": "d"}, "create", None, None, "x", "d"),
        ({"default": "d"}, "p", "p", None, "x", "d"),
        ({"default": "d"}, "d", "d", None, "y", "d"),
        ({"default": "d"}, "d", "c", "c", "x", "c"),
        ({"default": "d"}, "d", Unknown, Unknown, "x", Unknown),
        # write-only: never in a plan
        ({"write_only": True}, "create", "c", "c", "x", None),
    ],
)
def test_each_rule(rules: Any, prior: Any, proposed: Any, config: Any, other: str, expected: Any) -> None:
    """Each rule is planned on create, on an update of something else, and with and without configuration."""
    assert expected == planned(schema(**rules), prior, proposed, config, other=other)


@pytest.mark.parametrize(
    ("type_", "default", "prior"),
    [
        (list_of(STRING), ("a", "b"), ["a", "b"]),
        (NUMBER, 1.0, 1),
        (NUMBER, 0, 0),
        (STRING, "", ""),
    ],
)
def test_a_default_is_as_terraform_gives_it_back(type_: Any, default: Any, prior: Any) -> None:
    """A tuple, a whole float, and defaults that are falsy equal the value in state."""
    assert Plan({"a": prior, "other": None}) == plan(
        schema(type=type_, default=default), {"a": prior, "other": None}, {"a": prior, "other": None}, {}
    )


def test_a_nested_default_is_complete() -> None:
    """A default of a nested attribute has all inner attributes, with their own defaults, and changes nothing later."""
    inner = [
        Attribute("x", STRING, description="", optional=True),
        Attribute("y", STRING, description="", optional=True, default="inner"),
    ]
    attribute = Attribute("a", nested=Nested("SINGLE", inner), description="", optional=True, default={"x": "outer"})
    of = Schema([attribute], description="")
    expected = {"a": {"x": "outer", "y": "inner"}}
    assert expected == plan(of, None, {"a": None}, {"a": None}).planned
    assert set() == plan(of, expected, expected, {"a": None}).changed


def test_the_plan_names_what_changes_and_what_replaces() -> None:
    """Changed attributes are named by comparing with the prior state; on a create all are, and nothing replaces."""
    of = schema(requires_replace=True)
    updated = plan(of, {"a": "1", "other": "x"}, {"a": "2", "other": "x"}, {"a": "2", "other": "x"})
    created = plan(of, None, {"a": "2", "other": "x"}, {"a": "2", "other": "x"})
    assert ({"a"}, [["a"]]) == (updated.changed, updated.requires_replace)
    assert ({"a", "other"}, []) == (created.changed, created.requires_replace)


def test_a_recomputed_value_that_requires_replacement_replaces() -> None:
    """A replacing attribute that becomes unknown may change, so it replaces."""
    of = schema(computed=True, requires_replace=True)
    assert [["a"]] == plan(of, {"a": "1", "other": "x"}, {"a": "1", "other": "y"}, {"other": "y"}).requires_replace
