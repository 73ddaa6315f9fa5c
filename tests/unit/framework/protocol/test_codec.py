"""Terraform values to Python and back, by type."""

from decimal import Decimal
from enum import StrEnum
from typing import Any

import msgpack
import pytest
from hypothesis import given
from hypothesis import strategies as st

from provider.framework import Unknown, same
from provider.framework.normal_form import nfc
from provider.framework.protocol import codec
from provider.framework.protocol.codec import (
    DYNAMIC,
    DecodeError,
    EncodeError,
    decode,
    encode,
    infer,
    pack,
    shape,
    unpack,
)


class Color(StrEnum):
    RED = "red"


@pytest.mark.parametrize(
    ("ty", "raw", "value"),
    [
        ("string", "a", "a"),
        ("string", None, None),
        ("string", Unknown, Unknown),
        ("bool", False, False),
        ("number", 1, 1),
        ("number", "0.1", 0.1),
        (["list", "number"], ["0.5", None, Unknown], [0.5, None, Unknown]),
        (["set", "string"], [], []),
        (["map", "number"], {"a": "0.5"}, {"a": 0.5}),
        (["object", {"a": "number", "b": "string"}], {"a": "0.5", "b": None}, {"a": 0.5, "b": None}),
        (["object", {"a": "number", "b": "string"}], {"other": 1}, {"a": None, "b": None}),
        (["tuple", ["number", "string"]], ["0.5", "x"], [0.5, "x"]),
        (DYNAMIC, [b'"number"', "0.1"], 0.1),
        (DYNAMIC, [b'["object",{"a":"dynamic"}]', {"a": None}], {"a": None}),
        (DYNAMIC, None, None),
        (DYNAMIC, Unknown, Unknown),
        (DYNAMIC, [b'"string"', None], None),
        (DYNAMIC, [b'"string"', Unknown], Unknown),
    ],
)
def test_each_type_is_decoded(ty: codec.Type, raw: Any, value: Any) -> None:
    """A value of each type becomes plain Python, null and unknown ones anywhere in it."""
    assert value == decode(ty, raw)


@pytest.mark.parametrize(
    ("ty", "raw"),
    [
        ("string", 1),
        ("string", b"a"),
        ("bool", 1),
        ("number", True),
        ("number", "x"),
        ("number", "NaN"),
        ("number", "Infinity"),
        ("number", float("inf")),
        ("number", float("nan")),
        (["list", "string"], "a"),
        (["list", "string"], {"a": "b"}),
        (["map", "string"], ["a"]),
        (["map", "string"], {b"a": "b"}),
        (["object", {"a": "string"}], ["a"]),
        (["tuple", ["string"]], []),
        (DYNAMIC, "a"),
        (DYNAMIC, [b'"string"']),
        (DYNAMIC, [b"x", 1]),
        (DYNAMIC, [b'"what"', 1]),
        (DYNAMIC, [b'["list"]', []]),
        (DYNAMIC, [b'["object",[]]', {}]),
        (DYNAMIC, [["list"], []]),
    ],
)
def test_what_does_not_fit_its_type_is_refused(ty: codec.Type, raw: Any) -> None:
    """A value of another type is a DecodeError, whatever it is."""
    with pytest.raises(DecodeError):
        decode(ty, raw)


@pytest.mark.parametrize(
    ("ty", "value", "raw"),
    [
        ("string", Color.RED, "red"),
        ("number", 2**64, str(2**64)),
        ("number", -(2**63) - 1, str(-(2**63) - 1)),
        ("number", 0.1, "0.1"),
        ("number", -0.0, 0),
        ("number", Decimal("-0"), 0),
        (["list", "string"], ("a", None), ["a", None]),
        (["object", {"a": "string", "b": "string"}], {"a": "x", "other": 1}, {"a": "x", "b": None}),
        (DYNAMIC, "a", [b'"string"', "a"]),
        (DYNAMIC, True, [b'"bool"', True]),
        (DYNAMIC, [1, "a"], [b'["tuple",["number","string"]]', [1, "a"]]),
        (DYNAMIC, {"a": None}, [b'["object",{"a":"dynamic"}]', {"a": None}]),
        (DYNAMIC, None, None),
        (DYNAMIC, Unknown, Unknown),
    ],
)
def test_each_type_is_encoded(ty: codec.Type, value: Any, raw: Any) -> None:
    """Plain Python becomes what is packed; a plain dynamic value has the type that a configuration would give it."""
    assert raw == encode(ty, value)


