"""Copy inputs for a validator. Placeholders replace unknown values, because JSON has no unknown value."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from itertools import islice
from typing import Final, TypeVar

from provider.contracts.schema_walker import InputPath
from provider.framework import Unknown, Value

T = TypeVar("T")

# The limits of a short copy.
_MAX_ELEMENTS: Final = 200
_MAX_KEYS: Final = 2000
_MAX_CHARACTERS: Final = 100_000


class PlaceholderCopy:
    """A copy of inputs with a distinct text in place of each unknown value.

    ``value`` is the copy of ``original``. ``unknown`` contains the paths of placeholders. ``shortened`` contains the
    paths of lists and objects whose copy is incomplete. ``affected`` contains the paths of all values that contain or
    are a placeholder or an incomplete copy.
    """

    def __init__(self, inputs: Value, *, short: bool = False) -> None:
        """Copy the inputs. ``short`` shortens long lists and objects, and replaces long texts with placeholders."""
        self._short = short
        self.original = inputs
        self.unknown: set[InputPath] = set()
        self.shortened: set[InputPath] = set()
        self.value = self._copy(inputs, ())
        self.affected: set[InputPath] = set()
        for path in self.unknown | self.shortened:
            parent = path
            while parent not in self.affected:  # If a path is in the set, its parents are too.
                self.affected.add(parent)
                parent = parent[:-1]

    def _copy(self, value: Value, path: InputPath) -> Value:
        if isinstance(value, str):
            return self._placeholder(path) if self._short and len(value) > _MAX_CHARACTERS else _valid_unicode(value)
        if isinstance(value, dict):
            short_keys = [key for key in value if not self._short or len(key) <= _MAX_CHARACTERS]
            keys = self._first(short_keys, _MAX_KEYS, path, is_complete=len(short_keys) == len(value))
            return {_valid_unicode(key): self._copy(value[key], (*path, key)) for key in keys}
        if isinstance(value, list):
            items = self._first(value, _MAX_ELEMENTS, path)
            return [self._copy(item, (*path, index)) for index, item in enumerate(items)]
        return self._placeholder(path) if value is Unknown else value

    def _first(self, items: Collection[T], max_count: int, path: InputPath, *, is_complete: bool = True) -> Iterable[T]:
        if not self._short or (len(items) <= max_count and is_complete):
            return items
        self.shortened.add(path)
        return islice(items, max_count)

    def _placeholder(self, path: InputPath) -> str:
        self.unknown.add(path)
        return f"\0unknown {len(self.unknown)}"


def value_at(value: Value, path: InputPath) -> Value:
    """Return the value at a path, or None if the path does not exist."""
    for step in path:
        if isinstance(value, dict) and isinstance(step, str):
            value = value.get(step)
        elif isinstance(value, list) and isinstance(step, int) and step < len(value):
            value = value[step]
        else:
            return None
    return value


def _valid_unicode(text: str) -> str:
    """Return the text with ``?`` for each half of a surrogate pair, because the validator refuses such characters."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode()
