"""Write the figures as a Markdown table, which is also readable on a terminal."""

from __future__ import annotations

import statistics
from collections.abc import Iterable, Sequence

from scripts.lib.benchmark.figures import Limit, Row


def of_rows(rows: Iterable[Row]) -> str:
    """Return a table of medians with their spread."""
    cells = [[row.name, amount(row.median, row.unit), _spread(row), _cpu(row), str(len(row.samples))] for row in rows]
    return _table(["what", "median", "least to most", "cpu", "runs"], cells)


def of_limits(limits: Iterable[Limit]) -> str:
    """Return a table of the limits, with yes or NO for each."""
    cells = [
        [each.what, amount(each.figure, each.unit), amount(each.bound, each.unit), "yes" if each.holds else "NO"]
        for each in limits
    ]
    return _table(["what", "figure", "at most", "holds"], cells)


def amount(value: float, unit: str) -> str:
    """Return a number with its unit, rounded to three digits. A ratio is a multiple, such as ``1.30 x``."""
    if unit == "requests":
        return f"{value:,.0f}"
    if not unit:
        return f"{value:.2f} x"
    return f"{value:,.0f} {unit}" if value >= 100 else f"{value:.3g} {unit}"


def _spread(row: Row) -> str:
    least, most = row.spread
    return f"{amount(least, row.unit)} to {amount(most, row.unit)}"


def _cpu(row: Row) -> str:
    return amount(statistics.median(row.cpu), "s") if row.cpu else ""


def _table(heads: Sequence[str], lines: Sequence[Sequence[str]]) -> str:
    widths = [max(map(len, column)) for column in zip(heads, *lines, strict=True)]
    rule = ["-" * width for width in widths]
    return "\n".join(_line(cells, widths) for cells in (heads, rule, *lines))


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    return "| " + " | ".join(cell.ljust(width) for cell, width in zip(cells, widths, strict=True)) + " |"
