"""The interrupts of a campaign: configuration, moments, signals, and the state after each."""

import contextlib
import json
import os
import random
import re
import shutil
import signal
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil

from tests.support.configurations import CONNECTION
from tests.support.sandbox import Sandbox
from tests.support.terraform import Result, Running, Workspace
from tests.support.ui import live, remove_schedule

APPS = 20
STEPS = ("create", "update", "update", "destroy")
# The requests of a step with 20 workflows, a schedule for each, and a run: only writes, and all requests.
WRITES = {"create": 2 * APPS + 1, "update": 3 * APPS + 1, "destroy": 2 * APPS}
REQUESTS = {"create": 4 * APPS, "update": 8 * APPS, "destroy": 4 * APPS}
# The provider alone ignores SIGINT, because Terraform stops the provider.
TARGETS = {
    "SIGINT": ("terraform", "provider", "both"),
    "SIGINT twice": ("terraform", "both"),
    "SIGTERM": ("terraform", "provider", "both"),
    "SIGKILL": ("terraform", "provider", "both"),
}
SECONDS = 120.0
ACTIVE = ("Pending", "Running", "Paused")
# A request with an incomplete body has no status in the log, and changes nothing.
CUT_OFF_SECONDS = 3.0

_BLOCK = re.compile(r'import \{\n  to = (\S+)\n  id = "[^"\n]+"\n\}')
_STOPPING = "Interrupt received"


@dataclass(frozen=True)
class Case:
    """One interrupt: at the ``number``-th request of a step. ``what`` says which requests are counted."""

    step: str
    signal: str
    target: str
    what: str
    number: int

    def __str__(self) -> str:
        return f"{self.signal} to {self.target} in {self.step}, when {self.number} {self.what}"

    @property
    def kills(self) -> bool:
        """Return True if the signal may kill Terraform before it stores an answer in state."""
        return self.signal in ("SIGKILL", "SIGINT twice")


@dataclass(frozen=True)
class Round:
    """A create, two updates and a destroy, with an interrupt in each, the tenant's options, and its latency in ms."""

    number: int
    surface_schedules: bool
    surface_inputs: bool
    latency_ms: int
    cases: tuple[Case, ...]


def rounds(count: int, seed: int) -> list[Round]:
    """Return that number of rounds. Each round has every signal, and the order differs from round to round."""
    return [_round(number, random.Random(f"{seed}/{number}")) for number in range(count)]


def _round(number: int, chance: random.Random) -> Round:
    cases = tuple(_case(step, [*TARGETS][(number + place) % len(TARGETS)], chance) for place, step in enumerate(STEPS))
    return Round(number, number % 10 != 8, number % 10 != 9, chance.randrange(50, 150), cases)


def _case(step: str, name: str, chance: random.Random) -> Case:
    what = chance.choice(("writes sent", "writes answered", "requests sent"))
    most = REQUESTS[step] if what == "requests sent" else WRITES[step]
    # after the last answer there is nothing to interrupt
    return Case(step, name, chance.choice(TARGETS[name]), what, chance.randrange(1, most))


def configuration(generation: int) -> str:
    """Return the workflows with a schedule each, and a run of the first. Each generation differs in every resource."""
    apps = "".join(_app(number, generation) + _schedule(number, generation) for number in range(APPS))
    return f"""{apps}
resource "atlan_app_run" "run" {{
  slug     = atlan_app.app_0.slug
  triggers = {{ generation = "{generation}" }}
}}
"""


def _app(number: int, generation: int) -> str:
    """Return a workflow. Every second one has a new connection."""
    filters = f'include_filter = provider::atlan::anchored_filter({{ generation-{generation} = ["a"] }})'
    minted = number % 2 == 0
    connection = 'asset_connection = { name = "analytics", admin_users = ["admin"] }' if minted else ""
    given = "" if minted else f"connection = jsondecode({json.dumps(json.dumps(CONNECTION))})"
    return f"""
resource "atlan_app" "app_{number}" {{
  app_id     = "bigquery-crawler"
  entrypoint = "crawler"
  name       = "app {number}"
  inputs     = {{
    {filters}
    {given}
  }}
  {connection}
}}
"""


