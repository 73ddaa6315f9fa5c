"""What was measured: samples of one quantity, their median and spread, and the ratio of two medians."""

from __future__ import annotations

import statistics
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from typing import Any, Final

NEWCOMER: Final = "init, plan and apply of a module, from the zip"
"""The row of what a newcomer waits for, in seconds."""


@dataclass(frozen=True)
class Row:
    """One line of the table: what was measured in which unit (ms, s, MiB, requests), and each measurement.

    ``cpu`` are the seconds of processor time that each took, where that was counted: they tell more than the clock
    does on a machine that others use too.
    """

    name: str
    unit: str
    samples: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)

    @property
    def median(self) -> float:
        """The middle of the samples."""
        return statistics.median(self.samples)

    @property
    def spread(self) -> tuple[float, float]:
        """The least and the most."""
        return min(self.samples), max(self.samples)


class Rows:
    """Rows by their names, in the order in which they were first measured."""

    def __init__(self) -> None:
        self._rows: dict[str, Row] = {}

    def add(self, name: str, unit: str, sample: float, cpu: float | None = None) -> None:
        """One measurement more."""
        row = self._rows.setdefault(name, Row(name, unit))
        row.samples.append(sample)
        row.cpu.extend([] if cpu is None else [cpu])

    def __iter__(self) -> Iterator[Row]:
        return iter(self._rows.values())

    def __contains__(self, name: str) -> bool:
        return name in self._rows

    def median(self, name: str) -> float:
        """The median of the row of that name."""
        return self._rows[name].median

    def as_json(self) -> list[dict[str, Any]]:
        """Every row with its samples."""
        return [asdict(row) | {"median": row.median} for row in self]


@dataclass(frozen=True)
class Limit:
    """A figure that is to stay within a bound, both in the unit of `unit`; a ratio has none."""

    what: str
    figure: float
    bound: float
    unit: str = ""

    @property
    def holds(self) -> bool:
        """Whether it does."""
        return self.figure <= self.bound

    def as_json(self) -> dict[str, Any]:
        """The limit and whether it holds."""
        return {"what": self.what, "figure": self.figure, "bound": self.bound, "unit": self.unit, "holds": self.holds}
