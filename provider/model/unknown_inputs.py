"""The setting ``unknown_inputs``: what an input is that a contract accepts without declaring it."""

from __future__ import annotations

from typing import Final, Literal, TypeAlias

from provider.framework import Value

Policy: TypeAlias = Literal["near", "error", "warning", "allow"]
"""``near`` is an error if a declared name is similar, or else a warning.

The other policies are the same for all names. ``allow`` reports nothing.
"""

POLICIES: Final[tuple[Policy, ...]] = ("near", "error", "warning", "allow")
DEFAULT_POLICY: Final[Policy] = "near"


def as_policy(value: Value) -> Policy:
    """Return the configured policy, or the default if the value is null or unknown."""
    return next((policy for policy in POLICIES if policy == value), DEFAULT_POLICY)
