"""The tests' own Terraform runner, on configurations that need no provider."""

import json
import signal
from pathlib import Path

import pytest

from provider import __version__
from tests.support.terraform import Workspace

CONFIGURATION = """\
resource "terraform_data" "a" {
  input = "one"
}

output "a" {
  value = terraform_data.a.output
}
"""

SLOW = """\
resource "terraform_data" "slow" {
  provisioner "local-exec" {
    command = "echo started; exec sleep 100"
  }
}
"""


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """An initialized folder with one built-in resource."""
    workspace = Workspace(tmp_path / "configuration")
    workspace.write(CONFIGURATION)
    workspace.init().ok()
    return workspace


def test_each_step_of_a_resource_is_returned_as_data(workspace: Workspace) -> None:
    """Plans, state, values and outputs come back as plain data at every step."""
    assert {"terraform_data.a": ["create"]} == workspace.plan_changes()
    workspace.apply().ok()
    assert {} == workspace.plan_changes()
    assert {"a": "one"} == workspace.outputs()
    assert "one" == workspace.values("terraform_data.a")["output"]
    workspace.write(CONFIGURATION.replace("one", "two"))
    assert {"terraform_data.a": ["update"]} == workspace.plan_changes()
    assert 2 == workspace.plan("-detailed-exitcode").returncode
    workspace.destroy().ok()
    assert {} == workspace.resources()


def test_import_and_state_commands_run(workspace: Workspace) -> None:
    """The import command and the state subcommands reach the same state as apply does."""
    workspace.import_("terraform_data.a", "some-id").ok()
    assert "terraform_data.a\n" == workspace.state("list").ok().stdout
    workspace.state("rm", "terraform_data.a").ok()
    assert {} == workspace.resources()


def test_tainted_resources_are_named(workspace: Workspace) -> None:
    """The list contains the resources that the next apply would replace."""
    workspace.apply().ok()
    assert [] == workspace.tainted()
    workspace.run("taint", "terraform_data.a").ok()
    assert ["terraform_data.a"] == workspace.tainted()


def test_json_events_and_diagnostics_are_parsed(workspace: Workspace) -> None:
    """A command run with -json answers with its events, and an error is found among them."""
    assert "version" == workspace.plan("-json").ok().events[0]["type"]
    workspace.write('output "a" {\n  value = var.absent\n}\n')
    summaries = [diagnostic["summary"] for diagnostic in workspace.plan("-json").diagnostics]
    assert ["Reference to undeclared input variable"] == summaries


def test_a_failure_says_what_was_printed(workspace: Workspace) -> None:
    """A wrong expectation of a command's outcome fails with the command's own words."""
    workspace.write("nonsense {\n}\n")
    with pytest.raises(AssertionError, match='Blocks of type "nonsense" are not expected here'):
        workspace.validate().ok()
    with pytest.raises(AssertionError, match="'absent' is not in"):
        workspace.validate().failed("Unsupported block type", "absent")


@pytest.mark.parametrize("group", [False, True], ids=["terraform alone", "its group"])
def test_a_running_command_takes_signals(tmp_path: Path, group: bool) -> None:
    """An interrupt reaches a command while it runs, and its end is waited for within a bound."""
    workspace = Workspace(tmp_path)
    workspace.write(SLOW)
    workspace.init().ok()
    with workspace.start("apply", "-auto-approve") as running:
        running.wait_for_output("started")
        running.send(signal.SIGINT, group=group)
        running.wait_for_output("Interrupt received")
        if not group:
            running.send(signal.SIGINT)
        assert 1 == running.wait(60).returncode


def test_a_command_that_overstays_is_ended(tmp_path: Path) -> None:
    """A bound that passes ends the command and fails with what it printed."""
    workspace = Workspace(tmp_path, seconds=0.001)
    workspace.write(SLOW)
    with pytest.raises(AssertionError, match=r"took over 0\.001 s"):
        workspace.init()


def test_output_that_never_comes_fails_at_the_end(workspace: Workspace) -> None:
    """Waiting for a line ends with the command, not with the bound."""
    with workspace.start("validate") as running, pytest.raises(AssertionError, match="'absent' was not printed"):
        running.wait_for_output("absent")


def test_no_setting_of_the_person_reaches_a_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A missing CLI configuration file, variables and keys of the caller's environment change nothing."""
    monkeypatch.setenv("TF_CLI_CONFIG_FILE", str(tmp_path / "missing"))
    monkeypatch.setenv("TF_CLI_ARGS_plan", "-destroy")
    monkeypatch.setenv("ATLAN_API_KEY", "made-up")
    workspace = Workspace(tmp_path / "configuration", "http://127.0.0.1:1", env={"EXTRA": "given"})
    assert "http://127.0.0.1:1" == workspace.env["ATLAN_BASE_URL"]
    assert "given" == workspace.env["EXTRA"]
    assert "ATLAN_API_KEY" not in workspace.env
    assert "TF_CLI_ARGS_plan" not in workspace.env
    workspace.write(CONFIGURATION)
    assert "CLI configuration" not in workspace.init().ok().output
    assert {"terraform_data.a": ["create"]} == workspace.plan_changes()


def test_the_mirror_makes_the_provider_installable(tmp_path: Path) -> None:
    """init finds the checkout's own provider and writes it to the lock file, as for a released one."""
    workspace = Workspace(tmp_path)
    workspace.write('terraform {\n  required_providers {\n    atlan = { source = "atlanhq/atlan" }\n  }\n}\n')
    workspace.init().ok()
    assert "atlanhq/atlan" in (tmp_path / ".terraform.lock.hcl").read_text()
    versions = json.loads(workspace.run("version", "-json").ok().stdout)
    assert [__version__] == list(versions["provider_selections"].values())
