"""Errors of the setup in plans: a refused key, an untrusted certificate, an answer that is not the service's.

A plan continues without an answer that it does not need. But if the setup is wrong, the apply cannot succeed, so the
plan fails. It reports the error once, and not for each of its resources.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from provider.client.errors import AtlanError

_REPEAT_SECONDS: Final = 30.0
"""The time after which the error is raised again, because one configured process can make several plans."""


class SetupErrors:
    """The error of the setup that plans have reported. Safe for threads. ``clock`` returns seconds."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._repeat_at: float | None = None

    def raise_once(self, error: AtlanError) -> bool:
        """Raise an error of the setup, unless another resource of this plan has raised one.

        Then return True, because this plan fails already. Return False for any other error: the answer is missing.
        """
        if not error.is_setup_error:
            return False
        with self._lock:
            if self._repeat_at is not None and self._clock() < self._repeat_at:
                return True
            self._repeat_at = self._clock() + _REPEAT_SECONDS
        raise error
