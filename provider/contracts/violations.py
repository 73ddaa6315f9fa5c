"""The violation of a contract as data."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from provider.contracts.schema_keywords import Schema
from provider.contracts.schema_walker import InputPath

UNKNOWN_KEY: Final = "unknown key"
NOT_ALLOWED: Final = "not allowed"
ONE_OF_SEVERAL: Final = "one of several"
"""Names for kinds of violations that have no keyword in JSON Schema."""


@dataclass(frozen=True)
class Violation:
    """One keyword that the value at a path violates, and the schemas that contain the keyword.

    The path of a missing or unknown key ends in the key. ``is_refused`` is False for an unknown key that the contract
    accepts. ``meant`` is the declared key that an unknown key probably misspells, and ``replaces_missing`` is True if
    that key is required and missing.
    """

    path: InputPath
    keyword: str
    schemas: tuple[Schema, ...] = field(default=(), compare=False)
    is_error: bool = True
    is_refused: bool = True
    meant: str | None = None
    replaces_missing: bool = False
