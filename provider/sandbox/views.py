"""Workflows as they are read: one, a page of them, or everything that is stored.

A row of a list has a get's keys but `dag`, and may be behind with them. `schedules` is null unless the sandbox surfaces
them, in rows too; `dag` has no `args` where it hides inputs. A get does not tell the entrypoint.
"""

from __future__ import annotations

import base64
import binascii
import sqlite3
from datetime import UTC, datetime
from typing import Any

from provider.sandbox.errors import invalid
from provider.sandbox.inputs import read_back
from provider.sandbox.parts import Parts
from provider.sandbox.wire import Checker, loads

DEFAULT_LIMIT = 50
LARGEST = 2**63 - 1
CURSOR = "after:"
CHECK_LAGS = Checker({"type": "boolean"}, "lags")


def _cursor(number: int) -> str:
    return base64.urlsafe_b64encode(f"{CURSOR}{number}".encode()).decode()


def _after(cursor: str | None) -> int:
    """The number a cursor stands for; ServiceError (400) for one that was not given out."""
    if cursor is None:
        return 0
    try:
        text = base64.b64decode(cursor, altchars=b"-_", validate=True).decode("ascii")
        number = int(text.removeprefix(CURSOR))
    except (binascii.Error, ValueError):
        raise invalid("cursor is not one that was given out") from None
    if not 0 < number <= LARGEST or _cursor(number) != cursor:
        raise invalid("cursor is not one that was given out")
    return number


def _limit(text: str | None) -> int:
    if text is None:
        return DEFAULT_LIMIT
    if not (text.isascii() and text.isdigit() and int(text[:19]) > 0):
        raise invalid("limit must be a positive integer")
    return int(text[:19])


def _when(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, UTC).isoformat()


class Views:
    """Reads of the tenant's workflows."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._shown: dict[tuple[str, int], dict[str, Any]] = {}
        self._behind: list[tuple[int, dict[str, Any]]] | None = None

    def show(self, row: sqlite3.Row, args: dict[str, Any]) -> None:
        """Have a get of this version, until a restart, tell these `args` in place of what is persisted."""
        self._shown[row["slug"], row["version"]] = args

    def lag(self, lags: Any) -> None:
        """Have the list go on telling what it tells now, or not any more; ServiceError (400) for no boolean."""
        CHECK_LAGS.check(lags)
        self._behind = (self._behind or self._listed(0, None, -1)) if lags else None

    def show_what_is_stored(self) -> None:
        self._shown.clear()
        self._behind = None

    def summary(self, row: sqlite3.Row) -> dict[str, Any]:
        shown = self._parts.options.surface_schedules
        return {
            "slug": row["slug"],
            "name": row["name"],
            "version": row["version"],
            "owner": row["owner"],
            "app_id": row["app_id"],
            "execution_mode": "native",
            "created_at": _when(row["created_at"]),
            "updated_at": _when(row["published_at"]),
            "schedules": self._parts.schedules.of(row["slug"]) if shown else None,
        }

    def _row(self, row: sqlite3.Row) -> dict[str, Any]:
        shown = self.summary(row)
        return shown if self._parts.options.surface_row_schedules else shown | {"schedules": None}

    def whole(self, row: sqlite3.Row) -> dict[str, Any]:
        inputs: dict[str, Any] = {}
        if self._parts.options.surface_inputs:
            shown = self._shown.get((row["slug"], row["version"]))
            inputs["args"] = self._args(row) if shown is None else shown
        return {**self.summary(row), "dag": {"extract": {"inputs": inputs}}}

    def _args(self, row: sqlite3.Row) -> dict[str, Any]:
        app, stored = self._parts.apps.get(row["app_id"]), loads(row["inputs"])
        return read_back(app, stored, row["workflow_id"], row["correlation_id"])

    def page(self, limit: str | None, cursor: str | None, name: str | None) -> dict[str, Any]:
        """One page, oldest first; ServiceError (400) for a limit or a cursor that is none."""
        size = min(_limit(limit), self._parts.options.page_size)
        rows = self._listed(_after(cursor), name, size + 1)
        more = len(rows) > size
        return {
            "workflows": [row for _, row in rows[:size]],
            "has_more": more,
            "next_cursor": _cursor(rows[size - 1][0]) if more else None,
        }

    def _listed(self, after: int, name: str | None, most: int) -> list[tuple[int, dict[str, Any]]]:
        """Rows with their numbers, `most` of them, or all if it is negative."""
        if self._behind is not None:
            return [each for each in self._behind if each[0] > after and name in (None, each[1]["name"])][:most]
        statement = (
            "SELECT workflows.*, published_at FROM workflows JOIN versions USING (slug, version)"
            " WHERE NOT archived AND number > ? AND (? IS NULL OR name = ?) ORDER BY number LIMIT ?"
        )
        return [(row["number"], self._row(row)) for row in self._parts.database.all(statement, after, name, name, most)]

    def stored(self) -> list[dict[str, Any]]:
        """Everything, archived ones too, with the inputs as they are persisted."""
        statement = "SELECT * FROM workflows JOIN versions USING (slug, version) ORDER BY number"
        return [self._stored(row) for row in self._parts.database.all(statement)]

    def _stored(self, row: sqlite3.Row) -> dict[str, Any]:
        plain = {key: row[key] for key in ("slug", "name", "app_id", "entrypoint", "version", "owner")}
        return {
            **plain,
            "archived": bool(row["archived"]),
            "inputs": loads(row["inputs"]),
            "schedules": self._parts.schedules.of(row["slug"]),
            "runs": self._parts.runs.of(row["slug"]),
        }
