"""Recognize by its name that a value may be a secret, so that no import and no data source puts it into state."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Final

from provider.framework import Value
from provider.model.json_inputs import as_json

_NAME: Final = re.compile(r"[A-Za-z0-9_-]+")
# A capital letter begins a word, except within a run of them: APIKey is "API" and "Key".
_WORD: Final = re.compile(r"[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z]+|[A-Z]+")

_SECRET_WORD: Final = re.compile(
    r"authorization|bearer|credentials?|jwt|keytab|pass|pwd|sas"
    r"|.*(apikey|passphrase|passwd|password|privatekey|secret|token)s?"
)
_KEY: Final = re.compile(
    r"(access|account|api|client|encryption|master|private|secret|shared|signing|ssh|storage|subscription) key"
)
"""The kinds of keys that are secrets. Others are those of tables and maps."""

_ABOUT_A_SECRET: Final = re.compile(
    r"count|enabled|endpoint|expiry|from|guids?|ids?|length|names?|overrides|path|policy|seconds|ttl|types?|ur[il]|version"
)
"""The last words of names of values that say something about a secret, such as ``credential_guid`` or ``token_url``."""


def contains_secret(value: Value, name: str | None = None) -> bool:
    """Return True if a value, or a value at any depth in it, has the name of a secret and is not empty.

    JSON text is opened at every depth.
    """
    if name is not None and _can_be_secret(value) and is_secret_name(name):
        return True
    opened = as_json(value)
    if isinstance(opened, dict):
        return any(contains_secret(item, key) for key, item in opened.items())
    return isinstance(opened, list) and any(map(contains_secret, opened))


def is_secret_name(name: str) -> bool:
    """Return True if a name is that of a secret. Words count, so ``bypass`` is not ``pass``.

    Words end at ``_``, at ``-`` and before a capital letter. A pattern, such as a name in a filter, is not a name.
    """
    if _NAME.fullmatch(name) is None:
        return False
    words = [word.lower() for word in _WORD.findall(name)]
    if not words or _ABOUT_A_SECRET.fullmatch(words[-1]):
        return False
    return any(map(_SECRET_WORD.fullmatch, words)) or any(map(_KEY.fullmatch, map(" ".join, pairwise(words))))


def _can_be_secret(value: Value) -> bool:
    return not isinstance(value, bool) and value not in (None, "", [], {})
