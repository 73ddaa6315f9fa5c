"""Terraform's types, and values of them."""

from typing import Any

import pytest
import tf.types

from provider.framework import BOOL, DYNAMIC, NUMBER, STRING, Unknown, list_of, map_of, object_of, set_of
from provider.framework.protocol.codec import DecodeError, EncodeError
from provider.framework.types import CtyType, cty


@pytest.mark.parametrize(
    ("ty", "notation"),
    [
        (set_of(STRING), ["set", "string"]),
        (list_of(set_of(NUMBER)), ["list", ["set", "number"]]),
        (map_of(DYNAMIC), ["map", "dynamic"]),
        (object_of(a=BOOL), ["object", {"a": "bool"}]),
        (tf.types.String(), "string"),
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
def test_a_value_survives_encoding(ty: CtyType, value: Any) -> None:
    """Decoding returns the value that was encoded."""
    assert value == ty.decode(ty.encode(value))


def test_a_value_of_another_type_is_an_error() -> None:
    """Both directions name the expected type."""
    with pytest.raises(EncodeError, match="expected a string"):
        STRING.encode(5)
    with pytest.raises(DecodeError, match="expected str"):
        STRING.decode(5)
