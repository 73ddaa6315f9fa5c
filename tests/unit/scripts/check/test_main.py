"""The command that runs the checks."""

from pathlib import Path

import pytest

from scripts.lib.check import __main__ as command


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A tree with a finding of the check of size, and one of the check of words."""
    for name, text in {"scripts/a.py": "x = 1\n" * 401, "provider/a.py": "# nobody\n", "README.md": ""}.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)
    return tmp_path


def test_findings_are_printed_and_fail_the_command(
    root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Each finding has the name of its check."""
    monkeypatch.setattr(command, "CHECKS", {name: command.CHECKS[name] for name in ("size", "words")})
    assert 1 == command.main([], root)
    assert [
        "scripts/a.py: the file has 401 lines, the limit is 400 (size)",
        'provider/a.py:1: "nobody" in a comment: better is no user, no process; the actor\'s name (words)',
    ] == capsys.readouterr().out.splitlines()


def test_a_named_check_reads_all_its_roots(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Other checks do not run."""
    assert 1 == command.main(["words"], root)
    assert 'provider/a.py:1: "nobody" in a comment' in capsys.readouterr().out


def test_a_tree_without_findings_passes(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The command prints nothing."""
    (root / "scripts" / "a.py").unlink()
    assert (0, "") == (command.main(["size"], root), capsys.readouterr().out)


def test_an_unknown_check_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    """The error lists the checks."""
    assert 2 == command.main(["sizes"])
    assert "there is no check sizes; the checks are size, words, types, mirror" in capsys.readouterr().err


def test_a_root_is_a_file_or_a_folder() -> None:
    """A misspelled root would check nothing."""
    assert [] == [each for roots in command.ROOTS.values() for each in roots if not (command.ROOT / each).exists()]
