"""Sandboxes that are used again, because starting one takes longer than most tests.

After a test its sandbox is emptied, and kept for the next test with the same options, unless the test stopped it.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.support.sandbox import Sandbox

BOTH_CONTRACTS = pytest.mark.parametrize("contracts", ["open", "closed"], indirect=True)
"""Run a test with open and with closed contracts: the fixture `contracts` has the form."""

_Options = tuple[tuple[str, Any], ...]
_MOST_IDLE = 4


class SandboxPool:
    """Lend sandboxes, each with its own database in `folder`. `close()` stops those that are kept."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._started = 0
        self._idle: list[tuple[_Options, Sandbox]] = []

    @contextmanager
    def lend(self, **options: Any) -> Iterator[Sandbox]:
        """Yield an empty sandbox with these options (those of `Sandbox`).

        No other test uses it until the block ends.
        """
        wanted = tuple(sorted(options.items()))
        sandbox = self._kept(wanted) or self._start(options)
        try:
            yield sandbox
        finally:
            self._take_back(wanted, sandbox)

    def close(self) -> None:
        """Stop all sandboxes that are not lent."""
        while self._idle:
            self._idle.pop()[1].stop()

    def _kept(self, wanted: _Options) -> Sandbox | None:
        for index, (options, _) in enumerate(self._idle):
            if options == wanted:
                return self._idle.pop(index)[1]
        return None

    def _start(self, options: dict[str, Any]) -> Sandbox:
        self._started += 1
        return Sandbox(database=self._folder / f"sandbox-{self._started}.db", **options)

    def _take_back(self, options: _Options, sandbox: Sandbox) -> None:
        if not sandbox.runs():
            sandbox.stop()
            return
        try:
            sandbox.reset()
        except BaseException:
            sandbox.stop()
            raise
        self._idle.append((options, sandbox))
        if len(self._idle) > _MOST_IDLE:
            self._idle.pop(0)[1].stop()
