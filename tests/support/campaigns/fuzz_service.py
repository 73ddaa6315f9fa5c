"""The sandbox's OpenAPI description, with the sandbox's own schemas of bodies and with existing names."""

from typing import Any

from provider.sandbox import (
    authentication,
    chaos,
    credentials,
    faults,
    marketplace,
    schedules,
    search,
    workflow_requests,
)
from tests.support.configurations import CONNECTION

TENANT = "/api/service"
APPS = f"{TENANT}/v1/app"
CREATED = {"app_id": "bigquery-crawler", "entrypoint": "crawler", "inputs": {"connection": CONNECTION}, "run": False}
"""The body of a create, without the name of the workflow."""

_ANY = {"type": "object"}
_STATUS = {"type": "object", "properties": {"status": {"enum": ["Running", "Succeeded", "Failed", "?"]}}}
_WORKFLOW = {
    **workflow_requests.CREATE_SCHEMA,
    "properties": {**workflow_requests.CREATE_SCHEMA["properties"], "inputs": {"enum": [CREATED["inputs"], {}]}},
}
_WORKFLOW["properties"] |= {
    "app_id": {"enum": ["bigquery-crawler", "no-such-app"]},
    "entrypoint": {"enum": ["crawler"]},
}
BODIES: dict[str, Any] = {
    APPS: _WORKFLOW,
    f"{APPS}/{{slug}}": workflow_requests.UPDATE_SCHEMA,
    f"{APPS}/{{slug}}/schedule": schedules.BODY_SCHEMA,
    f"{TENANT}/credentials": credentials.BODY_SCHEMA,
    f"{TENANT}/credentials/{{guid}}": credentials.BODY_SCHEMA,
    f"{TENANT}/oauth-clients/token": {"type": "object", "properties": {"clientId": authentication.TEXT_SCHEMA}},
    "/api/meta/search/indexsearch": search.body_schema(
        search.clause_schema("term", search.QUALIFIED_NAME_FIELD, search.TEXT_SCHEMA)
    ),
    "/_sandbox/faults": faults.BODY_SCHEMA,
    "/_sandbox/chaos": chaos.BODY_SCHEMA,
    "/_sandbox/marketplace": marketplace.FORM_SCHEMA,
    "/_sandbox/runs": {"type": "object", "properties": {"statuses": {"type": "array", "items": {"type": "string"}}}},
    "/_sandbox/runs/{run_id}": _STATUS,
    "/_sandbox/connections": {"type": "object", "properties": {"attributes": _ANY}},
    "/_sandbox/credentials/{guid}/verify": credentials.SECRETS_SCHEMA,
}
QUERIES = {
    APPS: ("limit", "cursor", "name"),
    f"{TENANT}/marketplace/apps": ("offset", "cursor"),
    f"{TENANT}/roles": ("limit", "offset", "filter", "sort"),
    f"{TENANT}/v1/apps/{{app_id}}/inputs": ("entrypoint",),
    "/api/meta/entity/uniqueAttribute/type/{type_name}": ("attr:qualifiedName",),
}


def described(found: dict[str, Any], known: dict[str, str]) -> dict[str, Any]:
    """Add bodies, queries and the names in `known` as examples to the description, and return it."""
    for path, operations in found["paths"].items():
        for method, operation in operations.items():
            for parameter in operation.get("parameters", []):
                name = known.get(parameter["name"])
                if name is not None:
                    parameter["schema"] = {"anyOf": [{"enum": [name]}, {"type": "string"}]}
            queries = [{"name": each, "in": "query", "schema": {"type": "string"}} for each in QUERIES.get(path, ())]
            operation["parameters"] = [*operation.get("parameters", []), *queries]
            if method in ("post", "put"):
                content = {"application/json": {"schema": {"anyOf": [BODIES.get(path, _ANY), {}]}}}
                operation["requestBody"] = {"content": content}
    return found
