"""The measurements in their order. All compared programs run in turns, so a busy moment slows all of them."""

from __future__ import annotations

import shlex
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Final

from scripts.lib.benchmark import clones, configurations, launches, release
from scripts.lib.benchmark.figures import NEWCOMER, Rows
from scripts.lib.benchmark.replay import SandboxClient, Traffic, replay, traffic
from scripts.lib.benchmark.workspaces import Workspace
from scripts.lib.shared import cli, mirror
from scripts.lib.shared.mirror import ROOT
from scripts.lib.shared.tenant import Tenant

PARALLELISM: Final = 50
KINDS: Final[Mapping[str, Callable[[int, str], str]]] = {
    "terraform_data": configurations.floor,
    "no-op provider": configurations.noop,
    "this provider": configurations.apps,
}
"""The compared configurations, by their names in the table."""

PYTHON: Final = ROOT / ".venv" / "bin" / "python"


@dataclass
class Bench:
    """One run of the benchmark, and its figures so far.

    ``near`` is a sandbox without latency, ``far`` a sandbox with latency that contains only the planned workflows.
    A bare client sends its requests to ``apart``, which has the latency of ``far``. ``runs`` is the number of applies;
    plans and launches run more often. ``say`` receives each line of progress.
    """

    program: str
    directory: Path
    executable: Path
    near: Tenant
    far: Tenant
    apart: Tenant
    runs: int
    say: Callable[[str], None]
    rows: Rows = field(default_factory=Rows)
    sent: Traffic | None = None

    @property
    def launches(self) -> int:
        """The number of launches of each program."""
        return 10 * self.runs

    @property
    def plans(self) -> int:
        """The number of runs of each plan."""
        return 2 * self.runs

    @cached_property
    def noop(self) -> Path:
        """The no-op provider as a Python program, like the program that an installer writes for this provider."""
        path = self.directory / "noop.py"
        text = f"import sys\nsys.path.insert(0, {str(ROOT)!r})\n"
        path.write_text(f"{text}from scripts.lib.benchmark.noop import main\nsys.exit(main())\n")
        return path

    @cached_property
    def noop_executable(self) -> Path:
        """A shell script that runs the no-op provider. Its path can contain a space, unlike the path after ``#!``."""
        path = self.directory / "noop"
        path.write_text(f'#!/bin/sh\nexec {shlex.quote(str(PYTHON))} {shlex.quote(str(self.noop))} "$@"\n')
        path.chmod(0o755)
        return path

    def workspace(self, kind: str, name: str, size: int, tenant: Tenant, prefix: str = "app") -> Workspace:
        """Return a folder with `size` resources of a kind."""
        configuration = KINDS[kind](size, prefix)
        return Workspace.made(self.program, self.directory / name, self._environment(tenant), configuration)

    def _environment(self, tenant: Tenant) -> dict[str, str]:
        installed = mirror.install(self.directory, self.executable)
        mirror.install(self.directory, self.noop_executable, "noop")
        environment = cli.environment(installed.cli_config) | tenant.environment | {"HOME": str(self.home)}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)  # an installed provider has its bytecode
        return environment

    @cached_property
    def home(self) -> Path:
        """A home directory, in which the server of tf stores its certificate."""
        path = self.directory / "home"
        path.mkdir()
        return path

    # Launches

    def launch(self, archive: Path | None) -> None:
        """Launch each program in turns. The first round does not count: it writes bytecode and a certificate."""
        plugins = {"no-op provider": [PYTHON, self.noop], "this provider": [self.executable]}
        if archive:
            plugins["built binary"] = [release.unpacked(archive, self.directory / "unpacked")]
        for number in range(-1, self.launches):
            self.say(f"launches {number + 1}/{self.launches}")
            bare = launches.interpreter([PYTHON, "-c", "print()"], self.home)
            found = {name: launches.plugin(command, self.home) for name, command in plugins.items()}
            if number < 0:
                continue
            self.rows.add("launch of the bare interpreter", "ms", bare)
            for name, launch in found.items():
                self.rows.add(f"launch to handshake, {name}", "ms", launch.handshake)
            for name, launch in found.items():
                assert launch.schema is not None
                self.rows.add(f"launch to schema, {name}", "ms", launch.schema)

    def newcomer(self, archive: Path) -> None:
        """Install the archive and apply a module, like a new user without Python."""
        for number in range(self.runs):
            self.say(f"newcomers {number + 1}/{self.runs}")
            folder = self.directory / f"newcomer {number}"
            self.rows.add(NEWCOMER, "s", release.newcomer(self.program, folder, archive, self.near))

    # Plans and applies

    def one(self) -> None:
        """Plan one unchanged resource of each kind, without latency."""
        made = {kind: self.workspace(kind, f"one {kind}", 1, self.near, "one") for kind in KINDS}
        for workspace in made.values():
            workspace.apply(1)
        self._plan(made, 1, self.near, self.plans)

    def many(self, size: int) -> None:
        """Apply and plan `size` resources of each kind, with latency."""
        made: dict[str, Workspace] = {}
        for number in range(self.runs):
            self._empty(self.far)
            for kind in KINDS:
                self.say(f"apply of {size} {kind} {number + 1}/{self.runs}")
                made[kind] = self.workspace(kind, f"{size} {kind} {number}", size, self.far, f"n{size}-{number}")
                self._apply(kind, made[kind], size)
            self.say(f"replay of {size} {number + 1}/{self.runs}")
            assert self.sent is not None
            seconds = replay(self.apart, self.sent, f"again{size}-{number}", PARALLELISM)
            self.rows.add(f"replay of {size} by a bare client", "s", seconds)
        self._plan(made, size, self.far, self.plans)
        self._with_schedules(made["this provider"], size)

    def grow(self, size: int) -> None:
        """Plan `size` built-in resources and as many apps. One of each is applied, the others are copies in state."""
        self._empty(self.far)
        made = {}
        for kind, tenant in (("terraform_data", None), ("this provider", self.far)):
            self.say(f"state of {size} {kind}, to be planned")
            name, prefix = f"growth {size} {kind}", f"g{size}"
            one = self.workspace(kind, name, 1, self.far, prefix)
            one.apply(PARALLELISM)
            clones.clone(one.directory, prefix, size, tenant, PARALLELISM)
            made[kind] = one.rewritten(KINDS[kind](size, prefix))
        self._plan(made, size, self.far, self.runs)

    @staticmethod
    def _empty(tenant: Tenant) -> None:
        SandboxClient(tenant, 1).send("POST", "/_sandbox/reset")

    def _apply(self, kind: str, workspace: Workspace, size: int) -> None:
        client = SandboxClient(self.far, 1)
        before = len(client.sent())
        ran = workspace.apply(PARALLELISM)
        self.rows.add(f"apply of {size}, {kind}", "s", ran.seconds, ran.cpu)
        if kind == "this provider":
            self.sent = traffic(client.sent()[before:])
            self.rows.add(f"requests of an apply of {size}", "requests", self.sent.total)
            self.rows.add(f"memory in an apply of {size}", "MiB", ran.memory)

    def _plan(self, made: Mapping[str, Workspace], size: int, tenant: Tenant, times: int) -> None:
        for number in range(times):
            for kind, workspace in made.items():
                self.say(f"plan of {size} {kind} {number + 1}/{times}")
                self._plan_once(f"{size}, {kind}", workspace, tenant, watched=kind == "this provider")

    def _with_schedules(self, workspace: Workspace, size: int) -> None:
        self.say(f"apply of {size} schedules")
        workspace.schedule_all()
        workspace.apply(PARALLELISM)
        for number in range(self.runs):
            self.say(f"plan of {size} apps with schedules {number + 1}/{self.runs}")
            self._plan_once(f"{size}, this provider with schedules", workspace, self.far, watched=True)

    def _plan_once(self, what: str, workspace: Workspace, tenant: Tenant, *, watched: bool) -> None:
        client = SandboxClient(tenant, 1)
        before = len(client.sent())
        ran = workspace.plan()
        self.rows.add(f"plan of {what}", "s", ran.seconds, ran.cpu)
        if watched:
            self.rows.add(f"requests of a plan of {what}", "requests", len(client.sent()) - before)
            self.rows.add(f"memory in a plan of {what}", "MiB", ran.memory)


class Progress:
    """One line on stderr: the current step and the seconds since the start. A terminal shows only the last line."""

    def __init__(self) -> None:
        self._started = time.monotonic()
        self._start, self._end = ("\r\x1b[K", "") if sys.stderr.isatty() else ("", "\n")

    def __call__(self, what: str) -> None:
        seconds = time.monotonic() - self._started
        print(f"{self._start}benchmark, {seconds:.0f} s: {what}", end=self._end, file=sys.stderr, flush=True)

    def end(self) -> None:
        """Clear the line."""
        if not self._end:
            print(self._start, end="", file=sys.stderr, flush=True)
