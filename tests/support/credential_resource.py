"""States, contexts and messages for the tests of `atlan_credential`."""

import threading
from typing import Any

from provider.framework import Context, Diagnostics
from provider.resources.credential.resource import CredentialResource

GUID = "5c7a1e0e-0000-4000-8000-000000000001"
CANARY = 'c4nary-"1"/one+ü'
NULLS = dict.fromkeys(CredentialResource.get_schema().by_name)
REQUIRED = {"auth_type": "basic", "connector_config_name": "atlan-connectors-postgres", "test_before_store": False}
NAMED = NULLS | REQUIRED | {"name": "shared"}
STATE = NAMED | {"id": GUID, "guid": GUID}
RECORD = {"id": GUID, "authType": "basic", "connectorConfigName": "atlan-connectors-postgres", "name": "shared"}


def context(kind: type[Any] = Context, **given: Any) -> Any:
    secrets = {"password_wo": CANARY, "extra_wo": {"private_key": CANARY}} | given
    return kind(Diagnostics(), "atlan_credential", threading.Event(), config=NULLS | secrets)


def messages(context: Context) -> str:
    return "\n".join(f"{each.summary}\n{each.detail}" for each in context.diagnostics.diagnostics)
