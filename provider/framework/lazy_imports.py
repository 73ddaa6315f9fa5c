"""Delay imports of libraries that this program rarely needs."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType
from typing import Any


class _Placeholder(ModuleType):
    """A module that is imported when one of its attributes is first used.

    The standard library's LazyLoader does not work here: before Python 3.13, ``import`` itself loads such a module.
    """

    def __getattr__(self, name: str) -> Any:
        _remove(self)
        return getattr(importlib.import_module(self.__name__), name)


@contextmanager
def deferred(*names: str) -> Iterator[None]:
    """Import these modules as placeholders within the block. Modules that are already imported stay.

    A module is imported when an attribute of its placeholder is first used. After the block, imports work as usual.
    """
    placeholders = [_Placeholder(name) for name in names if name not in sys.modules]
    sys.modules.update({each.__name__: each for each in placeholders})
    try:
        yield
    finally:
        for each in placeholders:
            _remove(each)


def _remove(placeholder: _Placeholder) -> None:
    if sys.modules.get(placeholder.__name__) is placeholder:
        del sys.modules[placeholder.__name__]
