"""Terraform values to Python and back, by type.

A type is cty's notation as parsed JSON: ``"string"``, ``["list", "number"]``, ``["object", {...}]``, ``"dynamic"``.
In Python a value is None, ``Unknown``, bool, int, float, Decimal, str, list or dict. A dynamic value is plain data
too. Plain data does not distinguish a list from a tuple or a map from an object, and a plain null has no type.
So the concrete type of a received value is kept as its *shape*, and ``encode`` uses the shape as a guide.

Source: the wire format of ``DynamicValue``, MessagePack with extension 0 or 12 for an unknown value.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import Any, Final, TypeAlias

import msgpack
from tf.types import Unknown

from provider.framework.normal_form import EqualKeys, in_nfc, nfc

Type: TypeAlias = str | list[Any]

DYNAMIC: Final = "dynamic"

_UNKNOWN_CODE: Final = 0
_REFINED_UNKNOWN_CODE: Final = 12
_INT64_MIN, _UINT64_MAX = -(2**63), 2**64 - 1
_MAX_INT_DIGITS: Final = 4000  # longer numbers stay Decimal: Python writes no int of more than 4300 digits


class DecodeError(Exception):
    """A received value does not have its Terraform type."""


class EncodeError(Exception):
    """A Python value does not fit its Terraform type. The message names the first step to the place, and why.

    The steps below it can be keys of a sensitive value.
    """

    def __init__(self, reason: str, step: str | int | None = None) -> None:
        super().__init__(reason if step is None else f"{step}: {reason}")
        self.reason = reason


def unpack(data: bytes) -> Any:
    """Return the value in MessagePack bytes, without a type. Raises DecodeError."""
    try:
        return msgpack.unpackb(data, ext_hook=_read_extension)
    except (msgpack.UnpackException, ValueError) as error:
        raise DecodeError(f"not a MessagePack value: {type(error).__name__}") from error


def pack(raw: Any) -> bytes:
    """Return the MessagePack bytes of an encoded value."""
    packed: bytes = msgpack.packb(raw, default=_write_extension)
    return packed


def _read_extension(code: int, data: bytes) -> Any:
    if code in (_UNKNOWN_CODE, _REFINED_UNKNOWN_CODE):
        return Unknown
    raise DecodeError(f"unexpected MessagePack extension {code} of {len(data)} bytes")


def _write_extension(value: Any) -> Any:
    if value is Unknown:
        return msgpack.ExtType(_UNKNOWN_CODE, b"\x00")
    raise TypeError(f"cannot pack {type(value).__name__}")


# Decoding


def decode(ty: Type, raw: Any) -> Any:
    """Return the Python value of an unpacked value. Raises DecodeError if it does not have the type.

    The result of an object contains every attribute of its type and no other. A missing attribute is null.
    """
    if raw is None or raw is Unknown:
        return raw
    if ty == DYNAMIC:
        return decode(*_dynamic_pair(raw))
    if ty == "number":
        return _decode_number(raw)
    if isinstance(ty, str):
        return _expect(bool if ty == "bool" else str, raw)
    return _decode_compound(ty[0], ty[1], raw)


def _decode_compound(kind: str, of: Any, raw: Any) -> Any:
    if kind in ("object", "map"):
        fields = _expect(dict, raw)
        if kind == "map":
            return {_expect(str, name): decode(of, value) for name, value in fields.items()}
        return {name: decode(each, fields.get(name)) for name, each in of.items()}
    elements = _expect(list, raw)
    if kind != "tuple":
        return [decode(of, value) for value in elements]
    if len(of) != len(elements):
        raise DecodeError(f"expected {len(of)} elements, got {len(elements)}")
    return [decode(element, value) for element, value in zip(of, elements, strict=True)]


def _expect(kind: Any, raw: Any) -> Any:
    if not isinstance(raw, kind):
        raise DecodeError(f"expected {kind.__name__}, got {type(raw).__name__}")
    return raw


def _dynamic_pair(raw: Any) -> tuple[Type, Any]:
    """Return type and value of an unpacked dynamic value. Raises DecodeError."""
    try:
        notation, value = _expect(list, raw)
        return _parse_type(notation), value
    except (TypeError, ValueError) as error:
        raise DecodeError("expected a pair of type and value") from error


@lru_cache(maxsize=32)  # prior, proposed and configured values mostly have the same type
def _parse_type(notation: bytes) -> Type:
    return _checked(json.loads(notation))


def _checked(ty: Any) -> Type:
    """Return the type without optional attributes, which the type of a value does not have. Raises DecodeError."""
    match ty:
        case "string" | "number" | "bool" | "dynamic":
            return str(ty)
        case ["list" | "set" | "map", of]:
            return [ty[0], _checked(of)]
        case ["object", dict() as of, *_]:
            return ["object", {name: _checked(each) for name, each in of.items()}]
        case ["tuple", list() as of]:
            return ["tuple", [_checked(each) for each in of]]
    raise DecodeError("expected a type")


def _decode_number(raw: Any) -> int | float | Decimal:
    """Return a number. Terraform sends a decimal number as text if no float equals it."""
    if isinstance(raw, bool) or not isinstance(raw, int | float | str):
        raise DecodeError(f"expected a number, got {type(raw).__name__}")
    if isinstance(raw, int):
        return raw
    try:
        exact = Decimal(raw)  # a float is sent only if it equals the number
    except InvalidOperation as error:
        raise DecodeError("expected a number") from error
    if not exact.is_finite():
        raise DecodeError("expected a finite number")
    return _simplest(exact)


def _simplest(exact: Decimal) -> int | float | Decimal:
    """Return the number as int if it is whole, otherwise as float if a float is exact, otherwise unchanged."""
    if exact.adjusted() < _MAX_INT_DIGITS and exact == exact.to_integral_value():
        return int(exact)
    return float(exact) if Decimal(repr(float(exact))) == exact else exact


def shape(ty: Type, raw: Any) -> Type:
    """Return the concrete type of an unpacked value. Each dynamic part has the type that was sent with it."""
    if raw is None or raw is Unknown:
        return ty
    if isinstance(ty, str):
        return shape(*_dynamic_pair(raw)) if ty == DYNAMIC else ty
    if ty[0] == "object":
        return ["object", {name: shape(of, raw.get(name)) for name, of in ty[1].items()}]
    if ty[0] == "tuple":
        return ["tuple", [shape(of, value) for of, value in zip(ty[1], raw, strict=True)]]
    return ty


# Encoding


def encode(ty: Type, value: Any, like: Type = DYNAMIC) -> Any:
    """Return a Python value of a type in the form that ``pack`` accepts. Raises EncodeError.

    ``like`` is a shape. Dynamic parts keep the types of that shape if the value fits them.
    """
    if value is None or value is Unknown:
        return [_notation(like), value] if ty == DYNAMIC and like != DYNAMIC else value
    if ty == DYNAMIC:
        value = _in_nfc(value)
        concrete = infer(value, like)
        return [_notation(concrete), encode(concrete, value)]
    if isinstance(ty, str):
        return _PRIMITIVES[ty](value)
    return _encode_compound(ty[0], ty[1], value, like)


def _notation(ty: Type) -> bytes:
    return json.dumps(ty, separators=(",", ":")).encode()


def _encode_compound(kind: str, of: Any, value: Any, like: Type) -> Any:
    if kind in ("object", "map"):
        if not isinstance(value, Mapping):
            raise EncodeError(f"expected {kind}, got {type(value).__name__}")
        if kind == "map":
            return {_text(name): _encode_part(name, of, item, DYNAMIC) for name, item in _in_nfc(value).items()}
        return {name: _encode_part(name, ty, value.get(name), _step(like, name)) for name, ty in of.items()}
    if not isinstance(value, list | tuple):
        raise EncodeError(f"expected {kind}, got {type(value).__name__}")
    types = of if kind == "tuple" else [of] * len(value)
    if len(types) != len(value):
        raise EncodeError(f"expected {len(types)} elements, got {len(value)}")
    pairs = enumerate(zip(types, value, strict=True))
    return [_encode_part(index, ty, item, _step(like, index)) for index, (ty, item) in pairs]


def _encode_part(step: str | int, ty: Type, value: Any, like: Type) -> Any:
    try:
        return encode(ty, value, like)
    except EncodeError as error:
        raise EncodeError(error.reason, step) from None


def infer(value: Any, like: Type = DYNAMIC) -> Type:
    """Return the concrete type of plain data: ``like`` if the value fits it, otherwise an object or a tuple."""
    if value is None or value is Unknown:
        return like
    if isinstance(value, Mapping):
        if like[0] == "map" and _fits(like, value):
            return like
        return ["object", {_text(name): infer(item, _step(like, name)) for name, item in value.items()}]
    if isinstance(value, list | tuple):
        if like[0] in ("list", "set") and _fits(like, value):
            return like
        return ["tuple", [infer(item, _step(like, index)) for index, item in enumerate(value)]]
    return _infer_primitive(value)


def _infer_primitive(value: Any) -> Type:
    if isinstance(value, bool):
        return "bool"
    if isinstance(value, int | float | Decimal):
        return "number"
    if isinstance(value, str):
        return "string"
    raise EncodeError(f"{type(value).__name__} has no Terraform type")


def _fits(ty: Type, value: Any) -> bool:
    """Return True if the value has exactly that concrete type. Null and unknown values have every type."""
    if value is None or value is Unknown:
        return True
    if isinstance(ty, str):
        return not isinstance(value, Mapping | list | tuple) and _infer_primitive(value) == ty
    kind, of = ty
    if kind in ("map", "object"):
        return isinstance(value, Mapping) and _fit_fields(kind, of, value)
    if not isinstance(value, list | tuple):
        return False
    types = of if kind == "tuple" else [of] * len(value)
    return len(types) == len(value) and all(map(_fits, types, value))


def _fit_fields(kind: str, of: Any, value: Mapping[str, Any]) -> bool:
    if kind == "map":
        return all(_fits(of, item) for item in value.values())
    return of.keys() == value.keys() and all(_fits(of[name], item) for name, item in value.items())


def _step(like: Type, step: str | int) -> Type:
    """Return the shape one step inside a shape, or ``dynamic`` if there is none."""
    if isinstance(like, str):
        return DYNAMIC
    kind, of = like
    found: Type = of if kind in ("map", "list", "set") else DYNAMIC
    if kind == "object" and isinstance(step, str):
        found = of.get(step, DYNAMIC)
    elif kind == "tuple" and isinstance(step, int) and step < len(of):
        found = of[step]
    return found


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise EncodeError(f"expected a string, got {type(value).__name__}")
    try:
        value.encode()
    except UnicodeEncodeError:
        raise EncodeError("the text is not valid Unicode") from None
    return nfc(value)


def _in_nfc(value: Any) -> Any:
    try:
        return in_nfc(value)
    except EqualKeys as error:
        raise EncodeError(str(error)) from None


def _bool(value: Any) -> bool:
    if not isinstance(value, bool):
        raise EncodeError(f"expected true or false, got {type(value).__name__}")
    return value


def _number(value: Any) -> int | str:
    """Return an integer of 64 bits unchanged, and any other number as text, which Terraform reads exactly."""
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        raise EncodeError(f"expected a number, got {type(value).__name__}")
    if isinstance(value, int):
        return value if _INT64_MIN <= value <= _UINT64_MAX else str(Decimal(value))
    if not Decimal(value).is_finite():
        raise EncodeError(f"{value} is not a number that Terraform knows")
    return str(value) if value else 0


_PRIMITIVES: Final[dict[str, Callable[[Any], Any]]] = {"string": _text, "bool": _bool, "number": _number}
