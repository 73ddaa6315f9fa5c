"""A run of pytest: its counts, its problem, and its report."""

from pathlib import Path

import pytest

from scripts.lib.shared import pytest_run
from scripts.lib.shared.pytest_run import Outcome

PASSING = "def test_a(): pass\ndef test_b(): pass\n"


SKIPPING = "import pytest\ndef test_c(): pytest.importorskip('no_such_thing')\n"  # to be reported


FAILING = "def test_d(): assert False\n"


def run(directory: Path, **files: str) -> Outcome:
    """Run a suite of the given test files."""
    (directory / "protocol").mkdir()
    for name, text in files.items():
        (directory / "protocol" / f"test_{name}.py").write_text(text)
    return pytest_run.run("protocol", [], [str(directory / "protocol")])


def said(*outcomes: Outcome) -> str:
    """Return the report of some outcomes."""
    lines: list[str] = []
    pytest_run.report(outcomes, lines.append)
    return "\n".join(lines)


def test_a_suite_that_passes_is_counted(tmp_path: Path) -> None:
    """The report contains the number of tests and the last line of pytest."""
    outcome = run(tmp_path, a=PASSING)
    assert ("", {"passed": 2}) == (outcome.problem, outcome.counts)
    assert said(outcome).endswith(outcome.closing)
    assert "2 tests" in said(outcome)


def test_a_skipped_test_is_said_loudly(tmp_path: Path) -> None:
    """The report repeats the skipped test with its reason."""
    outcome = run(tmp_path, a=PASSING, c=SKIPPING)
    assert {"passed": 2, "skipped": 1} == outcome.counts
    assert "!! NOT RUN in protocol: SKIPPED" in said(outcome)
    assert "could not import 'no_such_thing'" in said(outcome)


def test_a_failing_test_fails_the_suite(tmp_path: Path) -> None:
    """One failed test fails the suite, and the report has the failure."""
    outcome = run(tmp_path, a=PASSING, d=FAILING)
    assert ("FAILED", {"failed": 1, "passed": 2}) == (outcome.problem, outcome.counts)
    assert "!! protocol: FAILED" in said(outcome)


def test_a_suite_runs_as_elsewhere_whatever_the_machine_says(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Pytest options and a ban on bytecode in the environment have no effect."""
    monkeypatch.setenv("PYTEST_ADDOPTS", "--collect-only")
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    outcome = run(tmp_path, a="import sys\ndef test_a(): assert not sys.dont_write_bytecode\n")
    assert ("", {"passed": 1}) == (outcome.problem, outcome.counts)


def test_a_suite_without_tests_could_not_run(tmp_path: Path) -> None:
    """A run without tests is not a success."""
    assert "COULD NOT RUN: no test was found" == run(tmp_path).problem
