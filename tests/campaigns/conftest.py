"""Campaigns: many cases from a seed. Each run of the tests contains a short form, and `scripts/campaign` all cases.

A campaign's module lists its cases and selects some with `drawn`. Its figures are printed at the end of the run.
"""

from __future__ import annotations

import random
import statistics
from collections.abc import Sequence
from typing import Any, TypeVar

import pytest

from tests.acceptance.conftest import start

__all__ = ["start"]

T = TypeVar("T")

SEED = 20_260_101


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("campaigns")
    group.addoption("--full", action="store_true", help="every case, not the short form")
    group.addoption("--seed", type=int, default=SEED, help=f"what the cases are drawn by (default {SEED})")


def drawn(config: pytest.Config, cases: Sequence[T], short: int) -> list[T]:
    """Return all cases in the full form, otherwise `short` of the cases in their order, chosen by the seed."""
    if config.getoption("full") or short >= len(cases):
        return list(cases)
    chosen = random.Random(config.getoption("seed")).sample(range(len(cases)), short)
    return [cases[index] for index in sorted(chosen)]


@pytest.fixture
def full(pytestconfig: pytest.Config) -> bool:
    """Return True in the full form."""
    return bool(pytestconfig.getoption("full"))


@pytest.fixture
def seed(pytestconfig: pytest.Config) -> int:
    """Return the seed of random choices."""
    return int(pytestconfig.getoption("seed"))


class Figures:
    """The figures of a campaign: counts, which are added up, and measures, which are reported with their spread."""

    def __init__(self, node: pytest.Item) -> None:
        self._node = node

    def count(self, what: str, number: int = 1) -> None:
        self._node.user_properties.append((what, number))

    def measure(self, what: str, value: float) -> None:
        self._node.user_properties.append((what, float(value)))


@pytest.fixture
def figures(request: pytest.FixtureRequest) -> Figures:
    """The figures of this test."""
    return Figures(request.node)


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    told: dict[str, list[float]] = {}
    for report in (each for kind in ("passed", "failed") for each in terminalreporter.stats.get(kind, ())):
        for what, value in getattr(report, "user_properties", ()):
            told.setdefault(what, []).append(value)
    if told:
        form = "full" if config.getoption("full") else "short"
        terminalreporter.section(f"figures, {form} form, seed {config.getoption('seed')}")
    for what, values in sorted(told.items()):
        terminalreporter.write_line(f"{what}: {_figure(values)}")


def _figure(values: list[float]) -> str:
    if all(isinstance(value, int) for value in values):
        return f"{sum(values):,}"
    middle = statistics.median(values)
    return f"{middle:.3g}" + (f" ({min(values):.3g} to {max(values):.3g})" if len(values) > 1 else "")
