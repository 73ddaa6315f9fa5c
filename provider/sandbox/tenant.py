"""The tenant: its stores, the operations on its workflows, and the state of the middleware."""

from __future__ import annotations

import time
from collections.abc import Callable

from provider.sandbox.authentication import Authentication
from provider.sandbox.chaos import Chaos
from provider.sandbox.faults import Faults
from provider.sandbox.marketplace import Marketplace
from provider.sandbox.options import Options
from provider.sandbox.request_log import RequestLog
from provider.sandbox.run_reasons import RunReasons
from provider.sandbox.stores import open_stores
from provider.sandbox.workflow_queries import WorkflowQueries
from provider.sandbox.workflows import Workflows


class Tenant:
    """The tenant in a database file. Raises sqlite3.Error if the file cannot be used."""

    def __init__(self, options: Options, clock: Callable[[], float] = time.time) -> None:
        self.stores = open_stores(options, clock)
        self.workflows = Workflows(self.stores)
        self.queries = WorkflowQueries(self.stores)
        self.marketplace = Marketplace(self.stores.apps, options.page_size)
        self.authentication = Authentication(options.api_key, clock)
        self.reasons = RunReasons(self.stores.runs)
        self.log = RequestLog(clock)
        self.faults = Faults()
        self.chaos = Chaos(clock)
        self.resets = 0  # a request that began before the last reset is dropped

    def reset(self) -> None:
        """Delete all state, and drop the requests that wait for their response."""
        self.resets += 1
        self.stores.database.clear()
        self.queries.clear_overrides()
        self.marketplace.clear()
        self.log.clear()
        self.faults.clear()
        self.chaos.clear()
        self.stores.runs.clear_scripts()
        self.reasons.clear()
        self.stores.apps.make_cold()
