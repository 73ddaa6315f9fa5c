"""Run the real ``terraform`` or ``tofu`` on a folder, with the provider of this checkout.

``Workspace(tmp_path, sandbox.url, sandbox.api_key)`` is the whole setup. Terraform settings of the user and of the
machine do not affect a command. Every command has a time limit, and is ended by its own id.
"""

import atexit
import functools
import json
import os
import shutil
import signal
import subprocess
import tempfile
import threading
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Self

from scripts.lib.shared import cli, mirror
from tests.support import state_file

SECONDS = 120.0
"""The longest time of a command in seconds, unless a test sets another limit."""

PROVIDER = """\
terraform {
  required_providers {
    atlan = {
      source = "atlanhq/atlan"
    }
  }
}
"""
"""The block that a configuration with this provider's resources needs."""

Attach = Callable[[Mapping[str, str]], Mapping[str, str]]
"""A function that adds a running provider to a command's environment. ``dict`` leaves the environment unchanged."""

_PROXIES = ("http_proxy", "https_proxy", "all_proxy")


@dataclass(frozen=True)
class Result:
    """The result of a command: its exit code (minus the signal's number if a signal ended it) and its output."""

    arguments: tuple[str, ...]
    returncode: int
    stdout: str
    stderr: str

    @property
    def output(self) -> str:
        """Return the standard output, then the standard error."""
        return self.stdout + self.stderr

    @property
    def text(self) -> str:
        """Return the output as one line, without the line breaks and the frame of diagnostics."""
        return _unframed(self.output)

    @property
    def events(self) -> list[dict[str, Any]]:
        """Return the JSON objects of a command with ``-json``, one for each line. Other lines are left out."""
        return [json.loads(line) for line in self.stdout.splitlines() if line.startswith("{")]

    @property
    def diagnostics(self) -> list[dict[str, Any]]:
        """Return the errors and warnings among `events`: ``severity``, ``summary``, ``detail``, ``address``."""
        return [event["diagnostic"] for event in self.events if event.get("type") == "diagnostic"]

    @property
    def errors(self) -> list[dict[str, Any]]:
        """Return the errors among `diagnostics`."""
        return [each for each in self.diagnostics if each["severity"] == "error"]

    def ok(self) -> "Result":
        """Return the result itself, after asserting that the command succeeded."""
        assert self.returncode == 0, f"{self}"
        return self

    def failed(self, *parts: str) -> "Result":
        """Return the result itself, after asserting that the command failed and printed each of `parts`.

        Spaces and the frame of a diagnostic are not compared.
        """
        assert self.returncode != 0, f"{self}"
        for part in parts:
            assert _unframed(part) in self.text, f"{part!r} is not in: {self}"
        return self

    def __str__(self) -> str:
        return f"{' '.join(self.arguments)} ended with {self.returncode}\n{self.output}"


def _unframed(text: str) -> str:
    """Return `text` as one line, without the line breaks and the frame of diagnostics."""
    return " ".join(text.replace("│", " ").replace("╷", " ").replace("╵", " ").split())


