"""Secrets, and how they are kept out of every text: each as it is, and as encoders write it."""

import json
import re
from base64 import b64encode
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from functools import cached_property
from typing import Any
from urllib.parse import quote, quote_plus

from provider.client.errors import clean
from provider.client.json_codec import parse_json

MASK = "***"
# a shorter one stands in words that have nothing to do with it, and counts only where it is a word of its own
_SHORTEST = 4
# a longer one can't come back encoded in a message that somebody would read, and its forms would fill the memory
_LONGEST_ENCODED = 64 * 1024
_URL_SAFE = ("", "/", "!~*'()")  # what encoders leave alone: all quoted, a path, the one of browsers
_JSON_ESCAPED = ("", "/", "<>&", "<>&='")  # what encoders escape beyond need
_PERCENT = re.compile("%[0-9A-F]{2}")
_TO_URL_ALPHABET = str.maketrans("+/", "-_")


class Secrets:
    """Every text and number in `values` (of any JSON shape; JSON text is looked into) that is not blank."""

    def __init__(self, *values: Any) -> None:
        self.values = values

    @cached_property
    def forms(self) -> frozenset[str]:
        """All that must not be seen; made when it is first asked for, for most requests have no text to show."""
        return frozenset(form for value in _told(self.values) for form in _forms(value) if len(form) >= _SHORTEST)

    @cached_property
    def words(self) -> frozenset[str]:
        """The forms of those under four characters, which must not be seen as words of their own."""
        short = {leaf for leaf in map(str.strip, _leaves(self.values)) if 0 < len(leaf) < _SHORTEST}
        return frozenset(form for leaf in short for form in _forms_of_short(leaf))

    def __repr__(self) -> str:
        return f"Secrets({MASK})"


def redact(text: str, *secrets: Secrets) -> str:
    """`text` with every form of the secrets replaced; the longest first, for one secret may hold another."""
    for form in _longest_first(each.forms for each in secrets):
        text = text.replace(form, MASK)
    words = _longest_first(each.words for each in secrets)
    return re.sub(rf"(?<!\w)(?:{'|'.join(map(re.escape, words))})(?!\w)", MASK, text) if words else text


def _longest_first(forms: Iterable[frozenset[str]]) -> list[str]:
    return sorted(frozenset().union(*forms), key=len, reverse=True)


def of_credential(body: Any) -> Any:
    """What is secret of a credential, given as attributes or as the vault takes it: its password and its extra.

    All of what is no object. How it signs in, where and as whom is none, and masked it would garble every message.
    """
    if isinstance(body, Mapping):
        return [body.get("password"), body.get("extra")]
    opened = _inside(body) if isinstance(body, str) else None
    if not isinstance(opened, Mapping):
        return body
    secrets = of_credential(opened)
    # what the text holds is escaped once more than what stands in other JSON
    return [secrets, *(json.dumps(leaf)[1:-1] for leaf in _leaves(secrets))]


def _told(values: Any) -> set[str]:
    """The leaves of `values` with what may be left of one in a message: a line of several, or all of it cleaned."""
    leaves = {leaf for leaf in _leaves(values) if len(leaf) >= _SHORTEST}
    short = [leaf for leaf in leaves if len(leaf) <= _LONGEST_ENCODED]
    lines = {line.strip() for leaf in short for line in leaf.splitlines()}
    return leaves | {line for line in lines if line} | {clean(leaf, len(leaf)) for leaf in short}


def _leaves(values: Any) -> Iterator[str]:
    waiting = [values]
    while waiting:
        value = waiting.pop()
        if isinstance(value, str):
            yield value
            waiting.append(_inside(value))
        elif isinstance(value, Mapping):
            waiting.extend(value.values())
        elif isinstance(value, list | tuple | set | frozenset):
            waiting.extend(value)
        elif isinstance(value, int | float | Decimal) and not isinstance(value, bool):
            yield _digits(value)


def _digits(number: float | Decimal) -> str:
    try:
        return str(number)
    except ValueError:  # an int of so many digits that it can't be sent either
        return ""


def _inside(text: str) -> Any:
    """What JSON text holds, if it is an object, a list or a text."""
    try:
        return parse_json(text) if text.lstrip()[:1] in ("{", "[", '"') else None
    except ValueError:
        return None


def _forms(secret: str) -> set[str]:
    forms = {secret, *_as_json(secret)}
    if len(secret) > _LONGEST_ENCODED:
        return forms
    again = {other for form in forms for encode in (_as_json, _as_url, _as_base64) for other in encode(form)}
    import html

    return forms | again | {html.escape(secret), repr(secret)[1:-1]}


def _forms_of_short(secret: str) -> set[str]:
    """Without those in base64 that are a part of something longer: two or three characters are found in any word."""
    import html

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
    """Encoded alone, and as the part of something longer that begins at any of the three places in a group."""
    data = secret.encode(errors="replace")
    for before in range(3):
        text = b64encode(bytes(before) + data).decode()
        first, last = -(-8 * before // 6), 8 * (before + len(data)) // 6
        for form in (text, text.rstrip("="), text[first:last]) if before == 0 else (text[first:last],):
            yield form
            yield form.translate(_TO_URL_ALPHABET)
