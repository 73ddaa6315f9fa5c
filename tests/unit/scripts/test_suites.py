"""The runner of the test suites: what it counts, what it calls a failure, and what it says."""

from pathlib import Path

import pytest

from scripts.support import suites
from scripts.support.suites import Outcome

PASSING = "def test_a(): pass\ndef test_b(): pass\n"
SKIPPING = "import pytest\ndef test_c(): pytest.importorskip('no_such_thing')\n"  # to see that the report tells of it
FAILING = "def test_d(): assert False\n"


def run(directory: Path, **files: str) -> Outcome:
    """Run a suite of the given test files."""
    (directory / "protocol").mkdir()
    for name, text in files.items():
        (directory / "protocol" / f"test_{name}.py").write_text(text)
    return suites.suite("protocol", tests=directory)


def said(*outcomes: Outcome) -> str:
    """Return the report of some outcomes."""
    lines: list[str] = []
    suites.report(outcomes, lines.append)
    return "\n".join(lines)


def test_a_suite_that_passes_is_counted(tmp_path: Path) -> None:
    """The number of tests and pytest's own closing line are told."""
    outcome = run(tmp_path, a=PASSING)
    assert ("", {"passed": 2}) == (outcome.problem, outcome.counts)
    assert said(outcome).endswith(outcome.closing)
    assert "2 tests" in said(outcome)


def test_a_skipped_test_is_said_loudly(tmp_path: Path) -> None:
    """A test that did not run is repeated in the report with its reason."""
    outcome = run(tmp_path, a=PASSING, c=SKIPPING)
    assert {"passed": 2, "skipped": 1} == outcome.counts
    assert "!! NOT RUN in protocol: SKIPPED" in said(outcome)
    assert "could not import 'no_such_thing'" in said(outcome)


def test_a_failing_test_fails_the_suite(tmp_path: Path) -> None:
    """One failed test is a failed suite, and it is said."""
    outcome = run(tmp_path, a=PASSING, d=FAILING)
    assert ("FAILED", {"failed": 1, "passed": 2}) == (outcome.problem, outcome.counts)
    assert "!! protocol: FAILED" in said(outcome)


def test_a_suite_runs_as_elsewhere_whatever_the_machine_says(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Neither pytest options nor a ban on bytecode come in from outside: without it, every launch compiles anew."""
    monkeypatch.setenv("PYTEST_ADDOPTS", "--collect-only")
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    outcome = run(tmp_path, a="import sys\ndef test_a(): assert not sys.dont_write_bytecode\n")
    assert ("", {"passed": 1}) == (outcome.problem, outcome.counts)


def test_a_suite_without_tests_could_not_run(tmp_path: Path) -> None:
    """Nothing collected is not a success."""
    assert "COULD NOT RUN: no test was found" == run(tmp_path).problem


def test_acceptance_without_a_cli_could_not_run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The report says what to install, in one line."""
    monkeypatch.delenv("TF_CLI_PATH", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    outcome = suites.suite("acceptance")
    assert outcome.problem.startswith("COULD NOT RUN: neither terraform nor tofu is on PATH: install")
    assert "!! acceptance: COULD NOT RUN" in said(outcome)


@pytest.mark.parametrize(("problem", "code"), [("", 0), ("FAILED", 1), ("COULD NOT RUN: x", 1)])
def test_the_exit_code_is_of_the_worst_part(monkeypatch: pytest.MonkeyPatch, problem: str, code: int) -> None:
    """All parts run whichever fails, and one that does fails the whole."""
    ran: list[str] = []

    def suite(name: str, options: list[str]) -> Outcome:
        ran.append(name)
        return Outcome(name, 0.1, problem if name == "unit" else "")

    monkeypatch.setattr(suites, "check", lambda: Outcome("check", 0.1))
    monkeypatch.setattr(suites, "suite", suite)
    assert code == suites.main([])
    assert ["unit", "protocol", "acceptance", "installed", "campaigns"] == ran


def test_named_suites_run_alone_with_pytests_options(monkeypatch: pytest.MonkeyPatch) -> None:
    """Names before the first option are suites, the rest is handed to pytest."""
    ran: list[tuple[str, list[str]]] = []

    def suite(name: str, options: list[str]) -> Outcome:
        ran.append((name, options))
        return Outcome(name, 0.1)

    monkeypatch.setattr(suites, "suite", suite)
    assert 0 == suites.main(["unit", "-k", "hcl"])
    assert [("unit", ["-k", "hcl"])] == ran


def test_an_unknown_suite_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    """A name that is no suite's is an error that lists the suites."""
    assert 2 == suites.main(["units"])
    assert (
        "there is no suite units; there are unit, protocol, acceptance, installed, campaigns" in capsys.readouterr().err
    )


def test_each_suite_is_dealt_out_as_it_is_fastest(monkeypatch: pytest.MonkeyPatch) -> None:
    """By file on two workers; the release is built by one, for each would build its own; campaigns go test by test."""
    dealt: dict[str, tuple[int, str]] = {}

    def pytest_(name: str, options: list[str], paths: list[str], *, workers: int, spread: str) -> Outcome:
        dealt[name] = workers, spread
        return Outcome(name, 0.1)

    monkeypatch.setattr(suites, "_missing_cli", str)
    monkeypatch.setattr(suites, "pytest", pytest_)
    for name in suites.SUITES:
        suites.suite(name)
    assert {
        "unit": (2, "loadfile"),
        "protocol": (2, "loadfile"),
        "acceptance": (2, "loadfile"),
        "installed": (1, "loadfile"),
        "campaigns": (2, "load"),
    } == dealt