def test_an_integer_longer_than_python_writes_is_encoded() -> None:
    """An integer that ``str`` refuses for its length is encoded, too."""
    assert "1" + "0" * 4999 == encode("number", 10**4999)


@pytest.mark.parametrize(
    ("ty", "value", "said"),
    [
        ("string", 1, "expected a string, got int"),
        ("string", "\ud800", "the text is not valid Unicode"),
        ("bool", 1, "expected true or false, got int"),
        ("number", True, "expected a number, got bool"),
        ("number", "1", "expected a number, got str"),
        ("number", float("nan"), "nan is not a number that Terraform knows"),
        ("number", Decimal("Infinity"), "Infinity is not a number that Terraform knows"),
        ("number", Decimal("sNaN"), "sNaN is not a number that Terraform knows"),
        (["list", "string"], "a", "expected list, got str"),
        (["list", "string"], ["a", 1], "1: expected a string, got int"),
        (["map", "string"], {1: "a"}, "expected a string, got int"),
        (["map", ["list", "bool"]], {"a": [0]}, "a: expected true or false, got int"),
        (["object", {"a": "string"}], [], "expected object, got list"),
        (["tuple", ["string"]], [], "expected 1 elements, got 0"),
        (DYNAMIC, object(), "object has no Terraform type"),
        (DYNAMIC, {"a": [object()]}, "object has no Terraform type"),
        (DYNAMIC, {1: "a"}, "expected a string, got int"),
    ],
)
def test_what_cannot_be_encoded_is_told_with_its_place(ty: codec.Type, value: Any, said: str) -> None:
    """A value that does not fit is an EncodeError, which says where and what was expected, not the value."""
    with pytest.raises(EncodeError) as raised:
        encode(ty, value)
    assert said == str(raised.value)


@pytest.mark.parametrize(
    ("like", "value", "kept"),
    [
        (["map", "string"], {"b": "y"}, ["map", "string"]),
        (["map", "string"], {"b": 1}, ["object", {"b": "number"}]),
        (["map", "string"], {}, ["map", "string"]),
        (["map", "dynamic"], {}, ["map", "dynamic"]),
        (["map", ["object", {"a": "string"}]], {"k": {"a": None}}, ["map", ["object", {"a": "string"}]]),
        (["map", ["object", {"a": "string"}]], {"k": {}}, ["object", {"k": ["object", {}]}]),
        (["list", "number"], [1, None, Unknown], ["list", "number"]),
        (["list", "number"], [1, "a"], ["tuple", ["number", "string"]]),
        (["set", "string"], ["a"], ["set", "string"]),
        (["list", ["list", "number"]], [[1], ["a"]], ["tuple", [["list", "number"], ["tuple", ["string"]]]]),
        (["tuple", [["list", "string"], "number"]], [["a"]], ["tuple", [["list", "string"]]]),
        (
            ["object", {"a": ["map", "bool"], "n": "string"}],
            {"a": {}, "n": None},
            ["object", {"a": ["map", "bool"], "n": "string"}],
        ),
        ("string", None, "string"),
        (["list", "string"], Unknown, ["list", "string"]),
        ("string", 1, "number"),
        ("string", {"a": 1}, ["object", {"a": "number"}]),
        (["map", "string"], ["a"], ["tuple", ["string"]]),
        (["object", {}], [], ["tuple", []]),
    ],
)
def test_a_shape_is_kept_where_the_value_still_fits_it(like: codec.Type, value: Any, kept: codec.Type) -> None:
    """List or tuple, map or object, and the types of nulls stay as they were as long as they describe the value."""
    assert kept == infer(value, like)


def test_a_deep_shape_that_no_longer_fits_is_found_quickly() -> None:
    """The work to keep a shape does not double with each level of it."""
    ty: codec.Type = "number"
    value: Any = "a"
    for _ in range(40):
        ty, value = ["list", ty], [value]
    assert "tuple" == infer(value, ty)[0]


