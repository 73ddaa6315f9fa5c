"""Trace which functions of the provider receive a value or return it.

A function receives the value if an argument is the value, or if a variable of an enclosing function is. The value can
be inside a mapping, list, tuple or set.

The attributes of an object are not read. Every function that gets the context of a call could read the inputs from it,
so the trace would count the functions that get a context. A function counts when the value itself is passed to it.
"""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import CodeType, FrameType
from typing import Any

ROOT = Path(__file__).parents[2] / "provider"
IGNORED = ("sandbox/", "framework/protocol/client.py")
_COMPREHENSIONS = ("<listcomp>", "<setcomp>", "<dictcomp>", "<genexpr>")
_VARIABLE_ARGUMENTS = 0x04 | 0x08  # inspect.CO_VARARGS and CO_VARKEYWORDS


class Trace:
    """The functions that received the marker, by file, in the order in which they received it.

    A lambda counts as a function, a comprehension does not. A trace ends when the client returns the bytes of a
    request's body with the marker in it.
    """

    def __init__(self, marker: str) -> None:
        self.functions: dict[str, list[str]] = {}
        self._marker = marker
        self._seen: set[CodeType] = set()
        self._ended = False

    @property
    def count(self) -> int:
        return sum(map(len, self.functions.values()))

    def count_in(self, *folders: str) -> int:
        return sum(len(names) for file, names in self.functions.items() if file.startswith(folders))

    def observe(self, frame: FrameType, event: str, value: Any) -> None:
        """The profile function."""
        code = frame.f_code
        if self._ended or event not in ("call", "return") or code.co_name in _COMPREHENSIONS:
            return
        file = _file(code)
        if file is None:
            return
        received = _received(frame) if event == "call" else [value]
        if code not in self._seen and any(map(self._has, received)):
            self._seen.add(code)
            self.functions.setdefault(file, []).append(code.co_qualname)
        if event == "return" and file.startswith("client/") and isinstance(value, bytes):
            self._ended = self._marker.encode() in value

    def _has(self, value: Any) -> bool:
        if isinstance(value, str):
            return self._marker in value
        if isinstance(value, Mapping):
            return any(map(self._has, value.values())) or any(map(self._has, value))
        return isinstance(value, list | tuple | set | frozenset) and any(map(self._has, value))


def _file(code: CodeType) -> str | None:
    """The file below ``provider/``, None for any other."""
    path = Path(code.co_filename)
    if not path.is_relative_to(ROOT):
        return None
    file = path.relative_to(ROOT).as_posix()
    return None if file.startswith(IGNORED) else file


def _received(frame: FrameType) -> Iterable[Any]:
    """Return the arguments, and the variables of enclosing functions."""
    code = frame.f_code
    count = code.co_argcount + code.co_kwonlyargcount + (code.co_flags & _VARIABLE_ARGUMENTS).bit_count()
    values = frame.f_locals
    return [values[name] for name in (*code.co_varnames[:count], *code.co_freevars) if name in values]


@contextmanager
def traced(marker: str) -> Iterator[Trace]:
    """Trace the calls of this thread, and of threads that start within the block."""
    trace = Trace(marker)
    guard = threading.local()

    def profile(frame: FrameType, event: str, value: Any) -> None:
        if getattr(guard, "busy", False):
            return
        guard.busy = True
        try:
            trace.observe(frame, event, value)
        finally:
            guard.busy = False

    before: Callable[..., Any] | None = sys.getprofile()
    threading.setprofile(profile)
    sys.setprofile(profile)
    try:
        yield trace
    finally:
        sys.setprofile(before)
        threading.setprofile(None)
