"""The index search, for one use: the SDK's read of a connection by its qualified name.

The service's facts: the SDK asks by two terms, the qualified name and the type, and names the attributes it
wants; where nothing is found there are no `entities`. Other searches are refused, for an answer to them would
be made up.
"""

from __future__ import annotations

from typing import Any

from provider.sandbox.connections import Connections
from provider.sandbox.errors import ServiceError, invalid
from provider.sandbox.wire import Checker, closed

QUALIFIED_NAME, TYPE = "qualifiedName", "__typeName.keyword"
COUNT = {"type": "integer", "minimum": 0}
REFUSAL = "the sandbox searches for nothing but one Connection by its qualified name"


def _term(field: str, value: dict[str, Any]) -> dict[str, Any]:
    asked = closed({"value": value, "case_insensitive": {"const": False}}, ["value"])
    return closed({"term": closed({field: asked}, [field])}, ["term"])


TERMS = [_term(QUALIFIED_NAME, {"type": "string"}), _term(TYPE, {"const": "Connection"})]
FILTER = {
    "type": "array",
    "minItems": 2,
    "maxItems": 2,
    "allOf": [{"contains": term} for term in TERMS],
}
QUERY = closed({"bool": closed({"filter": FILTER}, ["filter"])}, ["bool"])
BODY = {
    "type": "object",
    "properties": {
        "attributes": {"type": "array", "items": {"type": "string"}},
        "dsl": {
            "type": "object",
            "properties": {"from": COUNT, "size": COUNT, "query": QUERY},
            "required": ["query"],
        },
    },
    "required": ["dsl"],
}
CHECKER = Checker(BODY, "body")
DEFAULT_SIZE = 10
ALWAYS = ("qualifiedName", "name")


def _shown(entity: dict[str, Any], wanted: list[str]) -> dict[str, Any]:
    attributes = {key: value for key, value in entity["attributes"].items() if key in (*ALWAYS, *wanted)}
    return {**entity, "attributes": attributes}


def index_search(connections: Connections, body: dict[str, Any]) -> dict[str, Any]:
    """`{searchType, approximateCount, entities?}`; ServiceError (400) for any other search."""
    try:
        CHECKER.check(body)
    except ServiceError as error:
        raise invalid(REFUSAL, *error.body["causes"]) from None
    dsl = body["dsl"]
    terms = [each["term"] for each in dsl["query"]["bool"]["filter"]]
    entity = connections.find(next(term[QUALIFIED_NAME]["value"] for term in terms if QUALIFIED_NAME in term))
    found = [] if entity is None else [_shown(entity, body.get("attributes", []))]
    start = dsl.get("from", 0)
    page = found[start : start + dsl.get("size", DEFAULT_SIZE)]
    return {"searchType": "INDEX", "approximateCount": len(found), **({"entities": page} if page else {})}
