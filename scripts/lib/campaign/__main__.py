"""Run the campaigns in full, one after another, each on two workers."""

import sys
from collections.abc import Sequence

from scripts.lib.shared import pytest_run
from scripts.lib.shared.mirror import ROOT

FOLDER = ROOT / "tests" / "campaigns"
SECONDS = 4 * 3600
"""The longest time of one campaign."""


def main(arguments: Sequence[str]) -> int:
    """Run the named campaigns, or all. Return 0 if all of them ran and passed."""
    split = next((i for i, argument in enumerate(arguments) if argument.startswith("-")), len(arguments))
    named, options = arguments[:split], arguments[split:]
    known = _known()
    if list(options) == ["--list"]:
        print("\n".join(known))
        return 0
    if unknown := [name for name in named if name not in known]:
        print(f"campaign: there is no campaign {unknown[0]}; there are {', '.join(known)}", file=sys.stderr)
        return 2
    outcomes = [_campaign(name, options) for name in named or known]
    pytest_run.report(outcomes)
    return 1 if any(outcome.problem for outcome in outcomes) else 0


def _known() -> list[str]:
    return sorted(path.stem.removeprefix("test_") for path in FOLDER.glob("test_*.py"))


def _campaign(name: str, options: Sequence[str]) -> pytest_run.Outcome:
    print(f"\n>> {name}", flush=True)
    paths = [str(FOLDER / f"test_{name}.py")]
    return pytest_run.run(name, ["--full", *options], paths, seconds=SECONDS, spread="load")


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
