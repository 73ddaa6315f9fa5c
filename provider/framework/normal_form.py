"""Text in Unicode normal form C (NFC). Terraform keeps all text in this form, so the codec sends no other one."""

from __future__ import annotations

import unicodedata
from typing import Any


class EqualKeys(ValueError):  # noqa: N818 - the codec makes the error
    """Two keys of an object are equal in NFC."""


def nfc(text: str) -> str:
    """Return the text in NFC."""
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def in_nfc(value: Any) -> Any:
    """Return a value with all keys and texts in NFC. Raises EqualKeys."""
    if isinstance(value, str):
        return nfc(value)
    if isinstance(value, dict):
        items = {nfc(key) if isinstance(key, str) else key: in_nfc(item) for key, item in value.items()}
        if len(items) < len(value):
            raise EqualKeys("two keys are equal in the form in which Terraform keeps text (Unicode NFC)")
        return items
    return [in_nfc(item) for item in value] if isinstance(value, list | tuple) else value
