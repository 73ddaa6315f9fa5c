"""Identifiers that are part of a URL: slugs, trigger ids, app ids, run ids."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from provider.framework import Finding, UserError, Value

_USABLE_PATTERN: Final = re.compile(r"[A-Za-z0-9_~-][A-Za-z0-9._~-]*")


def is_usable(identifier: str) -> bool:
    """Return True if the service could have created the identifier.

    Such an identifier contains letters, digits and ``- . _ ~``, and does not start with a dot.
    """
    return _USABLE_PATTERN.fullmatch(identifier) is not None


def check(config: Mapping[str, Any], name: str, example: str) -> list[Finding]:
    """Return a finding if the identifier in an attribute is not usable. Null and Unknown are not checked."""
    value = config[name]
    if not isinstance(value, str) or is_usable(value):
        return []
    reason = "It is empty." if value == "" else "It contains characters that no identifier of the service has."
    return [Finding(f'"{value}" is not usable as {name}', f"{reason} An example is {example}.", [name])]


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
