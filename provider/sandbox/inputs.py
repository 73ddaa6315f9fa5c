"""The inputs of a workflow as a GET returns them. They differ from the stored inputs.

The service leaves out `connection_qualified_name`, parses the JSON text of some inputs, and adds four runtime keys. It
returns the connection as an object or as JSON text.
Chosen here: the data file of the app says in which form the connection is returned. For atlan-standard-lineage it is an
object, because the SDK publishes the connection of this app as it was read, and an open contract accepts no text. The
contract's defaults are not added.
"""

from __future__ import annotations

from provider.sandbox.apps import App
from provider.sandbox.json_codec import Json, JsonObject, dumps, loads

USER_ID = "6f6c1f0e-7c1b-4d7e-9a57-3b1f0c2d4e5a"


def inputs_in_response(app: App, inputs: JsonObject, workflow_id: str, correlation_id: str) -> JsonObject:
    """Return the `dag.extract.inputs.args` of a workflow that has these stored inputs."""
    args = {key: _parse_text(app, key, value) for key, value in inputs.items()}
    args.pop("connection_qualified_name", None)
    if "connection" in inputs:
        args["connection"] = _connection(app, inputs["connection"])
    return {
        **args,
        "user-id": USER_ID,
        "user_id": USER_ID,
        "workflow_id": workflow_id,
        "correlation_id": correlation_id,
    }


def _connection(app: App, connection: Json) -> Json:
    data: Json = loads(connection) if isinstance(connection, str) else connection
    return dumps(data) if app.connection_reads_back_as == "text" else data


def _parse_text(app: App, key: str, value: Json) -> Json:
    if not isinstance(value, str) or key not in app.parsed_inputs or value.lstrip()[:1] not in ("{", "["):
        return value
    try:
        data: Json = loads(value)
    except ValueError:
        return value
    return data if isinstance(data, app.parsed_inputs[key]) else value
