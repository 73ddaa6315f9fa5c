"""What the interrupts are: the configuration, the moments and the signals, and the world in which they come."""

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
from tests.support.terraform import Running, Workspace
from tests.support.ui import live, remove_schedule

APPS = 20
STEPS = ("create", "update", "update", "destroy")
# What a step of 20 workflows, each with a schedule, and a run sends: all that changes something, and all of it.
WRITES = {"create": 2 * APPS + 1, "update": 3 * APPS + 1, "destroy": 2 * APPS}
REQUESTS = {"create": 4 * APPS, "update": 8 * APPS, "destroy": 4 * APPS}
# A provider alone ignores SIGINT, once or twice: Terraform is to tell it.
TARGETS = {
    "SIGINT": ("terraform", "provider", "both"),
    "SIGINT twice": ("terraform", "both"),
    "SIGTERM": ("terraform", "provider", "both"),
    "SIGKILL": ("terraform", "provider", "both"),
}
SECONDS = 120.0
ACTIVE = ("Pending", "Running", "Paused")
# A request that was cut off within its body gets no status in the log, and changes nothing.
CUT_OFF_SECONDS = 3.0

_BLOCK = re.compile(r'import \{\n  to = (\S+)\n  id = "[^"\n]+"\n\}')
_STOPPING = "Interrupt received"


@dataclass(frozen=True)
class Case:
    """One interrupt: when its step has come to its ``number``-th request, as ``what`` counts them."""

    step: str
    signal: str
    target: str
    what: str
    number: int

    def __str__(self) -> str:
        return f"{self.signal} to {self.target} in {self.step}, when {self.number} {self.what}"

    @property
    def kills(self) -> bool:
        """Whether nobody may be left who could record an answer."""
        return self.signal in ("SIGKILL", "SIGINT twice")


@dataclass(frozen=True)
class Round:
    """One life of the workflows, with an interrupt in each step; what the tenant tells, and its latency in ms."""

    number: int
    surface_schedules: bool
    surface_inputs: bool
    latency_ms: int
    cases: tuple[Case, ...]


def rounds(count: int, seed: int) -> list[Round]:
    """That many, each with every signal, and every signal in turn in every step."""
    return [_round(number, random.Random(f"{seed}/{number}")) for number in range(count)]


def _round(number: int, chance: random.Random) -> Round:
    cases = tuple(_case(step, [*TARGETS][(number + place) % len(TARGETS)], chance) for place, step in enumerate(STEPS))
    return Round(number, number % 10 != 8, number % 10 != 9, chance.randrange(50, 150), cases)


def _case(step: str, name: str, chance: random.Random) -> Case:
    what = chance.choice(("writes sent", "writes answered", "requests sent"))
    most = REQUESTS[step] if what == "requests sent" else WRITES[step]
    # nothing is left to interrupt once the last write is answered
    return Case(step, name, chance.choice(TARGETS[name]), what, chance.randrange(1, most))


def configuration(generation: int) -> str:
    """The workflows with a schedule each, and a run of the first; another generation differs in every resource."""
    apps = "".join(_app(number, generation) + _schedule(number, generation) for number in range(APPS))
    return f"""{apps}
resource "atlan_app_run" "run" {{
  slug     = atlan_app.app_0.slug
  triggers = {{ generation = "{generation}" }}
}}
"""


def _app(number: int, generation: int) -> str:
    """Every second one mints its connection."""
    inputs = {"include_filter": {f"^generation-{generation}$": ["^a$"]}}
    minted = number % 2 == 0
    connection = 'connection = { name = "analytics", admin_users = ["admin"] }' if minted else ""
    given = json.dumps(json.dumps(inputs if minted else {"connection": CONNECTION, **inputs}))
    return f"""
resource "atlan_app" "app_{number}" {{
  app_id     = "bigquery-crawler"
  entrypoint = "crawler"
  name       = "app {number}"
  inputs     = jsondecode({given})
  {connection}
}}
"""


def _schedule(number: int, generation: int) -> str:
    """Every third one follows its workflow's version."""
    version = f"app_version = atlan_app.app_{number}.version" if number % 3 == 0 else ""
    return f"""
resource "atlan_app_schedule" "schedule_{number}" {{
  slug = atlan_app.app_{number}.slug
  cron = "{generation} {number} * * *"
  {version}
}}
"""


