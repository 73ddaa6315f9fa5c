"""The triggers of a workflow: which one is meant, which fires at given times, and who in this process has it."""

from __future__ import annotations

import functools
from collections.abc import Callable, Collection, Iterable
from typing import TYPE_CHECKING

from provider.framework import State
from provider.model.cron import same_cron

if TYPE_CHECKING:
    from provider.client.responses import Trigger
    from provider.refresh import Row


def find(triggers: Iterable[Trigger], trigger_id: str) -> Trigger | None:
    """The trigger of that id."""
    return next((each for each in triggers if each.trigger_id == trigger_id), None)


def alike(triggers: Iterable[Trigger], planned: State, known: Collection[str]) -> list[Trigger]:
    """Those that fire at the planned times and are not among the known ids."""
    return [each for each in triggers if each.trigger_id not in known and _fires_when(each, planned)]


def to_state(trigger: Trigger, known: State) -> State:
    """The state of a trigger, its times written as they were known where they mean the same."""
    found = {"cron": trigger.cron or known["cron"], "timezone": trigger.timezone or known["timezone"]}
    cron = known["cron"] if fires_alike(known, found) else found["cron"]
    identity = {"id": f"{known['slug']}/{trigger.trigger_id}", "trigger_id": trigger.trigger_id}
    return {**known, **identity, **found, "cron": cron}


def proof(current: State) -> Callable[[Row], bool]:
    """What of a row proves that a read would tell what state holds: the trigger, of these times."""
    return functools.partial(_is_in, current)


def _is_in(current: State, row: Row) -> bool:
    for trigger_id, cron, timezone in row.triggers or ():
        if trigger_id == current["trigger_id"]:
            return timezone == current["timezone"] and fires_alike(current, {"cron": cron})
    return False


def fires_alike(left: State, right: State) -> bool:
    """Whether two cron expressions mean the same; not where one is unknown."""
    crons = left["cron"], right["cron"]
    return all(isinstance(cron, str) for cron in crons) and same_cron(*crons)


def _fires_when(trigger: Trigger, planned: State) -> bool:
    return fires_alike({"cron": trigger.cron}, planned) and trigger.timezone == planned["timezone"]
