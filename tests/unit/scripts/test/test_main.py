"""The command that runs the test suites."""

from pathlib import Path

import pytest

from scripts.lib.shared import pytest_run
from scripts.lib.shared.pytest_run import Outcome
from scripts.lib.test import __main__ as command


def said(*outcomes: Outcome) -> str:
    """Return the report of some outcomes."""
    lines: list[str] = []
    pytest_run.report(outcomes, lines.append)
    return "\n".join(lines)


def test_acceptance_without_a_cli_could_not_run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The report has one line with the programs to install."""
    monkeypatch.delenv("TF_CLI_PATH", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    outcome = command.suite("acceptance")
    assert outcome.problem.startswith("COULD NOT RUN: neither terraform nor tofu is on PATH: install")
    assert "!! acceptance: COULD NOT RUN" in said(outcome)


@pytest.mark.parametrize(("problem", "code"), [("", 0), ("FAILED", 1), ("COULD NOT RUN: x", 1)])
def test_the_exit_code_is_of_the_worst_part(monkeypatch: pytest.MonkeyPatch, problem: str, code: int) -> None:
    """All parts run, and a failed part fails the run."""
    ran: list[str] = []

    def suite(name: str, options: list[str]) -> Outcome:
        ran.append(name)
        return Outcome(name, 0.1, problem if name == "unit" else "")

    monkeypatch.setattr(command, "check", lambda: Outcome("check", 0.1))
    monkeypatch.setattr(command, "suite", suite)
    assert code == command.main([])
    assert ["unit", "protocol", "acceptance", "installed", "campaigns"] == ran


def test_named_suites_run_alone_with_pytests_options(monkeypatch: pytest.MonkeyPatch) -> None:
    """Names before the first option are suites. The other arguments are for pytest."""
    ran: list[tuple[str, list[str]]] = []

    def suite(name: str, options: list[str]) -> Outcome:
        ran.append((name, options))
        return Outcome(name, 0.1)

    monkeypatch.setattr(command, "suite", suite)
    assert 0 == command.main(["unit", "-k", "hcl"])
    assert [("unit", ["-k", "hcl"])] == ran


def test_an_unknown_suite_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    """The error lists the suites."""
    assert 2 == command.main(["units"])
    assert (
        "there is no suite units; there are unit, protocol, acceptance, installed, campaigns" in capsys.readouterr().err
    )


def test_each_suite_is_dealt_out_as_it_is_fastest(monkeypatch: pytest.MonkeyPatch) -> None:
    """By file on two workers. One worker builds the release; campaigns are distributed test by test."""
    dealt: dict[str, tuple[int, str]] = {}

    def pytest_(name: str, options: list[str], paths: list[str], *, workers: int, spread: str) -> Outcome:
        dealt[name] = workers, spread
        return Outcome(name, 0.1)

    monkeypatch.setattr(command, "_missing_cli", str)
    monkeypatch.setattr(pytest_run, "run", pytest_)
    for name in command.SUITES:
        command.suite(name)
    assert {
        "unit": (2, "loadfile"),
        "protocol": (2, "loadfile"),
        "acceptance": (2, "loadfile"),
        "installed": (1, "loadfile"),
        "campaigns": (2, "load"),
    } == dealt
