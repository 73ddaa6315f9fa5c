"""Garbage collection of a plugin process: off while modules load, then rarer than Python's default."""

from __future__ import annotations

import gc
from typing import Final

_THRESHOLDS: Final = (10_000, 5, 5)
"""A call creates many values and hardly any cycles, so a collection is rarely useful.

Python's default of 700 objects costs a tenth of a call.
"""


def pause() -> None:
    """Turn garbage collection off. Use it while modules load, because imported objects are never garbage."""
    gc.disable()


def resume() -> None:
    """Turn garbage collection on again. Objects that exist now are never examined."""
    gc.freeze()
    gc.set_threshold(*_THRESHOLDS)
    gc.enable()
