"""The cases that a campaign draws by its seed, and its figures."""

from __future__ import annotations

import random
import statistics
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, TypeVar

import pytest

T = TypeVar("T")

SEED = 20_260_101


def drawn(config: pytest.Config, cases: Sequence[T], short: int) -> list[T]:
    """Return all cases in the full form, otherwise `short` of the cases in their order, chosen by the seed."""
    if config.getoption("full") or short >= len(cases):
        return list(cases)
    chosen = random.Random(config.getoption("seed")).sample(range(len(cases)), short)
    return [cases[index] for index in sorted(chosen)]


class Figures:
    """The figures of a campaign: counts, which are added up, and measures, which are reported with their spread."""

    def __init__(self, node: pytest.Item) -> None:
        self._node = node

    def count(self, what: str, number: int = 1) -> None:
        self._node.user_properties.append((what, number))

    def measure(self, what: str, value: float) -> None:
        self._node.user_properties.append((what, float(value)))


def lines(reports: Iterable[Any]) -> Iterator[str]:
    """Yield a line for each figure of the reports of tests, ordered by name."""
    figures: dict[str, list[float]] = {}
    for report in reports:
        for what, value in getattr(report, "user_properties", ()):
            figures.setdefault(what, []).append(value)
    for what, values in sorted(figures.items()):
        yield f"{what}: {_figure(values)}"


def _figure(values: list[float]) -> str:
    if all(isinstance(value, int) for value in values):
        return f"{sum(values):,}"
    middle = statistics.median(values)
    return f"{middle:.3g}" + (f" ({min(values):.3g} to {max(values):.3g})" if len(values) > 1 else "")
