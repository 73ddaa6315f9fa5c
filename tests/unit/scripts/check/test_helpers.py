"""The helpers of the tests, which are in tests/support."""

from pathlib import Path

import pytest

from scripts.lib.check import helpers


def found(root: Path, name: str, text: str = "") -> list[str]:
    (root / name).parent.mkdir(parents=True, exist_ok=True)
    (root / name).write_text(text)
    return [str(each) for each in helpers.check(root, ["tests"])]


@pytest.mark.parametrize("name", ["tests/unit/a/service.py", "tests/acceptance/ui.py", "tests/supported/a.py"])
def test_a_helper_outside_of_support_is_a_finding(tmp_path: Path, name: str) -> None:
    """A module that is neither a test file nor a conftest.py is a helper."""
    assert [f"{name}: the module is a helper of tests, and is not in tests/support"] == found(tmp_path, name)


@pytest.mark.parametrize(
    "name", ["tests/support/ui.py", "tests/support/campaigns/faults.py", "tests/unit/conftest.py", "tests/a/test_b.py"]
)
def test_helpers_fixtures_and_test_files_have_their_place(tmp_path: Path, name: str) -> None:
    """A test file can import from them."""
    text = "from tests.support import ui\nfrom tests.unit.conftest import Start\nimport pytest\n"
    assert [] == found(tmp_path, name, text)


@pytest.mark.parametrize("helper", ["class Clock:\n    pass\n", "def running():\n    pass\n"])
def test_a_helper_in_a_conftest_is_a_finding(tmp_path: Path, helper: str) -> None:
    """Fixtures and functions that pytest calls can stay."""
    text = "@pytest.fixture(scope='session')\ndef home(): ...\ndef pytest_addoption(parser): ...\n" + helper
    expected = "tests/a/conftest.py:4: the class or function is not a fixture; it belongs to tests/support"
    assert [expected] == found(tmp_path, "tests/a/conftest.py", text)


def test_an_import_from_a_test_file_is_a_finding(tmp_path: Path) -> None:
    """Code that two test files use is a helper."""
    text = "import json\nfrom tests.acceptance.test_examples import EXAMPLES\n"
    expected = "tests/a/test_b.py:2: the import is from a test file; its helpers belong to tests/support"
    assert [expected] == found(tmp_path, "tests/a/test_b.py", text)
