"""The command that writes examples/modules, or checks them."""

from pathlib import Path

import pytest

from scripts.lib.modules import __main__ as command
from scripts.lib.modules import folders


@pytest.mark.parametrize(("arguments", "code"), [(["--check"], 0), (["--chekc"], 2), (["--check", "more"], 2)])
def test_the_command_checks_or_says_what_it_takes(
    arguments: list[str], code: int, capsys: pytest.CaptureFixture[str]
) -> None:
    """The exit code is 0 for up-to-date modules, and 2 with a line of usage for other arguments."""
    assert code == command.main(arguments)
    assert (code == 2) is ("scripts/modules [--check]" in capsys.readouterr().err)


def test_a_drift_fails_the_check(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The exit code is 1. The output has the name of the file and the command to run."""
    folders.write(tmp_path)
    (tmp_path / "README.md").write_text("")
    assert 1 == command.main(["--check"], tmp_path)
    assert "examples/modules/README.md has drifted: run scripts/modules" in capsys.readouterr().out
