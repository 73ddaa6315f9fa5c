"""The runner of the campaigns, and how they draw their cases and report their figures."""

import subprocess
import sys
from pathlib import Path

import pytest

from scripts.lib.campaign import __main__ as command
from scripts.lib.shared import pytest_run
from scripts.lib.shared.mirror import ROOT
from scripts.lib.shared.pytest_run import Outcome

CAMPAIGN = """
from tests.support.campaigns.figures import drawn


def pytest_generate_tests(metafunc):
    metafunc.parametrize("case", drawn(metafunc.config, range(100), short=5))


def test_case(case, figures):
    figures.count("cases")
    figures.measure("size", case)
"""


def run(directory: Path, *options: str) -> str:
    """Run a campaign of 100 cases, 5 in the short form, and return what it prints."""
    path = directory / "test_toy.py"
    path.write_text(CAMPAIGN)
    command = [sys.executable, "-m", "pytest", "-q", "-p", "tests.campaigns.conftest", "-c", "pyproject.toml"]
    done = subprocess.run([*command, *options, str(path)], cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.mark.parametrize(("options", "cases"), [([], 5), (["--full"], 100), (["--seed", "3"], 5)])
def test_the_short_form_draws_some_cases_and_the_full_form_runs_all(
    tmp_path: Path, options: list[str], cases: int
) -> None:
    """The figures contain the number of cases."""
    assert f"cases: {cases}\n" in run(tmp_path, *options)


def test_the_same_seed_draws_the_same_cases(tmp_path: Path) -> None:
    """Another seed draws other cases."""
    sizes = [
        next(line for line in run(tmp_path, "--seed", seed).splitlines() if line.startswith("size:"))
        for seed in ("1", "1", "2")
    ]
    assert (sizes[0], True) == (sizes[1], sizes[0] != sizes[2])


def test_named_campaigns_run_in_full_with_pytests_options(monkeypatch: pytest.MonkeyPatch) -> None:
    """Names before the first option are campaigns. The other arguments are for pytest."""
    ran: list[tuple[str, list[str]]] = []

    def pytest_(name: str, options: list[str], paths: list[str], **how: object) -> Outcome:
        ran.append((name, options))
        return Outcome(name, 0.1)

    monkeypatch.setattr(command, "_known", lambda: ["faults", "load"])
    monkeypatch.setattr(pytest_run, "run", pytest_)
    assert 0 == command.main(["load", "--seed", "7"])
    assert [("load", ["--full", "--seed", "7"])] == ran


def test_an_unknown_campaign_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    """The error lists the campaigns."""
    assert 2 == command.main(["fault"])
    assert "there is no campaign fault; there are" in capsys.readouterr().err
