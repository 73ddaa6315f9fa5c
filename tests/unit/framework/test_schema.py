"""Attributes and schemas as protocol messages."""

import json
from decimal import Decimal
from typing import Any

import pytest
import tf.types

from provider.framework import (
    BOOL,
    DYNAMIC,
    NUMBER,
    STRING,
    Attribute,
    Nested,
    Schema,
    Unknown,
    list_of,
    map_of,
    object_of,
)
from provider.framework.protocol import messages
from provider.framework.types import CtyType, cty


@pytest.mark.parametrize(
    ("ty", "notation"),
    [
        (STRING, "string"),
        (NUMBER, "number"),
        (BOOL, "bool"),
        (DYNAMIC, "dynamic"),
        (list_of(STRING), ["list", "string"]),
        (map_of(list_of(NUMBER)), ["map", ["list", "number"]]),
        (object_of(a=STRING, b=map_of(BOOL)), ["object", {"a": "string", "b": ["map", "bool"]}]),
        (CtyType(["tuple", []]), ["tuple", []]),
        (tf.types.Set(tf.types.Number()), ["set", "number"]),
    ],
)
def test_each_type_has_its_notation(ty: Any, notation: Any) -> None:
    """A type is sent to Terraform in cty's notation. tf's own types work too."""
    assert notation == cty(ty)
    assert notation == json.loads(Attribute("a", ty, description="").to_message().type)


@pytest.mark.parametrize("flag", ["required", "optional", "computed", "sensitive", "write_only"])
def test_each_flag_reaches_the_message(flag: str) -> None:
    """A flag that is set is the only one that the message has."""
    message = Attribute("a", STRING, description="what it is", **{flag: True}).to_message()
    flags = ("required", "optional", "computed", "sensitive", "write_only")
    assert {flag} == {name for name in flags if getattr(message, name)}
    assert ("a", "what it is", messages.MARKDOWN) == (message.name, message.description, message.description_kind)


@pytest.mark.parametrize("default", ["x", "", False, 0])
def test_an_attribute_with_a_default_is_computed(default: Any) -> None:
    """Terraform accepts a planned value that is not configured only for a computed attribute."""
    assert Attribute("a", STRING, description="", optional=True, default=default).to_message().computed


@pytest.mark.parametrize(
    ("mode", "notation"),
    [
        ("SINGLE", ["object", {"x": "string"}]),
        ("LIST", ["list", ["object", {"x": "string"}]]),
        ("SET", ["set", ["object", {"x": "string"}]]),
        ("MAP", ["map", ["object", {"x": "string"}]]),
    ],
)
def test_a_nested_attribute_has_a_nested_type_alone(mode: str, notation: Any) -> None:
    """The message of a nested attribute contains the inner attributes and the mode, and no plain type."""
    nested = Nested(mode, [Attribute("x", STRING, description="", required=True)])
    attribute = Attribute("a", nested=nested, description="", optional=True)
    message = attribute.to_message()
    assert notation == attribute.cty
    assert b"" == message.type
    assert (mode, ["x"]) == (
        messages.message("Schema.Object").NestingMode.Name(message.nested_type.nesting),
        [each.name for each in message.nested_type.attributes],
    )


def test_an_attribute_has_a_type_or_nested_attributes() -> None:
    """Neither both nor none can be given."""
    with pytest.raises(AssertionError):
        Attribute("a", description="")
    with pytest.raises(AssertionError):
        Attribute("a", STRING, nested=Nested("SINGLE", []), description="")


def test_a_schema_tells_its_version_description_and_attributes() -> None:
    """The message has the attributes in their order."""
    schema = Schema([Attribute(name, STRING, description="") for name in "ba"], description="what", version=7)
    message = schema.to_message()
    assert (7, "what", ["b", "a"]) == (
        message.version,
        message.block.description,
        [each.name for each in message.block.attributes],
    )
    assert ["object", {"b": "string", "a": "string"}] == schema.cty


def _secretive() -> Schema:
    inner = [
        Attribute("host", STRING, description="", optional=True, secret=False),
        Attribute("password", STRING, description="", optional=True),
        Attribute("extra", DYNAMIC, description="", optional=True),
    ]
    return Schema(
        [
            Attribute("slug", STRING, description="", computed=True, identifier=True),
            Attribute("key", STRING, description="", optional=True, sensitive=True),
            Attribute("shown", STRING, description="", optional=True, sensitive=True, secret=False),
            Attribute("text", STRING, description="", optional=True, secret=lambda value: [str(value)[:3]]),
            Attribute("one", nested=Nested("SINGLE", inner), description="", optional=True, write_only=True),
            Attribute("many", nested=Nested("SET", inner), description="", optional=True, secret=True),
            Attribute("open", nested=Nested("MAP", inner), description="", optional=True),
        ],
        description="",
    )


@pytest.mark.parametrize(
    ("config", "expected"),
    [
        ({}, ["Non"]),
        ({"slug": "s", "key": "k", "shown": "x", "text": "abcdef"}, ["k", "abc"]),
        (
            {"text": "abc", "one": {"host": "h", "password": "p", "extra": {"a": [1, None, True]}}},
            ["abc", "p", 1, True],
        ),
        ({"text": "abc", "many": [{"host": "h", "password": "p"}, {"password": "q"}]}, ["abc", "p", "q"]),
        ({"text": "abc", "open": {"k": {"password": "p"}}}, ["abc"]),
        ({"text": "abc", "key": Unknown, "one": Unknown, "many": [Unknown], "open": Unknown}, ["abc"]),
        ({"text": "abc", "one": {"extra": Decimal("0.1")}}, ["abc", "0.1"]),
    ],
)
def test_a_schema_returns_the_secrets_of_a_configuration(config: Any, expected: Any) -> None:
    """Write-only and sensitive attributes are secret, unless an attribute or a nested one declares otherwise."""
    assert expected == _secretive().secrets_in(config)


def test_a_schema_returns_the_identifiers_of_a_state() -> None:
    """Identifiers are the values of the attributes that are declared as such."""
    assert ["s-1"] == _secretive().identifiers_in({"slug": "s-1", "key": "k"})
    assert [] == _secretive().identifiers_in({"slug": None})
