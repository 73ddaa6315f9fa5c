"""A credential resource of a scripted server."""

import threading
from collections.abc import Iterator
from contextlib import closing
from types import SimpleNamespace

import pytest

from provider.client.api import build_client
from provider.client.retries import RetryPolicy
from provider.credential_storage import ReplacedCredentials
from provider.resources.credential.resource import CredentialResource
from tests.support.http_server import ScriptedServer, http_server


@pytest.fixture
def server() -> Iterator[ScriptedServer]:
    with http_server() as scripted:
        yield scripted


@pytest.fixture
def resource(server: ScriptedServer) -> Iterator[CredentialResource]:
    policy = RetryPolicy(max_retries=0)
    api = build_client(server.url, "not-a-real-key-4711", request_timeout=10, retries=policy, stop=threading.Event())
    with closing(api):
        yield CredentialResource(SimpleNamespace(client=api, is_known=True, replaced_credentials=ReplacedCredentials()))
