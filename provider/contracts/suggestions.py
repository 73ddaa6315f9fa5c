"""Write sentences for messages: what a user probably meant, how to write a value, and how large a value is."""

from __future__ import annotations

import re
from collections.abc import Collection, Hashable, Iterable
from decimal import Decimal, InvalidOperation
from itertools import islice
from typing import Final

from provider.contracts.formatting import configured_text, value_text
from provider.framework import Json, Value, is_known, same
from provider.model import json_inputs

_MAX_LISTED_KEYS: Final = 12
_SIZE_NOUNS: Final = {"Length": "character", "Items": "element", "Properties": "key"}
_HCL_NUMBER_PATTERN: Final = re.compile(r"-?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?")

# The least similarity of a suggestion, from 0 to 1, as difflib computes it. A lower limit suggests unrelated words.
_MIN_SIMILARITY: Final = 0.65
# Two inputs of an object can have similar names, such as include_filter and exclude_filter.
_MIN_SIMILARITY_OF_CONFIGURED: Final = 0.9

# These limits keep the search for a suggestion fast.
_MAX_WORD_CHARACTERS: Final = 100
_MAX_COMPARED_WORDS: Final = 500
_MAX_NUMBER_CHARACTERS: Final = 40
_MAX_COMPARED_ELEMENTS: Final = 1000


def nearest(word: str, candidates: Iterable[str], min_similarity: float = _MIN_SIMILARITY) -> str | None:
    """Return the candidate that is most similar to a word, or None if no candidate is similar.

    The first candidate with the same letters and digits is the most similar one. Only the first 500 candidates are
    compared. The result for a word of more than 100 characters is None.
    """
    if len(word) > _MAX_WORD_CHARACTERS:
        return None
    compared = list(islice(candidates, _MAX_COMPARED_WORDS))
    for candidate in compared:
        if is_same_word(word, candidate):
            return candidate
    import difflib

    lower_words = {candidate.lower(): candidate for candidate in compared}
    similar = difflib.get_close_matches(word.lower(), lower_words, 1, min_similarity)
    return next((candidate for candidate in compared if candidate.lower() in similar), None)


def is_same_word(one: str, other: str) -> bool:
    """Return True if two words have the same letters and digits. Case and other characters are not compared.

    Return False if the words have no letters and digits, or if one of the words has more than 100 characters.
    """
    if max(len(one), len(other)) > _MAX_WORD_CHARACTERS:
        return False
    return bool(_letters_and_digits(one)) and _letters_and_digits(one) == _letters_and_digits(other)


def _letters_and_digits(word: str) -> str:
    return re.sub(r"[\W_]+", "", word).lower()


def nearest_key(key: str, declared: Iterable[str], configured: Collection[str]) -> str | None:
    """Return the declared key that an unknown key probably misspells, or None.

    ``configured`` are the keys of the object that contains the unknown key. A declared key among them must be almost
    equal to the unknown key.
    """
    names = list(declared)
    similar = nearest(key, names)
    if similar is not None and similar in configured and nearest(key, [similar], _MIN_SIMILARITY_OF_CONFIGURED) is None:
        return nearest(key, (name for name in names if name not in configured))
    return similar


def key_sentence(key: str, suggestion: str | None, declared: list[str]) -> str:
    """Return a sentence with the suggested key, or with the declared keys if there is no suggestion."""
    if suggestion and is_same_word(key, suggestion):
        return f"The key is spelled {suggestion}."
    if suggestion:
        return f"Did you mean {suggestion}?"
    if not declared:
        return "The contract declares no keys here."
    more = f" and {len(declared) - _MAX_LISTED_KEYS} more" if len(declared) > _MAX_LISTED_KEYS else ""
    return f"The contract declares these keys: {', '.join(declared[:_MAX_LISTED_KEYS])}{more}."


def value_sentence(value: Value, allowed: list[Json], collection: str | None = None) -> str:
    """Return a sentence with the allowed value that the user probably meant, or an empty text.

    ``collection`` is the kind of the collection of texts that contains the value, such as ``map``, or None.
    """
    if isinstance(value, str):
        similar = nearest(value, [each for each in allowed if isinstance(each, str)])
        if similar is not None:
            return f"Did you mean {value_text(similar)}?"
        unquoted = _hcl_scalar(value)
        meant = [each for each in allowed if unquoted is not None and same(unquoted, each)]
        return _unquoted_sentence(f"Did you mean {value_text(meant[0])}, without quotes?", collection) if meant else ""
    quoted = _hcl_text(value)
    return f"Did you mean {value_text(quoted)}, in quotes?" if quoted is not None and quoted in allowed else ""


