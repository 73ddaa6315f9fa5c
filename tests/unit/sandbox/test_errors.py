"""Errors: each endpoint uses the service's form."""

from __future__ import annotations

import pytest

from tests.unit.sandbox.service import (
    APP,
    CONNECTION,
    QUALIFIED_NAME,
    Service,
    inputs,
)


def test_an_address_that_is_not_the_services_answers_as_a_gateway(service: Service) -> None:
    """Unknown paths and methods give HTML, so that nobody takes them for a workflow that is gone."""
    answers = [service.call("GET", "/v1/app"), service.call("GET", f"{APP}/"), service.call("PATCH", APP)]
    assert [404, 404, 405] == [answer.status for answer in answers]
    assert [None, None, None] == [answer.json for answer in answers]


def test_a_live_name_is_taken(service: Service) -> None:
    """A second create of a name answers 409 with the first one's slug and version, and no code."""
    first = service.create().json
    second = service.create(app_id="oracle-crawler", inputs=inputs())
    assert 409 == second.status
    assert {"message", "slug", "version"} == second.json.keys()
    assert (first["slug"], first["version"]) == (second.json["slug"], second.json["version"])


@pytest.mark.parametrize(
    ("path", "status"),
    [
        (CONNECTION + "default/bigquery/1", 404),
        (CONNECTION, 400),
        (CONNECTION.replace("/Connection", "/Table") + QUALIFIED_NAME, 404),
    ],
)
def test_an_unknown_entity_is_told_in_the_metadata_services_form(service: Service, path: str, status: int) -> None:
    """An entity that is not there answers with the metadata service's own keys."""
    answer = service.call("GET", path)
    assert status == answer.status
    if status == 404:
        assert {"errorCode", "errorMessage"} == answer.json.keys()
