"""Create, update and archive: what is minted, kept, refused and told."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from tests.unit.sandbox.conftest import OpenTenant
from tests.unit.sandbox.service import (
    APP,
    QUALIFIED_NAME,
    Clock,
    Service,
    body,
    connection,
    inputs,
)


@pytest.mark.parametrize(
    ("name", "stem"),
    [
        ("BigQuery (prod)", "bigquery-prod"),
        ("  spaced  out  ", "spaced-out"),
        ("Zürich", "zurich"),
        ("日本語", "workflow"),
        ("x" * 300, "x" * 64),
    ],
)
def test_the_slug_is_made_from_the_name(service: Service, name: str, stem: str) -> None:
    """The server mints the slug: the name's letters and digits, and six more at random."""
    assert re.fullmatch(rf"{stem}-[A-Za-z0-9]{{6}}", service.slug(name))


def test_a_create_answers_with_what_it_made(service: Service) -> None:
    """A run unless it is declined, a trigger only if a schedule was given, the mode always."""
    given = {"schedule": {"cron": "0 9 * * *", "timezone": "UTC"}}
    full = service.call("POST", APP, body(**given)).json
    bare = service.create("Other").json
    assert {"slug", "version", "execution_mode", "run_id", "schedule_trigger_id"} == full.keys()
    assert {"slug", "version", "execution_mode"} == bare.keys()
    assert "native" == bare["execution_mode"]


def test_a_get_tells_no_entrypoint(service: Service) -> None:
    """A get has the workflow's facts and its inputs, but not the entrypoint; the control plane does."""
    slug = service.slug(entrypoint="crawler")
    found = service.get(slug).json
    assert ("Example", "bigquery-crawler", "service-account-apikey", None) == (
        found["name"],
        found["app_id"],
        found["owner"],
        found["schedules"],
    )
    assert "entrypoint" not in found
    assert "crawler" == service.sandbox.workflows()[0]["entrypoint"]


def test_a_live_name_is_taken(service: Service) -> None:
    """A second create of a name answers 409 with the first one's slug and version, and no code."""
    first = service.create().json
    second = service.create(app_id="oracle-crawler", inputs=inputs())
    assert 409 == second.status
    assert {"message", "slug", "version"} == second.json.keys()
    assert (first["slug"], first["version"]) == (second.json["slug"], second.json["version"])


def test_an_archived_workflow_is_gone_and_frees_its_name(service: Service) -> None:
    """After a delete the slug answers 404 in the service's form everywhere, and the name can be used again."""
    slug = service.slug()
    service.call("POST", f"{APP}/{slug}/schedule", {"cron": "0 9 * * *"})
    assert {"slug": slug, "archived": True} == service.call("DELETE", f"{APP}/{slug}").json
    gone = [
        service.get(slug),
        service.put(slug),
        service.call("DELETE", f"{APP}/{slug}"),
        service.call("POST", f"{APP}/{slug}/submit"),
        service.call("POST", f"{APP}/{slug}/schedule", {"cron": "0 9 * * *"}),
        service.call("DELETE", f"{APP}/{slug}/schedule/any"),
    ]
    assert [404] * 6 == [answer.status for answer in gone]
    assert all({"code", "message"} == answer.json.keys() for answer in gone)
    assert [] == service.page()["workflows"]
    stored = service.sandbox.workflows()[0]
    assert (True, []) == (stored["archived"], stored["schedules"])
    assert slug != service.slug()


def test_an_update_replaces_the_inputs_and_keeps_the_owner(service: Service) -> None:
    """A PUT is a full replace: what it leaves out is gone; the owner stays; the version rises."""
    slug = service.slug(inputs=inputs(hidden_datasets=True))
    before = service.get(slug).json
    answer = service.put(slug, enable_nested_columns=False)
    after = service.get(slug).json
    assert {"slug": slug, "version": after["version"]} == answer.json
    assert after["version"] > before["version"]
    assert (before["owner"], before["created_at"]) == (after["owner"], after["created_at"])
    assert "hidden_datasets" not in service.args(slug)
    assert service.args(slug)["enable_nested_columns"] is False


def test_versions_rise_within_a_second(open_tenant: OpenTenant, clock: Clock) -> None:
    """A version is the epoch second, and one more than the last where that second has one already."""
    tenant = open_tenant()
    slug = tenant.workflows.create(body(run=False), "some-admin")["slug"]
    versions = [tenant.workflows.update(slug, {"inputs": inputs()})["version"] for _ in range(3)]
    clock.advance(60)
    versions.append(tenant.workflows.update(slug, {"inputs": inputs()})["version"])
    assert [1_700_000_001, 1_700_000_002, 1_700_000_003, 1_700_000_060] == versions


