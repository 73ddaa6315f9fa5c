"""A finding, and the room for text about one."""

from __future__ import annotations

from dataclasses import dataclass

from provider.contracts.placeholders import Path


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong with inputs. `path` starts at the top-level key; a missing key is the last of its own.

    The path is empty where the finding is about the contract itself, about all inputs, or tells how many are left out.
    """

    path: Path
    summary: str
    detail: str
    is_error: bool
