"""Say which app a user probably meant by an id that the tenant does not have."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Final

from provider.client.errors import AtlanError
from provider.contracts.formatting import value_text
from provider.contracts.suggestions import is_same_word, nearest
from provider.model.known_apps import known_apps

if TYPE_CHECKING:
    from provider.client.api import AtlanApi

# The error about the id waits for the marketplace, so this time is short.
_SECONDS: Final = 5.0

# A tenant has some hundreds of apps. This limit keeps the search in a wrong answer fast.
_MOST_IDS: Final = 1000

# Many ids share these parts. With them, every crawler would be similar to every other one.
_SHARED_FIRST: Final = ("atlan",)
_SHARED_LAST: Final = ("crawler", "miner")


class AppIds:
    """The ids of the apps that the tenant offers. Safe for threads.

    The marketplace is read once, when the first id was not found. If it cannot be read, the ids are those of the apps
    that the provider knows.
    """

    def __init__(self, api: Callable[[], AtlanApi]) -> None:
        self._api = api
        self._lock = threading.Lock()
        self._ids: list[str] | None = None
        self._similar: dict[str, str | None] = {}

    def did_you_mean(self, app_id: str) -> str:
        """Return a sentence with the id that is most similar to an id that was not found, and a space.

        Return an empty text if no id is similar, or if the tenant offers an app with exactly this id.
        """
        with self._lock:
            if self._ids is None:
                self._ids = self._read()
            if app_id not in self._similar:
                self._similar[app_id] = nearest_app_id(app_id, self._ids)
            similar = self._similar[app_id]
        return f"Did you mean {value_text(similar)}? " if similar is not None else ""

    def _read(self) -> list[str]:
        try:
            found = [app.id for app in self._api().with_timeout(_SECONDS).list_marketplace_apps()]
        except AtlanError:
            found = []
        return sorted(found or known_apps())[:_MOST_IDS]


def nearest_app_id(app_id: str, ids: Sequence[str]) -> str | None:
    """Return the id that is most similar to ``app_id``, or None if no id is similar or one is equal.

    The parts that many ids share, such as ``-crawler``, do not make two ids similar: ``hive-crawler`` is not similar to
    ``redshift-crawler``, but ``atlan-glue`` is similar to ``glue``.
    """
    if app_id in ids:
        return None
    name = _name(app_id)
    same = [each for each in ids if is_same_word(each, app_id)] or [
        each for each in ids if is_same_word(_name(each), name)
    ]
    if same:
        return same[0] if name == app_id else nearest(app_id, same) or same[0]
    return nearest(app_id, [each for each in ids if nearest(name, [_name(each)])])


def _name(app_id: str) -> str:
    """Return an id without the parts that many ids share. These parts may be mistyped."""
    parts = re.split("[-_]", app_id)
    if len(parts) > 1 and nearest(parts[0], _SHARED_FIRST):
        parts = parts[1:]
    if len(parts) > 1 and nearest(parts[-1], _SHARED_LAST):
        parts = parts[:-1]
    return "-".join(parts)
