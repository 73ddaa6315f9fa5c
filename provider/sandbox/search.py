"""The index search, for the three searches that the SDK sends.

The SDK searches for a connection by two terms: its qualified name and its type. It searches for all active connections
by two terms, too: state and type. It searches for active runs of a workflow by four clauses: state, type, prefix of the
qualified name, and statuses. The request names the attributes to return. The index knows the statuses of runs, and new
connections, only after some seconds.
Chosen here:
- Any other search is refused, because the response of the service to it is not known.
- A page ends before the 10,000th result, as in Elasticsearch. A later one is refused.
- All connections are returned in the order of their guids. Any other order is refused.
"""

from __future__ import annotations

import contextlib
from typing import NotRequired, TypeAlias, TypedDict

from provider.sandbox.entities import Entity, SearchResponse
from provider.sandbox.errors import ServiceError, invalid
from provider.sandbox.json_codec import JsonObject
from provider.sandbox.json_schema import Validator, closed_object
from provider.sandbox.stores import Stores

QUALIFIED_NAME_FIELD, TYPE_FIELD = "qualifiedName", "__typeName.keyword"
STATE_FIELD, STATUS_FIELD = "__state", "appWorkflowRunStatus"
RUN_TYPE = "AppWorkflowRun"
COUNT_SCHEMA: JsonObject = {"type": "integer", "minimum": 0}
TEXT_SCHEMA: JsonObject = {"type": "string"}
DEFAULT_SIZE = 10
ALWAYS_RETURNED = ("qualifiedName", "name")
MOST_RESULTS = 10_000
REFUSAL = (
    "the sandbox searches only for one Connection by its qualified name, all active Connections, "
    "or a workflow's runs by status"
)


def clause_schema(kind: str, field: str, value: JsonObject) -> JsonObject:
    """Return the schema of a clause of this kind ("term" or "prefix") whose value matches a schema."""
    term = closed_object({"value": value, "case_insensitive": {"const": False}}, ["value"])
    return closed_object({kind: closed_object({field: term}, [field])}, [kind])


def body_schema(*clauses: JsonObject, **dsl: JsonObject) -> JsonObject:
    """Return the schema of a search whose filter consists of these clauses, in any order.

    `dsl` contains the schemas of further keys beside the query.
    """
    filters: JsonObject = {
        "type": "array",
        "minItems": len(clauses),
        "maxItems": len(clauses),
        "allOf": [{"contains": clause} for clause in clauses],
    }
    query = closed_object({"bool": closed_object({"filter": filters}, ["filter"])}, ["bool"])
    return {
        "type": "object",
        "properties": {
            "attributes": {"type": "array", "items": {"type": "string"}},
            "dsl": {
                "type": "object",
                "properties": {"from": COUNT_SCHEMA, "size": COUNT_SCHEMA, "query": query, **dsl},
                "required": ["query"],
            },
        },
        "required": ["dsl"],
    }


class TextValue(TypedDict):
    """The value of a field in a term or a prefix."""

    value: str


Clause: TypeAlias = dict[str, dict[str, TextValue | list[str]]]
"""A clause `{kind: {field: value}}`. A clause of the kind "terms" has a list of statuses as its value."""


class Query(TypedDict):
    """A query `{"bool": {"filter": clauses}}`."""

    bool: dict[str, list[Clause]]


Dsl = TypedDict("Dsl", {"from": NotRequired[int], "size": NotRequired[int], "query": Query})


class SearchBody(TypedDict):
    attributes: NotRequired[list[str]]
    dsl: Dsl


CONNECTION_VALIDATOR: Validator[SearchBody] = Validator(
    body_schema(
        clause_schema("term", QUALIFIED_NAME_FIELD, TEXT_SCHEMA),
        clause_schema("term", TYPE_FIELD, {"const": "Connection"}),
    ),
    "body",
)
STATE_CLAUSE = clause_schema("term", STATE_FIELD, {"const": "ACTIVE"})
CONNECTIONS_VALIDATOR: Validator[SearchBody] = Validator(
    body_schema(
        STATE_CLAUSE,
        clause_schema("term", TYPE_FIELD, {"const": "Connection"}),
        sort={"const": [{"__guid": {"order": "asc"}}]},
    ),
    "body",
)
STATUSES_SCHEMA = closed_object({STATUS_FIELD: {"type": "array", "items": TEXT_SCHEMA}}, [STATUS_FIELD])
RUN_VALIDATOR: Validator[SearchBody] = Validator(
    body_schema(
        STATE_CLAUSE,
        clause_schema("term", TYPE_FIELD, {"const": RUN_TYPE}),
        clause_schema("prefix", QUALIFIED_NAME_FIELD, TEXT_SCHEMA),
        closed_object({"terms": STATUSES_SCHEMA}, ["terms"]),
    ),
    "body",
)


def search_index(stores: Stores, body: JsonObject) -> SearchResponse:
    """Return one page of results. Raises ServiceError (400) for any other search, and for a page too far."""
    search = _parse(body)
    start, size = search["dsl"].get("from", 0), search["dsl"].get("size", DEFAULT_SIZE)
    if start + size > MOST_RESULTS:
        raise invalid(f"from + size is more than {MOST_RESULTS}")
    entities = [_select_attributes(entity, search.get("attributes", [])) for entity in _entities(stores, search)]
    page = entities[start : start + size]
    response: SearchResponse = {"searchType": "INDEX", "approximateCount": len(entities)}
    if page:
        response["entities"] = page
    return response


def _parse(body: JsonObject) -> SearchBody:
    for validator in (RUN_VALIDATOR, CONNECTIONS_VALIDATOR):
        with contextlib.suppress(ServiceError):
            return validator.validate(body)
    try:
        return CONNECTION_VALIDATOR.validate(body)
    except ServiceError as error:
        raise invalid(REFUSAL, *error.body["causes"]) from None


def _entities(stores: Stores, search: SearchBody) -> list[Entity]:
    clauses = search["dsl"]["query"]["bool"]["filter"]
    values = {field: value for clause in clauses for fields in clause.values() for field, value in fields.items()}
    name, statuses, lag_seconds = (
        values.get(QUALIFIED_NAME_FIELD),
        values.get(STATUS_FIELD),
        stores.options.index_lag_seconds,
    )
    if name is None:
        return stores.connections.search(lag_seconds)
    assert isinstance(name, dict)
    if isinstance(statuses, list):
        return stores.runs.search(name["value"], statuses, lag_seconds)
    connection = stores.connections.find(name["value"])
    return [] if connection is None else [connection]


def _select_attributes(entity: Entity, names: list[str]) -> Entity:
    kept = {key: value for key, value in entity["attributes"].items() if key in (*ALWAYS_RETURNED, *names)}
    return {**entity, "attributes": kept}
