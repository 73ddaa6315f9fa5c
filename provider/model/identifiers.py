"""Identifiers that are part of a URL: slugs, trigger ids, app ids, run ids."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

from provider.framework import Finding, Path, UserError, Value

if TYPE_CHECKING:
    from provider.framework.validators import Validator

_USABLE_PATTERN: Final = re.compile(r"[A-Za-z0-9_~-][A-Za-z0-9._~-]*")


def is_usable(identifier: str) -> bool:
    """Return True if the service could have created the identifier.

    Such an identifier contains letters, digits and ``- . _ ~``, and does not start with a dot.
    """
    return _USABLE_PATTERN.fullmatch(identifier) is not None


def usable(example: str) -> Validator:
    """Return a validator that accepts only a usable identifier. Its finding shows the example."""

    def check(value: Value, path: Path) -> Iterable[Finding]:
        if isinstance(value, str) and not is_usable(value):
            reason = "It is empty." if value == "" else "It contains characters that no identifier of the service has."
            yield Finding(f'"{value}" is not usable as {path[-1]}', f"{reason} An example is {example}.", path)

    return check


def stored(value: Value, name: str) -> str:
    """Return the identifier in an attribute of a stored state. Raises UserError for any other value.

    Terraform stores an identifier in every state, so only a state that was edited can lack it.
    """
    if isinstance(value, str):
        return value
    raise UserError(
        f"{name} is missing in the state",
        "The state does not identify the object. Remove the object from the state, and import it again.",
        [name],
    )
