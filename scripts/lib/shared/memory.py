"""Measure the memory of the provider's processes."""

from __future__ import annotations

import threading
from types import TracebackType
from typing import Self

import psutil

EVERY_SECONDS = 0.2
MIB = 2**20
_NAME = "terraform-provider-atlan"


def resident(process_id: int) -> float:
    """Return the resident memory of a process, in MiB."""
    return float(psutil.Process(process_id).memory_info().rss) / MIB


class Watch:
    """Measure the memory of the provider's processes among the children of a command, while the block runs.

    ``peak`` is the maximum of a single process, in MiB.
    """

    def __init__(self, process_id: int) -> None:
        self.peak = 0.0
        self._command = psutil.Process(process_id)
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._watch)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._over.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._over.wait(EVERY_SECONDS):
            try:
                sizes = [each.memory_info().rss for each in self._command.children(recursive=True) if _is_ours(each)]
            except psutil.Error:  # the process has ended
                continue
            self.peak = max([self.peak, *(size / MIB for size in sizes)])


def _is_ours(process: psutil.Process) -> bool:
    return any(_NAME in part for part in process.cmdline())
