"""Inputs of the service in Unicode normal form C (NFC), in which Terraform keeps all text.

Keys and values that people type in the web UI can have another form, such as ``e`` and a combining accent for ``é``.
Two keys of one object that are equal in NFC are *equal keys*: Terraform cannot distinguish them, so they are not
managed. JSON text is treated as the value in it.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Mapping
from typing import Final

from provider.framework import Value, nfc

_ESCAPE: Final = "\\u"
"""JSON text can contain any character as an escape, so text with an escape is not known to be in NFC."""

EQUAL_KEYS_REASON: Final = (
    "Both keys look the same and have different characters, such as é as one character, and as e with an accent. "
    "Terraform cannot distinguish them, because it keeps all text in Unicode NFC. So both stay as they are"
)
"""Why equal keys are not managed. A message adds where they stay."""


def is_normalized(value: Value) -> bool:
    """Return True if all keys and texts in a value are certainly in NFC."""
    if isinstance(value, str):
        return unicodedata.is_normalized("NFC", value) and _ESCAPE not in value
    if isinstance(value, Mapping):
        return all(is_normalized(key) and is_normalized(item) for key, item in value.items())
    return all(map(is_normalized, value)) if isinstance(value, list) else True


def opened(value: Value) -> Value:
    """Return the object or list in a JSON text with every key as it is written. Return other values unchanged."""
    if not isinstance(value, str) or value.lstrip()[:1] not in ("{", "["):
        return value
    try:
        found: Value = json.loads(value)
    except (ValueError, RecursionError):
        return value
    return found


def spellings(value: Mapping[str, Value]) -> dict[str, list[str]]:
    """Return the keys of an object, by their form in NFC. Equal keys are in one list."""
    found: dict[str, list[str]] = {}
    for key in value:
        found.setdefault(nfc(key), []).append(key)
    return found


def normalized(value: Value, known: Value = None) -> Value:
    """Return a value in NFC. Of equal keys, one has its value in ``known``, or all are left out if it has none.

    JSON text with equal keys becomes an object. Any other JSON text stays text.
    """
    if isinstance(value, str):
        return normalized(opened(value), known) if has_equal_keys(value) else nfc(value)
    if isinstance(value, dict):
        before = opened(known)
        ours: Mapping[str, Value] = before if isinstance(before, dict) else {}
        return {
            key: normalized(value[keys[0]], ours.get(key)) if len(keys) == 1 else ours[key]
            for key, keys in spellings(value).items()
            if len(keys) == 1 or key in ours
        }
    return [normalized(item) for item in value] if isinstance(value, list) else value


def has_equal_keys(value: Value) -> bool:
    """Return True if an object has equal keys, at any depth and also in JSON text."""
    if is_normalized(value):
        return False
    value = opened(value)
    if isinstance(value, dict):
        return len(spellings(value)) < len(value) or any(map(has_equal_keys, value.values()))
    return isinstance(value, list) and any(map(has_equal_keys, value))


def inputs_with_equal_keys(inputs: Mapping[str, Value]) -> list[str]:
    """Return the names in NFC of the inputs that are equal keys, or that contain such keys."""
    return [name for name, keys in spellings(inputs).items() if len(keys) > 1 or has_equal_keys(inputs[keys[0]])]
