"""The stores of a tenant: apps, credentials, connections, runs and schedules, in one database."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from provider.sandbox.apps import Apps
from provider.sandbox.connections import Connections
from provider.sandbox.credentials import Credentials
from provider.sandbox.database import Database
from provider.sandbox.options import Options
from provider.sandbox.runs import Runs
from provider.sandbox.schedules import Schedules


@dataclass(frozen=True)
class Stores:
    """The stores, and the options and the clock (epoch seconds) that other modules need."""

    options: Options
    clock: Callable[[], float]
    database: Database
    apps: Apps
    credentials: Credentials
    connections: Connections
    runs: Runs
    schedules: Schedules


def open_stores(options: Options, clock: Callable[[], float]) -> Stores:
    """Open the database and return the stores. Raises sqlite3.Error if the file cannot be used."""
    database = Database(options.database)
    runs = Runs(database, clock, options.run_seconds, options.second_submit)
    return Stores(
        options=options,
        clock=clock,
        database=database,
        apps=Apps(opens_contracts=options.contracts == "open", cold_requests=options.cold_app_requests),
        credentials=Credentials(options, database, clock),
        connections=Connections(database, clock, runs),
        runs=runs,
        schedules=Schedules(database),
    )
