"""What becomes of a workflow's inputs: how they are persisted, and how a get reads them back.

The service's facts: the raw credential is gone and its guid stands in `credential_guid`; the connection is an
object or its JSON text, here told by the app's data file; `connection_qualified_name` is absent; text that
holds JSON comes back as the object or list; the server adds four runtime keys. Contract defaults are not
added: whether the service does is not known.
"""

from __future__ import annotations

from typing import Any

from provider.sandbox.contracts import App
from provider.sandbox.wire import dumps, loads

USER_ID = "6f6c1f0e-7c1b-4d7e-9a57-3b1f0c2d4e5a"


def read_back(app: App, inputs: dict[str, Any], workflow_id: str, correlation_id: str) -> dict[str, Any]:
    """The `dag.extract.inputs.args` of a get, from the persisted inputs."""
    shown = {key: _parsed(app, key, value) for key, value in inputs.items()}
    shown.pop("connection_qualified_name", None)
    shown["connection"] = _connection(app, inputs["connection"])
    runtime = {"user-id": USER_ID, "user_id": USER_ID}
    return {**shown, **runtime, "workflow_id": workflow_id, "correlation_id": correlation_id}


def _connection(app: App, connection: Any) -> Any:
    whole = loads(connection) if isinstance(connection, str) else connection
    return dumps(whole) if app.connection_reads_back_as == "text" else whole


def _parsed(app: App, key: str, value: Any) -> Any:
    if not isinstance(value, str) or key not in app.text_inputs or value.lstrip()[:1] not in ("{", "["):
        return value
    try:
        data = loads(value)
    except ValueError:
        return value
    # a list would no longer fit an input that allows an object beside the text
    kinds = dict if app.text_inputs[key] else (dict, list)
    return data if isinstance(data, kinds) else value
