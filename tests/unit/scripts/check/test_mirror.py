"""A test file for each long module, and a module for each test file."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from scripts.lib.check import mirror

LONG, SHORT = "x = 1\n" * 61, "x = 1\n" * 60


def found(root: Path, files: Mapping[str, str], exceptions: Mapping[str, str] | None = None) -> list[str]:
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text)
    return [str(each) for each in mirror.check(root, mirror.FOLDERS, exceptions or {})]


@pytest.mark.parametrize(
    ("module", "test"),
    [
        ("provider/a/b/c.py", "tests/unit/a/b/test_c.py"),
        ("provider/c.py", "tests/unit/test_c.py"),
        ("provider/__main__.py", "tests/unit/test_main.py"),
        ("provider/a/__init__.py", "tests/unit/a/test_init.py"),
        ("scripts/lib/docs/pages.py", "tests/unit/scripts/docs/test_pages.py"),
        ("tests/support/x.py", "tests/unit/support/test_x.py"),
    ],
)
def test_a_module_and_its_test_file_are_partners(tmp_path: Path, module: str, test: str) -> None:
    """Either of the two without the other is a finding. A module of 60 lines does not need a test file."""
    assert [f"{module}: the module has 61 lines, and there is no {test}"] == found(tmp_path, {module: LONG})
    assert [] == found(tmp_path, {module: SHORT})
    assert [] == found(tmp_path, {module: LONG, test: ""})
    (tmp_path / module).unlink()
    assert [f"{test}: the test file has no module {module}"] == found(tmp_path, {})


@pytest.mark.parametrize("other", ["tests/unit/conftest.py", "tests/unit/a/service.py", "tests/acceptance/test_a.py"])
def test_only_unit_tests_need_a_module(tmp_path: Path, other: str) -> None:
    """Fixtures, helpers and other suites do not."""
    assert [] == found(tmp_path, {other: LONG})


def test_a_file_in_the_table_of_exceptions_is_accepted(tmp_path: Path) -> None:
    """A module or a test file in the table can be without its partner."""
    files = {"provider/a.py": LONG, "tests/unit/test_b.py": ""}
    assert [] == found(tmp_path, files, dict.fromkeys(files, "a reason"))


def test_an_exception_of_a_folder_is_for_its_modules(tmp_path: Path) -> None:
    """A test file without a module is a finding in that folder, too."""
    files = {"tests/support/a.py": LONG, "tests/support/b/c.py": LONG, "tests/unit/support/test_d.py": ""}
    expected = "tests/unit/support/test_d.py: the test file has no module tests/support/d.py"
    assert [expected] == found(tmp_path, files, {"tests/support/": "a reason"})


@pytest.mark.parametrize(
    "path", ["provider/", "provider/a.py", "provider/gone.py", "tests/unit/test_a.py", "elsewhere/a.py"]
)
def test_an_exception_that_is_not_necessary_is_a_finding(tmp_path: Path, path: str) -> None:
    """The file has its partner or is gone, or no check reads it. A folder has no module without a test file."""
    files = {"provider/a.py": LONG, "tests/unit/test_a.py": ""}
    expected = f"{path}: the exception in scripts/lib/check/exceptions.py is not necessary"
    assert [expected] == found(tmp_path, files, {path: "a reason"})


def test_an_exception_of_a_folder_that_is_not_checked_is_kept(tmp_path: Path) -> None:
    """A check of one folder does not report the exceptions of another."""
    assert [] == list(mirror.check(tmp_path, ["scripts/lib"], {"provider/a.py": "a reason"}))
