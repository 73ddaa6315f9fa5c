"""Format paths and values for a message: on one line, at most 80 characters for a value, without secret values."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from typing import Final, TypeAlias

from provider.contracts.schema_walker import InputPath
from provider.framework import Json, Unknown, Value
from provider.framework.redaction import redact

MAX_CHARACTERS: Final = 80

_IDENTIFIER_PATTERN: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*")

IsSecret: TypeAlias = Callable[[InputPath, Value | Json], bool]


def path_text(path: InputPath) -> str:
    """Return the path as a user writes it: ``inputs.connection.attributes.adminUsers[0]``."""
    return "inputs" + "".join(map(_step_text, path))


def _step_text(step: str | int) -> str:
    if isinstance(step, str) and _IDENTIFIER_PATTERN.fullmatch(step) and len(step) <= MAX_CHARACTERS:
        return f".{step}"
    return f"[{value_text(step)}]"


def values_text(values: Sequence[Json], max_values: int) -> str:
    """Return the first values as text, and the number of the other values."""
    text = ", ".join(map(value_text, values[:max_values]))
    return text if len(values) <= max_values else f"{text} and {len(values) - max_values} more"


def value_text(value: Value | Json, path: InputPath = (), is_secret: IsSecret | None = None) -> str:
    """Return the value as JSON, at most 80 characters. A phrase replaces each unknown or secret value."""
    text = ""
    for part in _parts(value, path, is_secret):
        text += part
        if len(text) > MAX_CHARACTERS:
            return text[: MAX_CHARACTERS - 1] + "…"
    return text


def _parts(value: Value | Json, path: InputPath, is_secret: IsSecret | None) -> Iterator[str]:
    if is_secret is not None and is_secret(path, value):
        yield "(write-only)"
    elif isinstance(value, dict):
        yield "{"
        for index, (key, item) in enumerate(value.items()):
            yield f"{', ' if index else ''}{_quoted(key)}: "
            yield from _parts(item, (*path, key), is_secret)
        yield "}"
    elif isinstance(value, list):
        yield "["
        for index, item in enumerate(value):
            yield ", " if index else ""
            yield from _parts(item, (*path, index), is_secret)
        yield "]"
    else:
        yield _scalar(value)


def _scalar(value: Value | Json) -> str:
    if value is Unknown:
        return "(known after apply)"
    if isinstance(value, str):
        return _quoted(value)
    if isinstance(value, Decimal):
        return str(value)
    try:
        return json.dumps(value)
    except (TypeError, ValueError):
        return "a number with thousands of digits"


def _quoted(text: str) -> str:
    # The exit of diagnostics cannot recognize a part of a secret, so secrets are redacted before the text is cut.
    quoted = json.dumps(redact(text)[: MAX_CHARACTERS + 1], ensure_ascii=False)
    return "".join(character if _is_printable(character) else _escaped(character) for character in quoted)


def _is_printable(character: str) -> bool:
    return unicodedata.category(character) not in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")


def _escaped(character: str) -> str:
    code = ord(character)
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
