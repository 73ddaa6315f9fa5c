"""The forms in which a secret can appear in a text: unchanged, in parts, or as encoders write it."""

from __future__ import annotations

import html
import json
import re
from base64 import b64encode
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Final, NamedTuple
from urllib.parse import quote, quote_plus

from provider.framework.plain_text import clean
from provider.framework.values import Value

# A shorter secret is a part of many words, so it is redacted only where it is a separate word.
_MIN_LENGTH_ANYWHERE: Final = 4
# Most encoded forms of a longer secret would fill the memory, so only its JSON forms are computed.
_MAX_ENCODED_LENGTH: Final = 64 * 1024
# Characters that encoders do not quote: none, those of a path, those of browsers.
_URL_SAFE: Final = ("", "/", "!~*'()")
# Characters that encoders escape without need.
_JSON_ESCAPED: Final = ("", "/", "<>&", "<>&='")
_PERCENT: Final = re.compile("%[0-9A-F]{2}")
_TO_URL_ALPHABET: Final = str.maketrans("+/", "-_")


class Forms(NamedTuple):
    """The texts to redact: ``anywhere`` in a text, or only as whole words (``as_words``)."""

    anywhere: frozenset[str]
    as_words: frozenset[str]


def forms_of(secrets: Sequence[Value]) -> Forms:
    """Return the forms of every text and number in the secrets. Keys, booleans and blank texts are not secret.

    A JSON text is a secret as a whole, and each value inside the JSON is a secret too.
    """
    leaves = [*_leaves(secrets)]
    short = {leaf for leaf in map(str.strip, leaves) if 0 < len(leaf) < _MIN_LENGTH_ANYWHERE}
    long = {leaf for leaf in leaves if len(leaf) >= _MIN_LENGTH_ANYWHERE}
    anywhere = {form for part in _parts(long) for form in _forms(part)}
    as_words = {form for leaf in short for form in _forms_of_short(leaf)}
    return Forms(
        frozenset(form for form in _cleaned(anywhere) if len(form) >= _MIN_LENGTH_ANYWHERE),
        frozenset(form for form in _cleaned(as_words) if form),
    )


def _parts(leaves: set[str]) -> set[str]:
    """Return the leaves, their single lines, and their lines joined, because a message may contain any of these."""
    encoded = [leaf for leaf in leaves if len(leaf) <= _MAX_ENCODED_LENGTH]
    lines = {line.strip() for leaf in encoded for line in leaf.splitlines()}
    joined = {" ".join(clean(leaf).split()) for leaf in encoded}
    return leaves | {part for part in lines | joined if part}


def _cleaned(forms: set[str]) -> set[str]:
    """Return the forms, and each form as cleaning leaves it, because a text is cleaned before it is redacted."""
    return forms | {clean(form) for form in forms}


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


def _forms(secret: str) -> set[str]:
    """Return the secret unchanged, and in JSON, URLs, base64, HTML and Python's ``repr``."""
    forms = {secret, *_as_json(secret)}
    if len(secret) > _MAX_ENCODED_LENGTH:
        return forms
    again = {other for form in forms for encode in (_as_json, _as_url, _as_base64) for other in encode(form)}
    return forms | again | {html.escape(secret), repr(secret)[1:-1]}


def _forms_of_short(secret: str) -> set[str]:
    """Return the forms without parts of longer base64, because two or three characters occur in many words."""
    return {secret, *_as_json(secret), *_as_url(secret), html.escape(secret), b64encode(secret.encode()).decode()}


def _as_json(secret: str) -> Iterator[str]:
    yield json.dumps(secret, ensure_ascii=False)[1:-1]
    ascii_only = json.dumps(secret)[1:-1]
    for escaped in _JSON_ESCAPED:
        yield re.sub(f"[{escaped}]", _escape, ascii_only) if escaped else ascii_only


def _escape(character: re.Match[str]) -> str:
    return r"\/" if character[0] == "/" else f"\\u{ord(character[0]):04x}"


def _as_url(secret: str) -> Iterator[str]:
    for quoted in (
        quote_plus(secret, errors="replace"),
        *(quote(secret, safe, errors="replace") for safe in _URL_SAFE),
    ):
        yield quoted
        yield _PERCENT.sub(lambda code: code[0].lower(), quoted)


def _as_base64(secret: str) -> Iterator[str]:
    """Yield the base64 of the secret alone, and inside a longer text at each of the three offsets in a group."""
    data = secret.encode(errors="replace")
    for before in range(3):
        text = b64encode(bytes(before) + data).decode()
        first, last = -(-8 * before // 6), 8 * (before + len(data)) // 6
        for form in (text, text.rstrip("="), text[first:last]) if before == 0 else (text[first:last],):
            yield form
            yield form.translate(_TO_URL_ALPHABET)
