"""Name a key of an object in a message. A key below the first level of an attribute can be sensitive."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

KEY_IS_NUMBERED: Final = "A key can be sensitive, so its place in the alphabet is shown."
"""The sentence for a place that contains a number instead of a key."""


def key_place(name: str, key: str, keys: Iterable[str]) -> str:
    """Return how a message names a key of the object ``name``, which has ``keys``: ``extra.role``.

    In an object inside an attribute, its number in alphabetical order replaces the key: ``credential_wo.extra[key 1]``.
    """
    return f"{name}[key {sorted(keys).index(key) + 1}]" if has_numbered_keys(name) else f"{name}.{key}"


def has_numbered_keys(name: str) -> bool:
    """Return True if the object ``name`` is inside an attribute, so that a message numbers its keys."""
    return "." in name
