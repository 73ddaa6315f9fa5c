"""Validate the configuration of a run."""

from __future__ import annotations

from collections.abc import Iterable

from provider.framework import Finding, timeouts
from provider.resources.run.schema import RunState


def check(config: RunState) -> Iterable[Finding]:
    """Yield a finding for each mistake in the configuration. Values may be unknown."""
    yield from timeouts.check(config)
