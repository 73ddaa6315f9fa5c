"""Suggest what a user probably meant."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from decimal import Decimal, InvalidOperation
from itertools import islice
from typing import Final

from provider.contracts.formatting import value_text
from provider.framework import Json, Value
from provider.model import json_inputs

_MAX_KEYS: Final = 12
_MIN_SIMILARITY: Final = 0.65  # From 0 to 1, as ``difflib`` computes it. A lower value suggests unrelated words.
_SIZE_NOUNS: Final = {"Length": "character", "Items": "element", "Properties": "key"}

# These limits keep the search for a suggestion fast.
_MAX_NAME_CHARACTERS: Final = 100
_MAX_NAMES: Final = 500
_MAX_NUMBER_CHARACTERS: Final = 40
_MAX_ELEMENTS: Final = 1000


def nearest(word: str, known: Iterable[str]) -> str | None:
    """Return the known word that is most similar to another word, or None if no word is similar."""
    names = list(islice(known, _MAX_NAMES))
    equal = [name for name in names if same_letters(word, name)]
    if equal or len(word) > _MAX_NAME_CHARACTERS:
        return equal[0] if equal else None
    import difflib

    similar = difflib.get_close_matches(word.lower(), {name.lower(): name for name in names}, 1, _MIN_SIMILARITY)
    return next((name for name in names if name.lower() in similar), None)


def same_letters(one: str, other: str) -> bool:
    """Return True if two words are equal, or differ only in case and in characters such as hyphens and underscores.

    Return False for long words.
    """
    return (
        max(len(one), len(other)) <= _MAX_NAME_CHARACTERS and bool(_letters(one)) and _letters(one) == _letters(other)
    )


def _letters(word: str) -> str:
    return re.sub(r"[\W_]+", "", word).lower()


def nearest_key(key: str, known: Iterable[str], given: Mapping[str, Value]) -> str | None:
    """Return the known key that an unknown key probably misspells, or None.

    A known key that ``given`` also contains is returned only if it has the same letters as the unknown key.
    """
    names = list(known)
    return nearest(key, (name for name in names if name not in given)) or nearest(
        key, (name for name in names if same_letters(name, key))
    )


def key_sentence(key: str, suggestion: str | None, known: list[str]) -> str:
    """Return a sentence with the suggested key, or with the known keys if there is no suggestion."""
    if suggestion and same_letters(key, suggestion):
        return f"The key is spelled {suggestion}."
    if suggestion:
        return f"Did you mean {suggestion}?"
    if not known:
        return "The contract declares no keys here."
    more = f" and {len(known) - _MAX_KEYS} more" if len(known) > _MAX_KEYS else ""
    return f"The contract declares {', '.join(known[:_MAX_KEYS])}{more}."


def value_sentence(value: Value, allowed: list[Json]) -> str:
    """Return a sentence with the allowed value that the user probably meant, or an empty text."""
    if isinstance(value, str):
        similar = nearest(value, [each for each in allowed if isinstance(each, str)])
        unquoted = _from_text(value)
        if similar is None and unquoted is not None and unquoted in allowed:
            return f"Did you mean {value_text(unquoted)}, without quotes?"
        return f"Did you mean {value_text(similar)}?" if similar is not None else ""
    quoted = _as_text(value)
    return f"Did you mean {value_text(quoted)}, in quotes?" if quoted in allowed else ""


def type_sentence(value: Value, types: list[str], is_free_text: bool, is_top_level: bool) -> str:
    """Return a sentence that says how to write a value of the wrong type, or an empty text."""
    if value is None:
        return "Remove the key if it has no value."
    if isinstance(value, dict | list):
        is_text_only = "string" in types and not {"object", "array"} & set(types)
        return _json_text_sentence(value, is_free_text, is_top_level) if is_text_only else ""
    if isinstance(value, str):
        unquoted = _from_text(value)
        fits = unquoted is not None and _types_of_number(unquoted) & set(types)
        return f"Did you mean {value_text(unquoted)}, without quotes?" if fits else _list_sentence(value, types)
    if "string" in types:
        return f"Did you mean {value_text(_as_text(value))}, in quotes?"
    return _list_sentence(value, types)


def size_sentence(keyword: str, value: Value) -> str:
    """Return a sentence with the size of a value of a wrong size, or with the equal elements of a list.

    Return an empty text for another keyword.
    """
    noun = _SIZE_NOUNS.get(keyword[3:]) if keyword.startswith(("min", "max")) else None
    if noun is not None and isinstance(value, str | list | dict):
        return f"It has {len(value)} {noun}{'' if len(value) == 1 else 's'}."
    return _equal_elements(value) if keyword == "uniqueItems" and isinstance(value, list) else ""


def _equal_elements(value: list[Value]) -> str:
    seen: dict[str, int] = {}
    for index, item in enumerate(value[:_MAX_ELEMENTS]):
        first = seen.setdefault(json.dumps(item, sort_keys=True, default=str), index)
        if first != index:
            return f"Elements {first} and {index} are equal."
    return ""


def _json_text_sentence(value: dict[str, Value] | list[Value], is_free_text: bool, is_top_level: bool) -> str:
    noun = "An object" if isinstance(value, dict) else "A list"
    if not is_free_text:
        return f"{noun} is sent as JSON text, which is not allowed here."
    try:
        json_inputs.encode(value)
    except ValueError as error:
        return (
            f"{noun} is sent as JSON text here, but this one cannot be encoded: {error}. Write the JSON text yourself."
        )
    return "" if is_top_level else "Write it as JSON text with jsonencode()."


def _list_sentence(value: Value, types: list[str]) -> str:
    return f"Did you mean a list, [{value_text(value)}]?" if types == ["array"] else ""


def _as_text(value: Value) -> str | None:
    """Return a number, true or false as text. Return None for another value."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return value_text(value) if isinstance(value, int | float | Decimal) else None


def _from_text(text: str) -> bool | int | Decimal | None:
    """Return the number, true or false that a text contains in the syntax of HCL, or None."""
    if text in ("true", "false"):
        return text == "true"
    # The last character must be a digit, because Decimal also reads "inf" and "nan".
    if not text or len(text) > _MAX_NUMBER_CHARACTERS or text[-1] not in "0123456789":
        return None
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    return (
        int(number) if number == number.to_integral_value() and number.adjusted() < _MAX_NUMBER_CHARACTERS else number
    )


def _types_of_number(value: bool | int | Decimal) -> set[str]:
    if isinstance(value, bool):
        return {"boolean"}
    return {"number", "integer"} if isinstance(value, int) else {"number"}