@pytest.mark.parametrize(
    ("raw", "found"),
    [
        (None, DYNAMIC),
        (Unknown, DYNAMIC),
        ([b'"string"', None], "string"),
        ([b'["list","string"]', Unknown], ["list", "string"]),
        ([b'["object",{"a":"string"},["a"]]', {"a": "x"}], ["object", {"a": "string"}]),
    ],
)
def test_the_shape_of_a_dynamic_value_is_the_type_that_it_carries(raw: Any, found: codec.Type) -> None:
    """Typed nulls and unknowns have a shape too; optional attributes are none of a value's type."""
    assert found == shape(DYNAMIC, raw)


def test_dynamic_parts_of_an_object_have_shapes_of_their_own() -> None:
    """Inside an object or a tuple each dynamic part is replaced by its own type."""
    ty: codec.Type = ["object", {"a": DYNAMIC, "b": ["tuple", [DYNAMIC, "string"]]}]
    raw = {"a": [b'"bool"', True], "b": [None, "x"]}
    assert ["object", {"a": "bool", "b": ["tuple", [DYNAMIC, "string"]]}] == shape(ty, raw)


@pytest.mark.parametrize(
    "data", [b"", b"\xc1", b"\x91", b"\xa1\xff", b"\x01\x02", b"\x81\x91\x01\x01", b"\xc7\x01\x05x"]
)
def test_bytes_that_are_no_messagepack_are_refused(data: bytes) -> None:
    """Truncated, trailing or otherwise wrong bytes, and extensions that are not known, are a DecodeError."""
    with pytest.raises(DecodeError):
        unpack(data)


@pytest.mark.parametrize("code", [0, 12])
def test_plain_and_refined_unknowns_are_unknown(code: int) -> None:
    """Extensions 0 and 12 both mean Unknown, with any content. Unknown is packed as extension 0."""
    assert [Unknown] == unpack(msgpack.packb([msgpack.ExtType(code, b"\x81\x01\xc2")]))
    assert msgpack.packb(msgpack.ExtType(0, b"\x00")) == pack(Unknown)


@pytest.mark.parametrize(
    ("left", "right", "equal"),
    [
        (1, 1.0, True),
        (0.5, Decimal("0.5"), True),
        (0.1, Decimal("0.1"), True),
        (2.456986915160775e16, 24569869151607750, True),
        (1, True, False),
        (0, False, False),
        ("1", 1, False),
        (None, Unknown, False),
        (Unknown, Unknown, True),
        ([1, [2]], [1.0, (2,)], True),
        ([1], [1, 2], False),
        ([0], [False], False),
        ({"a": [1]}, {"a": [1.0]}, True),
        ({"a": None}, {}, False),
        ({"a": 1}, [1], False),
    ],
)
def test_values_are_equal_as_terraform_sees_them(left: Any, right: Any, equal: bool) -> None:
    """Numbers are equal by value and never to truths; null, absent and unknown are three things."""
    assert (equal, equal) == (same(left, right), same(right, left))


NUMBERS = st.one_of(
    st.integers(-(2**80), 2**80),
    st.floats(allow_nan=False, allow_infinity=False),
    st.decimals(allow_nan=False, allow_infinity=False),
)
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=8).map(nfc)
PLAIN = st.recursive(
    st.one_of(st.none(), st.just(Unknown), st.booleans(), NUMBERS, TEXTS),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4),
    max_leaves=12,
)


@given(PLAIN)
def test_any_plain_value_comes_back_the_same(value: Any) -> None:
    """Plain data, as a dynamic value, is the same after encoding, packing, unpacking and decoding."""
    assert same(value, decode(DYNAMIC, unpack(pack(encode(DYNAMIC, value)))))


@given(PLAIN, PLAIN)
def test_what_is_encoded_like_anything_is_of_the_type_that_it_carries(value: Any, other: Any) -> None:
    """A value that is encoded in another's shape comes back the same, and so does its own shape."""
    raw = unpack(pack(encode(DYNAMIC, value, infer(other))))
    assert same(value, decode(DYNAMIC, raw))
    assert raw == encode(DYNAMIC, value, shape(DYNAMIC, raw))
