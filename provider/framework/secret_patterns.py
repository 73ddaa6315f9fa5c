"""Find secrets in a text: as they are and in upper case, whole and in parts."""

from __future__ import annotations

import json
import re
from base64 import b64encode
from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Final, NamedTuple

from provider.framework.plain_text import clean
from provider.framework.values import Value

# A shorter secret is a part of many words, so it is redacted only where it is a separate word.
_MIN_LENGTH_ANYWHERE: Final = 4
_MIN_LENGTH_OF_PART: Final = 8
"""A shorter secret counts only whole. A shorter part of a longer secret occurs in texts that have nothing of it."""
_MIN_LENGTH_OF_LETTERS: Final = 16
"""A shorter secret of letters alone is a word such as a type, whose parts occur in other words."""

_PEM_LINE: Final = re.compile(r"-----(?:BEGIN|END) [A-Z0-9 ]+-----")
# The types of a file with credentials of Google, which are words of ordinary messages.
_PUBLIC: Final = {"service_account", "authorized_user", "external_account"}
# The fixed words at the start and at the end of JSON and of a key, also if the rest is missing.
_SHAPED: Final = re.compile(r"\s*(?:[{\[]|-----BEGIN )")
_START: Final = re.compile(
    rf"""(?:-----BEGIN [A-Z0-9 ]+-----|"[^"\\]{{0,64}}"\s*:|"(?:{"|".join(_PUBLIC)})"\s*,|\\[nrt]|[\s{{\[",])*"""
)
_END: Final = re.compile(r"""(?:-----(?:E(?:N(?:D[A-Z0-9 ]*-{0,5})?)?)?|\\[nrt]|[\s"}\],])*\Z""")
_LONGEST_END: Final = 200
_URL: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://(?P<user>[^/?#@\s]*@)?(?P<host>[^/?#\s]*)(?P<rest>.*)", re.DOTALL)
_AUTHORIZATION: Final = re.compile(r"(?:Bearer|Basic)\s+", re.IGNORECASE)


class _Long(NamedTuple):
    """A secret with parts that count. ``start`` and ``end`` leave out the fixed words of its form."""

    text: str
    start: int
    end: int


class Patterns(NamedTuple):
    """``long`` secrets are searched with their parts, ``short`` ones anywhere, and ``words`` as whole words."""

    long: frozenset[_Long]
    short: frozenset[str]
    words: frozenset[str]


def patterns_of(secrets: Sequence[Value]) -> Patterns:
    """Return the patterns of every text and number in the secrets. Keys, booleans and blank texts are not secret.

    A JSON text is a secret as a whole, and each value inside the JSON is a secret too.
    """
    leaves = {*_leaves(secrets)}
    words = {leaf for leaf in map(str.strip, leaves) if 0 < len(leaf) < _MIN_LENGTH_ANYWHERE}
    parts = _cleaned({part for leaf in leaves if len(leaf) >= _MIN_LENGTH_ANYWHERE for part in _parts(leaf)})
    parts = {part for part in parts if len(part) >= _MIN_LENGTH_ANYWHERE}
    short = {part for part in parts if len(part) < _MIN_LENGTH_OF_PART}
    return Patterns(
        frozenset(pattern for part in parts - short for pattern in _long(part)),
        frozenset(form for part in short for text in (part, part.upper()) for form in (text, _as_bytes(text))),
        frozenset(form for word in _cleaned(words) if word for form in (word, b64encode(word.encode()).decode())),
    )


def find(patterns: Patterns, text: str, *, has_words: bool) -> Iterator[tuple[int, int]]:
    """Yield the start and the end of each part of the text that is secret. The parts can overlap.

    ``has_words`` is False for a text of random bytes, in which any short secret is a word.
    """
    for secret in patterns.long:
        yield from _find_parts(secret, text)
    for short in patterns.short:
        for start in occurrences(text, short):
            yield start, start + len(short)
    for word in patterns.words if has_words else ():
        yield from find_word(word, text)


def find_word(word: str, text: str) -> Iterator[tuple[int, int]]:
    """Yield the start and the end of each place where a text is not a part of a longer word."""
    for start in occurrences(text, word):
        end = start + len(word)
        if not (_is_in_word(text[start - 1 : start]) or _is_in_word(text[end : end + 1])):
            yield start, end


def occurrences(text: str, part: str) -> Iterator[int]:
    """Yield each position of a part, also of parts that overlap."""
    start = text.find(part)
    while start >= 0:
        yield start
        start = text.find(part, start + 1)


def _is_in_word(character: str) -> bool:
    return character.isalnum() or character == "_"


