"""Make text safe to show: remove what a terminal would execute, and limit the length."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_ESCAPES: Final = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)?|[ -~])")
_LAYOUT: Final = "\n\t"
ELLIPSIS: Final = "…"
"""The text in place of a part that is left out."""


def clean(text: str) -> str:
    """Return the text without terminal escapes, control characters and invisible format characters.

    Line breaks and tabs stay. Other kinds of space become a space, and half of a surrogate pair becomes ``?``.
    """
    if text.replace("\n", "").replace("\t", "").isprintable():
        return text
    text = _ESCAPES.sub("", text)
    replaced = {character for character in set(text) if not character.isprintable()} - {*_LAYOUT}
    return text.translate({ord(character): _replacement(character) for character in replaced})


def _replacement(character: str) -> str:
    category = unicodedata.category(character)
    if category == "Cs":
        return "?"
    return " " if category[0] == "Z" else ""


def truncate(text: str, limit: int, whole: str) -> str:
    """Return at most ``limit`` characters: the first three quarters and the end, with an ellipsis between them.

    The end stays because it contains the advice and the request id. ``whole`` is a text that is never cut, such as
    the ``***`` in place of a secret.
    """
    if len(text) <= limit:
        return text
    head = limit * 3 // 4
    tail = len(text) - (limit - head - len(ELLIPSIS))
    steps = range(1, len(whole))
    head -= next((step for step in steps if text.startswith(whole, head - step)), 0)
    tail += next((len(whole) - step for step in steps if text.startswith(whole, tail - step)), 0)
    return text[:head] + ELLIPSIS + text[tail:]
