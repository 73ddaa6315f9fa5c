"""The process that started this one: Terraform, which may be gone without a word."""

from __future__ import annotations

import os
import sys


class Parent:
    """The parent of this process. Its child is told of its end where children are handed on, and looks elsewhere."""

    def __init__(self, *, handed_on: bool = sys.platform != "win32") -> None:
        self._id = os.getppid()
        self._process = None
        if not handed_on:
            import psutil

            self._process = psutil.Process(self._id)

    @property
    def is_gone(self) -> bool:
        """Whether it has ended. A process that has taken its number over is not it."""
        if self._process is not None:
            return not self._process.is_running()
        return os.getppid() != self._id
