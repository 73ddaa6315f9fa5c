"""Find the values of inputs that a message must not contain.

The exit of diagnostics redacts registered secrets in the finished text. It cannot recognize a secret that a message
has shortened or escaped, and it does not know the values that only the contract marks as secret. Therefore messages
show the words "the value (write-only)" in place of a secret value, and no part of it.
"""

from __future__ import annotations

from collections.abc import Set as AbstractSet

from provider.contracts.schema_keywords import is_marked_secret
from provider.contracts.schema_walker import InputPath, SchemaWalker
from provider.framework import Json, Value


def is_secret(walker: SchemaWalker, write_only: AbstractSet[InputPath], path: InputPath, value: Value | Json) -> bool:
    """Return True if the value at a path is secret.

    It is secret at or below a path of ``write_only``, and where the contract marks it or a value around it as
    write-only or as a password. A text is also secret if it can be JSON text that contains such a value.
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
