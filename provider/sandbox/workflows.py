"""Workflows: minted, published, listed, archived.

Rules where the facts are silent: a body's unknown keys are refused; versions strictly rise, within a second
too; a create fills in the connection's qualified name and a PUT does not, so a run of a version that was
published without one ends Failed.
"""

from __future__ import annotations

import re
import secrets
import sqlite3
import string
import unicodedata
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from provider.sandbox import schedules as scheduling
from provider.sandbox.connections import Connections, attributes_of
from provider.sandbox.contracts import App, Apps
from provider.sandbox.database import Database
from provider.sandbox.errors import cause, invalid, name_taken, not_found
from provider.sandbox.inputs import read_back
from provider.sandbox.runs import Runs
from provider.sandbox.schedules import Schedules
from provider.sandbox.vault import Vault
from provider.sandbox.wire import Checker, closed, dumps, loads

TEXT = {"type": "string"}
NEW = closed(
    {
        "app_id": TEXT,
        "name": {"type": "string", "pattern": r"\S"},
        "inputs": {"type": "object"},
        "entrypoint": TEXT,
        "schedule": {"type": "object"},
        "run": {"type": "boolean"},
    },
    ["app_id", "name", "inputs"],
)
CHANGED = closed({"inputs": {"type": "object"}, "entrypoint": TEXT}, ["inputs"])
CHECK_NEW, CHECK_CHANGED = Checker(NEW, "body"), Checker(CHANGED, "body")
SUFFIX = string.ascii_letters + string.digits


def mint_slug(name: str) -> str:
    """`bigquery-prod-AbC123` for "BigQuery (prod)": the name's letters and digits, then six at random."""
    ascii_name = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    stem = re.sub(r"[^a-z0-9]+", "-", ascii_name)[:64].strip("-") or "workflow"
    return f"{stem}-{''.join(secrets.choice(SUFFIX) for _ in range(6))}"


@dataclass(frozen=True)
class Publication:
    """What is about to be published, checked: the app, the entrypoint, the inputs, the connection's attributes."""

    app: App
    entrypoint: str | None
    inputs: dict[str, Any]
    connection: dict[str, Any]


class Workflows:
    """The tenant's workflows; `clock` gives epoch seconds."""

    def __init__(
        self,
        database: Database,
        apps: Apps,
        vault: Vault,
        connections: Connections,
        runs: Runs,
        schedules: Schedules,
        clock: Callable[[], float],
        surface: tuple[bool, bool] = (False, True),
    ) -> None:
        self._database, self._apps, self._vault = database, apps, vault
        self._connections, self._runs, self._schedules = connections, runs, schedules
        self._clock = clock
        self._show_schedules, self._show_inputs = surface
