"""Campaigns: many cases from a seed. Each run of the tests contains a short form, and `scripts/campaign` all cases.

A campaign's module lists its cases and selects some with `drawn`. Its figures are printed at the end of the run.
"""

from __future__ import annotations

from typing import Any

import pytest

from tests.acceptance.conftest import start
from tests.support.campaigns import figures as figures_of_tests
from tests.support.campaigns.fault_environment import CONTRACTS
from tests.support.campaigns.fault_routes import THROUGH
from tests.support.campaigns.figures import SEED, Figures

__all__ = ["start"]


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("campaigns")
    group.addoption("--full", action="store_true", help="every case, not the short form")
    group.addoption("--seed", type=int, default=SEED, help=f"the seed by which cases are drawn (default {SEED})")
    group.addoption("--through", choices=THROUGH, help="the route of every fault to the provider (see test_faults.py)")
    group.addoption("--contracts", choices=CONTRACTS, help="the contracts of every tenant that meets a fault")


@pytest.fixture
def full(pytestconfig: pytest.Config) -> bool:
    """Return True in the full form."""
    return bool(pytestconfig.getoption("full"))


@pytest.fixture
def seed(pytestconfig: pytest.Config) -> int:
    """Return the seed of random choices."""
    return int(pytestconfig.getoption("seed"))


@pytest.fixture
def figures(request: pytest.FixtureRequest) -> Figures:
    """The figures of this test."""
    return Figures(request.node)


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    reports = [each for kind in ("passed", "failed") for each in terminalreporter.stats.get(kind, ())]
    if lines := list(figures_of_tests.lines(reports)):
        form = "full" if config.getoption("full") else "short"
        terminalreporter.section(f"figures, {form} form, seed {config.getoption('seed')}")
        for line in lines:
            terminalreporter.write_line(line)
