"""The limits of files and functions."""

from pathlib import Path

import pytest

from scripts.lib.check import size


def found(root: Path, text: str) -> list[str]:
    (root / "package").mkdir()
    (root / "package" / "module.py").write_text(text)
    return [str(each) for each in size.check(root, ["package"])]


@pytest.mark.parametrize(("lines", "findings"), [(400, 0), (401, 1)])
def test_a_long_file_is_a_finding(tmp_path: Path, lines: int, findings: int) -> None:
    """A file has 400 lines at most."""
    expected = ["package/module.py: the file has 401 lines, the limit is 400"]
    assert expected[:findings] == found(tmp_path, "x = 1\n" * lines)


@pytest.mark.parametrize("definition", ["def f():", "async def f():", "class A:\n  def f():"])
@pytest.mark.parametrize(("lines", "findings"), [(39, 0), (40, 1)])
def test_a_long_function_is_a_finding(tmp_path: Path, definition: str, lines: int, findings: int) -> None:
    """A function has 40 lines at most, its first line included."""
    line = definition.count("\n") + 1
    expected = [f"package/module.py:{line}: function f has 41 lines, the limit is 40"]
    assert expected[:findings] == found(tmp_path, f"{definition}\n" + "    x = 1\n" * lines)
