"""A data source of a scripted server: real HTTP, no tenant behind it."""

import threading
from collections.abc import Iterator
from contextlib import closing
from types import SimpleNamespace
from typing import Any

import pytest

from provider.absence import Absence
from provider.client.api import build_client
from provider.client.retries import RetryPolicy
from provider.contracts.app_ids import AppIds
from provider.contracts.cache import Contracts
from provider.framework import Context, DataSource, Diagnostics, UserError
from provider.setup_errors import SetupErrors
from tests.support.config_checks import findings
from tests.support.data_source_answers import Read, Reading
from tests.support.http_server import ScriptedServer, http_server


@pytest.fixture
def server() -> Iterator[ScriptedServer]:
    with http_server() as scripted:
        yield scripted


@pytest.fixture
def read(server: ScriptedServer) -> Iterator[Read]:
    """Read a data source of this kind. Attributes that are not given are null."""
    policy = RetryPolicy(max_retries=0)
    api = build_client(server.url, "not-a-real-key-4711", request_timeout=10, retries=policy, stop=threading.Event())
    known = {
        "client": api,
        "absence": Absence(lambda: api),
        "contracts": Contracts(lambda: api),
        "app_ids": AppIds(lambda: api, SetupErrors().raise_once),
    }

    def reader(kind: type[DataSource], **config: Any) -> Reading:
        diagnostics = Diagnostics()
        source: Any = kind(SimpleNamespace(**known))  # type: ignore[call-arg]
        given = dict.fromkeys(kind.get_schema().by_name) | config
        for finding in findings(source, given):  # Terraform validates a configuration before each read
            raise UserError.of(finding)
        state = source.read(Context(diagnostics, kind.get_name(), threading.Event(), config=given), given)
        return Reading(state, [each.summary for each in diagnostics.diagnostics])

    with closing(api):
        yield reader
