"""The index search: a connection by its qualified name, and nothing else."""

from __future__ import annotations

from typing import Any

import pytest

from tests.unit.sandbox.service import QUALIFIED_NAME, Service

SEARCH = "/api/meta/search/indexsearch"


def _term(field: str, value: Any, **more: Any) -> dict[str, Any]:
    return {"term": {field: {"value": value, "case_insensitive": False, **more}}}


NAME, TYPE = _term("qualifiedName", QUALIFIED_NAME), _term("__typeName.keyword", "Connection")


def _body(*terms: dict[str, Any], attributes: Any = ("name",), **dsl: Any) -> dict[str, Any]:
    """A search as the SDK sends it."""
    query = {"bool": {"filter": list(terms)}}
    common = {"from": 0, "size": 300, "aggregations": {}, "track_total_hits": True, "query": query}
    sort = [{"__guid": {"order": "asc"}}]
    metadata = {"saveSearchLog": False, "utmTags": ["project_sdk_python"]}
    return {"attributes": list(attributes), "dsl": {**common, "sort": sort, **dsl}, "requestMetadata": metadata}


@pytest.fixture
def known(service: Service) -> Service:
    """A tenant with a connection."""
    service.sandbox.make_connection(QUALIFIED_NAME, "Example", adminUsers=["some-admin"], rowLimit=7)
    return service


@pytest.mark.parametrize("terms", [(NAME, TYPE), (TYPE, NAME)])
def test_a_connection_is_found_with_the_attributes_that_were_asked_for(known: Service, terms: tuple[Any, ...]) -> None:
    """Those that it has, with the two that every result has; the guid is the plain read's."""
    answer = known.call("POST", SEARCH, _body(*terms, attributes=["rowLimit", "category"]))
    entity = known.read_connection()
    assert entity is not None
    attributes = {"qualifiedName": QUALIFIED_NAME, "name": "Example", "rowLimit": 7}
    expected = {"searchType": "INDEX", "approximateCount": 1, "entities": [{**entity, "attributes": attributes}]}
    assert (200, expected) == (answer.status, answer.json)


def test_a_connection_that_does_not_exist_is_an_empty_result(known: Service) -> None:
    """Nothing found has no entities, and neither has a workflow's connection before its run."""
    other = "default/bigquery/1"
    known.slug(inputs={"connection": {"typeName": "Connection", "attributes": {"qualifiedName": other}}})
    answer = known.call("POST", SEARCH, _body(_term("qualifiedName", other), TYPE))
    assert (200, {"searchType": "INDEX", "approximateCount": 0}) == (answer.status, answer.json)


@pytest.mark.parametrize("page", [{"from": 1}, {"size": 0}])
def test_a_page_that_has_no_row_has_no_entities(known: Service, page: dict[str, int]) -> None:
    """The count is that of all pages."""
    answer = known.call("POST", SEARCH, _body(NAME, TYPE, **page))
    assert {"searchType": "INDEX", "approximateCount": 1} == answer.json


@pytest.mark.parametrize(
    "given",
    [
        {},
        _body(),
        _body(NAME),
        _body(TYPE),
        _body(NAME, NAME),
        _body(NAME, TYPE, TYPE),
        _body(NAME, _term("__typeName.keyword", "AppWorkflowRun")),
        _body(_term("qualifiedName", 7), TYPE),
        _body(_term("qualifiedName", QUALIFIED_NAME, case_insensitive=True), TYPE),
        _body({"prefix": {"qualifiedName": {"value": "default/"}}}, TYPE),
        _body(query={"match_all": {}}),
        _body(query={"bool": {"filter": [NAME, TYPE], "must_not": [NAME]}}),
        _body(NAME, TYPE, size=-1),
    ],
)
def test_any_other_search_is_refused(known: Service, given: dict[str, Any]) -> None:
    """A 400 that says what is searched for here; no result is made up."""
    answer = known.call("POST", SEARCH, given)
    assert 400 == answer.status
    assert "nothing but one Connection by its qualified name" in answer.json["message"]