def type_sentence(
    value: Value, types: list[str], is_free_text: bool, is_top_level: bool, collection: str | None = None
) -> str:
    """Return a sentence that says how to write a value of a wrong type, or why it is wrong. The text can be empty.

    ``types`` are the allowed JSON types. ``is_free_text`` is True if the contract does not limit a text by values, a
    pattern or a format. ``is_top_level`` is True for the value of an input, which the provider can encode as JSON text.
    ``collection`` is the kind of the collection of texts that contains the value, such as ``map``, or None.
    """
    if value is None:
        return "Remove the key if it has no value."
    if isinstance(value, dict | list):
        is_sent_as_text = "string" in types and ("object" if isinstance(value, dict) else "array") not in types
        return _json_text_sentence(value, is_free_text, is_top_level) if is_sent_as_text else ""
    if isinstance(value, str):
        unquoted = _hcl_scalar(value)
        fits = unquoted is not None and _json_types(unquoted) & set(types)
        return _unquoted_sentence("Write it without quotes.", collection) if fits else _list_sentence(types)
    if "string" in types:
        return f"Did you mean {value_text(_hcl_text(value))}, in quotes?"
    return _list_sentence(types)


def _unquoted_sentence(advice: str, collection: str | None) -> str:
    """Return the advice for a text that is a number or a boolean in quotes, or was one before Terraform converted it.

    Source: Terraform gives the elements of a map, list or set one type. If a text is among them, all become texts.
    """
    if collection is not None:
        return (
            f"All elements of a {collection} have one type, so Terraform turned this one into text. A variable of the "
            f"type {collection}(any) does this: use the type any instead."
        )
    return (
        f"{advice} If it has none, a variable of the type map(any) or list(any) turned it into text: use the type any "
        "instead."
    )


def size_sentence(keyword: str, value: Value) -> str:
    """Return a sentence with the size of a value that violates a limit such as ``minLength`` or ``maxItems``.

    Return an empty text if the keyword does not limit the size of a text, list or object.
    """
    noun = _SIZE_NOUNS.get(keyword[3:]) if keyword.startswith(("min", "max")) else None
    if noun is None or not isinstance(value, str | list | dict):
        return ""
    return f"It has {len(value)} {noun}{'' if len(value) == 1 else 's'}."


def equal_elements_sentence(value: Value) -> str:
    """Return a sentence with the indices of the first equal elements of a list, or an empty text.

    Only the first 1000 elements are compared. An element that contains an Unknown value equals no other element.
    """
    first_indices: dict[Hashable, int] = {}
    for index, item in enumerate(value[:_MAX_COMPARED_ELEMENTS] if isinstance(value, list) else ()):
        first = first_indices.setdefault(_comparable(item), index) if is_known(item) else index
        if first != index:
            return f"Elements {first} and {index} are equal."
    return ""


def _comparable(value: Value) -> Hashable:
    """Return a hashable value. Two results are equal only if the values are equal in JSON."""
    if isinstance(value, dict):
        return frozenset((key, _comparable(item)) for key, item in value.items())
    if isinstance(value, list):
        return tuple(map(_comparable, value))
    return isinstance(value, bool), value  # Python sees 1 and True as equal, and JSON does not.


def _json_text_sentence(value: dict[str, Value] | list[Value], is_free_text: bool, is_top_level: bool) -> str:
    noun = "An object" if isinstance(value, dict) else "A list"
    if not is_free_text:
        return f"{noun} can be sent only as JSON text, but only certain texts are allowed here."
    try:
        json_inputs.encode(value)
    except ValueError as error:
        return (
            f"{noun} is sent as JSON text here, but this one cannot be encoded: {error}. Write the JSON text yourself."
        )
    return "" if is_top_level else "Write it as JSON text with jsonencode()."


def _list_sentence(types: list[str]) -> str:
    return "Did you mean a list with this element, in [ ]?" if types == ["array"] else ""


def _hcl_text(value: Value) -> str | None:
    """Return the text of a number or boolean as HCL writes it. Return None for a value of another type."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return configured_text(value) if isinstance(value, int | float | Decimal) else None


def _hcl_scalar(text: str) -> bool | int | Decimal | None:
    """Return the number or boolean that HCL reads from a text without quotes. Return None for any other text."""
    if text in ("true", "false"):
        return text == "true"
    if len(text) > _MAX_NUMBER_CHARACTERS or not _HCL_NUMBER_PATTERN.fullmatch(text):
        return None
    try:
        number = Decimal(text)
    except InvalidOperation:  # The exponent is too large.
        return None
    is_whole = number == number.to_integral_value() and number.adjusted() < _MAX_NUMBER_CHARACTERS
    return int(number) if is_whole else number


def _json_types(value: bool | int | Decimal) -> set[str]:
    if isinstance(value, bool):
        return {"boolean"}
    return {"number", "integer"} if isinstance(value, int) else {"number"}
