"""Errors: each endpoint returns them in the service's form."""

from __future__ import annotations

import pytest

from tests.support.sandbox import Sandbox
from tests.support.sandbox_service import (
    APP,
    APPS,
    CONNECTION,
    QUALIFIED_NAME,
    Service,
    inputs,
)


def test_an_unknown_path_returns_the_html_of_a_gateway(service: Service) -> None:
    """Unknown paths and methods return HTML, so that a client cannot mistake them for a missing workflow."""
    answers = [service.call("GET", "/v1/app"), service.call("GET", f"{APP}/"), service.call("PATCH", APP)]
    assert [404, 404, 405] == [answer.status for answer in answers]
    assert [None, None, None] == [answer.json for answer in answers]


def test_a_live_name_is_taken(service: Service) -> None:
    """A second create with the same name returns a 409 with the slug and version of the first, and no code."""
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
def test_an_unknown_entity_is_an_error_in_the_metadata_services_form(service: Service, path: str, status: int) -> None:
    """A missing entity returns the keys of the metadata service."""
    answer = service.call("GET", path)
    assert status == answer.status
    if status == 404:
        assert {"errorCode", "errorMessage"} == answer.json.keys()


def test_a_404_can_have_its_message_alone(tmp_path_factory: pytest.TempPathFactory) -> None:
    """The metadata service keeps its own form, and other errors keep their code."""
    with Sandbox(tmp_path_factory.mktemp("plain") / "tenant.db", not_found_code=False) as sandbox:
        paths = [f"{APP}/x", f"{APP}/runs/x", f"{APPS}/x", f"{APPS}/x/inputs", "/api/service/credentials/x"]
        missing = [sandbox.call("GET", path) for path in paths]
        entity = sandbox.call("GET", "/api/meta/entity/uniqueAttribute/type/Connection?attr:qualifiedName=x")
        refused = Service(sandbox).call("POST", APP, {})
    assert [(404, {"message"})] * 5 == [(each.status, set(each.json)) for each in missing]
    assert (404, {"errorCode", "errorMessage"}) == (entity.status, set(entity.json))
    assert (400, True) == (refused.status, "code" in refused.json)