class Running:
    """A command in its own process group. The end of the ``with`` block ends all its processes."""

    def __init__(self, arguments: Iterable[str], directory: Path, environment: Mapping[str, str]) -> None:
        self.arguments = tuple(arguments)
        self.process = subprocess.Popen(
            self.arguments,
            cwd=directory,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            process_group=0,
        )
        assert self.process.stdout is not None
        assert self.process.stderr is not None
        self._printed = threading.Condition()
        self._lines: dict[str, list[str]] = {"stdout": [], "stderr": []}
        self._open = 2
        self._readers = [
            threading.Thread(target=self._read, args=("stdout", self.process.stdout)),
            threading.Thread(target=self._read, args=("stderr", self.process.stderr)),
        ]
        for reader in self._readers:
            reader.start()

    def _read(self, name: str, stream: IO[str]) -> None:
        with stream:
            for line in stream:
                with self._printed:
                    self._lines[name].append(line)
                    self._printed.notify_all()
        with self._printed:
            self._open -= 1
            self._printed.notify_all()

    @property
    def output(self) -> str:
        """Return the output so far."""
        with self._printed:
            return "".join(self._lines["stdout"] + self._lines["stderr"])

    def wait_for_output(self, text: str, seconds: float = SECONDS) -> None:
        """Wait for a line that contains `text`. Raises AssertionError if no such line is printed in time."""
        with self._printed:
            self._printed.wait_for(lambda: self._has(text) or not self._open, seconds)
            found = self._has(text)
        assert found, f"{text!r} was not printed by {' '.join(self.arguments)}:\n{self.output}"

    def _has(self, text: str) -> bool:
        return any(text in line for lines in self._lines.values() for line in lines)

    def send(self, number: signal.Signals = signal.SIGINT, *, group: bool = False) -> None:
        """Send a signal to the command alone, or with `group` also to its plugins, as Ctrl-C in a terminal does."""
        if group:
            os.killpg(self.process.pid, number)
        else:
            self.process.send_signal(number)

    def wait(self, seconds: float = SECONDS) -> Result:
        """Wait for the end of the command and return its result. End the group and fail after `seconds`."""
        try:
            self.process.wait(seconds)
        except subprocess.TimeoutExpired:
            self.end()
            raise AssertionError(f"{' '.join(self.arguments)} took over {seconds} s\n{self.output}") from None
        for reader in self._readers:
            reader.join(seconds)
        return Result(
            self.arguments,
            self.process.returncode,
            "".join(self._lines["stdout"]),
            "".join(self._lines["stderr"]),
        )

    def end(self) -> None:
        """Kill the command and its plugins, unless it has ended by itself."""
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait(SECONDS)
        for reader in self._readers:
            reader.join(SECONDS)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.end()


class Workspace:
    """A folder with a configuration, and commands with the address and the key of one tenant.

    `env` replaces variables of the clean environment, so that a test can set wrong values. A command that runs to its
    end uses `attach`.
    """

    def __init__(
        self,
        directory: Path,
        sandbox_url: str | None = None,
        api_key: str | None = None,
        env: Mapping[str, str] | None = None,
        seconds: float = SECONDS,
        attach: Attach = dict,
    ) -> None:
        self.directory = directory
        self.seconds = seconds
        self.attach = attach
        self.directory.mkdir(parents=True, exist_ok=True)
        given = {"ATLAN_BASE_URL": sandbox_url, "ATLAN_API_KEY": api_key}
        self.env = _session_environment() | {name: text for name, text in given.items() if text is not None}
        self.env |= env or {}

    def write(self, text: str, name: str = "main.tf") -> Path:
        """Write one file of the configuration, or replace it."""
        path = self.directory / name
        path.write_text(text, encoding="utf-8")
        return path

    def start(self, *arguments: str) -> Running:
        """Start a command and return while it runs, such as ``start("apply", "-auto-approve")``."""
        return self._start(arguments, self.env)

    def run(self, *arguments: str) -> Result:
        """Run a command and wait for its end."""
        env = self.attach(self.env) if arguments[0] in _WITH_PROVIDER else self.env
        with self._start(arguments, env) as running:
            return running.wait(self.seconds)

    def _start(self, arguments: tuple[str, ...], env: Mapping[str, str]) -> Running:
        return Running([cli.find(), *_with_options(arguments)], self.directory, env)

    def init(self, *arguments: str) -> Result:
        """Install the provider from the session's mirror."""
        return self.run("init", *arguments)

    def validate(self, *arguments: str) -> Result:
        """Check the configuration."""
        return self.run("validate", *arguments)

    def plan(self, *arguments: str) -> Result:
        """Plan. With ``-detailed-exitcode``, 0 means no changes and 2 means changes."""
        return self.run("plan", *arguments)

    def apply(self, *arguments: str) -> Result:
        """Plan and apply without a question, or apply a plan file."""
        return self.run("apply", "-auto-approve", *arguments)

    def destroy(self, *arguments: str) -> Result:
        """Destroy everything without a question."""
        return self.run("destroy", "-auto-approve", *arguments)

    def import_(self, address: str, identifier: str, *arguments: str) -> Result:
        """Import one object with the ``import`` command."""
        return self.run("import", *arguments, address, identifier)

    def state(self, *arguments: str) -> Result:
        """Run a ``state`` subcommand, such as ``state("rm", "atlan_app.a")``."""
        return self.run("state", *arguments)

    def show(self, planfile: str | None = None) -> Any:
        """Return the output of ``show -json`` for the state, or for `planfile`."""
        return json.loads(self.run("show", "-json", *([planfile] if planfile else [])).ok().stdout)

    def plan_json(self, *arguments: str) -> Any:
        """Plan to a file and return the output of ``show -json`` for it. The plan must succeed."""
        self.plan("-out=plan.tfplan", *arguments).ok()
        return self.show("plan.tfplan")

    def plan_changes(self, *arguments: str) -> dict[str, list[str]]:
        """Return the planned actions, as ``{"atlan_app.a": ["update"]}``, or ``{}`` for no changes."""
        events = self.plan("-json", "-out=plan.tfplan", *arguments).ok().events
        changes = [event["change"] for event in events if event["type"] == "planned_change"]
        actions = {change["resource"]["addr"]: _ACTIONS[change["action"]] for change in changes}
        return {address: action for address, action in actions.items() if action != ["no-op"]}

    def resources(self) -> dict[str, dict[str, Any]]:
        """Return the resources and data sources in state by address: ``values`` and ``tainted``."""
        return state_file.resources(self.stored())

    def stored(self) -> state_file.State:
        """Return the state itself, from any backend."""
        text = self.state("pull").ok().stdout
        return json.loads(text) if text else state_file.EMPTY

    def age(self, seconds: float = 120) -> None:
        """Let that many seconds pass since the publishes in the local state, so that no workflow is new."""
        path = self.directory / "terraform.tfstate"
        path.write_text(json.dumps(state_file.aged(json.loads(path.read_text()), seconds)))

    def values(self, address: str) -> dict[str, Any]:
        """Return the attributes of one resource in state."""
        values: dict[str, Any] = self.resources()[address]["values"]
        return values

    def tainted(self) -> list[str]:
        """Return the addresses that the next apply would replace."""
        return sorted(address for address, resource in self.resources().items() if resource["tainted"])

    def outputs(self) -> dict[str, Any]:
        """Return the root module's outputs by name."""
        return state_file.outputs(self.stored())


