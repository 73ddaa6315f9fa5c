"""The provider with one rule of ownership switched off, which the campaign must notice.

``python -m tests.support.campaigns.ownership_switches RULE --debug`` serves it. The rules are those of `SWITCHES`.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from typing import Any

from provider.__main__ import main
from provider.framework import Unknown
from provider.ownership import Conflict, Ownership
from provider.resources.schedule import adopt, attach
from provider.resources.schedule.triggers import with_times


def adopt_managed_objects() -> None:
    """Let a create adopt an object of this configuration, and let two creates adopt one object."""
    add_address = Ownership.add_address

    def plan_adoption(self: Ownership, object_id: str) -> Conflict | None:
        with self._lock:
            self._planned.add(object_id)
        return None

    def without_adoption(self: Ownership, object_id: str, token: str | None, *, was_read: bool) -> Conflict | None:
        conflict = add_address(self, object_id, token, was_read=was_read)
        return None if conflict == "adopted" else conflict

    _replace(Ownership, plan_adoption=plan_adoption, add_address=without_adoption)


def archive_adopted_objects() -> None:
    """Let an apply archive what it adopts, and adopt what it archives."""
    _replace(Ownership, start_removal=lambda *_: True, is_removed=lambda *_: False)


def share_objects() -> None:
    """Let two addresses manage one object."""
    add_address = Ownership.add_address

    def without_sharing(self: Ownership, object_id: str, token: str | None, *, was_read: bool) -> Conflict | None:
        conflict = add_address(self, object_id, token, was_read=was_read)
        return None if conflict == "managed" else conflict

    _replace(Ownership, add_address=without_sharing)


def take_triggers_with_equal_times() -> None:
    """Let each schedule take a trigger that has its times already, as after a lost answer."""
    add = attach._add

    def take(ctx: Any, data: Any, planned: Any, before: Any) -> Any:
        found = data.claims.unclaimed(
            with_times(data.client.get_workflow(planned["slug"]).schedules or (), planned, ())
        )
        return found[0] if found else add(ctx, data, planned, before)

    _replace(attach, _add=take)


def adopt_in_replacements() -> None:
    """Let the apply of a replacement adopt any trigger that has its times."""

    def plan(ctx: Any, data: Any, planned: Any, workflow: Any, replaced: str) -> Any:
        return {**planned, "adopted_trigger_id": Unknown}

    _replace(adopt, _plan_replacement=plan)


def forget_replaced_triggers() -> None:
    """Let another address have or adopt a trigger that a schedule must still remove."""
    _replace(Ownership, add_replaced=lambda *_: None)


SWITCHES: Mapping[str, Callable[[], None]] = {
    "a managed object is not adopted": adopt_managed_objects,
    "an adopted object is not archived": archive_adopted_objects,
    "two addresses do not have one object": share_objects,
    "a schedule takes no trigger with equal times": take_triggers_with_equal_times,
    "a replacement adopts no other trigger": adopt_in_replacements,
    "a replaced trigger is not used elsewhere": forget_replaced_triggers,
}
"""Functions that switch a rule off, by the rule."""


def _replace(owner: Any, **functions: Callable[..., Any]) -> None:
    for name, function in functions.items():
        assert callable(getattr(owner, name)), name
        setattr(owner, name, function)


if __name__ == "__main__":
    SWITCHES[sys.argv.pop(1)]()
    sys.exit(main())
