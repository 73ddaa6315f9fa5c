"""The process that started this one. The parent can end without a signal to this process."""

from __future__ import annotations

import os
import sys


class Parent:
    """The parent process, which may have ended.

    On Unix, an orphan gets another parent, so a changed parent id shows the end. On Windows the id stays, so the
    parent process itself is observed. ``orphans_move`` is True on Unix.
    """

    def __init__(self, *, orphans_move: bool = sys.platform != "win32") -> None:
        self._id = os.getppid()
        self._process = None
        if not orphans_move:
            import psutil

            self._process = psutil.Process(self._id)

    @property
    def is_gone(self) -> bool:
        """Return True if the parent has ended. Another process with the same id does not count."""
        if self._process is not None:
            return not self._process.is_running()
        return os.getppid() != self._id
