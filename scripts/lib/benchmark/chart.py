"""Draw the figures as a chart."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from scripts.lib.benchmark.figures import Row, Rows
from scripts.lib.benchmark.table import amount

_UNITS: Final = {"ms": "milliseconds", "s": "seconds", "requests": "requests", "MiB": "MiB"}
_COLORS: Final = {"this provider": "#2f6fde", "no-op provider": "#b0b7c3", "terraform_data": "#d9dde4"}
_OTHER: Final = "#8f98a8"


def draw(rows: Rows, path: Path, title: str) -> None:
    """Write a chart of the medians and their spread as a PNG, with one panel for each unit."""
    import matplotlib as mpl

    mpl.use("Agg")
    from matplotlib import pyplot as plt

    panels = [(unit, [row for row in rows if row.unit == unit]) for unit in _UNITS]
    panels = [(unit, found) for unit, found in panels if found]
    heights = [len(found) + 1.2 for _, found in panels]
    figure, axes = plt.subplots(
        len(panels), 1, figsize=(10, 0.34 * sum(heights) + 0.6), height_ratios=heights, squeeze=False
    )
    for (unit, found), axis in zip(panels, axes[:, 0], strict=True):
        _panel(axis, unit, found)
    figure.suptitle(title, fontsize=11)
    figure.tight_layout()
    figure.savefig(path, dpi=120)
    plt.close(figure)


def _panel(axis: Any, unit: str, rows: Sequence[Row]) -> None:
    medians = [row.median for row in rows]
    spread = [
        [row.median - row.spread[0] for row in rows],
        [row.spread[1] - row.median for row in rows],
    ]
    bars = axis.barh([row.name for row in rows], medians, xerr=spread, color=[_color(row) for row in rows])
    axis.bar_label(bars, [amount(row.median, unit) for row in rows], padding=4, fontsize=8)
    axis.set_xlabel(_UNITS[unit], fontsize=8)
    axis.tick_params(labelsize=8)
    axis.invert_yaxis()
    axis.margins(x=0.15)
    axis.spines[["top", "right"]].set_visible(False)


def _color(row: Row) -> str:
    return next((color for kind, color in _COLORS.items() if kind in row.name), _OTHER)
