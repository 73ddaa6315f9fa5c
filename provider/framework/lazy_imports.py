"""Imports put off until something uses them, where a library imports what this program does not need."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType
from typing import Any


class _StandIn(ModuleType):
    """Stands where a module would, and imports it at the first look into it.

    The standard library's LazyLoader would not do: before Python 3.13 the mere ``import`` of its module loads it.
    """

    def __getattr__(self, name: str) -> Any:
        _take_away(self)
        return getattr(importlib.import_module(self.__name__), name)


@contextmanager
def deferred(*names: str) -> Iterator[None]:
    """Within this block, an import of one of these modules imports nothing yet. After it, all is as ever."""
    stand_ins = [_StandIn(name) for name in names if name not in sys.modules]
    sys.modules.update({each.__name__: each for each in stand_ins})
    try:
        yield
    finally:
        for each in stand_ins:
            _take_away(each)


def _take_away(stand_in: _StandIn) -> None:
    if sys.modules.get(stand_in.__name__) is stand_in:
        del sys.modules[stand_in.__name__]
