"""Run the test suites one after another, and report the results at the end."""

import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from scripts.lib.shared import cli, pytest_run
from scripts.lib.shared.mirror import ROOT
from scripts.lib.shared.pytest_run import Outcome, report

SUITES = ("unit", "protocol", "acceptance", "installed", "campaigns")
_WITH_CLI = ("acceptance", "installed", "campaigns")
_WORKERS = {"installed": 1}  # each worker would build the release
_SPREAD = {"campaigns": "load"}
"""The way to distribute tests, if not by file. Campaigns have few files with long tests."""


def main(arguments: Sequence[str]) -> int:
    """Run the named suites, or the checks and all suites. Return 0 if all of them ran and passed."""
    split = next((i for i, argument in enumerate(arguments) if argument.startswith("-")), len(arguments))
    named, options = arguments[:split], arguments[split:]
    if unknown := [name for name in named if name not in SUITES]:
        print(f"test: there is no suite {unknown[0]}; there are {', '.join(SUITES)}", file=sys.stderr)
        return 2
    outcomes = [] if named else [check()]
    outcomes += [suite(name, options) for name in named or SUITES]
    report(outcomes)
    return 1 if any(outcome.problem for outcome in outcomes) else 0


def check() -> Outcome:
    """Run scripts/check."""
    _say("check: format, lint, types")
    started = time.monotonic()
    code = subprocess.run([ROOT / "scripts" / "check"], cwd=ROOT, check=False).returncode
    return Outcome("check", time.monotonic() - started, "FAILED" if code else "")


def suite(name: str, options: Sequence[str] = (), tests: Path = ROOT / "tests") -> Outcome:
    """Run one suite: the tests in the folder of the same name."""
    _say(name)
    if name in _WITH_CLI and (missing := _missing_cli()):
        return Outcome(name, 0.0, f"COULD NOT RUN: {missing}")
    spread, workers = _SPREAD.get(name, "loadfile"), _WORKERS.get(name, 2)
    return pytest_run.run(name, options, [str(tests / name)], spread=spread, workers=workers)


def _missing_cli() -> str:
    try:
        cli.find()
    except cli.CliMissingError as error:
        return str(error)
    return ""


def _say(text: str) -> None:
    print(f"\n>> {text}", flush=True)


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
