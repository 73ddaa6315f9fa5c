"""Copies of inputs that a validator can read: what is unknown is replaced by texts that equal nothing else."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, Final, TypeVar

from provider.framework import Unknown

Path = tuple[str | int, ...]

T = TypeVar("T")

_LONGEST_LIST: Final = 200
_LONGEST_OBJECT: Final = 2000
_LONGEST_TEXT: Final = 100_000


@dataclass
class StandIn:
    """``value`` is the copy of ``original``, ``unknown`` what is not known in it, ``touched`` that and all above it.

    ``shortened`` are the paths of lists and objects of which the copy has not all; they are touched too.
    """

    original: Any
    value: Any = None
    unknown: set[Path] = field(default_factory=set)
    shortened: set[Path] = field(default_factory=set)
    touched: set[Path] = field(default_factory=set)


def stand_in(value: Any, *, short: bool = False) -> StandIn:
    """A copy of the value. ``short``: without what lies far inside long lists and objects, long texts unknown."""
    made = StandIn(value)
    made.value = _Copy(made, short).copy(value)
    for path in made.unknown | made.shortened:
        above = path
        while above not in made.touched:  # whoever was there before has been all the way up
            made.touched.add(above)
            above = above[:-1]
    return made


def value_at(value: Any, path: Path) -> Any:
    """What stands at that path; None where nothing does."""
    for step in path:
        try:
            value = value[step]
        except (KeyError, IndexError, TypeError):
            return None
    return value


class _Copy:
    def __init__(self, made: StandIn, short: bool) -> None:
        self._made = made
        self._short = short
        self._path: list[str | int] = []

    def copy(self, value: Any) -> Any:
        if isinstance(value, str):
            return self._unknown() if self._short and len(value) > _LONGEST_TEXT else _sound(value)
        if isinstance(value, dict):
            keys = self._few(value, _LONGEST_OBJECT, all(len(key) <= _LONGEST_TEXT for key in value))
            return {_sound(key): self._at(key, value[key]) for key in keys if self._keeps(key)}
        if isinstance(value, list):
            return [self._at(place, item) for place, item in enumerate(self._few(value, _LONGEST_LIST))]
        return self._unknown() if value is Unknown else value

    def _at(self, step: str | int, value: Any) -> Any:
        self._path.append(step)
        copied = self.copy(value)
        self._path.pop()
        return copied

    def _keeps(self, key: str) -> bool:
        return not self._short or len(key) <= _LONGEST_TEXT

    def _few(self, items: Collection[T], most: int, keeps_all: bool = True) -> Iterable[T]:
        if not self._short or (len(items) <= most and keeps_all):
            return items
        self._made.shortened.add(tuple(self._path))
        return islice(items, most)

    def _unknown(self) -> str:
        self._made.unknown.add(tuple(self._path))
        return f"\0unknown {len(self._made.unknown)}"


def _sound(text: str) -> str:
    """The text without halves of surrogate pairs, which no validator takes."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode()
