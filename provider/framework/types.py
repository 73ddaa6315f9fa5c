"""Terraform's types."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Final

from tf.types import Bool, Number, String
from tf.types import TfType as TfType

from provider.framework.protocol import codec
from provider.framework.values import Value


class CtyType(TfType):
    """A Terraform type in cty's notation, such as ``["list", "string"]``."""

    def __init__(self, ty: codec.Type) -> None:
        self.ty = ty

    def encode(self, value: Value) -> Value:
        """Return the value in the form that MessagePack packs. Raises EncodeError."""
        encoded: Value = codec.encode(self.ty, value)
        return encoded

    def decode(self, value: Value) -> Value:
        """Return the Python value of an unpacked value. Raises DecodeError."""
        decoded: Value = codec.decode(self.ty, value)
        return decoded

    def tf_type(self) -> bytes:
        """Return the type as JSON for tf's interface."""
        return json.dumps(self.ty, separators=(",", ":")).encode()


def list_of(element: TfType) -> CtyType:
    """Return the type of a list whose elements have one type."""
    return CtyType(["list", cty(element)])


def set_of(element: TfType) -> CtyType:
    """Return the type of a set whose elements have one type. In Python a set is a list."""
    return CtyType(["set", cty(element)])


def map_of(element: TfType) -> CtyType:
    """Return the type of a map from strings to values of one type."""
    return CtyType(["map", cty(element)])


def object_of(**attributes: TfType) -> CtyType:
    """Return the type of an object with these attributes."""
    return CtyType(["object", {name: cty(ty) for name, ty in attributes.items()}])


STRING: Final = String()
NUMBER: Final = Number()
BOOL: Final = Bool()
DYNAMIC: Final = CtyType(codec.DYNAMIC)


def cty(ty: TfType) -> codec.Type:
    """Return a type in cty's notation, which the codec uses for each value.

    Never convert a value with the methods of tf's own types, because they lose data.
    """
    if isinstance(ty, CtyType):
        return ty.ty
    parsed: codec.Type = json.loads(ty.tf_type())
    return parsed


def collection_of_texts(ty: codec.Type, path: Sequence[str | int]) -> str | None:
    """Return the kind of the innermost collection that contains the text at a path: ``map``, ``list`` or ``set``.

    ``ty`` is the type of the value at the start of the path, in cty's notation. Return None if no collection contains
    the value at the path, or if it is not a text.
    """
    found = None
    for step in path:
        if isinstance(ty, str):
            return None
        kind, of = ty
        if kind in ("map", "list", "set"):
            found, ty = kind, of
        elif step not in (of if kind == "object" else range(len(of))):
            return None
        else:
            ty = of[step]
    return found if ty == "string" else None
