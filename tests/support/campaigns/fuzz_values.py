"""Terraform values of any type: raw data, Python values, and a comparison of two values.

This is a second implementation of the wire format, independent of the provider's codec. Source: cty's MessagePack.
"""

import json
import unicodedata
from decimal import Decimal
from typing import Any, NamedTuple

import msgpack
from hypothesis import strategies as st

from provider.framework import Unknown

REFINED_UNKNOWN = 12
DIGITS = 6000
"""The largest power of ten of a number. It is larger than Python's limit for int as text, and than a float."""

_PRIMITIVES = st.sampled_from(["string", "number", "bool"])


def _texts(max_size: int) -> st.SearchStrategy[str]:
    """Return texts as Terraform sends them, in Unicode NFC."""
    return st.text(max_size=max_size).map(lambda text: unicodedata.normalize("NFC", text))


_NAMES = _texts(4)


class Sent(NamedTuple):
    """A value of a type: its raw data, and its Python value."""

    ty: Any
    raw: Any
    value: Any


def _compound(inner: st.SearchStrategy[Any], element: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.one_of(
        st.tuples(st.sampled_from(["list", "set", "map"]), element).map(list),
        st.dictionaries(_NAMES, inner, max_size=3).map(lambda fields: ["object", fields]),
        st.lists(inner, max_size=3).map(lambda items: ["tuple", items]),
    )


def _types(leaves: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.recursive(leaves, lambda inner: _compound(inner, inner), max_leaves=5)


CONCRETE = _types(_PRIMITIVES)
CARRIED = _types(st.one_of(_PRIMITIVES, st.just("dynamic")))
"""The types that a dynamic value can have. A dynamic part in it is a null or an unknown without a type."""
# a schema has no dynamic part inside a collection
SCHEMA = st.recursive(
    st.one_of(_PRIMITIVES, st.just("dynamic")), lambda inner: _compound(inner, CONCRETE), max_leaves=4
)

_NUMBERS = st.one_of(
    st.integers(-(2**63), 2**64 - 1).map(lambda number: (number, Decimal(number))),
    st.floats(allow_nan=False, allow_infinity=False).map(lambda number: (number, Decimal(number))),
    st.builds(lambda number, power: (f"{number}e{power}", Decimal(f"{number}e{power}")),
              st.integers(), st.integers(-DIGITS, DIGITS)),
    st.integers(-(10**80), 10**80).map(lambda number: (str(number), Decimal(number))),
    st.sampled_from([(f"{text}", Decimal(text)) for text in ("0.1", "-0.3", "9" * 5000, f"0.{'1' * 600}", "1e-400")]),
)  # fmt: skip
_UNKNOWNS = st.one_of(
    st.just(msgpack.ExtType(0, b"\x00")),
    st.dictionaries(st.integers(1, 6), st.one_of(st.booleans(), st.text(max_size=4)), max_size=3).map(
        lambda refinements: msgpack.ExtType(REFINED_UNKNOWN, msgpack.packb(refinements))
    ),
)
_LEAVES = {
    "string": _texts(12).map(lambda text: (text, text)),
    "bool": st.booleans().map(lambda truth: (truth, truth)),
    "number": _NUMBERS,
}


@st.composite
def values(draw: st.DrawFn, types: st.SearchStrategy[Any] = SCHEMA) -> Sent:
    """Draw a type and a value of it. Each part is null, unknown or known."""
    ty = draw(types)
    return Sent(ty, *part(draw, ty))


def part(draw: st.DrawFn, ty: Any, *, carried: bool = False) -> tuple[Any, Any]:
    """Draw the raw data and the Python value of a part of that type. `carried`: the part is inside a dynamic value."""
    chance = draw(st.integers(0, 11))
    if chance == 0 or (ty == "dynamic" and carried and chance > 1):
        return None, None
    if chance == 1:
        return draw(_UNKNOWNS), Unknown
    if ty == "dynamic":
        return _dynamic(draw)
    if isinstance(ty, str):
        return draw(_LEAVES[ty])
    kind, of = ty
    if kind in ("object", "map"):
        fields = of if kind == "object" else dict.fromkeys(draw(st.lists(_NAMES, max_size=3)), of)
        parts = {name: part(draw, each, carried=carried) for name, each in fields.items()}
        return {name: raw for name, (raw, _) in parts.items()}, {name: value for name, (_, value) in parts.items()}
    types = of if kind == "tuple" else [of] * draw(st.integers(0, 3))
    items = [part(draw, each, carried=carried) for each in types]
    return [raw for raw, _ in items], [value for _, value in items]


def _dynamic(draw: st.DrawFn) -> tuple[Any, Any]:
    ty = draw(CARRIED.filter(lambda found: found != "dynamic"))
    raw, value = part(draw, ty, carried=True)
    return [json.dumps(ty, separators=(",", ":")).encode(), raw], value


def packed(raw: Any) -> bytes:
    """Return raw data as MessagePack."""
    data: bytes = msgpack.packb(raw)
    return data


def unpacked(data: bytes) -> Any:
    """Return raw data of MessagePack. An unknown value, refined or not, is Unknown."""
    return msgpack.unpackb(data, ext_hook=lambda _code, _data: Unknown)


def comparable(ty: Any, raw: Any) -> Any:
    """Return raw data in a form that is equal if Terraform's value and type are equal."""
    if raw is None or raw is Unknown:
        return raw
    if ty == "dynamic":
        notation, inner = raw
        carried = json.loads(notation)
        return carried, comparable(carried, inner)
    if isinstance(ty, str):
        return (ty, Decimal(raw) if ty == "number" else raw)
    kind, of = ty
    if kind in ("object", "map"):
        return {name: comparable(of[name] if kind == "object" else of, inner) for name, inner in raw.items()}
    types = of if kind == "tuple" else [of] * len(raw)
    return [comparable(each, inner) for each, inner in zip(types, raw, strict=True)]


def plain(value: Any) -> Any:
    """Return a Python value in a form in which 1 and true differ, and numbers are compared exactly."""
    if isinstance(value, dict):
        return {name: plain(inner) for name, inner in value.items()}
    if isinstance(value, list | tuple):
        return [plain(inner) for inner in value]
    if isinstance(value, float):
        return "number", Decimal(repr(value))
    return ("number", Decimal(value)) if isinstance(value, int | Decimal) and not isinstance(value, bool) else value
