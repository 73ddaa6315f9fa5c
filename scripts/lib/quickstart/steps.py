"""Run commands one after another, show them, and stop them without losing state."""

import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import FrameType


class StepError(Exception):
    """A step failed or was interrupted. The message has the reason."""


def say(text: str) -> None:
    """Print a heading before the output of a command."""
    print(f"\n>> {text}", flush=True)


class Steps:
    """The commands of one program in one folder. SIGINT, SIGTERM and SIGHUP interrupt the running command.

    Terraform saves its state after an interrupt, so the step waits for its end and does not kill it.
    """

    def __init__(self, program: str, directory: Path) -> None:
        self.program, self.directory = program, directory
        self.name = Path(program).name
        self.environment: Mapping[str, str] = {}
        self._running: subprocess.Popen[str] | None = None
        self._stopped = False
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._stop)

    def _stop(self, number: int, frame: FrameType | None) -> None:
        self._stopped = True
        if self._running is not None and number != signal.SIGINT:  # a terminal sends SIGINT to both processes
            self._running.send_signal(signal.SIGINT)

    def run(self, what: str, *arguments: str, meaning: Mapping[int, str] | None = None, quiet: bool = False) -> None:
        """Print a heading and run the command. Raises StepError.

        `meaning` has the message for an exit code. The output of a `quiet` command is shown only if it fails.
        """
        if self._stopped:
            raise StepError("interrupted")
        say(f"{what}: {self.name} {' '.join(arguments)}")
        code, printed = self._finish(arguments, quiet=quiet)
        if printed and (code or self._stopped):
            print(printed, end="", flush=True)
        if self._stopped:
            raise StepError(f"{self.name} {arguments[0]} was interrupted")
        if code:
            why = (meaning or {}).get(code, f"it ended with {code}")
            raise StepError(f"{self.name} {arguments[0]} failed: {why}")

    def _finish(self, arguments: Sequence[str], *, quiet: bool) -> tuple[int, str]:
        color = [] if sys.stdout.isatty() and not quiet else ["-no-color"]
        self._running = subprocess.Popen(
            [self.program, arguments[0], *color, *arguments[1:]],
            cwd=self.directory,
            env=dict(self.environment),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE if quiet else None,
            stderr=subprocess.STDOUT if quiet else None,
            encoding="utf-8",
        )
        printed, _ = self._running.communicate()
        code = self._running.returncode
        self._running = None
        return code, printed or ""

    def resume(self) -> None:
        """Clear an interrupt, so that a cleanup can run after it."""
        self._stopped = False