@pytest.mark.parametrize(("named", "outcome"), [(True, "Succeeded"), (False, "Failed")])
def test_the_outcome_of_a_run_after_an_update(open_tenant: OpenTenant, clock: Clock, named: bool, outcome: str) -> None:
    """An update that leaves the qualified name out publishes a version whose runs end Failed."""
    tenant = open_tenant()
    slug = tenant.workflows.create(body(run=False), "some-admin")["slug"]
    more = {"connection_qualified_name": QUALIFIED_NAME} if named else {}
    tenant.workflows.update(slug, {"inputs": inputs(**more)})
    run = tenant.workflows.submit(slug)["run_id"]
    clock.advance(5)
    assert outcome == tenant.parts.runs.read(run)["status"]


@pytest.mark.parametrize(
    ("change", "location"),
    [
        ({"name": ""}, "body.name"),
        ({"name": "   "}, "body.name"),
        ({"name": None}, "body.name"),
        ({"app_id": 7}, "body.app_id"),
        ({"inputs": "text"}, "body.inputs"),
        ({"entrypoint": None}, "body.entrypoint"),
        ({"run": None}, "body.run"),
        ({"run": "false"}, "body.run"),
        ({"schedule": None}, "body.schedule"),
        ({"nonsense": 1}, "body"),
        ({"schedule": {"cron": "0 9 * * *", "timezone": None}}, "schedule.timezone"),
        ({"schedule": {"cron": "nonsense"}}, "schedule.cron"),
        ({"inputs": inputs(credential_guid=None)}, "inputs.credential_guid"),
        ({"inputs": inputs(connection=None)}, "inputs.connection"),
        ({"inputs": inputs(connection="not JSON")}, "inputs.connection"),
        ({"inputs": inputs(connection={"typeName": "Table", "attributes": {}})}, "inputs.connection.typeName"),
        ({"inputs": inputs(connection=connection("bigquery"))}, "inputs.connection.attributes.qualifiedName"),
        ({"inputs": inputs(connection=connection(adminUsers=None))}, "inputs.connection.attributes"),
        ({"inputs": inputs(credential={"authType": "basic"})}, "inputs.credential"),
        ({"inputs": {}}, "inputs"),
    ],
)
def test_what_a_create_refuses(service: Service, change: dict[str, Any], location: str) -> None:
    """A create that makes no sense answers 400, names the place, and changes nothing."""
    answer = service.create(**change)
    assert 400 == answer.status
    assert location in [cause["location"] for cause in answer.json["causes"]]
    assert [] == service.sandbox.workflows()


@pytest.mark.parametrize("app_id", ["no-such-app", "legacy-crawler", "../contracts", ""])
def test_an_app_that_cannot_be_used_here_is_not_found(service: Service, app_id: str) -> None:
    """Unknown apps and those without a native contract answer 404 to a create."""
    answer = service.create(app_id=app_id)
    assert (404, {"code", "message"}) == (answer.status, answer.json.keys())


@pytest.mark.parametrize(
    ("app_id", "entrypoint"),
    [
        ("bigquery-crawler", "nonsense"),
        ("bigquery-crawler", ""),
        ("atlan-athena", "crawler"),
        ("atlan-cloudsql-postgres", "crawler"),
    ],
)
def test_an_entrypoint_without_a_contract_says_1003(service: Service, app_id: str, entrypoint: str) -> None:
    """An unknown entrypoint, an empty one, and one whose contract is at the default slot alone: 1003."""
    created = service.create(app_id=app_id, entrypoint=entrypoint)
    slug = service.slug(app_id=app_id)
    updated = service.call("PUT", f"{APP}/{slug}", {"inputs": inputs(), "entrypoint": entrypoint})
    assert [(400, 1003)] * 2 == [(answer.status, answer.json["code"]) for answer in (created, updated)]


def test_an_update_cannot_rename(service: Service) -> None:
    """PUT takes inputs and entrypoint alone."""
    slug = service.slug()
    answer = service.call("PUT", f"{APP}/{slug}", {"inputs": inputs(), "name": "Other"})
    assert 400 == answer.status


@pytest.mark.parametrize("data", [b"", b"[]", b"{", b"\xff", b"[" * 100_000])
def test_a_body_that_is_no_json_object_is_refused(service: Service, data: bytes) -> None:
    """Whatever is not a JSON object answers 400 and no more."""
    assert 400 == service.sandbox.send("POST", APP, data).status


@pytest.mark.parametrize(
    ("value", "status"), [("NaN", 400), ("1e999", 400), ('"\\ud800"', 400), ('"\\ud83d\\ude00"', 200), ("1e300", 200)]
)
def test_a_value_that_could_not_be_answered_is_refused(service: Service, value: str, status: int) -> None:
    """Numbers beyond JSON and halves of characters are refused where they stand, whole ones are taken."""
    data = json.dumps(body(inputs=inputs(include_filter={"key": "PLACE"}))).replace('"PLACE"', value)
    assert status == service.sandbox.send("POST", APP, data.encode()).status
