"""A credential resource of a scripted server."""

import threading
from collections.abc import Iterator
from contextlib import closing

import pytest

from provider.client.api import build_client
from provider.client.retries import RetryPolicy
from provider.resources.credential.resource import CredentialResource
from tests.support.http_server import ScriptedServer, http_server
from tests.support.provider_data import provider_data


@pytest.fixture
def server() -> Iterator[ScriptedServer]:
    with http_server() as scripted:
        yield scripted


@pytest.fixture
def resource(server: ScriptedServer) -> Iterator[CredentialResource]:
    policy = RetryPolicy(max_retries=0)
    api = build_client(server.url, "not-a-real-key-4711", request_timeout=10, retries=policy, stop=threading.Event())
    with closing(api):
        yield CredentialResource(provider_data(api))
