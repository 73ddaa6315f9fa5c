"""Find triggers of a workflow by their id or by their times."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING

from provider.framework import Value
from provider.model import identifiers
from provider.model.cron import same_cron
from provider.resources.schedule.schema import ScheduleState

if TYPE_CHECKING:
    from provider.client.responses import Trigger


def find(triggers: Iterable[Trigger], trigger_id: Value) -> Trigger | None:
    """Return the trigger with this id, or None."""
    return next((each for each in triggers if each.trigger_id == trigger_id), None)


def with_times(triggers: Iterable[Trigger], planned: ScheduleState, own: Collection[str]) -> list[Trigger]:
    """Return the triggers with the planned cron and timezone whose ids are not among the schedule's own."""
    return [
        each
        for each in triggers
        if each.trigger_id not in own
        and is_same_cron(each.cron, planned["cron"])
        and each.timezone == planned["timezone"]
    ]


def is_same_cron(left: Value, right: Value) -> bool:
    """Return True if two cron expressions have the same meaning. Return False if one is unknown or missing."""
    return isinstance(left, str) and isinstance(right, str) and same_cron(left, right)


def id_of(state: ScheduleState) -> str:
    """Return the trigger id in a stored state. Raises UserError if it is missing."""
    return identifiers.stored(state["trigger_id"], "trigger_id")


def names(triggers: Iterable[Trigger]) -> str:
    """Return the ids of triggers for a message, joined with ``and``."""
    return " and ".join(each.trigger_id for each in triggers)
