"""Folders in which the real CLI is run, timed and watched."""

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
"""How long one command may take."""


class CommandError(Exception):
    """A command of the CLI failed; the message is what it printed."""


class Ran(NamedTuple):
    """Seconds by the clock and of processor time, the provider's part included; the most memory of this provider in
    MiB (0 where it had no part); and what was printed."""

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
        """A folder that is ready for plans and applies."""
        directory.mkdir(parents=True)
        (directory / SCHEDULES).write_text("[]")
        workspace = cls(program, directory, environment).rewritten(configuration)
        workspace.run("init")
        return workspace

    def rewritten(self, configuration: str) -> Workspace:
        """The same folder with another configuration."""
        (self.directory / "main.tf").write_text(configuration)
        return self

    def plan(self, *, changes: bool = False) -> Ran:
        """Plan; raises CommandError unless it changes something exactly if it is to."""
        return self.run("plan", "-detailed-exitcode", "-lock=false", code=2 if changes else 0)

    def apply(self, parallelism: int) -> Ran:
        """Apply everything."""
        return self.run("apply", "-auto-approve", f"-parallelism={parallelism}")

    def schedule_all(self) -> None:
        """Give each app that was applied a schedule."""
        (self.directory / SCHEDULES).write_text(json.dumps(self.output("slugs")))

    def output(self, name: str) -> Any:
        """A value that the configuration tells."""
        return json.loads(self.run("output", "-json", name, colour=False).output)

    def run(self, *arguments: str, code: int = 0, colour: bool = True) -> Ran:
        """Run a command to its end. Raises CommandError where it ends otherwise than with that code."""
        command = [self.program, *arguments, *(["-no-color"] if colour else [])]
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
    """Seconds of processor time that commands which have ended took, with what they had launched."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
