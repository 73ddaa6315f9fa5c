"""Claims on triggers, so that two calls of one apply never use the same trigger."""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from provider.client.responses import Trigger


class Owner(Protocol):
    """The context of the call that claims a trigger."""

    type_name: str


class Claims:
    """The call that has claimed each trigger, to attach, adopt or remove it. Safe for threads.

    The calls of one apply come in any order. A claim prevents that two calls adopt the same trigger. A claim also
    prevents that one call removes a trigger that another call has adopted.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._owners: dict[str, Owner] = {}
        self._turns: defaultdict[str, threading.Lock] = defaultdict(threading.Lock)

    def claim(self, trigger_id: str, owner: Owner) -> bool:
        """Claim the trigger for an owner, and return True. Return False if another owner has claimed the trigger."""
        with self._lock:
            return self._owners.setdefault(trigger_id, owner) is owner

    def unclaimed(self, triggers: Iterable[Trigger]) -> list[Trigger]:
        """Return the triggers that no call has claimed."""
        with self._lock:
            return [each for each in triggers if each.trigger_id not in self._owners]

    @contextmanager
    def turn(self, key: str) -> Iterator[None]:
        """Let one call at a time list the triggers of a workflow, or add one and claim it.

        So each listed trigger that this process has added is claimed. The same is true for the workflows of a name.
        """
        with self._lock:
            turn = self._turns[key]
        with turn:
            yield

    def clear(self) -> None:
        """Remove all claims, because one process can serve several applies."""
        with self._lock:
            self._owners.clear()
