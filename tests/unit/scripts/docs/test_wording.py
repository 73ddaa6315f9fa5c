"""Types and flags of attributes in words."""

from typing import Any

import pytest

from provider.framework import (
    BOOL,
    DYNAMIC,
    NUMBER,
    STRING,
    Attribute,
    FunctionSignature,
    Nested,
    Parameter,
    Return,
    Schema,
    list_of,
    map_of,
    object_of,
)
from scripts.lib.docs import wording
from scripts.lib.docs.schemas import Block, Function, walk

INNER = Attribute("inner", STRING, description="", optional=True, write_only=True)


@pytest.mark.parametrize(
    ("ty", "spoken", "notation"),
    [
        (STRING, "String", "string"),
        (BOOL, "Boolean", "bool"),
        (DYNAMIC, "Dynamic", "dynamic"),
        (map_of(list_of(NUMBER)), "Map of List of Number", "map(list(number))"),
        (object_of(a=STRING), "Object with `a` (String)", "object({a = string})"),
        (
            object_of(a=STRING, b=BOOL, c=list_of(STRING)),
            "Object with `a` (String), `b` (Boolean) and `c` (List of String)",
            "object({a = string, b = bool, c = list(string)})",
        ),
    ],
)
def test_a_type_is_spoken_and_written(ty: Any, spoken: str, notation: str) -> None:
    """A type is described in words and as a type constraint."""
    function = Function("f", FunctionSignature([Parameter("x", ty)], Return(STRING)))
    assert spoken == wording.type_of(Return(ty))
    assert f"f(x {notation}) string" == wording.call_of(function)


@pytest.mark.parametrize(
    ("attribute", "marks"),
    [
        (Attribute("a", STRING, description="", required=True), "String"),
        (Attribute("a", STRING, description="", optional=True, sensitive=True), "String, Sensitive"),
        (Attribute("a", STRING, description="", optional=True, computed=True), "String, Computed when unset"),
        (Attribute("a", STRING, description="", optional=True, default="x"), "String"),
        (Attribute("a", STRING, description="", computed=True), "String"),
        (Attribute("a", STRING, description="", required=True, requires_replace=True), "String, Forces replacement"),
        (
            Attribute("a", nested=Nested("LIST", [INNER]), description="", optional=True, write_only=True),
            "List of Object, Write-only",
        ),
    ],
)
def test_what_is_special_of_an_attribute_is_marked(attribute: Attribute, marks: str) -> None:
    """The marks follow the type. An attribute with a default is not computed by an apply."""
    assert marks == wording.marks(attribute)


def test_attributes_are_grouped_by_whether_they_can_be_set() -> None:
    """The attributes keep the order of the schema, and there is no empty group."""
    flags: dict[str, dict[str, bool]] = {
        "computed": {"computed": True},
        "both": {"optional": True, "computed": True},
        "required": {"required": True},
        "optional": {"optional": True},
    }
    attributes = [Attribute(name, STRING, description="", **given) for name, given in flags.items()]
    found = {kind: [each.name for each in group] for kind, group in wording.groups(attributes).items()}
    assert {"Required": ["required"], "Optional": ["both", "optional"], "Read-Only": ["computed"]} == found
    assert ["Required"] == list(wording.groups(attributes[2:3]))


def test_the_legend_explains_the_marks_that_are_there() -> None:
    """Also the marks of nested attributes, and no others."""
    outer = Attribute("outer", nested=Nested("SINGLE", [INNER]), description="", optional=True)
    block = Block("thing", "toy_thing", Schema([outer], description=""))
    assert ["*Write-only*"] == [line.partition(":")[0] for line in wording.legend(block)]
    assert [("outer",), ("outer", "inner")] == [path for path, _ in walk(block.attributes)]
    assert ("outer", "nestedatt--outer") == (block.nested[0][1].name, wording.anchor(block.nested[0][0]))
