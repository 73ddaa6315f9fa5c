"""Paths and values as a message shows them: on one line, bounded, and never a value that is secret."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from decimal import Decimal
from typing import Any, Final

from provider.contracts.placeholders import Path
from provider.contracts.schema_walker import Places, Schema, is_secret
from provider.framework import Unknown

LONGEST: Final = 80
WRITE_ONLY: Final = "the value (write-only)"

_IDENTIFIER: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*")

Hides = Callable[[Path, Any], bool]


class Secrets:
    """Which values are never shown: at and below hidden paths, and where the contract says write-only or password."""

    def __init__(self, places: Places, hidden: AbstractSet[Path]) -> None:
        self._places = places
        self._hidden = hidden
        self._holders = {path[:depth] for path in hidden for depth in range(len(path))}

    def hides(self, path: Path, value: Any = None) -> bool:
        """Whether the value at that path is secret; a text is too where what it may hold as JSON is."""
        if any(path[:depth] in self._hidden for depth in range(len(path) + 1)):
            return True
        if any(map(is_secret, self._speaking_of(path))):
            return True
        return isinstance(value, str) and (path in self._holders or self._may_hold_secrets(path, value))

    def _speaking_of(self, path: Path) -> Iterator[Schema]:
        schemas = self._places.at(())
        for step in path:
            schemas = self._places.below(schemas, step)
            yield from schemas

    def _may_hold_secrets(self, path: Path, text: str) -> bool:
        if text.lstrip()[:1] not in ("{", "["):
            return False
        return any(map(is_secret, self._places.within(path)))


def path_text(path: Path) -> str:
    """The path as a user would write it: ``inputs.connection.attributes.adminUsers[0]``."""
    return "inputs" + "".join(map(_step_text, path))


def _step_text(step: str | int) -> str:
    if isinstance(step, str) and _IDENTIFIER.fullmatch(step) and len(step) <= LONGEST:
        return f".{step}"
    return f"[{value_text(step)}]"


def values_text(values: list[Any], most: int) -> str:
    """The first of the values, and how many more there are."""
    shown = ", ".join(map(value_text, values[:most]))
    return shown if len(values) <= most else f"{shown} and {len(values) - most} more"


def value_text(value: Any, path: Path = (), hides: Hides | None = None) -> str:
    """The value as JSON, shortened, with what is unknown and what is secret in words."""
    text = ""
    for part in _parts(value, path, hides):
        text += part
        if len(text) > LONGEST:
            return text[: LONGEST - 1] + "…"
    return text


def _parts(value: Any, path: Path, hides: Hides | None) -> Iterator[str]:
    if hides is not None and hides(path, value):
        yield "(write-only)"
    elif isinstance(value, Mapping):
        yield "{"
        for place, (key, item) in enumerate(value.items()):
            yield f"{', ' if place else ''}{_quoted(key)}: "
            yield from _parts(item, (*path, key), hides)
        yield "}"
    elif isinstance(value, list):
        yield "["
        for place, item in enumerate(value):
            yield ", " if place else ""
            yield from _parts(item, (*path, place), hides)
        yield "]"
    else:
        yield _plain(value)


def _plain(value: Any) -> str:
    if value is Unknown:
        return "(known after apply)"
    if isinstance(value, str):
        return _quoted(value)
    if isinstance(value, Decimal):
        return str(value)
    try:
        return json.dumps(value)
    except (TypeError, ValueError):
        return "a number of thousands of digits"


def _quoted(text: str) -> str:
    cut = text[: LONGEST + 1]
    quoted = json.dumps(cut, ensure_ascii=False)
    return "".join(character if _is_printable(character) else _escaped(character) for character in quoted)


def _is_printable(character: str) -> bool:
    return unicodedata.category(character) not in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")


def _escaped(character: str) -> str:
    code = ord(character)
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
