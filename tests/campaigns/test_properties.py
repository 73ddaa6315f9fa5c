"""The property tests of tests/unit and tests/protocol, with other examples than in every run of the tests."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from scripts.lib.shared.mirror import ROOT
from tests.support.campaigns.figures import Figures, drawn

FILES = sorted(
    path.relative_to(ROOT)
    for folder in ("unit", "protocol")
    for path in (ROOT / "tests" / folder).rglob("test_*.py")
    if re.search(r"^@given\(", path.read_text(), re.MULTILINE)
)
PROFILES = "campaign-short", "campaign-full"
"""The profile of tests/conftest.py: in the short form and in the full form."""
SECONDS = 3600
"""The longest time of one file."""


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    metafunc.parametrize("file", drawn(metafunc.config, FILES, short=1), ids=str)


def test_properties_are_true_for_examples_of_the_seed(file: Path, full: bool, seed: int, figures: Figures) -> None:
    """Each property test of a file passes with the examples of this seed."""
    # the outer run must not set the options of the inner one
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
    options = [f"--hypothesis-profile={PROFILES[full]}", f"--hypothesis-seed={seed}", "-m", "hypothesis"]
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *options, str(file)]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=SECONDS)
    assert 0 == done.returncode, done.stdout + done.stderr
    passed = re.search(r"(\d+) passed", done.stdout)
    assert passed is not None
    figures.count("property tests with examples of the seed", int(passed[1]))
