"""Checks of a run's configuration."""

from __future__ import annotations

from collections.abc import Iterable

from provider.framework import Finding, timeouts
from provider.model import identifiers
from provider.resources.run.schema import RunState


def check(config: RunState) -> Iterable[Finding]:
    """Yield what is wrong with a configuration. Values may be unknown."""
    yield from identifiers.check(config, "slug", "bigquery-prod-AbC123")
    yield from timeouts.check(config)
