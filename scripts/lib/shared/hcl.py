"""Write plain Python values as HCL, in the layout of ``terraform fmt``."""

import re
import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

_BARE_KEY = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*")
_KEYWORDS = {"for", "null", "true", "false"}
_ESCAPES = {"\\": r"\\", '"': r"\"", "\n": r"\n", "\r": r"\r", "\t": r"\t"}


@dataclass(frozen=True)
class JsonText:
    """A value that is written as JSON text: ``jsonencode(...)``."""

    value: "Value"


@dataclass(frozen=True)
class Anchored:
    """A filter of plain names that is written as a call of ``provider::atlan::anchored_filter``."""

    value: "Value"


@dataclass(frozen=True)
class Expression:
    """HCL that is written unchanged, such as a reference."""

    text: str


Value: TypeAlias = (
    "bool | int | float | str | JsonText | Anchored | Expression | Sequence[Value] | Mapping[str, Value] | None"
)
"""A value that can be written as HCL."""


def block(header: str, attributes: Mapping[str, Value], *inner: str) -> str:
    """Return a block, such as ``block('resource "atlan_app" "a"', {...})``. `inner` are the blocks in it."""
    parts = [_entries(attributes, 1, bare=True)] if attributes else []
    parts += [textwrap.indent(each, _indent(1)) for each in inner]
    body = "\n".join(parts)
    return f"{header} {{\n{body}}}\n"


def value(given: Value, depth: int = 0) -> str:
    """Return one value as HCL. `depth` is the nesting of its first line.

    Raises TypeError for values other than mappings, lists, tuples, strings, booleans, finite numbers, None,
    `JsonText`, `Anchored` and `Expression`.
    """
    match given:
        case Expression(text):
            return text
        case JsonText(inner):
            return f"jsonencode({value(inner, depth)})"
        case Anchored(inner):
            return f"provider::atlan::anchored_filter({value(inner, depth)})"
        case str():
            return string(given)
        case Mapping():
            return f"{{\n{_entries(given, depth + 1)}{_indent(depth)}}}" if given else "{}"
        case list() | tuple():
            return _sequence(given, depth)
        case _:
            return _scalar(given)


def string(text: str) -> str:
    """Return a quoted string in which interpolations and directives are escaped."""
    quoted = "".join(_character(character) for character in text)
    return '"' + re.sub(r"([$%])(?=\{)", r"\1\1", quoted) + '"'


def _character(character: str) -> str:
    if character in _ESCAPES:
        return _ESCAPES[character]
    return character if character.isprintable() else _unicode_escape(ord(character))


def _unicode_escape(point: int) -> str:
    return f"\\u{point:04x}" if point <= 0xFFFF else f"\\U{point:08x}"


def _scalar(given: object) -> str:
    if given is None:
        return "null"
    if isinstance(given, bool):
        return "true" if given else "false"
    if isinstance(given, int) or (isinstance(given, float) and given - given == 0):
        return repr(given)
    raise TypeError(f"HCL has no literal for a value of type {type(given).__name__}")


def _sequence(given: Sequence[Value], depth: int) -> str:
    inline = [value(item, depth + 1) for item in given]
    if not any("\n" in item for item in inline):
        return f"[{', '.join(inline)}]"
    lines = "".join(f"{_indent(depth + 1)}{item},\n" for item in inline)
    return f"[\n{lines}{_indent(depth)}]"


def _entries(given: Mapping[str, Value], depth: int, *, bare: bool = False) -> str:
    """Return lines of ``key = value``. The equals signs of neighboring single-line entries are aligned."""
    written = [(key if bare else _key(key), value(item, depth)) for key, item in given.items()]
    lines: list[str] = []
    for index, (key, text) in enumerate(written):
        width = 0 if "\n" in text else _width(written, index)
        lines.append(f"{_indent(depth)}{key.ljust(width)} = {text}\n")
    return "".join(lines)


def _width(written: Sequence[tuple[str, str]], index: int) -> int:
    """Return the length of the longest key among a single-line entry and its single-line neighbors."""
    first, last = index, index
    while first > 0 and "\n" not in written[first - 1][1]:
        first -= 1
    while last + 1 < len(written) and "\n" not in written[last + 1][1]:
        last += 1
    return max(len(key) for key, _ in written[first : last + 1])


def _key(name: str) -> str:
    return name if _BARE_KEY.fullmatch(name) and name not in _KEYWORDS else string(name)


def _indent(depth: int) -> str:
    return "  " * depth
