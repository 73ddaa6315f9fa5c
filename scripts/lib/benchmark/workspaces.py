"""Folders in which the real CLI runs, with the time and memory of each command."""

from __future__ import annotations

import json
import resource
import subprocess
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from scripts.lib.benchmark.configurations import SCHEDULES
from scripts.lib.shared.memory import Watch

SECONDS = 3600.0
"""The longest time of one command."""


class CommandError(Exception):
    """A command of the CLI failed. The message is the output of the command."""


class Ran(NamedTuple):
    """A finished command: seconds by the clock, seconds of processor time, memory and output.

    The processor time includes the provider's. `memory` is the maximum of this provider in MiB, 0 if it did not run.
    """

    seconds: float
    cpu: float
    memory: float
    output: str


@dataclass(frozen=True)
class Workspace:
    """A folder with one configuration."""

    program: str
    directory: Path
    environment: Mapping[str, str]

    @classmethod
    def made(cls, program: str, directory: Path, environment: Mapping[str, str], configuration: str) -> Workspace:
        """Create a folder and run ``init`` in it."""
        directory.mkdir(parents=True)
        (directory / SCHEDULES).write_text("[]")
        workspace = cls(program, directory, environment).rewritten(configuration)
        workspace.run("init")
        return workspace

    def rewritten(self, configuration: str) -> Workspace:
        """Replace the configuration, and return the same folder."""
        (self.directory / "main.tf").write_text(configuration)
        return self

    def plan(self, *, changes: bool = False) -> Ran:
        """Plan. Raises CommandError if the plan has changes and `changes` is False, or the other way round."""
        return self.run("plan", "-detailed-exitcode", "-lock=false", code=2 if changes else 0)

    def apply(self, parallelism: int) -> Ran:
        """Apply everything."""
        return self.run("apply", "-auto-approve", f"-parallelism={parallelism}")

    def schedule_all(self) -> None:
        """Add a schedule for each applied app to the configuration."""
        (self.directory / SCHEDULES).write_text(json.dumps(self.output("slugs")))

    def output(self, name: str) -> Any:
        """Return the value of an output."""
        return json.loads(self.run("output", "-json", name, color=False).output)

    def run(self, *arguments: str, code: int = 0, color: bool = True) -> Ran:
        """Run a command to its end. Raises CommandError for another exit code than `code`."""
        command = [self.program, *arguments, *(["-no-color"] if color else [])]
        started, used = time.perf_counter(), _used()
        with (
            subprocess.Popen(
                command,
                cwd=self.directory,
                env=dict(self.environment),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                encoding="utf-8",
            ) as process,
            Watch(process.pid) as watch,
        ):
            output, _ = process.communicate(timeout=SECONDS)
            seconds = time.perf_counter() - started
        if process.returncode != code:
            raise CommandError(f"{' '.join(command)} ended with {process.returncode}:\n{output[-4000:]}")
        return Ran(seconds, _used() - used, watch.peak, output)


def _used() -> float:
    """Return the seconds of processor time of all ended commands and their child processes."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
