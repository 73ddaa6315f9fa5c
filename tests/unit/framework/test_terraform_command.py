"""The command of Terraform that launched a process, with real processes that are called as Terraform is."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from provider.framework import terraform_command
from provider.framework.terraform_command import Command

ROOT = Path(__file__).parents[3]
SECONDS = 60.0

# Python runs it before it looks for its own program, so a Python can be called as Terraform is.
STAND_IN = """\
import json, os
children = json.loads(os.environ.pop("CHILDREN", "[]"))
if children:
    (executable, *arguments), *further = children
    home = os.environ.pop("PYTHONHOME")
    below = {"CHILDREN": json.dumps(further), "PYTHONHOME": home} if further else {}
    os._exit(os.spawnve(os.P_WAIT, executable, arguments, {**os.environ, **below}))
"""
ASKING = [sys.executable, "-c", "from provider.framework import terraform_command; print(terraform_command.launcher())"]

Ask = Callable[..., str]
DESTROY = Command("terraform", is_destroy=True)


@pytest.fixture
def ask(tmp_path: Path) -> Ask:
    """Return what a child prints that a command with this name, arguments and environment launched."""
    (tmp_path / "sitecustomize.py").write_text(STAND_IN)

    def ask(name: str, *arguments: str, below: Sequence[Sequence[str]] = (), **environment: str) -> str:
        children = [[sys.executable, *each] for each in [*below, ASKING]]
        given = {
            "PATH": os.environ["PATH"],
            "PYTHONHOME": sys.base_prefix,
            "PYTHONPATH": os.pathsep.join([str(tmp_path), str(ROOT)]),
            "CHILDREN": json.dumps(children),
        }
        done = subprocess.run(
            [name, *arguments],
            executable=sys.executable,
            env=given | environment,
            capture_output=True,
            text=True,
            timeout=SECONDS,
            check=False,
        )
        assert (0, "") == (done.returncode, done.stderr)
        return done.stdout.strip()

    return ask


@pytest.mark.parametrize(
    ("arguments", "environment", "expected"),
    [
        (["destroy"], {}, True),
        (["destroy", "-auto-approve", "-target=atlan_app.a"], {}, True),
        (["-chdir=live", "destroy"], {}, True),
        (["plan", "-destroy"], {}, True),
        (["plan", "--destroy", "-out=plan.tfplan"], {}, True),
        (["plan", "-out", "plan.tfplan", "-destroy=true"], {}, True),
        (["apply", "-auto-approve", "-destroy"], {}, True),
        (["-chdir=live", "apply", "--destroy=1"], {}, True),
        (["plan"], {"TF_CLI_ARGS": "-destroy"}, True),
        (["plan"], {"TF_CLI_ARGS_plan": "-var 'a=b c' -destroy"}, True),
        (["apply"], {"TF_CLI_ARGS_apply": "-destroy"}, True),
        (["plan", "-destroy=false"], {"TF_CLI_ARGS_plan": "-destroy"}, False),
        (["plan"], {"TF_CLI_ARGS_plan": "-destroy=false", "TF_CLI_ARGS": "-destroy"}, True),
        (["plan"], {"TF_CLI_ARGS_apply": "-destroy"}, False),
        (["plan"], {}, False),
        (["apply", "-auto-approve"], {}, False),
        (["apply", "destroy"], {}, False),
        (["plan", "-out", "destroy"], {}, False),
        (["plan", "-var=destroy=true"], {}, False),
        (["plan", "-destroy=never"], {}, False),
        (["-chdir=destroy", "plan"], {}, False),
        (["state", "rm", "destroy"], {}, False),
        (["import", "-destroy", "atlan_app.a", "slug"], {}, False),
        ([], {}, False),
    ],
)
def test_a_destroy_is_told_by_the_command_that_launched_the_process(
    ask: Ask, arguments: list[str], environment: dict[str, str], expected: bool
) -> None:
    """Its sub-command or its flag, behind global options, and the arguments that the environment adds."""
    assert str(Command("terraform", expected)) == ask("terraform", *arguments, **environment)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("tofu", "tofu"),
        ("/opt/versions/1.11.4/terraform", "terraform"),
        ("terraform_1.11.4", "terraform"),
        ("terraform-v1.12.0-rc1", "terraform"),
        ("terraform-ls", None),
        ("terraform-provider-atlan_v1.0.0", None),
        ("terragrunt", None),
        ("bash", None),
    ],
)
def test_only_terraform_and_opentofu_destroy(ask: Ask, name: str, expected: str | None) -> None:
    """By the name of the executable, its version in it or not."""
    assert str(expected and Command(expected, is_destroy=True)) == ask(name, "destroy")


@pytest.mark.parametrize(
    ("below", "expected"),
    [
        ([["terraform-provider-atlan_v1.0.0", "-c", ""]], DESTROY),
        ([["sh", "-c", ""], ["loader", "-c", ""]], DESTROY),
        ([["sh", "-c", ""]] * 4, None),
        ([["tofu", "plan"]], Command("tofu", is_destroy=False)),
    ],
    ids=["a wrapper", "two wrappers", "too far away", "a nested command"],
)
def test_the_nearest_command_counts(ask: Ask, below: list[list[str]], expected: Command | None) -> None:
    """Wrappers may be between the command and this process. A command that a destroy runs is separate."""
    assert str(expected) == ask("terraform", "destroy", below=below)


def test_a_command_with_quotes_that_are_not_closed_is_not_known(ask: Ask) -> None:
    """Terraform refuses it, too."""
    assert "None" == ask("terraform", "plan", TF_CLI_ARGS_plan="-var 'not closed -destroy")


def test_a_process_that_terraform_did_not_launch_has_no_command() -> None:
    """This one, in which the tests run."""
    assert terraform_command.launcher() is None
