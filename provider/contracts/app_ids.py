"""Say which app a user probably meant by an id that the tenant does not have."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Final

from provider.client.errors import NO_ROUTE, AtlanError
from provider.framework import deferred

with deferred("provider.contracts.formatting", "provider.contracts.suggestions", "provider.model.known_apps"):
    from provider.contracts import formatting, suggestions
    from provider.model import known_apps

if TYPE_CHECKING:
    from provider.client.api import AtlanApi

# The error about the id waits for the marketplace, so this time is short.
_SECONDS: Final = 5.0

# A tenant has some hundreds of apps. This limit keeps the search in a wrong answer fast.
_MOST_IDS: Final = 1000

# Many ids share these parts. With them, every crawler would be similar to every other one.
_SHARED_FIRST: Final = ("atlan",)
_MINER: Final = "miner"
_SHARED_LAST: Final = ("crawler", _MINER)

# The name of a source is short, so two sources have similar names more often than two ids.
_MIN_SIMILARITY_OF_NAMES: Final = 0.8
# The least number of characters at the beginning of a name that stand for the name, such as kafka.
_MIN_BEGINNING: Final = 5


class AppIds:
    """The ids of the apps that the tenant offers. Safe for threads.

    The marketplace is read once, when the first id was not found. If it cannot be read, the ids are those of the apps
    that the provider knows. ``raise_once`` raises an error of the setup instead, unless the tenant has no such list.
    """

    def __init__(self, api: Callable[[], AtlanApi], raise_once: Callable[[AtlanError], bool]) -> None:
        self._api = api
        self._raise_once = raise_once
        self._lock = threading.Lock()
        self._ids: list[str] | None = None
        self._similar: dict[str, str | None] = {}
        self._offered: frozenset[str] = frozenset()

    def did_you_mean(self, app_id: str) -> str:
        """Return a sentence with the id that is most similar to an id that was not found, and a space.

        An app that is not native is never suggested, because it cannot be created. Return an empty text if no id is
        similar, or if the tenant offers an app with exactly this id that may be native. Raises AtlanError if the
        marketplace shows that the setup is wrong.
        """
        with self._lock:
            if self._ids is None:
                self._ids = self._read()
            if app_id not in self._similar:
                self._similar[app_id] = nearest_app_id(app_id, self._ids)
            similar = self._similar[app_id]
        return f"Did you mean {formatting.value_text(similar)}? " if similar is not None else ""

    def is_known(self, app_id: str) -> bool:
        """Return True if the provider knows the app, or if the tenant offers it, native or not."""
        if app_id in known_apps.known_apps():
            return True
        with self._lock:
            if self._ids is None:
                self._ids = self._read()
            return app_id in self._offered

    def _read(self) -> list[str]:
        try:
            apps = self._api().with_timeout(_SECONDS).list_marketplace_apps().apps
        except AtlanError as error:
            if error.status not in NO_ROUTE:
                self._raise_once(error)
            apps = []
        self._offered = frozenset(app.id for app in apps)
        usable = [app.id for app in apps if app.native is not False]
        return sorted(usable if apps else known_apps.known_apps())[:_MOST_IDS]


def nearest_app_id(app_id: str, ids: Sequence[str]) -> str | None:
    """Return the id that is most similar to ``app_id``, or None if no id is similar or one is equal.

    The parts that many ids share, such as ``-crawler``, do not make two ids similar: ``hive-crawler`` is not similar to
    ``redshift-crawler``, but ``atlan-glue`` is similar to ``glue``. A miner is similar only to a miner, and a crawler
    only to an app that is not a miner.
    """
    if app_id in ids:
        return None
    same = [each for each in ids if suggestions.is_same_word(each, app_id)]
    if same:
        return same[0]
    name, kind = _parts(app_id)
    names = _names_of_kind(ids, kind)
    same = [each for each in names if suggestions.is_same_word(names[each], name)]
    if same:
        return same[0] if kind is None else suggestions.nearest(app_id, same) or same[0]
    similar = {each: names[each] for each in names if suggestions.nearest(name, [names[each]])}
    return _first_similar(app_id, name, similar) or _first_beginning(name, names)


def _first_similar(app_id: str, name: str, similar: Mapping[str, str]) -> str | None:
    """Return the most similar one of some ids with similar names: letters in another order, the name, the whole id."""
    for each in similar:
        if sorted(similar[each].lower()) == sorted(name.lower()):
            return each
    nearest_name = suggestions.nearest(name, similar.values(), _MIN_SIMILARITY_OF_NAMES)
    return next((each for each in similar if similar[each] == nearest_name), None) or suggestions.nearest(
        app_id, similar
    )


def _first_beginning(name: str, names: Mapping[str, str]) -> str | None:
    if len(name) < _MIN_BEGINNING:
        return None
    return next((each for each in names if names[each].lower().startswith(name.lower())), None)


def _names_of_kind(ids: Iterable[str], kind: str | None) -> dict[str, str]:
    """Return the names by the ids of a kind. Without a kind, return all, and the miners last."""
    parts = sorted(((each, *_parts(each)) for each in ids), key=lambda each: each[2] == _MINER)
    return {each: name for each, name, found in parts if kind is None or (found == _MINER) == (kind == _MINER)}


def _parts(app_id: str) -> tuple[str, str | None]:
    """Return an id without the parts that many ids share, and its last part if it is one of them.

    These parts may be mistyped.
    """
    parts, kind = re.split("[-_]", app_id), None
    if len(parts) > 1 and suggestions.nearest(parts[0], _SHARED_FIRST):
        parts = parts[1:]
    if len(parts) > 1 and (kind := suggestions.nearest(parts[-1], _SHARED_LAST)):
        parts = parts[:-1]
    return "-".join(parts), kind
