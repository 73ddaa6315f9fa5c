"""Format paths and values for a message: on one line, at most 80 characters for a name or a word of the contract.

A configured text can be the value of a sensitive variable, because the protocol does not say which values are
sensitive. So no message shows such a text, nor a key below the first level, unless the contract itself has the key.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Final

from provider.contracts.placeholders import value_at
from provider.contracts.schema_walker import InputPath
from provider.framework import Json, Value
from provider.framework.redaction import redact
from provider.model.json_inputs import as_json

MAX_CHARACTERS: Final = 80
# A secret that begins in the shown part is recognized by its beginning. To search a text of megabytes takes seconds.
_MOST_SEARCHED: Final = 4000
KEYS_ARE_NUMBERED: Final = (
    "A key that the contract does not name can be sensitive, so its place in the alphabet is shown."
)
"""The sentence for a path with a number in place of a key."""

_IDENTIFIER_PATTERN: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*")
_NUMBERED_KEY: Final = "[key "
_TEXT_KINDS: Final = {str: "the text", dict: "the object", list: "the list"}


def path_text(path: InputPath, inputs: Value = None, is_in_contract: Callable[[InputPath], bool] | None = None) -> str:
    """Return the path as a user writes it: ``inputs.connection.attributes.adminUsers[0]``.

    A key below the first level is shown only if ``is_in_contract`` returns True for its path. Otherwise, its number in
    alphabetical order replaces it: ``inputs.include_filter[key 2]``. ``inputs`` contains the keys.
    """
    text = f"inputs{_step_text(path[0])}" if path else "inputs"
    for depth in range(1, len(path)):
        is_shown = isinstance(path[depth], int) or (is_in_contract is not None and is_in_contract(path[: depth + 1]))
        text += _step_text(path[depth]) if is_shown else f"{_NUMBERED_KEY}{_key_number(path[: depth + 1], inputs)}]"
    return text


def has_numbered_key(text: str) -> bool:
    """Return True if a path contains a number in place of a key."""
    return _NUMBERED_KEY in text


def _key_number(path: InputPath, inputs: Value) -> int:
    for step in path[:-1]:
        inputs = value_at(as_json(inputs), (step,))
    keys, key = as_json(inputs), str(path[-1])
    return sorted({*(keys if isinstance(keys, dict) else ()), key}).index(key) + 1


def _step_text(step: str | int) -> str:
    if isinstance(step, str) and _IDENTIFIER_PATTERN.fullmatch(step) and len(step) <= MAX_CHARACTERS:
        return f".{step}"
    return f"[{value_text(step)}]"


def configured_text(value: Value) -> str:
    """Return a configured number, boolean or null. Return the kind of any other value: ``the text``."""
    return next((text for kind, text in _TEXT_KINDS.items() if isinstance(value, kind)), None) or _number_text(value)


def values_text(values: Sequence[Json], max_values: int) -> str:
    """Return the first values of a contract as text, and the number of the other values."""
    text = ", ".join(map(value_text, values[:max_values]))
    return text if len(values) <= max_values else f"{text} and {len(values) - max_values} more"


def value_text(value: Json) -> str:
    """Return a value of a contract as JSON, at most 80 characters. Not for a configured value."""
    text = _json_text(value)
    return text if len(text) <= MAX_CHARACTERS else text[: MAX_CHARACTERS - 1] + "…"


def _json_text(value: Json) -> str:
    if isinstance(value, dict):
        return f"{{{', '.join(f'{_quoted(key)}: {_json_text(item)}' for key, item in value.items())}}}"
    if isinstance(value, list):
        return f"[{', '.join(map(_json_text, value))}]"
    return _quoted(value) if isinstance(value, str) else _number_text(value)


def _number_text(value: Value) -> str:
    if isinstance(value, Decimal):
        return str(value)
    try:
        return json.dumps(value)
    except (TypeError, ValueError):
        return "a number with thousands of digits"


def _quoted(text: str) -> str:
    # The exit of diagnostics cannot recognize a part of a secret, so secrets are redacted before the text is cut.
    quoted = json.dumps(redact(text[:_MOST_SEARCHED])[: MAX_CHARACTERS + 1], ensure_ascii=False)
    return "".join(character if _is_printable(character) else _escaped(character) for character in quoted)


def _is_printable(character: str) -> bool:
    return unicodedata.category(character) not in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")


def _escaped(character: str) -> str:
    code = ord(character)
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
