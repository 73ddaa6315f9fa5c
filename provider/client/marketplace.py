"""The apps of the tenant's marketplace.

The vendor does not document the answer. Its public code reads an object with the keys ``apps`` and ``total``, and an
app with the keys ``id``, ``name``, ``displayName`` and ``execution_mode``. Other tenants may name them differently, so
this module accepts several names of each key, in snake_case and in camelCase.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final, NamedTuple

from provider.client import operations
from provider.client.answers import IDENTIFIER_PATTERN, Answer
from provider.client.errors import ENDLESS_REASON
from provider.client.json_codec import Json
from provider.client.operations import Operations

# The names of keys, in lower case and without underscores. The first name that has a value is used.
_CONTAINERS: Final = ("apps", "records", "data", "items", "results")
_IDS: Final = ("appid", "id")
_LABELS: Final = ("displayname", "name", "title")
_NATIVE_FLAGS: Final = ("nativeready", "isnative", "native")
_TEXT_FLAGS: Final = {"true": True, "false": False}
_TOTALS: Final = ("total", "totalcount", "totalrecord", "totalrecords")

_MOST_LEVELS: Final = 3
_USABLE: Final = re.compile(IDENTIFIER_PATTERN)
_UUID: Final = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)


class MarketplaceApp(NamedTuple):
    """An app of the marketplace. ``name`` and ``native`` are None if the service does not return them."""

    id: str
    name: str | None
    native: bool | None


class MarketplaceApps(NamedTuple):
    """The apps of the marketplace, and the number of its entries that have no id that a path can contain."""

    apps: list[MarketplaceApp]
    without_id: int


class MarketplaceOperations(Operations):
    """The operation on the marketplace. It only reads."""

    def list_marketplace_apps(self) -> MarketplaceApps:
        """Return the apps of all pages, in the order of the service. An entry without an id is only counted.

        Raises UnusableAnswer if an answer contains no list of apps, if none of its entries has an id, or if not all
        pages can be read. A tenant without this read answers 404: with a page of its gateway (UnusableAnswer), or with
        the service's own body (NotFound, or UnprovenNotFound without a code).
        """
        found: dict[str, MarketplaceApp] = {}
        queries: list[Mapping[str, str]] = []
        query: Mapping[str, str] | None = {}
        rows_read = without_id = 0
        while query is not None:
            queries.append(query)
            answer = self._request_service("GET", "marketplace", "apps", query=query)
            page = _parse(answer)
            if page.apps and all(app.id in found for app in page.apps):
                answer.refuse(f"it repeats the apps of an earlier page, and only {len(found)} apps were read")
            for app in page.apps:
                found.setdefault(app.id, app)
            rows_read, without_id = rows_read + page.rows, without_id + page.rows - len(page.apps)
            if not page.rows and page.is_partial(rows_read):
                answer.refuse(f"it says that there are more apps, and only {len(found)} apps were read")
            query = page.next_query(rows_read)
            if query in queries or len(queries) == operations.MOST_PAGES:
                answer.refuse(ENDLESS_REASON)
        return MarketplaceApps(list(found.values()), without_id)


class _Page(NamedTuple):
    """One answer: its apps, the number of its entries, and the values beside the list by their normalized keys."""

    apps: list[MarketplaceApp]
    rows: int
    paging: Mapping[str, Json]

    def next_query(self, rows_read: int) -> Mapping[str, str] | None:
        """Return the query for the next page, or None after the last one. ``rows_read`` counts all pages."""
        cursor = self._cursor()
        if cursor:
            return {"cursor": cursor}
        return {"offset": str(rows_read)} if self.is_partial(rows_read) else None

    def is_partial(self, rows_read: int) -> bool:
        """Return True if the answer says that the list has more entries, and does not contain a cursor to them."""
        total = _first(self.paging, *_TOTALS)
        is_partial = self.paging.get("hasmore") is True or (isinstance(total, int) and total > rows_read)
        return is_partial and not self._cursor()

    def _cursor(self) -> str:
        cursor = self.paging.get("nextcursor")
        return (
            str(cursor) if self.paging.get("hasmore") is not False and isinstance(cursor, str | int) and cursor else ""
        )


def _parse(answer: Answer) -> _Page:
    value, paging = answer.value(), dict[str, Json]()
    for _ in range(_MOST_LEVELS):
        if isinstance(value, dict):
            paging |= _normalized(value)
            value = _content(value)
    if not isinstance(value, list):
        answer.refuse("it does not have the shape of a list of apps")
    apps = [app for each in value if isinstance(each, dict) and (app := _app(_normalized(each)))]
    if value and not apps:
        answer.refuse("it does not have the shape of a list of apps: none of its entries has an id")
    return _Page(apps, len(value), paging)


def _content(answer: Mapping[str, Json]) -> Json:
    """Return the value that contains the apps: that of a usual key, or else the only list. Null is an empty list."""
    values = _normalized(answer)
    usual = _first(values, *_CONTAINERS)
    if usual is not None:
        return usual
    if any(_normalized_key(key) in _CONTAINERS for key in answer):
        return []
    lists = [value for value in values.values() if isinstance(value, list)]
    return lists[0] if len(lists) == 1 else None


def _app(entry: Mapping[str, Json]) -> MarketplaceApp | None:
    """Return the app of an entry with normalized keys, or None if the entry has no id that a path can contain."""
    ids = [each for name in _IDS if isinstance(each := entry.get(name), str) and _USABLE.fullmatch(each)]
    # The marketplace also numbers its apps with UUIDs. All other operations identify an app by its readable id, which
    # can be the value of ``name``.
    candidates = [*ids, entry.get("name")] if ids else []
    readable = [each for each in candidates if isinstance(each, str) and _is_readable_id(each)]
    names = [each for name in _LABELS if isinstance(each := entry.get(name), str) and each]
    return MarketplaceApp((readable or ids)[0], names[0] if names else None, _native(entry)) if ids else None


def _is_readable_id(text: str) -> bool:
    return bool(_USABLE.fullmatch(text)) and not _UUID.fullmatch(text)


def _native(entry: Mapping[str, Json]) -> bool | None:
    flag = _first(entry, *_NATIVE_FLAGS)
    if isinstance(flag, str):
        flag = _TEXT_FLAGS.get(flag.lower())
    if isinstance(flag, bool):
        return flag
    mode = entry.get("executionmode")
    return mode.lower() == "native" if isinstance(mode, str) and mode else None


def _normalized(found: Mapping[str, Json]) -> dict[str, Json]:
    """Return the values that are not null, by their keys in lower case and without underscores."""
    return {_normalized_key(key): value for key, value in found.items() if value is not None}


def _normalized_key(key: str) -> str:
    return key.replace("_", "").lower()


def _first(found: Mapping[str, Json], *names: str) -> Json:
    return next((found[name] for name in names if name in found), None)
