"""The figures: samples of a quantity, their median and spread, and the limits."""

from __future__ import annotations

import statistics
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from typing import Any, Final

NEWCOMER: Final = "init, plan and apply of a module, from the zip"
"""The row with the seconds that a new user waits."""


@dataclass(frozen=True)
class Row:
    """One line of the table: the measured quantity, its unit (ms, s, MiB, requests), and each sample.

    ``cpu`` has the seconds of processor time of each sample, if they were measured. On a shared machine they vary
    less than the time by the clock.
    """

    name: str
    unit: str
    samples: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)

    @property
    def median(self) -> float:
        """The median of the samples."""
        return statistics.median(self.samples)

    @property
    def spread(self) -> tuple[float, float]:
        """The smallest and the largest sample."""
        return min(self.samples), max(self.samples)


class Rows:
    """Rows by their names, in the order in which they were first measured."""

    def __init__(self) -> None:
        self._rows: dict[str, Row] = {}

    def add(self, name: str, unit: str, sample: float, cpu: float | None = None) -> None:
        """Add a sample to the row of that name."""
        row = self._rows.setdefault(name, Row(name, unit))
        row.samples.append(sample)
        row.cpu.extend([] if cpu is None else [cpu])

    def __iter__(self) -> Iterator[Row]:
        return iter(self._rows.values())

    def __contains__(self, name: str) -> bool:
        return name in self._rows

    def median(self, name: str) -> float:
        """Return the median of the row of that name."""
        return self._rows[name].median

    def as_json(self) -> list[dict[str, Any]]:
        """Return every row with its samples."""
        return [asdict(row) | {"median": row.median} for row in self]


@dataclass(frozen=True)
class Limit:
    """A figure and its upper bound, both in `unit`. A ratio has no unit."""

    what: str
    figure: float
    bound: float
    unit: str = ""

    @property
    def holds(self) -> bool:
        """True if the figure is within the bound."""
        return self.figure <= self.bound

    def as_json(self) -> dict[str, Any]:
        """Return the limit as JSON, with True or False for ``holds``."""
        return {"what": self.what, "figure": self.figure, "bound": self.bound, "unit": self.unit, "holds": self.holds}
