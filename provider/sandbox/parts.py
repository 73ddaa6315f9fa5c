"""What a tenant is made of, built once from the options."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from provider.sandbox.connections import Connections
from provider.sandbox.contracts import Apps
from provider.sandbox.database import Database
from provider.sandbox.options import Options
from provider.sandbox.runs import Runs
from provider.sandbox.schedules import Schedules
from provider.sandbox.vault import Vault


@dataclass(frozen=True)
class Parts:
    """The nouns of a tenant over one database; `clock` gives epoch seconds."""

    options: Options
    clock: Callable[[], float]
    database: Database
    apps: Apps
    vault: Vault
    connections: Connections
    runs: Runs
    schedules: Schedules


def build(options: Options, clock: Callable[[], float]) -> Parts:
    """Open the database; sqlite3.Error if the file can't be used."""
    database = Database(options.database)
    runs = Runs(database, clock, options.run_seconds)
    return Parts(
        options=options,
        clock=clock,
        database=database,
        apps=Apps(),
        vault=Vault(database, clock),
        connections=Connections(database, runs),
        runs=runs,
        schedules=Schedules(database),
    )
