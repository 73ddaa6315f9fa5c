"""The quickstart, with a stand-in for the CLI where a step has to fail."""

import os
import shlex
import signal
import sys
from pathlib import Path

import pytest

from scripts.lib.shared.mirror import ROOT
from tests.support.terraform import Running

CLI = """\
import os, signal, sys

def note(word):
    with open(os.environ["COMMANDS"], "a") as log:
        print(word, file=log)

command = sys.argv[1]
note(command)
if command == os.environ.get("WAITS"):
    signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT])
    print("waiting", flush=True)
    signal.sigwait([signal.SIGINT])
    note("interrupted")
    sys.exit(1)
if command == "plan" and os.environ.get("CHANGES"):
    sys.exit(2)
sys.exit(command == os.environ.get("FAILS"))
"""


class Quickstart:
    """A quickstart in the tenant of the user, with a CLI that only logs its commands."""

    def __init__(self, directory: Path) -> None:
        self.log = directory / "commands"
        self.log.touch()
        self.folders = directory / "tmp"
        self.folders.mkdir()
        program = directory / "terraform"
        (directory / "cli.py").write_text(CLI)
        program.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} "{directory}/cli.py" "$@"\n')
        program.chmod(0o755)
        self.environment = os.environ | {
            "TF_CLI_PATH": str(program),
            "COMMANDS": str(self.log),
            "TMPDIR": str(self.folders),
            "ATLAN_BASE_URL": "https://example.atlan.com",
            "ATLAN_API_KEY": "a-made-up-key",
        }

    def start(self, *arguments: str, **settings: str) -> Running:
        """Start it with `settings` in its environment."""
        command = [sys.executable, "-m", "scripts.lib.quickstart", *arguments]
        return Running(command, ROOT, self.environment | settings)

    @property
    def commands(self) -> list[str]:
        """The commands that the CLI received."""
        return self.log.read_text().split()

    @property
    def left(self) -> list[Path]:
        """The folders that were not removed."""
        return list(self.folders.iterdir())


@pytest.fixture
def quickstart(tmp_path: Path) -> Quickstart:
    """A quickstart whose every step succeeds."""
    return Quickstart(tmp_path)


def test_every_step_is_taken_in_order(quickstart: Quickstart) -> None:
    """In the tenant of the user all steps run, and no files remain."""
    with quickstart.start("--tenant") as running:
        running.wait(60).ok()
    assert ["init", "apply", "output", "plan", "destroy"] == quickstart.commands
    assert [] == quickstart.left


@pytest.mark.parametrize(
    ("settings", "commands", "message"),
    [
        ({"FAILS": "init"}, ["init"], "terraform init failed: it ended with 1"),
        ({"FAILS": "apply"}, ["init", "apply", "destroy"], "terraform apply failed: it ended with 1"),
        ({"CHANGES": "yes"}, ["init", "apply", "output", "plan", "destroy"], "there is something to do"),
    ],
    ids=["init", "apply", "plan"],
)
def test_a_failed_step_fails_the_command_and_leaves_nothing(
    quickstart: Quickstart, settings: dict[str, str], commands: list[str], message: str
) -> None:
    """Objects that could exist are removed from the tenant of the user, and the first failure is reported."""
    with quickstart.start("--tenant", **settings) as running:
        running.wait(60).failed(message)
    assert commands == quickstart.commands
    assert [] == quickstart.left


def test_state_is_kept_while_something_is_left_in_the_tenant(quickstart: Quickstart) -> None:
    """When the removal fails, the folder with the state stays and is named."""
    with quickstart.start("--tenant", FAILS="destroy") as running:
        result = running.wait(60).failed("the state of the remaining objects is in")
    assert [True] == [str(folder) in result.stderr for folder in quickstart.left]


def test_a_kept_tenant_is_printed_without_its_key(quickstart: Quickstart) -> None:
    """The printed commands contain the folder and the settings, but not the API key of the user."""
    with quickstart.start("--tenant", "--keep") as running:
        result = running.wait(60).ok()
    assert ["init", "apply", "output", "plan"] == quickstart.commands
    assert [True] == [f"cd {folder}/configuration" in result.stdout for folder in quickstart.left]
    assert "a-made-up-key" not in result.output


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_a_stop_reaches_the_cli_and_what_was_made_is_removed(quickstart: Quickstart, number: signal.Signals) -> None:
    """The CLI is interrupted and ends. After that the objects are destroyed."""
    with quickstart.start("--tenant", WAITS="apply") as running:
        running.wait_for_output("waiting")
        running.send(number, group=number == signal.SIGINT)
        running.wait(60).failed("terraform apply was interrupted")
    assert ["init", "apply", "interrupted", "destroy"] == quickstart.commands
    assert [] == quickstart.left


def test_a_tenant_without_settings_is_one_clear_line(quickstart: Quickstart) -> None:
    """A missing address or key is reported before the first step."""
    with quickstart.start("--tenant", ATLAN_API_KEY="") as running:
        result = running.wait(60).failed("--tenant needs ATLAN_API_KEY in the environment")
    assert 1 == len(result.stderr.strip().splitlines())
    assert [] == quickstart.commands


def test_a_machine_without_a_cli_is_one_clear_line(quickstart: Quickstart) -> None:
    """Without terraform and tofu, one line names the programs to install."""
    with quickstart.start(TF_CLI_PATH="", PATH=str(quickstart.folders)) as running:
        result = running.wait(60).failed("neither terraform nor tofu is on PATH: install")
    assert 1 == len(result.stderr.strip().splitlines())