def _find_parts(secret: _Long, text: str) -> Iterator[tuple[int, int]]:
    """Yield where the secret is in the text whole, where it begins, and where it ends."""
    for start in occurrences(text, secret.text):
        yield start, start + len(secret.text)
    if secret.end - secret.start < _MIN_LENGTH_OF_PART:
        return
    head = secret.text[secret.start : secret.start + _MIN_LENGTH_OF_PART]
    end = 0
    while (start := text.find(head, end)) >= 0:
        rest = secret.text[secret.start :]
        end = start + _most(len(rest), lambda length: text.startswith(rest[:length], start))  # noqa: B023 - called here
        yield start, end
    tail = secret.text[secret.end - _MIN_LENGTH_OF_PART : secret.end]
    start = len(text)
    while (start := text.rfind(tail, 0, start)) >= 0:
        end = start + _MIN_LENGTH_OF_PART
        rest = secret.text[: secret.end]
        start = end - _most(len(rest), lambda length: text.endswith(rest[-length:], 0, end))  # noqa: B023 - called here
        yield start, end


def _most(limit: int, is_equal: Callable[[int], bool]) -> int:
    """Return the largest number up to a limit for which a test is true that is false for all larger numbers."""
    low, high = _MIN_LENGTH_OF_PART, limit
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if is_equal(middle) else (low, middle - 1)
    return low


def _long(text: str) -> Iterator[_Long]:
    """Yield the patterns of a secret. The fixed words at its ends are not parts that count."""
    start, end = _secret_range(text)
    end = max(start, end)
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    before, secret, after = text[:start], text[start:end], text[end:]
    for change in (str, str.upper):
        for decode in (str, _as_bytes):
            parts = [decode(change(part)) for part in (before, secret, after)]
            yield _Long("".join(parts), len(parts[0]), len(parts[0]) + len(parts[1]))


def _secret_range(text: str) -> tuple[int, int]:
    """Return the start and the end of a secret without the scheme and host of a URL, PEM lines, and JSON keys.

    They are equal if no part counts.
    """
    is_word = text.isalpha() and len(text) < _MIN_LENGTH_OF_LETTERS
    if is_word or text in _PUBLIC or _parsed_json(text) is not None:
        return 0, 0
    if url := _URL.fullmatch(text):
        start = url.start("user") if url["user"] else url.start("rest")
        return start, len(text) if url["rest"].strip("/") else max(start, url.end("user") - 1)
    if scheme := _AUTHORIZATION.match(text):
        return scheme.end(), len(text)
    if not _SHAPED.match(text):
        return 0, len(text)
    return len(_text_of(_START.match(text))), len(text) - len(_text_of(_END.search(text[-_LONGEST_END:])))


def _text_of(match: re.Match[str] | None) -> str:
    return match[0] if match else ""


def _as_bytes(text: str) -> str:
    """Return the UTF-8 bytes of a text as characters, which is how base64 and hexadecimal digits are decoded."""
    return text.encode(errors="replace").decode("latin-1")


def _parts(leaf: str) -> set[str]:
    """Return the leaf, its single lines, and its lines joined, because a message may contain any of these."""
    joined = " ".join(clean(leaf).split())
    if _parsed_json(leaf) is not None:  # Its values are other leaves, and its keys are not secret.
        return {leaf, joined}
    lines = {line.strip() for line in leaf.splitlines()}
    return {leaf, joined, *(line for line in lines if not _PEM_LINE.fullmatch(line))}


def _cleaned(texts: set[str]) -> set[str]:
    """Return the texts, and each as cleaning leaves it, because a text is cleaned before it is redacted."""
    return texts | {clean(text) for text in texts}


def _leaves(secrets: Value | Sequence[Value]) -> Iterator[str]:
    waiting: list[Value | Sequence[Value]] = [secrets]
    while waiting:
        value = waiting.pop()
        if isinstance(value, str):
            yield value
            waiting.append(_parsed_json(value))
        elif isinstance(value, Mapping):
            waiting.extend(value.values())
        elif isinstance(value, list | tuple | set | frozenset):
            waiting.extend(value)
        elif isinstance(value, int | float | Decimal) and not isinstance(value, bool):
            yield _digits(value)


def _digits(number: float | Decimal) -> str:
    try:
        return str(number)
    except ValueError:  # an int of more digits than Python writes, which cannot be sent either
        return ""


def _parsed_json(text: str) -> Value:
    """Return the value of JSON text that is an object, a list or a text, and None for any other text."""
    try:
        value: Value = json.loads(text) if text.lstrip()[:1] in ("{", "[", '"') else None
    except (ValueError, RecursionError):
        return None
    return value
