"""The payload of a workflow as JSON text, to compare one client with another key by key."""

from __future__ import annotations

import json
import re
from typing import Any

from tests.support.sandbox import Sandbox
from tests.support.sdk_workflows import Case

_GUIDS = ("credential_guid", "api_credential_guid", "object_store_credential_guid")
_RUNTIME_KEYS = {"user-id", "user_id", "workflow_id", "correlation_id"}
_GENERATED = {"id", "name", "createdAt", "updatedAt"}


def payload(sandbox: Sandbox, case: Case, workflow: dict[str, Any]) -> str:
    """Return what was published as JSON, with the records of credentials instead of their guids.

    A null is left out: the SDK sends nulls, and the provider does not, because the app takes its default for both.
    The generated qualified name of a new connection is left out, and so is the generated name of a credential.
    """
    inputs = {key: value for key, value in workflow["inputs"].items() if key not in _RUNTIME_KEYS and value is not None}
    for field in _GUIDS:
        if inputs.get(field):
            inputs[field] = _credential(sandbox, inputs[field])
    if case.way is not None:
        inputs["connection"] = _without_generated(case, inputs["connection"])
    published = {"app_id": workflow["app_id"], "entrypoint": workflow["entrypoint"], "inputs": inputs}
    # as text, because 1, 1.0 and true are equal in Python and differ for the service
    return json.dumps(published, indent=1, sort_keys=True)


def _credential(sandbox: Sandbox, guid: str) -> dict[str, Any]:
    answer = sandbox.call("GET", f"/api/service/credentials/{guid}")
    assert 200 == answer.status, answer.text
    return {key: value for key, value in answer.json.items() if key not in _GENERATED}


def _without_generated(case: Case, connection: dict[str, Any]) -> dict[str, Any]:
    attributes = dict(connection["attributes"])
    assert re.fullmatch(rf"default/{case.app.connector_name}/\d{{10}}", attributes.pop("qualifiedName"))
    return {**connection, "attributes": attributes}
