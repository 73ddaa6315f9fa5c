"""Validate the configuration of a schedule."""

from __future__ import annotations

from collections.abc import Iterable

from provider.framework import Finding
from provider.model.cron import check_cron, never_runs
from provider.model.timezones import check_timezone
from provider.resources.schedule.schema import ScheduleState


def check(config: ScheduleState) -> Iterable[Finding]:
    """Yield a finding for each mistake in the configuration. Values may be unknown."""
    cron, timezone = config["cron"], config["timezone"]
    reason = check_cron(cron) if isinstance(cron, str) else None
    if reason:
        yield Finding(f'"{cron}" is not a cron expression', reason, ["cron"])
    reason = never_runs(cron) if isinstance(cron, str) else None
    if reason:
        yield Finding(f'"{cron}" never runs', reason, ["cron"])
    reason = check_timezone(timezone) if isinstance(timezone, str) else None
    if reason:
        yield Finding(f'"{timezone}" is not a timezone', reason, ["timezone"])
