"""The index search, for the two uses that the SDK makes of it here.

The service's facts: the SDK asks for a connection by two terms, the qualified name and the type; for the runs of
a workflow that are in progress by four, the state, the type, the prefix of the qualified name and the statuses. It
names the attributes it wants; where nothing is found there are no `entities`. What is told of runs is some seconds
old. Other searches are refused, for an answer to them would be made up.
"""

from __future__ import annotations

from typing import Any

from provider.sandbox.errors import ServiceError, invalid
from provider.sandbox.parts import Parts
from provider.sandbox.wire import Checker, closed

QUALIFIED_NAME, TYPE, STATE, STATUS = "qualifiedName", "__typeName.keyword", "__state", "appWorkflowRunStatus"
RUN = "AppWorkflowRun"
COUNT = {"type": "integer", "minimum": 0}
REFUSAL = "the sandbox searches for nothing but one Connection by its qualified name, or a workflow's runs by status"


def _clause(kind: str, field: str, value: dict[str, Any]) -> dict[str, Any]:
    asked = closed({"value": value, "case_insensitive": {"const": False}}, ["value"])
    return closed({kind: closed({field: asked}, [field])}, [kind])


def _body(*clauses: dict[str, Any]) -> dict[str, Any]:
    filters = {
        "type": "array",
        "minItems": len(clauses),
        "maxItems": len(clauses),
        "allOf": [{"contains": clause} for clause in clauses],
    }
    query = closed({"bool": closed({"filter": filters}, ["filter"])}, ["bool"])
    return {
        "type": "object",
        "properties": {
            "attributes": {"type": "array", "items": {"type": "string"}},
            "dsl": {
                "type": "object",
                "properties": {"from": COUNT, "size": COUNT, "query": query},
                "required": ["query"],
            },
        },
        "required": ["dsl"],
    }


TEXT = {"type": "string"}
STATUSES = closed({"terms": closed({STATUS: {"type": "array", "items": TEXT}}, [STATUS])}, ["terms"])
CONNECTION_CHECKER = Checker(
    _body(_clause("term", QUALIFIED_NAME, TEXT), _clause("term", TYPE, {"const": "Connection"})), "body"
)
RUNS_CHECKER = Checker(
    _body(
        _clause("term", STATE, {"const": "ACTIVE"}),
        _clause("term", TYPE, {"const": RUN}),
        _clause("prefix", QUALIFIED_NAME, TEXT),
        STATUSES,
    ),
    "body",
)
DEFAULT_SIZE = 10
ALWAYS = ("qualifiedName", "name")


def _is_about_runs(body: dict[str, Any]) -> bool:
    try:
        RUNS_CHECKER.check(body)
    except ServiceError:
        return False
    return True


def _found(parts: Parts, body: dict[str, Any]) -> list[dict[str, Any]]:
    clauses = body["dsl"]["query"]["bool"]["filter"]
    asked = {field: value for clause in clauses for each in clause.values() for field, value in each.items()}
    name = asked[QUALIFIED_NAME]["value"]
    if STATUS in asked:
        return parts.runs.indexed(name, asked[STATUS], parts.options.index_lag_seconds)
    entity = parts.connections.find(name)
    return [] if entity is None else [entity]


def _shown(entity: dict[str, Any], wanted: list[str]) -> dict[str, Any]:
    attributes = {key: value for key, value in entity["attributes"].items() if key in (*ALWAYS, *wanted)}
    return {**entity, "attributes": attributes}


def index_search(parts: Parts, body: dict[str, Any]) -> dict[str, Any]:
    """`{searchType, approximateCount, entities?}`; ServiceError (400) for any other search."""
    if not _is_about_runs(body):
        try:
            CONNECTION_CHECKER.check(body)
        except ServiceError as error:
            raise invalid(REFUSAL, *error.body["causes"]) from None
    found = [_shown(entity, body.get("attributes", [])) for entity in _found(parts, body)]
    start = body["dsl"].get("from", 0)
    page = found[start : start + body["dsl"].get("size", DEFAULT_SIZE)]
    return {"searchType": "INDEX", "approximateCount": len(found), **({"entities": page} if page else {})}
