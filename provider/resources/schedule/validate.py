"""Checks of a schedule's configuration."""

from __future__ import annotations

from collections.abc import Iterable

from provider.framework import Finding
from provider.model import identifiers
from provider.model.cron import check_cron, check_timezone
from provider.resources.schedule.schema import ScheduleState


def check(config: ScheduleState) -> Iterable[Finding]:
    """Yield what is wrong with a configuration. Values may be unknown."""
    yield from identifiers.check(config, "slug", "bigquery-prod-AbC123")
    cron, timezone = config["cron"], config["timezone"]
    why = check_cron(cron) if isinstance(cron, str) else None
    if why:
        yield Finding(f'"{cron}" is not a cron expression', why, ["cron"])
    why = check_timezone(timezone) if isinstance(timezone, str) else None
    if why:
        yield Finding(f'"{timezone}" is not a timezone', why, ["timezone"])