@dataclass(frozen=True)
class Converged:
    """How many applies it took, the addresses whose import block was pasted, and what the failed ones said."""

    applies: int
    pasted: frozenset[str]
    said: tuple[str, ...]


class World:
    """A tenant and a workspace: what is interrupted, what is there afterwards, and what a person does then."""

    def __init__(self, sandbox: Sandbox, workspace: Workspace) -> None:
        self.sandbox = sandbox
        self.workspace = workspace
        self.state_file = Path(workspace.directory, "terraform.tfstate")

    # The interrupt

    def interrupt(self, case: Case) -> bool:
        """Begin the step, interrupt it, and return when nothing of it runs any more; whether its moment came."""
        for _ in range(3):
            self.sandbox.expect_run("Running", "Running", "Succeeded")
        since = len(self.sandbox.requests())
        with self.workspace.start(_command(case.step), "-auto-approve") as running, _ended(running) as known:
            came = _wait(lambda: self._count(case.what, since) >= case.number, unless=lambda: _is_over(running))
            if came:
                known.extend(psutil.Process(running.process.pid).children(recursive=True))
                _send(running, case, known)
            running.wait(SECONDS)
            _, surviving = psutil.wait_procs(known, timeout=SECONDS)
            assert [] == surviving, "a provider did not end by itself"
        _wait(self._is_settled)
        return came

    def _count(self, what: str, since: int) -> int:
        entries = self.sandbox.requests()[since:]
        if what == "requests sent":
            return len(entries)
        return len([each for each in entries if _is_write(each) and (what == "writes sent" or each["status"])])

    def _is_settled(self) -> bool:
        """Whether everything that was sent has been carried out."""
        late = time.time() - CUT_OFF_SECONDS
        return not any(each["status"] is None and each["at"] > late for each in self.sandbox.requests())

    # What a person does

    def restore_state(self) -> bool:
        """Put Terraform's own backup in place of a state file that it left empty or cut off; whether that was so.

        Its local backend empties the file and then writes it: killed between, it has forgotten everything, whatever
        the provider does. Without a backup nothing had been in state before.
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
        for applies in range(1, most + 1):
            result = self.workspace.run(_command(step), "-auto-approve", "-json")
            if result.returncode == 0:
                Path(self.workspace.directory, "import.tf").unlink(missing_ok=True)
                return Converged(applies, frozenset(blocks), tuple(said))
            errors = [each for each in result.diagnostics if each["severity"] == "error"]
            said += [f"{each['summary']}\n{each['detail']}" for each in errors]
            blocks |= {found[1]: found[0] for text in said for found in _BLOCK.finditer(text)}
            self.workspace.write("\n".join(blocks.values()), "import.tf")
        raise AssertionError(f"it did not converge by {most} applies:\n" + "\n---\n".join(said))

    def remove_unknown_triggers(self) -> int:
        """In the web UI, each trigger that no state knows; how many there were."""
        known = {each["trigger_id"] for each in self.state("atlan_app_schedule").values()}
        unknown = [
            (app["slug"], trigger["trigger_id"])
            for app in live(self.sandbox)
            for trigger in app["schedules"]
            if trigger["trigger_id"] not in known
        ]
        for slug, trigger_id in unknown:
            remove_schedule(self.sandbox, slug, trigger_id)
        return len(unknown)

    # What is there

    def state(self, kind: str) -> dict[str, Any]:
        """The attributes of each resource of that type by its label, as state holds them."""
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
        """The slugs of the live workflows by their names."""
        found: dict[str, list[str]] = {}
        for each in live(self.sandbox):
            found.setdefault(each["name"], []).append(each["slug"])
        return found

    def triggers(self) -> list[tuple[str, str, str]]:
        """Slug, trigger id and cron of every trigger of a live workflow, in order."""
        return sorted(
            (app["slug"], each["trigger_id"], each["cron"]) for app in live(self.sandbox) for each in app["schedules"]
        )

    def active_runs(self) -> dict[str, int]:
        """How many runs of each workflow, archived ones too, are active; those without one are left out."""
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
    """A list of processes to be ended, whatever happens; most have ended by then."""
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
    """Return once the condition holds, or it no longer can; whether it does."""
    deadline = time.monotonic() + SECONDS
    pause = threading.Event()
    while not condition():
        if unless():
            return False
        assert time.monotonic() < deadline, "it did not come about in time"
        pause.wait(0.01)
    return True
