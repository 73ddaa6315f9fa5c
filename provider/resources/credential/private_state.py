"""The private state of a credential: names of keys in ``extra``, without their values."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from provider import ownership
from provider.framework import Context, Json
from provider.framework import private_state as shape
from provider.model import extra_keys
from provider.resources.credential.schema import CredentialState

_WRITE_ONLY_KEY: Final = "extra_wo_keys"
_PLANNED_KEY: Final = "planned_extra_keys"
_HIDDEN_KEY: Final = "hidden_extra_keys"

SHAPES: Final = {
    _WRITE_ONLY_KEY: shape.STRINGS,
    _PLANNED_KEY: shape.STRINGS,
    _HIDDEN_KEY: shape.STRINGS,
    **ownership.SHAPES,
}
"""The shape of the value of each key."""


def remember_write_only(ctx: Context[CredentialState]) -> None:
    """Record the keys of the sent ``extra_wo``, so that a key that leaves the configuration is removed."""
    ctx.private[_WRITE_ONLY_KEY] = sorted(extra_keys.with_values(ctx.config["extra_wo"]))
    ctx.private.pop(_PLANNED_KEY, None)
    ctx.private.pop(_HIDDEN_KEY, None)


def remember_planned(ctx: Context[CredentialState]) -> None:
    """Record the configured keys before an update sends them, because its answer may be lost."""
    configured = extra_keys.with_values(ctx.config["extra"], ctx.config["extra_wo"])
    ctx.private[_PLANNED_KEY] = sorted({*ctx.private.get(_PLANNED_KEY, []), *configured})


def was_sent(ctx: Context[CredentialState]) -> bool:
    """Return True if a create or update of this configuration has sent the credential."""
    return _WRITE_ONLY_KEY in ctx.private


def sent_keys(ctx: Context[CredentialState]) -> list[str]:
    """Return the keys that state does not contain: of the last sent ``extra_wo``, and of updates without an answer."""
    return [*ctx.private.get(_WRITE_ONLY_KEY, []), *ctx.private.get(_PLANNED_KEY, [])]


def remember_hidden(ctx: Context[CredentialState], extra: dict[str, Json] | None) -> None:
    """Record the keys of a read ``extra`` whose values the service does not show."""
    ctx.private[_HIDDEN_KEY] = extra_keys.hidden(extra)


def hidden_keys(ctx: Context[CredentialState]) -> Iterable[str]:
    """Return the keys that the last read listed without a value."""
    keys: list[str] = ctx.private.get(_HIDDEN_KEY, [])
    return keys