def _schedule(number: int, generation: int) -> str:
    """Return a schedule. Every third one follows its workflow's version."""
    version = f"app_version = atlan_app.app_{number}.published_version" if number % 3 == 0 else ""
    return f"""
resource "atlan_app_schedule" "schedule_{number}" {{
  slug = atlan_app.app_{number}.slug
  cron = "{generation} {number} * * *"
  {version}
}}
"""


@dataclass(frozen=True)
class Converged:
    """The number of applies, the addresses of the used import blocks, and the texts of the errors and the warnings."""

    applies: int
    pasted: frozenset[str]
    said: tuple[str, ...]
    warned: str


class Environment:
    """A tenant and a workspace: interrupt a command, read the state, and act as a user does."""

    def __init__(self, sandbox: Sandbox, workspace: Workspace) -> None:
        self.sandbox = sandbox
        self.workspace = workspace
        self.state_file = Path(workspace.directory, "terraform.tfstate")

    # The interrupt

    def interrupt(self, case: Case, *options: str) -> tuple[Result, bool]:
        """Start a step, interrupt it, and wait for all its processes. Return its result, and if it was interrupted.

        If it ended before the interrupt, it was not interrupted. ``options`` are those of the command.
        """
        for _ in range(3):
            self.sandbox.expect_run("Running", "Running", "Succeeded")
        since = len(self.sandbox.requests())
        with (
            self.workspace.start(_command(case.step), "-auto-approve", *options) as running,
            _ended(running) as known,
        ):
            interrupted = _wait(lambda: self._count(case.what, since) >= case.number, unless=lambda: _is_over(running))
            if interrupted:
                known.extend(psutil.Process(running.process.pid).children(recursive=True))
                _send(running, case, known)
            result = running.wait(SECONDS)
            _, surviving = psutil.wait_procs(known, timeout=SECONDS)
            assert [] == surviving, "a provider did not end by itself"
        _wait(self._is_settled)
        return result, interrupted

    def _count(self, what: str, since: int) -> int:
        entries = self.sandbox.requests()[since:]
        if what == "requests sent":
            return len(entries)
        return len([each for each in entries if _is_write(each) and (what == "writes sent" or each["status"])])

    def _is_settled(self) -> bool:
        """Return True if all requests have been handled."""
        late = time.time() - CUT_OFF_SECONDS
        return not any(each["status"] is None and each["at"] > late for each in self.sandbox.requests())

    # The actions of a user

    def restore_state(self) -> bool:
        """Replace an empty or incomplete state file by Terraform's backup. Return True if it was replaced.

        Terraform empties the file before it writes the file. A kill between the two loses the state, whatever the
        provider does. Without a backup, the state was empty before.
        """
        if not self.state_file.exists() or _is_json(self.state_file):
            return False
        backup = self.state_file.with_name("terraform.tfstate.backup")
        self.state_file.unlink()
        if backup.exists():
            shutil.copy(backup, self.state_file)
        return True

    def converge(self, step: str, most: int) -> Converged:
        """Repeat the step until it succeeds, with the import blocks that its errors print."""
        blocks: dict[str, str] = {}
        said: list[str] = []
        warned: list[str] = []
        for applies in range(1, most + 1):
            result = self.workspace.run(_command(step), "-auto-approve", "-json")
            warned += [each["summary"] for each in result.diagnostics if each["severity"] == "warning"]
            if result.returncode == 0:
                Path(self.workspace.directory, "import.tf").unlink(missing_ok=True)
                return Converged(applies, frozenset(blocks), tuple(said), "\n".join(warned))
            said += [f"{each['summary']}\n{each['detail']}" for each in result.errors]
            blocks |= {found[1]: found[0] for text in said for found in _BLOCK.finditer(text)}
            self.workspace.write("\n".join(blocks.values()), "import.tf")
        raise AssertionError(f"there are still errors after {most} applies:\n" + "\n---\n".join(said))

    def remove_unknown_triggers(self) -> list[str]:
        """Remove each trigger that is not in state, and return their ids."""
        known = {each["trigger_id"] for each in self.state("atlan_app_schedule").values()}
        unknown = [
            (app["slug"], trigger["trigger_id"])
            for app in live(self.sandbox)
            for trigger in app["schedules"]
            if trigger["trigger_id"] not in known
        ]
        for slug, trigger_id in unknown:
            remove_schedule(self.sandbox, slug, trigger_id)
        return [trigger_id for _, trigger_id in unknown]

    # The objects of the tenant and of state

    def state(self, kind: str) -> dict[str, Any]:
        """Return the attributes of each resource of that type in state by its label."""
        return {each["name"]: each["instances"][0]["attributes"] for each in self._resources() if each["type"] == kind}

    def tainted(self) -> list[str]:
        return [
            f"{each['type']}.{each['name']}"
            for each in self._resources()
            for instance in each["instances"]
            if instance.get("status") == "tainted"
        ]

    def _resources(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = []
        if self.state_file.exists():
            found = json.loads(self.state_file.read_text())["resources"]
        return [each for each in found if each["instances"]]

    def workflows(self) -> dict[str, list[str]]:
        """Return the slugs of the live workflows by their names."""
        found: dict[str, list[str]] = {}
        for each in live(self.sandbox):
            found.setdefault(each["name"], []).append(each["slug"])
        return found

    def triggers(self) -> list[tuple[str, str, str]]:
        """Return slug, trigger id and cron of each trigger of a live workflow, sorted."""
        return sorted(
            (app["slug"], each["trigger_id"], each["cron"]) for app in live(self.sandbox) for each in app["schedules"]
        )

    def active_runs(self) -> dict[str, int]:
        """Return the number of active runs by slug, for each workflow with one, live or archived."""
        counts = {
            app["slug"]: len([run for run in app["runs"] if run["status"] in ACTIVE])
            for app in self.sandbox.workflows()
        }
        return {slug: count for slug, count in counts.items() if count}


def _is_json(path: Path) -> bool:
    try:
        json.loads(path.read_text())
    except ValueError:
        return False
    return True


def _command(step: str) -> str:
    return "destroy" if step == "destroy" else "apply"


def _is_write(entry: dict[str, Any]) -> bool:
    return entry["method"] != "GET" and "/api/service/v1/app" in entry["path"]


def _is_over(running: Running) -> bool:
    return running.process.poll() is not None


@contextlib.contextmanager
def _ended(running: Running) -> Iterator[list[psutil.Process]]:
    """Yield a list of processes, and kill those that still run at the end."""
    processes: list[psutil.Process] = []
    try:
        yield processes
    finally:
        running.end()
        for process in processes:
            with contextlib.suppress(psutil.NoSuchProcess):
                process.kill()


def _send(running: Running, case: Case, providers: list[psutil.Process]) -> None:
    number = signal.Signals[case.signal.split()[0]]
    _send_once(running, number, case.target, providers)
    if case.signal == "SIGINT twice":
        _wait(lambda: _STOPPING in running.output, unless=lambda: _is_over(running))
        _send_once(running, number, case.target, providers)


def _send_once(running: Running, number: signal.Signals, target: str, providers: list[psutil.Process]) -> None:
    if target == "terraform":
        running.send(number)
    elif target == "both":
        with contextlib.suppress(ProcessLookupError):
            os.killpg(running.process.pid, number)
    for process in providers if target == "provider" else []:
        with contextlib.suppress(psutil.NoSuchProcess):
            process.send_signal(number)


def _wait(condition: Callable[[], bool], unless: Callable[[], bool] = lambda: False) -> bool:
    """Wait for the condition and return True, or return False if `unless` becomes true."""
    deadline = time.monotonic() + SECONDS
    pause = threading.Event()
    while not condition():
        if unless():
            return False
        assert time.monotonic() < deadline, "the condition was not true in time"
        pause.wait(0.01)
    return True
