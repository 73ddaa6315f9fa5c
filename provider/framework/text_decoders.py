r"""A text as it is, and without its encodings: URLs, JSON, HTML, base64 and hexadecimal digits.

An encoder has many choices, such as which characters it escapes and where it breaks lines. So the encoded forms of a
secret cannot be listed. Instead, the text is decoded, and each decoded text knows where its parts are in the original.
"""

from __future__ import annotations

import html
import re
from base64 import b64decode
from bisect import bisect_right
from collections.abc import Callable, Iterator
from operator import attrgetter
from typing import Final, Protocol

from provider.framework.plain_text import clean

_URL: Final = re.compile(r"(?:%[0-9A-Fa-f]{2})+")
_PLUS: Final = re.compile(r"\+")
_ESCAPE: Final = re.compile(
    r"(?:\\u[0-9A-Fa-f]{4})+|(?:\\x[0-9A-Fa-f]{2})+|\\U[0-9A-Fa-f]{8}|\\[\"'\\/abfnrtv0]",
)
_ENTITY: Final = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});?")
# Four characters are six digits of base64, and eight digits of hexadecimal. MIME breaks lines after 76 digits.
_BASE64: Final = re.compile(r"[A-Za-z0-9+/_\-\s]{6,}={0,2}")
_HEX: Final = re.compile(r"[0-9A-Fa-f](?:[\s:-]?[0-9A-Fa-f]){7,}")
_NOT_HEX: Final = re.compile(r"[^0-9A-Fa-f]+")
_SPACE: Final = re.compile(r"\s+")
_TO_STANDARD: Final = str.maketrans("-_", "+/")
_SIMPLE_ESCAPES: Final = {"a": "\a", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v", "0": "\0"}

# Escapes that are nested more deeply do not occur: an answer is JSON, which may contain JSON text with a URL.
_MOST_ESCAPES: Final = 3
_MOST_ESCAPES_IN_DIGITS: Final = 2


class _Segment(Protocol):
    """A part of a decoded text. ``start`` is its position there. The functions return positions in the encoded text."""

    start: int

    def first(self, index: int) -> int:
        """Return the position of what encodes the character at an index of the segment."""

    def last(self, index: int) -> int:
        """Return the position after what encodes the characters before an index of the segment."""


class _Copied:
    """Characters that stand for themselves."""

    def __init__(self, start: int, origin: int) -> None:
        self.start = start
        self._origin = origin

    def first(self, index: int) -> int:
        return self._origin + index

    last = first


class _Replaced:
    """Characters that an escape stands for."""

    def __init__(self, start: int, span: tuple[int, int]) -> None:
        self.start = start
        self._span = span

    def first(self, _index: int) -> int:
        return self._span[0]

    def last(self, _index: int) -> int:
        return self._span[1]


class _Digits:
    """Bytes that digits of ``bits`` bits stand for. The first ``skipped`` digits of the run belong to no byte."""

    def __init__(self, start: int, run: re.Match[str], is_separator: re.Pattern[str], skipped: int, bits: int) -> None:
        self.start = start
        self._run = run
        self._is_separator = is_separator
        self._skipped = skipped
        self._bits = bits

    def first(self, index: int) -> int:
        return self._position(8 * index // self._bits)

    def last(self, index: int) -> int:
        after = self._position((8 * index - 1) // self._bits) + 1
        rest = self._run[0][after - self._run.start() :]
        return self._run.end() if not rest.strip("=") else after

    def _position(self, digit: int) -> int:
        """Return the position of a digit. The separators between the digits do not count."""
        digit += self._skipped
        text, position = self._run[0], 0
        for separator in self._is_separator.finditer(text):
            between = separator.start() - position
            if digit < between:
                break
            digit -= between
            position = separator.end()
        return self._run.start() + position + digit


class View:
    """A text, decoded or as it is. ``text`` is what a secret is searched in.

    ``is_from_digits``: the text is from runs of digits. Most runs are words that encode nothing.
    """

    def __init__(
        self,
        text: str,
        parent: View | None = None,
        segments: list[_Segment] | None = None,
        *,
        is_from_digits: bool = False,
    ) -> None:
        self.text = text
        self.is_from_digits: bool = is_from_digits or (parent is not None and parent.is_from_digits)
        self._parent = parent
        self._segments = segments or []

    def origin(self, start: int, end: int) -> tuple[int, int]:
        """Return the start and the end of what encodes a range of this text in the original text."""
        if self._parent is None:
            return start, end
        first, last = self._segment(start), self._segment(end - 1)
        return self._parent.origin(first.first(start - first.start), last.last(end - last.start))

    def _segment(self, position: int) -> _Segment:
        return self._segments[bisect_right(self._segments, position, key=attrgetter("start")) - 1]


def views(text: str) -> Iterator[View]:
    """Yield the text, and each text that results if its encodings are removed, also nested ones."""
    for view in _without_escapes(View(text), _MOST_ESCAPES, {text}):
        yield view
        for decoded in _decoded_digits(view):
            yield from _without_escapes(decoded, _MOST_ESCAPES_IN_DIGITS, {decoded.text})


def _without_escapes(view: View, most: int, seen: set[str]) -> Iterator[View]:
    """Yield the view, and what results if its escapes are removed at most ``most`` times."""
    yield view
    if most == 0:
        return
    for pattern, decode in _ESCAPES:
        decoded = _replace(view, pattern, decode)
        if decoded is not None and decoded.text not in seen:
            seen.add(decoded.text)
            yield from _without_escapes(decoded, most - 1, seen)


def _replace(view: View, pattern: re.Pattern[str], decode: Callable[[str], str]) -> View | None:
    """Return the view with the matches of a pattern decoded. Return None if there are none."""
    parts: list[str] = []
    segments: list[_Segment] = []
    length = position = 0
    for match in pattern.finditer(view.text):
        copied, replaced = view.text[position : match.start()], clean(decode(match[0]))
        if copied:
            segments.append(_Copied(length, position))
        if replaced:
            segments.append(_Replaced(length + len(copied), match.span()))
        parts += [copied, replaced]
        length += len(copied) + len(replaced)
        position = match.end()
    if not parts:
        return None
    segments.append(_Copied(length, position))
    return View("".join([*parts, view.text[position:]]), view, segments)


def _url_text(escapes: str) -> str:
    return bytes.fromhex(escapes.replace("%", "")).decode(errors="replace")


def _string_text(escape: str) -> str:
    r"""Return the text of an escape in JSON, HCL, Python and similar languages, or of several ``\u`` or ``\x``."""
    match escape[1]:
        case "u":
            return bytes.fromhex(escape.replace("\\u", "")).decode("utf-16-be", errors="replace")
        case "x":
            data = bytes.fromhex(escape.replace("\\x", ""))
            try:
                return data.decode()
            except UnicodeDecodeError:  # code points, as in a string of Python
                return data.decode("latin-1")
        case "U":
            return bytes.fromhex(escape[2:]).decode("utf-32-be", errors="replace")
        case character:
            return _SIMPLE_ESCAPES.get(character, character)


# A form writes a space as a plus sign, and other URLs contain plus signs that stand for themselves.
_ESCAPES: Final[tuple[tuple[re.Pattern[str], Callable[[str], str]], ...]] = (
    (_URL, _url_text),
    (_PLUS, lambda _: " "),
    (_ESCAPE, _string_text),
    (_ENTITY, html.unescape),
)


def _decoded_digits(view: View) -> Iterator[View]:
    """Yield the bytes that runs of digits stand for, each as the character of its number.

    A run can begin with letters of another word, so each position in a group of digits can be the first.
    """
    if runs := [*_BASE64.finditer(view.text)]:
        yield from (_decode(view, runs, _SPACE, skipped, 6, _base64_bytes) for skipped in range(4))
    if runs := [*_HEX.finditer(view.text)]:
        yield from (_decode(view, runs, _NOT_HEX, skipped, 4, _hex_bytes) for skipped in range(2))


def _decode(
    view: View,
    runs: list[re.Match[str]],
    separator: re.Pattern[str],
    skipped: int,
    bits: int,
    decode: Callable[[str], bytes],
) -> View:
    parts: list[str] = []
    segments: list[_Segment] = []
    length = 0
    for run in runs:
        # the zero between two runs belongs to no secret
        decoded = decode(separator.sub("", run[0])[skipped:]).decode("latin-1") + "\0"
        segments.append(_Digits(length, run, separator, skipped, bits))
        parts.append(decoded)
        length += len(decoded)
    return View("".join(parts), view, segments, is_from_digits=True)


def _base64_bytes(digits: str) -> bytes:
    digits = digits.rstrip("=").translate(_TO_STANDARD)
    rest = len(digits) % 4
    return b64decode(digits[:-1] if rest == 1 else digits + "=" * (-rest % 4))


def _hex_bytes(digits: str) -> bytes:
    return bytes.fromhex(digits[: len(digits) // 2 * 2])
