"""Find the values of inputs that a message must not contain.

The exit of diagnostics finds only the exact text of a secret, but a message also reveals the type of a value, its size
and its parts. For example, a suggestion for the text "12345678.0" is the number 12345678, which the exit does not find.

Therefore messages show the words "the value (write-only)" in place of a secret value.
"""

from __future__ import annotations

from collections.abc import Set as AbstractSet

from provider.contracts.schema_keywords import is_marked_secret
from provider.contracts.schema_walker import InputPath, SchemaWalker
from provider.framework import Json, Value


def is_secret(walker: SchemaWalker, write_only: AbstractSet[InputPath], path: InputPath, value: Value | Json) -> bool:
    """Return True if the value at a path is secret.

    A value is secret at a path in ``write_only`` or inside it. A value is also secret if the contract marks the value,
    or a value that contains it, as write-only or as a password. A text is secret if it can contain a secret as JSON.
    """
    if any(path[:depth] in write_only for depth in range(len(path) + 1)):
        return True
    if any(map(is_marked_secret, walker.along(path))):
        return True
    return isinstance(value, str) and _can_contain_secret(walker, write_only, path, value)


def _can_contain_secret(walker: SchemaWalker, write_only: AbstractSet[InputPath], path: InputPath, text: str) -> bool:
    if any(each[: len(path)] == path for each in write_only):
        return True
    return text.lstrip()[:1] in ("{", "[") and any(map(is_marked_secret, walker.within(path)))
