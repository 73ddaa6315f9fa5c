"""Terraform's types, and values of them."""

from typing import Any

import pytest

from provider.framework import BOOL, DYNAMIC, NUMBER, STRING, TfType, Unknown, list_of, map_of, object_of, set_of
from provider.framework.protocol import codec
from provider.framework.protocol.codec import DecodeError, EncodeError
from provider.framework.types import collection_of_texts, cty


@pytest.mark.parametrize(
    ("ty", "notation"),
    [
        (set_of(STRING), ["set", "string"]),
        (list_of(set_of(NUMBER)), ["list", ["set", "number"]]),
        (map_of(DYNAMIC), ["map", "dynamic"]),
        (object_of(a=BOOL), ["object", {"a": "bool"}]),
        (STRING, "string"),
    ],
)
def test_a_type_has_a_notation(ty: Any, notation: Any) -> None:
    """Types are nested as in cty, and tf's own types work too."""
    assert notation == cty(ty)


@pytest.mark.parametrize(
    ("ty", "value"),
    [
        (STRING, "a"),
        (NUMBER, 5),
        (BOOL, True),
        (list_of(STRING), ["a", None]),
        (set_of(STRING), ["b", "a"]),
        (map_of(NUMBER), {"a": 1}),
        (object_of(a=STRING, b=NUMBER), {"a": "x", "b": None}),
        (STRING, None),
        (STRING, Unknown),
    ],
)
def test_a_value_survives_encoding(ty: TfType, value: Any) -> None:
    """Decoding returns the value that was encoded."""
    assert value == codec.decode(cty(ty), codec.encode(cty(ty), value))


def test_a_value_of_another_type_is_an_error() -> None:
    """Both directions name the expected type."""
    with pytest.raises(EncodeError, match="expected a string"):
        codec.encode(cty(STRING), 5)
    with pytest.raises(DecodeError, match="expected str"):
        codec.decode(cty(STRING), 5)


def test_a_compound_type_encodes_with_the_codec() -> None:
    """The methods of tf's interface refuse an element of another type, too."""
    ty = list_of(STRING)
    assert ["a", None] == ty.decode(ty.encode(["a", None]))
    with pytest.raises(EncodeError, match="expected a string"):
        ty.encode([5])
    with pytest.raises(DecodeError, match="expected str"):
        ty.decode([5])


def test_scalar_types_are_those_of_tf() -> None:
    """An author who knows tf's types can use them."""
    assert ["tf.types"] * 3 == [type(ty).__module__ for ty in (STRING, NUMBER, BOOL)]


OBJECT = ["object", {"a": "string", "m": ["map", "string"], "n": ["map", "number"], "t": ["tuple", ["string"]]}]


@pytest.mark.parametrize(
    ("ty", "path", "expected"),
    [
        (["map", "string"], ["a"], "map"),
        (["list", "string"], [0], "list"),
        (["map", ["set", "string"]], ["a", 0], "set"),
        (["map", ["object", {"a": "string"}]], ["k", "a"], "map"),  # Terraform unifies the objects of a map
        (OBJECT, ["m", "k"], "map"),
        (OBJECT, ["a"], None),
        (OBJECT, ["n", "k"], None),
        (OBJECT, ["t", 0], None),
        (OBJECT, ["t", 1], None),
        (OBJECT, ["other"], None),
        ("string", ["a"], None),  # JSON text
        ("dynamic", ["a"], None),
        (["map", "string"], [], None),
    ],
)
def test_the_collection_of_a_text_is_found(ty: Any, path: list[str | int], expected: str | None) -> None:
    """It is the innermost map, list or set on the way to a text."""
    assert expected == collection_of_texts(ty, path)
