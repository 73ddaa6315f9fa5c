"""The Python values of Terraform's types, and how they compare."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any, TypeAlias, TypeGuard

from tf.types import Unknown
from tf.types import _Unknown as UnknownType

__all__ = [
    "Json",
    "Known",
    "Path",
    "State",
    "Unknown",
    "UnknownType",
    "Value",
    "are_known",
    "is_known",
    "leaves",
    "same",
]

Json: TypeAlias = bool | int | float | str | list["Json"] | dict[str, "Json"] | None
"""A JSON value."""

Value: TypeAlias = bool | int | float | Decimal | str | UnknownType | Sequence["Value"] | Mapping[str, "Value"] | None
"""A decoded Terraform value. An unknown value is ``Unknown``."""

Known: TypeAlias = bool | int | float | Decimal | str | Sequence["Known"] | Mapping[str, "Known"] | None
"""A decoded Terraform value that contains nothing unknown."""

Path: TypeAlias = Sequence[str | tuple[str | int]]
"""The path to an attribute: attribute names are strings, map keys and list indices are one-element tuples."""

State: TypeAlias = dict[str, Value]
"""A decoded state or configuration whose schema the type checker does not know."""


def is_known(value: Value) -> TypeGuard[Known]:
    """Return True if a decoded value contains nothing unknown."""
    if isinstance(value, dict):
        return all(map(is_known, value.values()))
    return all(map(is_known, value)) if isinstance(value, list) else value is not Unknown


def are_known(values: Mapping[str, Value]) -> TypeGuard[Mapping[str, Known]]:
    """Return True if no value contains anything unknown."""
    return all(map(is_known, values.values()))


def leaves(value: Value) -> Iterator[bool | int | float | Decimal | str]:
    """Yield the scalar values inside a decoded value. Null and unknown values are left out."""
    if isinstance(value, dict):
        for item in value.values():
            yield from leaves(item)
    elif isinstance(value, list):
        for item in value:
            yield from leaves(item)
    elif isinstance(value, bool | int | float | Decimal | str):
        yield value


def same(left: Any, right: Any) -> bool:
    """Return True if Terraform sees two values as equal.

    1 and 1.0 are equal, 1 and true are not, and an unknown value equals only an unknown value.
    """
    if left is right:
        return True
    if isinstance(left, dict) and isinstance(right, dict):
        return left.keys() == right.keys() and all(same(left[name], right[name]) for name in left)
    if isinstance(left, list | tuple) and isinstance(right, list | tuple):
        return len(left) == len(right) and all(map(same, left, right))
    return isinstance(left, bool) == isinstance(right, bool) and bool(_exact(left) == _exact(right))


def _exact(value: Value) -> Value:
    """Return a float as the decimal number that the codec sends for it, and any other value unchanged."""
    return Decimal(repr(value)) if isinstance(value, float) else value
