"""Open contracts: the input contracts as published apps serve them.

A published app serves the JSON Schema of its data model. This schema requires nothing and allows any other input.
It does not declare the inputs that only the service reads, and it declares two inputs of the runtime. `connection`
and `agent_json` are objects. The filters of some apps are text or a list.
Chosen here: which apps have such filters, of those whose builders in the SDK send text. `agent_json` can be null,
because the SDK sends null.
"""

from __future__ import annotations

from typing import Any

from provider.sandbox.json_codec import JsonObject

SERVICE_INPUTS = ("credential", "connection_qualified_name")
OBJECT_TYPES: JsonObject = {"connection": "object", "agent_json": ["object", "null"]}
RUNTIME_INPUTS = ("workflow_id", "output_path")
FILTERS = ("include_filter", "exclude_filter")
APPS_WITH_LIST_FILTERS = ("atlan-mssql", "atlan-sigma", "atlan-tableau", "hive-crawler", "teradata-crawler")


def open_contract(app_id: str, closed: JsonObject) -> JsonObject:
    """Return the open form of an app's closed contract."""
    declared: Any = closed["properties"]
    properties: JsonObject = {name: declared[name] for name in declared if name not in SERVICE_INPUTS}
    properties |= {name: {**declared[name], "type": types, "default": {}} for name, types in OBJECT_TYPES.items()}
    properties |= {name: _runtime_input(name) for name in RUNTIME_INPUTS}
    if app_id in APPS_WITH_LIST_FILTERS:
        properties |= {name: {**declared[name], "type": ["string", "array"]} for name in FILTERS}
    left_out = ("properties", "required", "additionalProperties", "$defs")
    return {**{key: closed[key] for key in closed if key not in left_out}, "properties": properties}


def _runtime_input(name: str) -> JsonObject:
    return {"title": name.replace("_", " ").capitalize(), "type": "string", "default": ""}
