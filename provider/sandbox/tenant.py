"""The whole tenant: state and rules, and what the control plane sees of the traffic."""

from __future__ import annotations

import time
from collections.abc import Callable

from provider.sandbox.faults import Faults
from provider.sandbox.options import Options
from provider.sandbox.parts import build
from provider.sandbox.request_log import RequestLog
from provider.sandbox.tokens import Tokens
from provider.sandbox.views import Views
from provider.sandbox.weather import Weather
from provider.sandbox.workflows import Workflows


class Tenant:
    """Opens the database of the options; sqlite3.Error if the file can't be used."""

    def __init__(self, options: Options, clock: Callable[[], float] = time.time) -> None:
        self.parts = build(options, clock)
        self.workflows = Workflows(self.parts)
        self.views = Views(self.parts)
        self.tokens = Tokens(options.api_key, clock)
        self.log = RequestLog(clock)
        self.faults = Faults()
        self.weather = Weather(clock)
        self.resets = 0

    def reset(self) -> None:
        """Forget everything: state, request log, faults, weather, and the requests that still wait to be served."""
        self.resets += 1
        self.parts.database.clear()
        self.views.show_what_is_stored()
        self.log.clear()
        self.faults.clear()
        self.weather.clear()
        self.parts.runs.expect_nothing()
