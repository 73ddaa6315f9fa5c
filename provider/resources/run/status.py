"""The status of a run."""

from __future__ import annotations

from provider.client.statuses import SUCCESS, TERMINAL_STATUSES
from provider.framework import UnknownType

Status = str | UnknownType | None


def has_ended(status: Status) -> bool:
    """Return True if the status will not change any more."""
    return status in TERMINAL_STATUSES


def has_failed(status: Status) -> bool:
    """Return True if the run has ended without success."""
    return has_ended(status) and status != SUCCESS
