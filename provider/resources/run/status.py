"""The status of a run."""

from __future__ import annotations

from typing import Final

from provider.client.statuses import ACTIVE_STATUSES, SUCCESS, TERMINAL_STATUSES
from provider.framework import UnknownType

Status = str | UnknownType | None

UNKNOWN_STATUS_MINUTES: Final = 10
"""The longest wait while a run keeps a status that is not known, because such a status may be final."""


def has_ended(status: Status) -> bool:
    """Return True if the status will not change any more."""
    return status in TERMINAL_STATUSES


def has_failed(status: Status) -> bool:
    """Return True if the run has ended without success."""
    return has_ended(status) and status != SUCCESS


def is_known(status: Status) -> bool:
    """Return True if it is known whether the status is final. It is not known either if there is no status."""
    return status in ACTIVE_STATUSES or has_ended(status)