_ACTIONS = {
    "noop": ["no-op"],
    "import": ["no-op"],
    "move": ["no-op"],
    "remove": ["forget"],
    "create": ["create"],
    "read": ["read"],
    "update": ["update"],
    "delete": ["delete"],
    "replace": ["delete", "create"],
}
"""The actions of ``plan -json`` by the names of ``show -json``. The order of a replacement is not known."""
_WITH_PROVIDER = {"validate", "plan", "apply", "destroy", "import", "refresh", "show", "console", "test"}
"""The commands that use a provider. `init` would not install a provider that it can attach to."""
_PARENTS = {"state", "providers", "workspace"}
_ASKING = {"init", "plan", "apply", "destroy", "import", "refresh"}


def _with_options(arguments: tuple[str, ...]) -> list[str]:
    """Return the arguments with the options that turn off color and, if the command asks questions, the questions."""
    words = 2 if arguments[0] in _PARENTS else 1
    asking = ["-input=false"] if arguments[0] in _ASKING else []
    return [*arguments[:words], "-no-color", *asking, *arguments[words:]]


@functools.cache
def _session_directory() -> Path:
    directory = Path(tempfile.mkdtemp(prefix="atlan-terraform-"))
    atexit.register(shutil.rmtree, directory, ignore_errors=True)
    return directory


@functools.cache
def _session_environment() -> dict[str, str]:
    """Return the environment of every command: one mirror and one home for all tests of this process."""
    installation = mirror.install(_session_directory())
    home = _session_directory() / "home"
    home.mkdir()
    base = {name: text for name, text in os.environ.items() if name.lower() not in _PROXIES}
    return cli.environment(installation.cli_config, base | {"HOME": str(home)})
