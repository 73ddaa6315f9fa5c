"""The keys of the ``extra`` of a workflow's own credential in private state, without their values."""

from __future__ import annotations

from typing import Final

from provider.framework import Context
from provider.framework import private_state as shape
from provider.resources.app.schema import AppState

_SENT_KEY: Final = "credential_extra_keys"

_PLANNED_KEY: Final = "planned_credential_extra_keys"

SHAPES: Final = {_SENT_KEY: shape.STRINGS, _PLANNED_KEY: shape.STRINGS}
"""The shape of the value of each key."""


def remember_sent(ctx: Context[AppState], keys: list[str]) -> None:
    """Record the keys of the ``extra`` that a publish has sent."""
    ctx.private[_SENT_KEY] = keys
    ctx.private.pop(_PLANNED_KEY, None)


def remember_planned(ctx: Context[AppState], keys: list[str]) -> None:
    """Record the keys of an ``extra`` before a publish sends them, because its answer may be lost."""
    ctx.private[_PLANNED_KEY] = sorted({*ctx.private.get(_PLANNED_KEY, []), *keys})


def sent_keys(ctx: Context[AppState]) -> list[str]:
    """Return the keys of the ``extra`` that was last sent, and those of publishes without an answer."""
    return [*ctx.private.get(_SENT_KEY, []), *ctx.private.get(_PLANNED_KEY, [])]


def was_sent(ctx: Context[AppState]) -> bool:
    """Return True if a publish of this configuration has sent a credential."""
    return _SENT_KEY in ctx.private
