"""A credential resource of a scripted server, and its states."""

import threading
from collections.abc import Iterator
from contextlib import closing
from types import SimpleNamespace
from typing import Any

import pytest

from provider.client.api import connect
from provider.client.retries import RetryPolicy
from provider.framework import Context, Diagnostics
from provider.resources.credential.resource import CredentialResource
from tests.support.http_server import ScriptedServer, http_server

GUID = "5c7a1e0e-0000-4000-8000-000000000001"
CANARY = 'c4nary-"1"/one+ü'
NULLS = dict.fromkeys(CredentialResource.get_schema().by_name)
REQUIRED = {"auth_type": "basic", "connector_config_name": "atlan-connectors-postgres", "test_before_store": False}
NAMED = NULLS | REQUIRED | {"name": "shared"}
STATE = NAMED | {"id": GUID, "guid": GUID}
RECORD = {"id": GUID, "authType": "basic", "connectorConfigName": "atlan-connectors-postgres", "name": "shared"}


@pytest.fixture
def server() -> Iterator[ScriptedServer]:
    with http_server() as scripted:
        yield scripted


@pytest.fixture
def resource(server: ScriptedServer) -> Iterator[CredentialResource]:
    policy = RetryPolicy(max_retries=0)
    api = connect(server.url, "not-a-real-key-4711", request_timeout=10, retries=policy, stop=threading.Event())
    with closing(api):
        yield CredentialResource(SimpleNamespace(client=api, is_known=True))


def context(kind: type[Any] = Context, **given: Any) -> Any:
    secrets = {"password_wo": CANARY, "extra_wo": {"private_key": CANARY}} | given
    return kind(Diagnostics(), "atlan_credential", threading.Event(), config=NULLS | secrets)


def messages(context: Context) -> str:
    return "\n".join(f"{each.summary}\n{each.detail}" for each in context.diagnostics.diagnostics)
