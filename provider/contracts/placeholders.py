"""Copies of inputs that a validator can read: placeholders replace unknown values."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from itertools import islice
from typing import Final, TypeVar

from provider.contracts.schema_walker import InputPath
from provider.framework import Unknown, Value

T = TypeVar("T")

_LONGEST_LIST: Final = 200
_LONGEST_OBJECT: Final = 2000
_LONGEST_TEXT: Final = 100_000


class PlaceholderCopy:
    """A copy of inputs with a different text in place of each unknown value.

    ``value`` is the copy of ``original``. ``unknown`` contains the paths of placeholders, ``shortened`` those of lists
    and objects whose copy is incomplete, and ``affected`` both of them and all paths above.
    """

    def __init__(self, inputs: Value, *, short: bool = False) -> None:
        """Copy the inputs. ``short`` shortens long lists and objects, and makes long texts unknown."""
        self._short = short
        self.original = inputs
        self.unknown: set[InputPath] = set()
        self.shortened: set[InputPath] = set()
        self.value = self._copy(inputs, ())
        self.affected: set[InputPath] = set()
        for path in self.unknown | self.shortened:
            above = path
            while above not in self.affected:  # otherwise all paths above it are in the set, too
                self.affected.add(above)
                above = above[:-1]

    def _copy(self, value: Value, path: InputPath) -> Value:
        if isinstance(value, str):
            return self._placeholder(path) if self._short and len(value) > _LONGEST_TEXT else _valid_unicode(value)
        if isinstance(value, dict):
            kept = [key for key in value if not self._short or len(key) <= _LONGEST_TEXT]
            keys = self._first(kept, _LONGEST_OBJECT, path, is_complete=len(kept) == len(value))
            return {_valid_unicode(key): self._copy(value[key], (*path, key)) for key in keys}
        if isinstance(value, list):
            items = self._first(value, _LONGEST_LIST, path)
            return [self._copy(item, (*path, index)) for index, item in enumerate(items)]
        return self._placeholder(path) if value is Unknown else value

    def _first(self, items: Collection[T], most: int, path: InputPath, *, is_complete: bool = True) -> Iterable[T]:
        if not self._short or (len(items) <= most and is_complete):
            return items
        self.shortened.add(path)
        return islice(items, most)

    def _placeholder(self, path: InputPath) -> str:
        self.unknown.add(path)
        return f"\0unknown {len(self.unknown)}"


def value_at(value: Value, path: InputPath) -> Value:
    """Return the value at a path, or None if there is none."""
    for step in path:
        if isinstance(value, dict) and isinstance(step, str):
            value = value.get(step)
        elif isinstance(value, list) and isinstance(step, int) and step < len(value):
            value = value[step]
        else:
            return None
    return value


def _valid_unicode(text: str) -> str:
    """Return the text without halves of surrogate pairs, because the validator refuses them."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode()
