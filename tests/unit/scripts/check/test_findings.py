"""The files that the checks read, and how a finding is printed."""

from pathlib import Path

from scripts.lib.check.findings import Finding, files


def test_a_finding_names_its_place() -> None:
    """The line is left out where a finding is about a whole file."""
    assert ["a.py:3: too long", "a.py: too long"] == [str(Finding("a.py", line, "too long")) for line in (3, 0)]


def test_files_are_found_in_folders_and_by_name(tmp_path: Path) -> None:
    """Only files with one of the endings, and no bytecode."""
    for name in ("a/b.py", "a/c.md", "a/__pycache__/d.py", "e.md", "f.md"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    assert ["a/b.py"] == [name for name, _ in files(tmp_path, ["a"])]
    assert ["a/b.py", "a/c.md", "e.md"] == [name for name, _ in files(tmp_path, ["a", "e.md"], (".py", ".md"))]
